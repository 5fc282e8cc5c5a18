"""What a cleanup plans for lists whose customers or suppliers stand on documents only, and which rules it refuses."""

from pathlib import Path

import pytest

from tests.unit.audit.client_folders import folder_of
from tests.unit.audit.test_company_lists import FIRMS
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.jobs.approving import approve_plan
from toolkit.audit.jobs.planning import plan_job
from toolkit.audit.jobs.showing import reopened_plan
from toolkit.audit.jobs.writing import plan_files
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.errors import BusyError, InputError


def paid(tmp_path: Path) -> Path:
    """Return a ledger of payments with the suppliers' names, some of them in capitals."""
    lines = ["Payment No,Date paid,Supplier name,Amount"]
    for row in range(60):
        name = FIRMS[row % 10]
        written = name.upper() if row % 7 == 3 else name
        lines.append(f"P-{1001 + row},2026-03-{row % 28 + 1:02},{written},{100 + 13 * row}.50")
    return folder_of(tmp_path / "client", {"payments.csv": "\n".join(lines)})


@pytest.fixture
def ledger(tmp_path: Path) -> Engagement:
    """Return the ledger as an engagement that was understood."""
    engagement = open_engagement(paid(tmp_path))
    pull_snapshots(engagement)
    return open_engagement(engagement.folder)


def test_a_name_on_documents_is_no_record_that_is_archived(ledger: Engagement) -> None:
    """Its payments get the better writing; there is nothing else in the ledger that could be archived."""
    made = plan_job(ledger, "cleanup", "payments")
    approve_plan(ledger, made.kept.name, "Nora Feeney")
    package = plan_files(ledger, made.kept.name).package

    assert {(one.action, one.stream) for one in made.saved.plan.operations} == {("repoint", "payments")}
    assert package.by_file + package.by_hand == len(made.saved.plan.operations)


def test_two_commands_at_once_do_not_clear_away_each_other_s_documents(ledger: Engagement) -> None:
    """Whoever writes clears away half-written files, so a plan's documents are written by one at a time."""
    made = plan_job(ledger, "cleanup", "payments")
    other = open_engagement(ledger.folder)

    with other.store.writing("an audit"), pytest.raises(BusyError, match="an audit"):
        reopened_plan(ledger, made.kept.name)
    assert all(path.exists() for path in reopened_plan(ledger, made.kept.name).paths)


def test_an_exclusion_of_what_is_not_there_is_listed(ledger: Engagement) -> None:
    """A mistyped key keeps nothing out of the plan, and whoever typed it must see that."""
    settings = ledger.folder / "engagement.yaml"
    rules = "cleanup:\n  payments: {exclude: [payments/payments/P-1001, payments/payments/P-01]}\n"
    settings.write_text(settings.read_text(encoding="utf-8") + f"\n{rules}", encoding="utf-8")

    plan = plan_job(open_engagement(ledger.folder), "cleanup", "payments").saved.plan

    assert [one.record_keys for one in plan.left_out if one.subject == "exclude"] == [("payments/payments/P-01",)]


def test_a_field_that_no_customer_has_follows_nothing_and_is_refused(ledger: Engagement) -> None:
    """Misspelt, it would be left as it is, and nobody would know."""
    settings = ledger.folder / "engagement.yaml"
    rules = "sync:\n  fields: {payments: {columns: [emial]}}\n"
    settings.write_text(settings.read_text(encoding="utf-8") + f"\n{rules}", encoding="utf-8")

    with pytest.raises(InputError, match="named 'emial'"):
        plan_job(open_engagement(ledger.folder), "sync", "payments")


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("paymnts: {merge: []}", "There is no system named 'paymnts'. Did you mean 'payments'?"),
        ("payments: {merge: [payments]}", "There is no list of parties of payments named 'payments'."),
        ("payments: {stale: {nams: 24}}", "There is no list of parties of payments named 'nams'. Did you mean 'names'?"),
    ],
)
def test_a_rule_for_what_is_not_there_is_refused(ledger: Engagement, rules: str, said: str) -> None:
    """Misspelt, it would be no rule at all, and more would be planned than the client allows."""
    settings = ledger.folder / "engagement.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + f"\ncleanup:\n  {rules}\n", encoding="utf-8")

    with pytest.raises(InputError) as refused:
        plan_job(open_engagement(ledger.folder), "cleanup", "payments")

    assert said in str(refused.value)
