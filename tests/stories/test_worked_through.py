"""A work-through workbook comes back with decisions on every sheet, and the next audit is another one."""

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.stories.conftest import GOLDEN
from toolkit.audit.changed_systems import rename_system
from toolkit.audit.decisions import export_decisions, import_decisions
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.audit.runs import run_stages
from toolkit.audit.status import engagement_status
from toolkit.report import run_tables, write_review_workbook
from toolkit.store import Run

Cells = dict[tuple[str, str], str]
"""What is written: sheet and the first grey cell of a row to a word."""


@pytest.fixture
def engagement(tmp_path: Path) -> Engagement:
    shutil.copytree(GOLDEN / "mini" / "client", tmp_path / "client")
    opened = open_engagement(tmp_path / "client")
    pull_snapshots(opened)
    return opened


def workbook(engagement: Engagement, cells: Cells) -> Path:
    """Return the workbook of the latest audit with words written into the first row of each key."""
    run = run_stages(engagement)
    tables = run_tables(engagement.folder, run.run_id)
    path = write_review_workbook(engagement.folder / "reports" / "work_through.xlsx", tables)
    book = openpyxl.load_workbook(path)
    for (sheet, key), word in cells.items():
        header = [cell.value for cell in book[sheet][1]]
        row = next(row for row in book[sheet].iter_rows(min_row=2) if row[header.index("key_l")].value == key)
        row[header.index("decision")].value = word
        row[header.index("reviewer")].value = "Dana"
    book.save(path)
    return path


def rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    header, *others = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in others]


def missing(run: Run) -> list[dict[str, Any]]:
    return [row for row in run.table("counterpart").to_pylist() if row["status"] == "missing"]


def missing_count(run: Run) -> float:
    figures = run.table("figure").to_pylist()
    return float(sum(row["value"] for row in figures if row["figure_id"].startswith("reconcile.missing_count.")))


def test_what_is_not_due_is_missing_no_more(engagement: Engagement) -> None:
    """It leaves the count, the rate and so the money; taken back, it is there again."""
    before = run_stages(engagement)
    key = missing(before)[0]["key_l"]

    found = import_decisions(engagement, workbook(engagement, {("Missing", key): "not due"}))
    after = run_stages(engagement)

    assert (found.new_count, found.problems) == (1, ())
    gone = len(missing(before)) - len(missing(after))
    assert gone >= 1
    assert missing_count(before) - missing_count(after) == gone
    shown = [row for row in rows(workbook(engagement, {}), "Missing") if row["key_l"] == key]
    assert [row["decision"] for row in shown if row["found"] == "not due"] == ["not due"] * gone

    import_decisions(engagement, workbook(engagement, {("Missing", key): "leave open"}))
    assert missing_count(run_stages(engagement)) == missing_count(before)


def test_an_item_is_found_as_the_document_that_a_person_names(engagement: Engagement) -> None:
    """By its number or key; errors are measured on it, and the delay unless it is of long before; it is extra no more."""
    before = run_stages(engagement)
    own = next(row for row in missing(before) if row["handoff_id"] == "deal_to_invoice")
    target = next(row for row in engagement.store.records()["ledger", "invoices"].to_pylist() if row["number"])

    path = workbook(engagement, {("Missing", own["key_l"]): f"Found as {target['number']}"})
    found = import_decisions(engagement, path)
    after = run_stages(engagement)

    assert found.problems == ()
    [now] = [
        row
        for row in after.table("counterpart").to_pylist()
        if (row["handoff_id"], row["key_l"]) == (own["handoff_id"], own["key_l"])
    ]
    assert (now["status"], now["key_r"], now["decision"]) == ("found", target["record_key"], "found")
    assert now["amount_r_minor"] == target["amount_minor"]
    assert (now["lag_days"] is None) == ("days before" in now["basis"])


