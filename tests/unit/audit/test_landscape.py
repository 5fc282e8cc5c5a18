"""The systems-and-handoffs workbook: out with what is known, filled in by the client, back into engagement.yaml."""

import csv
import difflib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.command_line import call
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.landscape import apply_landscape_answers, read_landscape_workbook, write_landscape_workbook
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.errors import BusyError, InputError
from toolkit.tables import ENTITY_SCHEMAS

YAML = """\
# Acme, Chicago. Agreed with Jo on 2 October.
client: Acme
currency: USD          # of the report
country: US

systems:
  crm: {connector: hubspot, category: crm, owner: ""}   # ask Jo
  books:
    connector: quickbooks
    category: ledger
    label: QuickBooks

# What people told us.
handoffs:
  deal_to_invoice:
    label: Won deals invoiced
    from: crm.deals
    to: books.invoices
    by: Grace
    trigger: status_change
    is_proposed: true
    # ask for the minutes

rates: {day_rate: 650}   # our offer
"""
DEALS = ["Record ID", "Deal Name", "Deal Stage", "Amount", "Close Date", "Associated Company"]
COMPANIES = ["Record ID", "Company name", "Company owner", "Phone Number", "City", "Create Date"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an engagement with settings and the CRM's exports."""
    exports = tmp_path / "acme" / "exports" / "crm"
    exports.mkdir(parents=True)
    (tmp_path / "acme" / "engagement.yaml").write_text(YAML, encoding="utf-8")
    for name, header, row in (
        ("deals.csv", DEALS, ["7", "Office", "Closed Won", "900", "2026-02-01 10:00", "Acme Ltd"]),
        ("companies.csv", COMPANIES, ["101", "Acme Ltd", "Dana", "312-555-0101", "Chicago", "2026-01-05 09:00"]),
    ):
        with (exports / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([header, row])
    return tmp_path / "acme"


@pytest.fixture
def here(folder: Path) -> Engagement:
    """Return the engagement, pulled."""
    engagement = open_engagement(folder)
    pull_snapshots(engagement)
    return engagement


def filled(workbook: Path, answers: dict[str, dict[str, dict[str, Any]]]) -> Path:
    """Type ``answers`` (sheet, name in the first column, header) into a workbook as a client would, and save a copy."""
    book = openpyxl.load_workbook(workbook)
    for sheet, rows in answers.items():
        page = book[sheet]
        columns = {cell.value: cell.column for cell in page[2]}
        for name, cells in rows.items():
            lines = {page.cell(line, 1).value: line for line in range(4, page.max_row + 1)}
            line = (
                lines.get(name) or lines[None]
                if name in lines
                else min(n for n in range(4, 99) if not page.cell(n, 1).value)
            )
            page.cell(line, 1).value = name
            for header, value in cells.items():
                page.cell(line, columns[header]).value = value
    copy = workbook.with_name("came back.xlsx")
    book.save(copy)
    return copy


def settings_of(here: Engagement, answers: dict[str, dict[str, dict[str, Any]]]) -> Any:
    """Send the workbook out, take it back with ``answers``, and open the engagement again."""
    copy = filled(write_landscape_workbook(here), answers)
    apply_landscape_answers(here, read_landscape_workbook(here, copy))
    return open_engagement(here.folder).settings


def test_a_workbook_that_nobody_touched_changes_nothing(here: Engagement) -> None:
    """Sending it out and reading it back says nothing new."""
    found = read_landscape_workbook(here, write_landscape_workbook(here))

    assert (found.changes, found.problems, found.notes) == ((), (), ())


def test_what_is_known_stands_in_the_workbook(here: Engagement) -> None:
    """The client corrects instead of starting from an empty sheet."""
    book = openpyxl.load_workbook(write_landscape_workbook(here))

    systems = [[cell.value for cell in row[:3]] for row in book["Systems"].iter_rows(min_row=4, max_row=5)]
    assert systems == [["crm", "CRM", "HubSpot"], ["QuickBooks", "Accounting", "QuickBooks Online"]]
    assert [cell.value for cell in book["Handoffs"][4][:5]] == [
        "Won deals invoiced", "crm", "QuickBooks", "Grace", "A status changes",
    ]  # fmt: skip
    assert book["People"]["A4"].value == "Grace"
    assert (here.folder / "reports" / "systems_and_handoffs.xlsx").exists()


def test_answers_are_settings_when_the_engagement_is_opened_again(here: Engagement) -> None:
    """Minutes come with who said so and when; a confirmed handoff is no longer a proposal."""
    settings = settings_of(
        here,
        {
            "Systems": {"crm": {"Responsible": "Nora", "Users": 9, "Cost per month": "$450"}},
            "Handoffs": {
                "Won deals invoiced": {
                    "How": "Typed in again",
                    "Minutes: at least": 12,
                    "Minutes: usually": 18,
                    "Minutes: at most": 30,
                    "How we know": "Timed or counted",
                    "Who told us": "Grace",
                    "On": "2026-10-02",
                    "Minutes to mend one": 35,
                }
            },
            "People": {"Grace": {"Role": "Bookkeeper"}},
        },
    )

    crm, handoff = settings.systems["crm"], settings.handoffs["deal_to_invoice"]
    assert (crm.owner, crm.users, crm.cost_per_month, crm.connector) == ("Nora", 9, 450, "hubspot")
    minutes = handoff.minutes_per_item
    assert (minutes.value, minutes.evidence, minutes.who, minutes.on) == (
        (12, 18, 30),
        "measured",
        "Grace",
        date(2026, 10, 2),
    )
    assert (handoff.rework_minutes.value, handoff.carrier, handoff.is_proposed) == (35, "reentry", False)
    assert settings.people["Grace"].role == "Bookkeeper"


def test_every_other_line_and_comment_stays(here: Engagement) -> None:
    """A consultant finds the file as it was, with the answers in it."""
    settings_of(
        here,
        {
            "Systems": {"crm": {"Responsible": "Nora"}, "Mailbox": {"Spreadsheet or mailbox": "Yes"}},
            "Handoffs": {"Won deals invoiced": {"Minutes: usually": "15-20"}},
        },
    )

    now = (here.folder / "engagement.yaml").read_text(encoding="utf-8").splitlines()
    differences = [line for line in difflib.ndiff(YAML.splitlines(), now) if line[0] in "+-"]
    assert differences == [
        '-   crm: {connector: hubspot, category: crm, owner: ""}   # ask Jo',
        "+   crm: {connector: hubspot, category: crm, owner: Nora}   # ask Jo",
        "+   mailbox: {connector: table, label: Mailbox, is_informal: true}",
        "-     is_proposed: true",
        "+     is_proposed: false",
        "+     minutes_per_item: {value: [15, 17.5, 20], evidence: interview}",
    ]


def test_a_second_import_of_the_same_workbook_changes_nothing(here: Engagement) -> None:
    """Whoever imports twice does no harm."""
    answers = {
        "Systems": {"Site log": {"Spreadsheet or mailbox": "Yes", "Responsible": "Luis"}},
        "Handoffs": {"Won deals noted": {"From system": "crm", "To system": "Site log", "Minutes: usually": 5}},
        "People": {"Luis": {}},
    }
    copy = filled(write_landscape_workbook(here), answers)
    first = read_landscape_workbook(here, copy)

    again = read_landscape_workbook(apply_landscape_answers(here, first), copy)

    assert len(first.changes) > 4
    assert again.changes == ()


def test_a_handoff_that_we_did_not_know_finds_its_streams_by_its_words(here: Engagement) -> None:
    """A client names systems; which records are meant is told by the words, or asked."""
    settings = settings_of(
        here,
        {
            "Systems": {"Site log": {}},
            "Handoffs": {"Won deals noted": {"From system": "CRM", "To system": "Site log", "Who does it": "Luis"}},
        },
    )

    handoff = settings.handoffs["won_deals_noted"]
    assert (handoff.from_, handoff.to, handoff.by) == ("crm.deals", "site_log.records", "Luis")


def test_a_handoff_that_could_mean_several_streams_is_asked_for(here: Engagement) -> None:
    """Companies or deals? Nothing is guessed."""
    copy = filled(
        write_landscape_workbook(here),
        {"Handoffs": {"Weekly update": {"From system": "crm", "To system": "QuickBooks"}}},
    )

    found = read_landscape_workbook(here, copy)

    assert found.changes == ()
    assert "'Weekly update' was not added. Which records of 'crm' does it carry: companies, deals?" in found.problems[0]


def test_an_estimate_does_not_take_the_place_of_what_the_files_count(here: Engagement) -> None:
    """How often a thing happens is counted where both systems were pulled; the answer is named beside it."""
    text = YAML.replace("books.invoices", "crm.companies")
    (here.folder / "engagement.yaml").write_text(text, encoding="utf-8")
    copy = filled(write_landscape_workbook(here), {"Handoffs": {"Won deals invoiced": {"Times per month": 40}}})

    found = read_landscape_workbook(here, copy)

    assert found.changes == ()
    assert "the answer is 40 times per month, the files measure it" in found.notes[0]


def test_rows_that_are_gone_are_named_and_stay(here: Engagement) -> None:
    """A deleted row may be a slip: a person takes it out of the settings."""
    workbook = write_landscape_workbook(here)
    book = openpyxl.load_workbook(workbook)
    book["Systems"].delete_rows(5)
    book["Handoffs"]["C4"] = "crm"
    book.save(workbook.with_name("came back.xlsx"))

    found = read_landscape_workbook(here, workbook.with_name("came back.xlsx"))

    assert any("System 'books' is no longer in the workbook: it stays in engagement.yaml" in one for one in found.notes)


def test_proposed_handoffs_are_written_together_once_one_is_answered(tmp_path: Path) -> None:
    """While no handoff is written, the usual ones are measured; one answer must not make the others vanish."""
    folder = tmp_path / "client"
    folder.mkdir()
    (folder / "engagement.yaml").write_text("client: Acme\nhandoffs: {}   # ask\n", encoding="utf-8")
    here = open_engagement(folder)
    for system, stream, entity, connector in (
        ("crm", "deals", "deal", "hubspot"),
        ("books", "invoices", "invoice", "quickbooks"),
        ("shop", "orders", "order", "shopify"),
    ):
        here.store.add_snapshot(
            system=system,
            stream=stream,
            entity=entity,
            connector=connector,
            records=[ENTITY_SCHEMAS[entity].empty()],
            taken_at=datetime(2026, 3, 1, tzinfo=UTC),
        )

    settings = settings_of(here, {"Handoffs": {"Won deals invoiced": {"Who does it": "Grace"}}})

    assert {name: (one.is_proposed, one.by) for name, one in settings.handoffs.items()} == {
        "deal_to_invoice": (False, "Grace"),
        "order_to_invoice": (True, ""),
    }


def test_hostile_answers_stay_text(here: Engagement) -> None:
    """Whatever is typed into a cell becomes one value, never a key, a tag or a comment."""
    hostile = "a: [b, {c}] # d\n- !!python/object x\t'\"\\ *e &f ${g}\u2028h"
    settings = settings_of(here, {"Systems": {"crm": {"Remarks": hostile}, "x: {y": {"Responsible": "*all"}}})

    assert settings.systems["crm"].note == " ".join(hostile.split())
    assert (settings.systems["x_y"].label, settings.systems["x_y"].owner) == ("x: {y", "*all")


def test_a_workbook_with_answers_is_not_written_over(here: Engagement) -> None:
    """Somebody filled it in where it lay: exporting again does not lose that."""
    workbook = write_landscape_workbook(here)
    write_landscape_workbook(here)
    filled(workbook, {"Systems": {"crm": {"Responsible": "Nora"}}}).replace(workbook)

    with pytest.raises(InputError, match="was changed since it was written and may hold answers"):
        write_landscape_workbook(here)


def test_without_settings_the_next_step_is_named(tmp_path: Path) -> None:
    """The workbook may go out before anything is known; taking it back needs the file."""
    folder = tmp_path / "client"
    folder.mkdir()
    here = open_engagement(folder)
    copy = filled(write_landscape_workbook(here), {"Systems": {"CRM": {}}})
    found = read_landscape_workbook(here, copy)

    with pytest.raises(InputError, match="integration-audit new"):
        apply_landscape_answers(here, found)


def test_a_run_that_writes_is_waited_for(here: Engagement) -> None:
    """Settings do not change under an audit that is running."""
    found = read_landscape_workbook(
        here, filled(write_landscape_workbook(here), {"Systems": {"crm": {"Responsible": "Nora"}}})
    )

    with here.store.writing("audit"), pytest.raises(BusyError):
        apply_landscape_answers(here, found)

    assert (here.folder / "engagement.yaml").read_text(encoding="utf-8") == YAML


def test_the_command_shows_first_and_writes_then(here: Engagement) -> None:
    """A dry run names every change and writes none; what could not be read ends with the code for incomplete."""
    assert call("landscape", "export", here.folder, "--out", here.folder / "form.xlsx").code == 0
    copy = filled(
        here.folder / "form.xlsx",
        {"Systems": {"crm": {"Responsible": "Nora", "Users": "many"}}},
    )

    dry = call("landscape", "import", copy, here.folder, "--dry-run")
    unchanged = (here.folder / "engagement.yaml").read_text(encoding="utf-8") == YAML
    wet = call("landscape", "import", copy, here.folder)

    assert (dry.code, wet.code, unchanged) == (4, 4, True)
    assert "systems.crm.owner: - -> Nora" in dry.out
    assert "Ask again: Systems, row 4, Users: 'many'." in wet.out
    assert open_engagement(here.folder).settings.systems["crm"].owner == "Nora"
