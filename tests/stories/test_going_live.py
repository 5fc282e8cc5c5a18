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
from toolkit.golive.days import ExitRule
from toolkit.golive.parallel_run import Reading, Terms, parallel_run
from toolkit.golive.sides import compared_side
from toolkit.reconcile.accounts import accounts_in
from toolkit.reconcile.references import with_party_keys
from toolkit.store.journal import opened_journal
from toolkit.store.plans import kept_plans, opened_plan
from toolkit.store.store import Store
from toolkit.tables import DOCUMENT, ENTITY_SCHEMAS

MONDAY = date(2026, 3, 2)
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
    from: 2026-03-02
    until: 2026-03-06
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
    """Read every morning: on Tuesday the integration lost an invoice, on Friday the week is over the rule of five."""
    rows = _invoices()
    told = {}
    for day in range(5):
        until = [row for row in rows if row["issued_on"] <= MONDAY + timedelta(days=day)]
        client.read_all(until, [row for row in until if row["number"] != "I13"], _morning(day))
        if day in {1, 4}:
            told[day] = client.run("parallel-run")

    assert [one["code"] for one in told.values()] == [4, 4]
    assert [one["judged_through"] for one in told.values()] == ["2026-03-03", "2026-03-06"]
    assert [one["items"] for one in told.values()] == [12, 30]
    assert [one["counts"] for one in told[1]["days"]][:3] == [{"agrees": 6}, {"agrees": 5, "only_by_hand": 1}, {}]
    assert [one["state"] for one in told[1]["days"]] == ["under", "over", "incomplete", "incomplete", "incomplete"]
    assert [one["state"] for one in told[4]["days"]] == ["under", "over", "under", "under", "under"]
    assert told[4]["decision"]["obstacles"] == ["3 of 5 working days in a row under the limit"]
    assert (told[4]["discrepancies"], told[4]["control_differs"]) == (1, 1)


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
    """Hashes of snapshots and of the content hold, the workbook says the same, and the same lists give the same bytes."""
    client.read_all(_invoices(), _invoices()[1:], _morning(4))
    told = client.run("parallel-run")
    path = client.folder / "reports/parallel-run-billed.json"
    evidence = json.loads(path.read_text("utf-8"))
    first = path.read_bytes()

    rest = {name: value for name, value in evidence.items() if name != "content_sha256"}
    plain = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    assert hashlib.sha256(plain).hexdigest() == evidence["content_sha256"] == told["content_sha256"]
    for one in evidence["compared"]:
        assert hashlib.sha256((client.folder / one["path"]).read_bytes()).hexdigest() == one["sha256"]
    book = load_workbook(client.folder / "reports/parallel-run-billed.xlsx", read_only=True)
    assert book.sheetnames == [
        "Read me", "Days", "Discrepancies", "Agreeing", "May still come", "Counts and sums", "Read",
    ]  # fmt: skip
    assert [row[0].value for row in book["Read"].iter_rows(min_row=2)] == ["by hand", "integration"]
    assert book["Discrepancies"].max_row == 2
    assert book["Agreeing"].max_row == 30
    client.run("parallel-run")
    assert path.read_bytes() == first
    with Store(client.folder) as store:
        logged = store.logged("parallel_run")
    assert logged[-1]["files"][path.name] == hashlib.sha256(first).hexdigest()


def test_a_list_that_was_not_read_to_its_end_counts_as_nothing(client: Client) -> None:
    """On Wednesday morning the trial ledger broke off: Tuesday is not judged, and the page says why."""
    rows = [row for row in _invoices() if row["issued_on"] <= MONDAY]
    both = [row for row in _invoices() if row["issued_on"] <= MONDAY + timedelta(days=1)]
    client.read_all(rows, rows, _morning(0))
    client.read_all(both, both[:9], _morning(1), is_complete=False, reasons=["page 2 did not come"])

    told = client.run("parallel-run")

    assert [one["state"] for one in told["days"]][:2] == ["under", "incomplete"]
    [note] = told["notes"]
    assert note.startswith(
        "trial.invoices as read on 4 Mar 2026, 08:00 does not count: it was not read to its end: page 2 did"
    )