def test_a_document_that_is_another_items_is_obeyed_and_named(engagement: Engagement) -> None:
    """A person's word holds; whose the document is by now, and what else does not fit, is said at once."""
    table = run_stages(engagement).table("counterpart").to_pylist()
    of_handoff = [row for row in table if row["handoff_id"] == "deal_to_invoice"]
    own = next(row for row in of_handoff if row["status"] == "missing")
    taken = next(row for row in of_handoff if row["status"] == "found")

    path = workbook(engagement, {("Missing", own["key_l"]): f"found as {taken['key_r']}"})
    found = import_decisions(engagement, path)
    after = run_stages(engagement).table("counterpart").to_pylist()

    assert (found.new_count, found.problems) == (1, ())
    [doubt] = found.doubts
    assert doubt.startswith("Missing, cell C")
    assert f"already the counterpart of {taken['key_l']}" in doubt
    fates = {row["key_l"]: row for row in after if row["handoff_id"] == "deal_to_invoice"}
    assert [fates[key]["key_r"] for key in (own["key_l"], taken["key_l"])] == [taken["key_r"]] * 2
    assert fates[own["key_l"]]["basis"].endswith(f"already the counterpart of {taken['key_l']}")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("found as NO-SUCH-7", "There is no document 'NO-SUCH-7' in ledger.invoices."),
        ("found as", "Found as what? Write the number behind it: found as 1042."),
        ("later", "This is no decision here. Write invoice it, enter it, not due, found as NUMBER or leave open."),
    ],
)
def test_what_cannot_be_obeyed_is_named_with_sheet_and_cell(engagement: Engagement, word: str, said: str) -> None:
    """Nobody guesses: the person is told where to look, what stood there, and what may stand there."""
    own = next(row for row in missing(run_stages(engagement)) if row["handoff_id"] == "deal_to_invoice")

    found = import_decisions(engagement, workbook(engagement, {("Missing", own["key_l"]): word}))

    [problem] = found.problems
    assert problem.startswith("Missing, cell C")
    assert problem.endswith(f"({word!r}): {said}")
    assert found.new_count == 0


def test_agreed_work_is_listed(engagement: Engagement) -> None:
    """What is to be invoiced stays missing until it is, and stands on a sheet of its own with what is to be corrected."""
    run = run_stages(engagement)
    own = next(row for row in missing(run) if row["handoff_id"] == "deal_to_invoice")
    differing = next(row for row in run.table("mismatch").to_pylist() if row["kind"] == "different")

    path = workbook(
        engagement,
        {("Missing", own["key_l"]): "invoice it", ("Differences", differing["key_l"]): "left is right"},
    )
    import_decisions(engagement, path)
    after = run_stages(engagement)
    agreed = rows(workbook(engagement, {}), "Agreed work")

    assert missing_count(after) == missing_count(run)
    assert own["key_l"] in {row["key"] for row in agreed if row["to do"].startswith("Invoice it in ")}
    assert any(row["to do"].startswith("Correct the ") for row in agreed)


def wrong(run: Run) -> list[dict[str, Any]]:
    return [row for row in run.table("counterpart").to_pylist() if row["is_error"]]


def test_a_wrong_item_that_is_right_as_it_is_counts_no_more(engagement: Engagement) -> None:
    """It leaves the errors and so their cost, stands last on its sheet, and comes back when the word is taken back."""
    before = run_stages(engagement)
    own = wrong(before)[0]
    path = workbook(engagement, {("Wrong items", own["key_l"]): "right as it is"})

    found = import_decisions(engagement, path)
    again = import_decisions(engagement, path)
    after = run_stages(engagement)
    shown = rows(workbook(engagement, {}), "Wrong items")

    assert (found.new_count, found.problems, again.new_count) == (1, (), 0)
    assert len(wrong(before)) - len(wrong(after)) == 1
    assert (shown[-1]["key_l"], shown[-1]["decision"], shown[-1]["reviewer"]) == (own["key_l"], "right as it is", "Dana")

    import_decisions(engagement, workbook(engagement, {("Wrong items", own["key_l"]): "leave open"}))
    assert len(wrong(run_stages(engagement))) == len(wrong(before))


