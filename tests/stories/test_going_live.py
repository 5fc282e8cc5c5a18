"""From the first day beside the hand to the day on which the hand stops, as a consultant runs it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.command_line import Called, call
from toolkit.audit.audited_folder import Audit
from toolkit.audit.engagement import open_engagement
from toolkit.audit.golive.cutover import cutover_check
from toolkit.audit.golive.measures import entity_measures
from toolkit.audit.records import engagement_records
from toolkit.changes.steps import JournalEntry
from toolkit.golive.exit_rule import ExitRule
from toolkit.golive.parallel_run import Reading, Terms, parallel_run
from toolkit.golive.sides import compared_side
from toolkit.reconcile.accounts import accounts_in
from toolkit.reconcile.references import with_party_keys
from toolkit.store.journal import opened_journal
from toolkit.store.plans import kept_plans, opened_plan
from toolkit.store.store import Store
from toolkit.tables import DOCUMENT, ENTITY_SCHEMAS

MONDAY = date(2025, 3, 3)
SETTINGS = """\
client: Harbor & Pine
time_zone: America/Chicago
handoffs:
  billed: {from: crm.deals, to: ledger.invoices, label: Won deals invoiced, is_source_required: true}
systems:
  crm: {category: crm}
  ledger: {category: ledger, label: Books}
  trial: {category: other, label: Trial books}
parallel_run:
  billed:
    handoff: billed
    integrated: trial.invoices
    from: 2025-03-03
    until: 2025-03-07
    limit: 0.1
    manual_lag_days: 0
