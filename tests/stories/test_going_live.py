"""From the first day beside the hand to the day on which the hand stops, as a consultant runs it."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.command_line import Called, call
from toolkit.store.store import Store
from toolkit.tables import ENTITY_SCHEMAS

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
    rows = _invoices()
    client.read_all(rows, rows, _morning(4))
    client.read_all(rows, rows[:12], _morning(5))

    once = client.run("parallel-run")
    client.read("trial", "invoices", rows[:11], _morning(6))
    twice = client.run("parallel-run")

    assert (once["code"], once["discrepancies"]) == (0, 0)
    assert "held 12 of the 30 records" in once["notes"][0]
    assert (twice["code"], twice["discrepancies"]) == (4, 19)


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
        ("limit: 0.1", "limit: 10", "less than or equal to 1"),
        ("limit: 0.1", "", "'parallel_run.billed.limit' is missing"),
        ("until: 2026-03-06", "until: 2026-03-01", "must not end before it begins"),
        ("from: 2026-03-02", "from: soon", "parallel_run.billed.from"),
        ("manual_lag_days: 0", "fields: [amount]", "amount_minor"),
        ("manual_lag_days: 0", "by: [refrence]", "reference"),
        ("manual_lag_days: 0", "weekdays: []", "weekdays"),
        ("manual_lag_days: 0", "min_match_rte: 1", "min_match_rate"),
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