def test_a_list_that_shrank_counts_only_when_the_next_reading_agrees(client: Client) -> None:
    """A filter left on in the trial ledger loses half of the week; nobody is blamed for it, and it is said."""
    rows = _invoices(4)
    client.read_all(rows, rows, _morning(1))
    client.read_all(rows, rows[:12], _morning(2))

    once = client.run("parallel-run")
    client.read_all(rows, rows[:11], _morning(3))
    twice = client.run("parallel-run")

    assert (once["judged_through"], once["discrepancies"]) == ("2026-03-03", 0)
    assert "held 12 of the 24 records" in once["notes"][0]
    assert (twice["judged_through"], twice["discrepancies"]) == ("2026-03-05", 13)


def test_a_reading_that_found_nothing_new_is_a_reading(client: Client) -> None:
    """A quiet Thursday: the lists are as they were, and it is known that nothing happened; of Friday nothing is known."""
    rows = [row for row in _invoices() if row["issued_on"] <= MONDAY + timedelta(days=2)]
    client.read_all(rows, rows, _morning(2))
    client.read_all(rows, rows, _morning(3))

    told = client.run("parallel-run")

    assert [one["state"] for one in told["days"]] == [*["under"] * 3, "empty", "incomplete"]


def test_the_first_look_counts_although_everything_was_put_right(client: Client) -> None:
    """The amount was wrong on Tuesday morning; typed over on Wednesday it stays a discrepancy of Monday."""
    rows = _invoices(2)
    wrong = [{**row, "amount_minor": row["amount_minor"] + (row["number"] == "I02")} for row in rows]
    client.read_all(rows[:6], wrong[:6], _morning(0))
    client.read_all(rows, rows, _morning(1))

    told = client.run("parallel-run")

    assert [(one["state"], one["put_right"]) for one in told["days"][:2]] == [("over", 1), ("under", 0)]


def test_client_text_stays_text_on_the_page_and_in_the_workbook(client: Client) -> None:
    """A customer called like a tag or a formula is shown as it is called."""
    rows = _invoices()
    hostile = [
        {**row, "party_name": "=HYPERLINK(1)<script>alert(1)</script>"} if row["number"] == "I00" else row for row in rows
    ]
    client.read_all(hostile, rows, _morning(4))

    client.run("parallel-run")

    page = (client.folder / "reports/parallel-run-billed.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert 'http-equiv="Content-Security-Policy"' in page
    book = load_workbook(client.folder / "reports/parallel-run-billed.xlsx")
    [text] = [row[1] for row in book["Discrepancies"].iter_rows(min_row=2)]
    assert (text.data_type, "HYPERLINK" in text.value) == ("s", True)


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
  freeze: 2026-03-06T18:00
  live: 2026-03-09
  gates: {invoice: {max_missing: 0}}
"""
LIVE = datetime(2026, 3, 9, 15, tzinfo=UTC)


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
    client.settings(CUTOVER.replace("2026-03-06T18:00", "2126-03-06T18:00").replace("2026-03-09", "2126-03-09"))
    _read_spring(client, _spring()[:-1], _morning(4))

    told = client.run("cutover")

    found = _outcomes(told)
    assert (told["code"], told["go"]) == (4, False)
    assert told["why"].startswith("No go: of ")
    assert (found["The freeze"], found["Last sync into Books"]) == ("waits", "waits")
    assert "Entries by hand" not in " ".join(found)


def test_with_every_condition_holding_it_is_go_and_later_entries_by_hand_are_counted(client: Client) -> None:
    """Frozen, read, nothing left to bring over: go. A week later Grace still types, and only her rows count."""
    client.settings(CUTOVER.replace("live: 2026-03-09", "live: 2126-03-09"))
    _read_spring(client, _spring(), _morning(4))
    before = client.run("cutover")
    planned = call("plan", "sync", "ledger", client.folder, "--json")
    go = client.run("cutover")
    page = (client.folder / "reports/cut-over.html").read_text("utf-8")

    assert _outcomes(before)["Last sync into Books"] == "fails"
    assert json.loads(planned.out)["changes"] == 0
    assert (go["code"], go["go"], {*_outcomes(go).values()}) == (0, True, {"holds"})
    assert "Go: all 12 conditions hold." in page

    path = client.folder / "engagement.yaml"
    text = path.read_text("utf-8").replace("live: 2126-03-09", "live: 2026-03-09\n  integration_users: [API]")
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
    store.log("plan_files", {"plan_id": kept.plan_id, "at": "2026-03-07"})
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


def test_lists_from_before_the_freeze_are_not_enough(client: Client) -> None:
    """What was entered between the last reading and the freeze is in no plan."""
    client.settings(CUTOVER.replace("2026-03-06T18:00", "2026-03-08"))
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