"""
Row = dict[str, Any]


def _customer(number: int) -> str:
    return ("Birch Dental", "Cedar Logistics", "Dune Robotics", "Elm Bakery", "Fjord Shipping", "Grove Hotels")[number % 6]


def _invoices(days: int = 5, per_day: int = 6) -> list[Row]:
    """Return the invoices of some days, no two of one amount."""
    return [
        {
            "number": f"I{day}{at}", "issued_on": MONDAY + timedelta(days=day), "party_name": _customer(at),
            "amount_minor": 100_000 + 7_919 * (day * per_day + at), "currency": "USD",
        }
        for day in range(days)
        for at in range(per_day)
    ]  # fmt: skip


def _morning(day: int) -> datetime:
    """Return the morning after a day: 8 in Chicago."""
    return datetime.combine(MONDAY + timedelta(days=day + 1), time(14), UTC)


class Client:
    """An engagement whose lists are read on mornings of its own, whatever day it is here."""

    def __init__(self, folder: Path, settings: str = SETTINGS) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "engagement.yaml").write_text(settings, encoding="utf-8")
        Store(folder).close()

    def read(self, system: str, stream: str, rows: Iterable[Row], at: datetime, **how: Any) -> None:
        """Take a snapshot of a list."""
        entity = how.pop("entity", "invoice")
        whole = []
        for row in rows:
            record_id = str(row.get("record_id", row.get("number")))
            facts = {"system": system, "stream": stream, "record_id": record_id, "entity": entity, "state": "active"}
            whole.append({"record_key": f"{system}/{stream}/{record_id}", **facts, **row})
        table = ENTITY_SCHEMAS[entity].from_rows(whole)
        with Store(self.folder) as store, store.writing("test"):
            store.add_snapshot(
                system=system, stream=stream, entity=entity, connector="table", records=[table], taken_at=at, **how
            )  # fmt: skip

    def read_all(self, hand: list[Row], made: list[Row], at: datetime, **how: Any) -> None:
        """Take snapshots of the deals and of both lists of invoices."""
        deals = [
            {
                "record_id": f"D{at}", "number": None, "name": f"Deal {at}", "party_name": row["party_name"],
                "amount_minor": row["amount_minor"], "currency": "USD", "is_won": True,
                "closed_at": datetime.combine(row["issued_on"], time(15), UTC),
            }
            for at, row in enumerate(_invoices())
        ]  # fmt: skip
        self.read("crm", "deals", deals, at, entity="deal")
        self.read("ledger", "invoices", hand, at)
        self.read("trial", "invoices", made, at, **how)

    def run(self, *arguments: str) -> dict[str, Any]:
        """Return what a command says to machines, with its exit code."""
        called = self.call(*arguments, "--json")
        return {**json.loads(called.out), "code": called.code}

    def call(self, command: str, *arguments: str) -> Called:
        """Run a command."""
        return call(command, self.folder, *arguments)

    def settings(self, more: str) -> None:
        """Add to engagement.yaml."""
        path = self.folder / "engagement.yaml"
        path.write_text(path.read_text("utf-8") + more, encoding="utf-8")


@pytest.fixture
def client(tmp_path: Path) -> Client:
    """Return a client whose parallel run has begun, and of which nothing was read yet."""
    return Client(tmp_path / "harbor-pine")


def test_a_week_beside_the_hand(client: Client) -> None:
    """Read every morning: an amount that is put right, an invoice that is lost, a quiet day, a reading that broke off."""
    rows = [row for row in _invoices() if row["issued_on"] != MONDAY + timedelta(days=3)]
    for day in range(5):
        until = [row for row in rows if row["issued_on"] <= MONDAY + timedelta(days=day)]
        made = [row for row in until if row["number"] != "I13"]
        if day == 0:
            made = [{**row, "amount_minor": row["amount_minor"] + (row["number"] == "I02")} for row in made]
        broken = {"is_complete": False, "reasons": ["page 2 did not come"]} if day == 4 else {}
        client.read_all(until, made, _morning(day), **broken)

    told = client.run("parallel-run")

    assert (told["code"], told["judged_through"], told["items"]) == (4, "2025-03-06", 18)
    assert [(one["state"], one["put_right"]) for one in told["days"]] == [
        ("over", 1), ("over", 0), ("under", 0), ("empty", 0), ("incomplete", 0),
    ]  # fmt: skip
    assert [one["counts"] for one in told["days"]] == [
        {"agrees": 5, "differs": 1}, {"agrees": 5, "only_by_hand": 1}, {"agrees": 6}, {}, {},
    ]  # fmt: skip
    assert told["decision"]["obstacles"] == ["1 of 5 working days in a row under the limit"]
    assert (told["discrepancies"], told["control_differs"]) == (2, 1)
    [note] = told["notes"]
    assert note.startswith(
        "trial.invoices as read on 8 Mar 2025, 08:00 does not count: it was not read to its end: page 2 did"
    )


def test_an_explanation_lets_the_rule_be_met_and_stays_in_the_evidence(client: Client) -> None:
    """The deal was cancelled, and somebody typed it all the same: said so, the week holds."""
    client.read_all(_invoices(), [row for row in _invoices() if row["number"] != "I13"], _morning(4))
    client.settings('    explained: {ledger/invoices/I13: "cancelled on the phone, Grace"}\n')

    told = client.run("parallel-run")

    assert (told["code"], told["decision"]["is_met"], told["agreeing"], told["items"]) == (0, True, 29, 30)
    evidence = json.loads((client.folder / "reports/parallel-run-billed.json").read_text("utf-8"))
    [explained] = [one for one in evidence["events"] if one["explained"]]
    assert (explained["by_hand"], explained["verdict"]) == (["ledger/invoices/I13"], "only_by_hand")


def test_what_an_auditor_checks(client: Client) -> None:
    """Hashes of snapshots and of the content hold, the workbook says the same, and the same lists give the same bytes.

    A customer called like a tag or a formula is shown as it is called.
    """
    hostile = {**_invoices()[0], "party_name": "=HYPERLINK(1)<script>alert(1)</script>"}
    client.read_all([hostile, *_invoices()[1:]], _invoices()[1:], _morning(4))
    told = client.run("parallel-run")
    path = client.folder / "reports/parallel-run-billed.json"
    evidence = json.loads(path.read_text("utf-8"))
    first = path.read_bytes()

    rest = {name: value for name, value in evidence.items() if name != "content_sha256"}
    plain = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    assert hashlib.sha256(plain).hexdigest() == evidence["content_sha256"] == told["content_sha256"]
    for one in evidence["compared"]:
        assert hashlib.sha256((client.folder / one["path"]).read_bytes()).hexdigest() == one["sha256"]
    book = load_workbook(path.with_suffix(".xlsx"))
    assert book.sheetnames == [
        "Read me", "Days", "Discrepancies", "Agreeing", "May still come", "Counts and sums", "Read",
    ]  # fmt: skip
    assert [row[0].value for row in book["Read"].iter_rows(min_row=2)] == ["by hand", "integration"]
    [wrong] = [row[1] for row in book["Discrepancies"].iter_rows(min_row=2)]
    assert (wrong.data_type, "=HYPERLINK(1)<script>" in wrong.value) == ("s", True)
    assert book["Agreeing"].max_row == 30
    page = path.with_suffix(".html").read_text("utf-8")
    assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True)
    assert 'http-equiv="Content-Security-Policy"' in page
    client.run("parallel-run")
    assert path.read_bytes() == first
    with Store(client.folder) as store:
        logged = store.logged("parallel_run")
    assert logged[-1]["files"][path.name] == hashlib.sha256(first).hexdigest()


def test_a_list_that_shrank_counts_only_when_the_next_reading_agrees(client: Client) -> None:
    """A filter left on in the trial ledger loses half of the week; nobody is blamed for it, and it is said."""
    rows = _invoices(4)
    client.read_all(rows, rows, _morning(1))
    client.read_all(rows, rows[:12], _morning(2))

    once = client.run("parallel-run")
    client.read_all(rows, rows[:11], _morning(3))
    twice = client.run("parallel-run")

    assert (once["judged_through"], once["discrepancies"]) == ("2025-03-04", 0)
    assert "held 12 of the 24 records" in once["notes"][0]
    assert (twice["judged_through"], twice["discrepancies"]) == ("2025-03-06", 13)


@pytest.mark.parametrize(
    ("replaced", "by", "said"),
    [
        ("handoff: billed", "handoff: bild", "billed"),
        ("integrated: trial.invoices", "integrated: trial.invoice", "trial.invoices"),
        ("integrated: trial.invoices", "integrated: ledger.invoices", "with itself"),
        ("integrated: trial.invoices", "integrated: crm.deals", "Both lists must hold the same"),
    ],
)
def test_what_was_written_wrongly_is_refused_with_what_to_write(client: Client, replaced: str, by: str, said: str) -> None:
    """The message names the key or the list that was meant."""
    client.read_all(_invoices(), _invoices(), _morning(4))
    path = client.folder / "engagement.yaml"
    path.write_text(path.read_text("utf-8").replace(replaced, by), encoding="utf-8")

    called = client.call("parallel-run")

    assert called.code == 3
    assert said in called.err


def test_what_is_changed_after_the_run_has_ended_is_another_story(client: Client) -> None:
    """In April somebody credits an invoice of March in the ledger: the week beside the hand is over and stays as it was."""
    client.read_all(_invoices(), _invoices(), _morning(4))
    client.read_all(_invoices()[1:], _invoices(), _morning(30))

    told = client.run("parallel-run")

    assert (told["code"], told["discrepancies"]) == (0, 0)


CUTOVER = """\
cutover:
  systems: [crm, ledger]
  freeze: 2025-03-07T18:00
  live: 2025-03-10
  gates: {invoice: {max_missing: 0}}