def test_a_wrong_item_to_be_corrected_stays_wrong_until_it_is(engagement: Engagement) -> None:
    """What it should say stands on the sheet of agreed work; of two that are wrong the right value is to be found out."""
    before = run_stages(engagement)
    first, second, *_ = wrong(before)
    cells = {("Wrong items", first["key_l"]): "correct it", ("Wrong items", second["key_l"]): "both are wrong"}

    found = import_decisions(engagement, workbook(engagement, cells))
    after = run_stages(engagement)
    agreed = {row["key"]: row["to do"] for row in rows(workbook(engagement, {}), "Agreed work")}

    assert (found.new_count, found.problems) == (2, ())
    assert len(wrong(after)) == len(wrong(before))
    assert agreed[first["key_r"]].startswith("Correct the ")
    assert " to: " in agreed[first["key_r"]]
    assert all(agreed[second[key]].startswith("Find out the right ") for key in ("key_l", "key_r"))


def test_a_word_on_what_is_wrong_in_another_way_by_now_is_named(engagement: Engagement) -> None:
    """A workbook that shows another value than the document states now is not obeyed there."""
    own = wrong(run_stages(engagement))[0]
    path = workbook(engagement, {("Wrong items", own["key_l"]): "right as it is"})
    book = openpyxl.load_workbook(path)
    header = [cell.value for cell in book["Wrong items"][1]]
    for row in book["Wrong items"].iter_rows(min_row=2):
        row[header.index("says")].value = "something else"
    book.save(path)

    found = import_decisions(engagement, path)

    assert found.new_count == 0
    assert "Decide again in a new workbook" in found.problems[0]


def test_a_difference_that_changed_since_is_named(engagement: Engagement) -> None:
    """A decision about another value than the records hold now is not obeyed."""
    differing = next(row for row in run_stages(engagement).table("mismatch").to_pylist() if row["kind"] == "different")
    path = workbook(engagement, {("Differences", differing["key_l"]): "left is right"})
    book = openpyxl.load_workbook(path)
    for row in book["Differences"].iter_rows(min_row=2):
        row[2].value = "something else"
    book.save(path)

    found = import_decisions(engagement, path)

    assert found.new_count == 0
    assert "Decide again in a new workbook" in found.problems[0]


def test_decisions_follow_a_renamed_system_and_travel(engagement: Engagement, tmp_path: Path) -> None:
    """Under another name of the ledger, and as a file in another engagement, the same is decided."""
    before = run_stages(engagement)
    own = next(row for row in missing(before) if row["handoff_id"] == "deal_to_invoice")
    differing = next(row for row in before.table("mismatch").to_pylist() if row["kind"] == "different")
    cells = {("Missing", own["key_l"]): "not due", ("Differences", differing["key_l"]): "right is right"}
    import_decisions(engagement, workbook(engagement, {**cells, ("Wrong items", wrong(before)[0]["key_l"]): "ok"}))
    count = missing_count(run_stages(engagement))
    assert count < missing_count(before)

    export_decisions(engagement, tmp_path / "decisions.csv")
    shutil.copytree(GOLDEN / "mini" / "client", tmp_path / "other")
    other = open_engagement(tmp_path / "other")
    pull_snapshots(other)
    found = import_decisions(other, tmp_path / "decisions.csv")
    assert (found.new_count, found.problems) == (3, ())
    assert missing_count(run_stages(other)) == count
    assert len(wrong(other.store.run())) == len(wrong(before)) - 1

    engagement.close()
    rename_system(open_engagement(tmp_path / "client"), "ledger", "books")
    renamed = open_engagement(tmp_path / "client")
    after = run_stages(renamed)
    assert missing_count(after) == count
    assert {row["decision"] for row in after.table("mismatch").to_pylist()} - {None}
    assert len(wrong(after)) == len(wrong(before)) - 1


def test_a_decision_on_what_is_gone_waits_and_is_said(engagement: Engagement) -> None:
    """A document that is in no export any more keeps its decision, and the status names it."""
    run_stages(engagement)
    gone = {"subject": "missing", "part": "ledger.invoices", "key_l": "crm/deals/gone", "decision": "not_due"}
    engagement.store.add_rulings([gone])

    [waiting] = engagement_status(engagement.folder)["waiting_decisions"]

    assert (waiting["key_l"], waiting["key_r"]) == ("crm/deals/gone", "ledger.invoices")