"""
LIVE = datetime(2025, 3, 10, 15, tzinfo=UTC)


def _spring(days: int = 45) -> list[Row]:
    """Return the invoices of the weeks up to the parallel run's last day, each typed an hour after its deal was won."""
    rows = [{**row, "issued_on": row["issued_on"] - timedelta(days=days - 5)} for row in _invoices(days, 2)]
    typed = [datetime.combine(row["issued_on"], time(16), UTC) for row in rows]
    return [{**row, "created_at": at, "created_by": "grace@hp.example"} for row, at in zip(rows, typed, strict=True)]


def _deals(rows: Iterable[Row]) -> list[Row]:
    return [
        {
            "record_id": f"D{row['number']}", "name": f"Deal {row['number']}", "party_name": row["party_name"],
            "amount_minor": row["amount_minor"], "currency": "USD", "is_won": True,
            "closed_at": datetime.combine(row["issued_on"], time(15), UTC),
        }
        for row in rows
    ]  # fmt: skip


def _read_spring(client: Client, hand: list[Row], at: datetime) -> None:
    client.read("crm", "deals", _deals(_spring()), at, entity="deal")
    client.read("ledger", "invoices", hand, at)
    client.read("trial", "invoices", _spring(), at)


def _outcomes(told: dict[str, Any]) -> dict[str, str]:
    return {one["about"]: one["outcome"] for one in told["conditions"]}


def test_before_the_freeze_the_page_says_what_is_still_to_be_done(client: Client) -> None:
    """The freeze lies ahead: nothing of it holds yet, and a missing invoice is named where it must be none."""
    client.settings(CUTOVER.replace("2025-03-07T18:00", "2125-03-06T18:00").replace("2025-03-10", "2125-03-09"))
    _read_spring(client, _spring()[:-1], _morning(4))

    told = client.run("cutover")

    found = _outcomes(told)
    assert (told["code"], told["go"]) == (4, False)
    assert told["why"].startswith("No go: of ")
    assert (found["The freeze"], found["Last sync into Books"]) == ("waits", "waits")
    assert "Entries by hand" not in " ".join(found)


def test_with_every_condition_holding_it_is_go_and_later_entries_by_hand_are_counted(client: Client) -> None:
    """Frozen, read, nothing left to bring over: go. A week later Grace still types, and only her rows count."""
    client.settings(CUTOVER.replace("live: 2025-03-10", "live: 2125-03-09"))
    _read_spring(client, _spring(), _morning(4))
    before = client.run("cutover")
    steps = call("cutover", client.folder).out
    to_do = (client.folder / "reports/cut-over.html").read_text("utf-8")
    planned = call("plan", "sync", "ledger", client.folder, "--json")
    go = client.run("cutover")
    page = (client.folder / "reports/cut-over.html").read_text("utf-8")

    assert _outcomes(before)["Last sync into Books"] == "fails"
    assert f"integration-audit plan sync ledger {client.folder}, agree to it" in steps
    assert f"plan sync ledger {client.folder}, agree to it" in to_do
    assert json.loads(planned.out)["changes"] == 0
    assert (go["code"], go["go"], {*_outcomes(go).values()}) == (0, True, {"holds"})
    assert "Go: all 12 conditions hold." in page

    path = client.folder / "engagement.yaml"
    text = path.read_text("utf-8").replace("live: 2125-03-09", "live: 2025-03-10\n  integration_users: [API]")
    path.write_text(text, encoding="utf-8")
    new = [
        {**_spring()[0], "number": f"N{at}", "amount_minor": 31 + at, "created_at": LIVE, "created_by": by}
        for at, by in enumerate(("api", "api", "grace@hp.example"))
    ]
    client.read("ledger", "invoices", [*_spring(), *new], _morning(9))
    after = client.run("cutover")

    [hand] = [one for one in after["conditions"] if one["part"] == "after"]
    assert (hand["outcome"], hand["found"]) == ("fails", "1 by hand, 2 by the integration")
    assert (after["by_hand"], after["new_rows"]) == (["ledger/invoices/N2"], {"by_hand": 1, "integration": 2})


def test_the_last_sync_counts_when_its_job_was_done_to_the_end_after_the_freeze(client: Client) -> None:
    """An invoice was still missing: planned it does not count, nor half done, nor as a file; sent and confirmed it does."""
    client.settings(CUTOVER)
    rows = _spring()
    _read_spring(client, [*rows[:10], *rows[12:]], _morning(4))
    assert json.loads(call("plan", "sync", "ledger", client.folder, "--json").out)["changes"] == 2
    engagement = open_engagement(client.folder)
    store = engagement.store
    [kept] = kept_plans(store)
    operations = opened_plan(store, kept).plan.operations

    def outcome(*steps: JournalEntry, now: datetime = LIVE) -> tuple[str, str]:
        if steps:
            with store.writing("test"), opened_journal(store, kept.plan_id) as journal:
                journal.note(*steps)
        found = cutover_check(engagement, now=now).decision.conditions
        return next((one.outcome, one.found) for one in found if one.about.startswith("Last sync"))

    def step(place: int, state: Any, at: datetime) -> JournalEntry:
        return JournalEntry(operations[place].op_id, state, 1, at, record_id=f"made-{place}")

    told = {"planned": outcome()}
    store.log("plan_files", {"plan_id": kept.plan_id, "at": "2025-03-08"})
    told["as files"] = outcome()
    told["half"] = outcome(step(0, "confirmed", _morning(5)))
    told["refused"] = outcome(step(1, "rejected", _morning(5)))
    told["too early"] = outcome(*(step(at, "confirmed", _morning(3)) for at in range(2)))
    told["done"] = outcome(*(step(at, "confirmed", _morning(5)) for at in range(2)))
    told["undone"] = outcome(step(0, "undone", _morning(6)))

    assert {name: one for name, (one, _) in told.items()} == {
        "planned": "fails", "as files": "unknown", "half": "fails", "refused": "fails", "too early": "fails",
        "done": "holds", "undone": "fails",
    }  # fmt: skip
    assert told["half"][1].startswith("1 of 2 changes")
    engagement.close()


def test_a_parallel_run_without_an_end_ends_with_the_freeze(client: Client) -> None:
    """The trial ledger stands still from then on: that it lacks what came later is no discrepancy."""
    client.settings(CUTOVER)
    path = client.folder / "engagement.yaml"
    path.write_text(path.read_text("utf-8").replace("    until: 2025-03-07\n", ""), encoding="utf-8")
    later = [{**row, "number": f"L{row['number']}", "issued_on": MONDAY + timedelta(days=8)} for row in _invoices(1)]
    client.read_all(_invoices(), _invoices(), _morning(4))
    client.read_all([*_invoices(), *later], _invoices(), _morning(9))

    told = client.run("parallel-run")

    assert (told["code"], told["judged_through"], told["days"][-1]["day"]) == (0, "2025-03-07", "2025-03-07")


def test_lists_from_before_the_freeze_are_not_enough(client: Client) -> None:
    """What was entered between the last reading and the freeze is in no plan."""
    client.settings(CUTOVER.replace("2025-03-07T18:00", "2025-03-09"))
    _read_spring(client, _spring(), _morning(4))
    call("plan", "sync", "ledger", client.folder)

    found = _outcomes(client.run("cutover"))

    assert (found["The lists since the freeze"], found["Last sync into Books"]) == ("fails", "fails")


@pytest.mark.parametrize(
    ("replaced", "by", "said"),
    [
        ("systems: [crm, ledger]", "systems: [crm, legder]", "ledger"),
        ("systems: [crm, ledger]", "parallel_runs: [bild]", "billed"),
    ],
)
def test_a_cut_over_that_was_written_wrongly_is_refused(client: Client, replaced: str, by: str, said: str) -> None:
    """The message names what was meant."""
    _read_spring(client, _spring(), _morning(4))
    client.settings(CUTOVER.replace(replaced, by))

    called = client.call("cutover")

    assert called.code == 3
    assert said in called.err


def test_without_a_description_the_page_is_named_that_shows_one(tmp_path: Path) -> None:
    """Nobody has to guess the key."""
    client = Client(tmp_path / "bare", "client: Bare\n")

    assert "docs/parallel-run.md" in client.call("parallel-run").err
    assert "docs/cut-over.md" in client.call("cutover").err


def test_a_snapshot_that_was_changed_is_no_evidence(client: Client) -> None:
    """Whoever edits what was read is told so; nothing is judged from it."""
    client.read_all(_invoices(), _invoices(), _morning(4))
    [path] = (client.folder / "snapshots/trial/invoices").glob("*Z.parquet")
    path.write_bytes(path.read_bytes() + b"x")

    assert client.call("parallel-run").code == 3


def _sides_of_sample(audit: Audit, system: str, change: Any) -> Reading:
    """Return the sample's invoices by hand, and the same as an integration would have made them, but for what is changed."""
    records = engagement_records(audit.engagement)
    table = records.documents_of("ledger", "invoices", DOCUMENT.names)
    table = with_party_keys(table, audit.run.table("reference"))
    rows = [row for row in table.to_pylist() if row["issued_on"] is not None and row["issued_on"] >= date(2026, 8, 24)]
    made = []
    for at, row in enumerate(rows):
        one = {**row, "system": system, "record_key": f"{system}/invoices/x{at}", "number": f"x{at}", "party_key": None}
        made += change(at, one)
    zone, accounts = "America/Chicago", accounts_in(audit.run.table("crosswalk"), "account_id")
    sides = [
        compared_side("invoice", (of, "invoices"), DOCUMENT.from_rows(found).sort_by("record_key"), accounts, time_zone=zone)
        for of, found in (("ledger", rows), (system, made))
    ]
    return Reading(datetime(2026, 10, 5, 14, tzinfo=UTC), date(2026, 10, 4), *sides)


def test_the_sample_client_beside_an_integration_that_errs(harbor_pine: Audit) -> None:
    """Five weeks of its real-looking invoices, found again without their numbers; each thing that goes wrong is told."""
    wrong = {7: "lost", 20: "amount", 33: "day", 41: "twice"}

    def change(at: int, row: Row) -> list[Row]:
        fate = wrong.get(at)
        if fate == "amount":
            row["amount_minor"] *= 10
        if fate == "day":
            row["issued_on"] += timedelta(days=1)
        again = [{**row, "record_key": f"{row['record_key']}-again"}] if fate == "twice" else []
        return [] if fate == "lost" else [row, *again]

    terms = Terms(date(2026, 8, 24), date(2026, 10, 2), ExitRule(0.05))
    run = parallel_run([_sides_of_sample(harbor_pine, "trial", change)], terms)

    found = Counter(one.shown.verdict for one in run.discrepancies)
    fields = Counter(each.field for one in run.discrepancies for each in one.shown.differences)
    assert found == Counter({"only_by_hand": 1, "differs": 2, "twice_integrated": 1})
    assert fields == Counter({"amount_minor": 1, "day": 1})
    assert run.count - run.agreeing == 4
    assert len(run.days) == 30


def test_the_gates_of_the_sample_client_count_what_its_report_counts(harbor_pine: Audit) -> None:
    """Page and report cannot disagree: right values, duplicates, missing and wrong invoices are the same figures."""
    measures = {
        (one.entity, one.name): one
        for one in entity_measures(harbor_pine.engagement, harbor_pine.run, ("crm", "ledger"), None)
    }
    figures = {row["figure_id"]: row for row in harbor_pine.run.table("figure").to_pylist()}
    told = {
        row["measure"]: row
        for row in harbor_pine.run.table("handoff_measure").to_pylist()
        if row["handoff_id"] == "deal_to_invoice"
    }

    duplicates = sum(figures[f"match.duplicate_count.{system}"]["value"] for system in ("crm", "ledger"))
    assert measures["party", "duplicates"].x == duplicates
    assert (measures["invoice", "differences"].x, measures["invoice", "differences"].n) == (
        told["error_share"]["x"], told["error_share"]["n"],
    )  # fmt: skip
    assert measures["invoice", "missing"].x == figures["reconcile.missing_count.deal_to_invoice"]["value"] == 31
    assert measures["invoice", "missing"].n == told["missing_share"]["n"]
    assert {entity for entity, _ in measures} == {"deal", "invoice", "party"}


def test_how_long_typing_usually_takes_is_measured_and_said(client: Client) -> None:
    """Grace types two days later, as a rule: on Saturday nobody misses Friday's invoice yet, and on Monday it is missing."""
    path = client.folder / "engagement.yaml"
    path.write_text(path.read_text("utf-8").replace("    manual_lag_days: 0\n", ""), encoding="utf-8")
    late = [{**row, "created_at": row["created_at"] + timedelta(days=2)} for row in _spring()]
    _read_spring(client, late[:-1], _morning(4))

    early = client.run("parallel-run")
    page = (client.folder / "reports/parallel-run-billed.html").read_text("utf-8")
    _read_spring(client, late[:-1], _morning(7))
    later = client.run("parallel-run")

    assert (early["waiting"], early["days"][-1]["state"], early["discrepancies"]) == (1, "waiting", 0)
    assert "2 days: 95 of 100 of 89 items of this handoff took no longer" in page
    assert "Mar 9, 2025" in page
    assert (later["waiting"], later["days"][-1]["state"], later["discrepancies"]) == (0, "over", 1)


def test_without_terms_a_cut_over_knows_nothing_and_holds_nothing_for_fine(client: Client) -> None:
    """No freeze, a parallel run that cannot be compared, a list that broke off: each is said, none holds."""
    client.settings("cutover: {}\n")
    client.read(
        "crm", "deals", _deals(_spring()), _morning(4), entity="deal", is_complete=False, reasons=["page 3 did not come"]
    )
    client.read("ledger", "invoices", _spring(), _morning(4))

    found = _outcomes(client.run("cutover"))

    assert {name: found[name] for name in ("Parallel run billed", "The lists", "The freeze")} == {
        "Parallel run billed": "unknown", "The lists": "unknown", "The freeze": "unknown",
    }  # fmt: skip


def test_of_several_parallel_runs_each_is_judged(client: Client) -> None:
    """One handoff is done, another is not: the command says both, and that not all is done."""
    client.settings(
        "  second: {manual: ledger.invoices, integrated: trial.invoices, from: 2025-03-03, until: 2025-03-07, limit: 0, "
        "working_days: 6}\n"
    )
    client.read_all(_invoices(), _invoices(), _morning(4))

    both = client.run("parallel-run")
    one = client.run("parallel-run", "--name", "billed")

    assert (both["code"], both["is_met"]) == (4, False)
    assert [(run["name"], run["decision"]["is_met"]) for run in both["runs"]] == [("billed", True), ("second", False)]
    assert (one["code"], one["name"]) == (0, "billed")
    assert "billed" in client.call("parallel-run", "--name", "biled").err
