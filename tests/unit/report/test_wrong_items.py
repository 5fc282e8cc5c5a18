from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.unit.report.sample_run import sample_run, sample_tables
from toolkit.report import write_review_workbook
from toolkit.report.blocks import Bullets, Heading, Table
from toolkit.report.doubted_decisions import doubted_blocks
from toolkit.report.run import RunTables
from toolkit.report.wrong_items import difference_words, wrong_blocks
from toolkit.tables import COUNTERPART, DOCUMENT, HANDOFF

SIDES = {"handoff_id": "billed", "label": "Deals invoiced", "is_proposed": False, "entity_l": "deal", "entity_r": "invoice"}
SIDES |= {"system_l": "crm", "stream_l": "deals", "system_r": "ledger", "stream_r": "invoices"}
WRONG = {"handoff_id": "billed", "status": "found", "is_error": True, "currency": "USD"}
TENFOLD = {
    **WRONG, "key_l": "crm/deals/1", "key_r": "ledger/invoices/10298", "error_kind": "factor",
    "error_columns": ["amount_minor"], "amount_l_minor": 37_475_00, "amount_r_minor": 374_750_00,
}  # fmt: skip
OTHERS = [
    {**WRONG, "key_l": "crm/deals/2", "key_r": "ledger/invoices/2", "error_kind": "party", "error_columns": ["party_key"],
     "amount_l_minor": 500_00, "amount_r_minor": 500_00},
    {**WRONG, "key_l": "crm/deals/3", "key_r": "ledger/invoices/3", "error_kind": "transposed",
     "error_columns": ["amount_minor"], "amount_l_minor": 54_00, "amount_r_minor": 45_00},
    {**WRONG, "key_l": "crm/deals/4", "key_r": "ledger/invoices/4", "is_error": False, "amount_l_minor": 9_999_00,
     "amount_r_minor": 9_999_00},
]  # fmt: skip


def run_of(counterparts: list[dict[str, Any]]) -> RunTables:
    """Return a run with these counterparts of one handoff, whose invoices name their customers."""
    names = {"ledger/invoices/2": "Lakeside Dental", "crm/deals/2": "Acme Fit-Out LLC"}
    documents = []
    for key in dict.fromkeys(row[name] for row in counterparts for name in ("key_l", "key_r")):
        system, stream, record_id = key.split("/")
        documents.append(
                {"record_key": key, "system": system, "stream": stream, "record_id": record_id, "state": "active",
                 "entity": stream[:-1], "number": f"No {record_id}", "party_name": names.get(key)}
            )  # fmt: skip
    own = {"counterpart": COUNTERPART.from_rows(counterparts), "handoff": HANDOFF.from_rows([SIDES])}
    return sample_run(tables={**sample_tables(), **own, "document": DOCUMENT.from_rows(documents)})


def test_wrong_documents_are_listed_with_what_they_should_say(tmp_path: Path) -> None:
    """An invoice of ten times its deal stands first on its own sheet: what it should say, what it says, what is at stake."""
    path = write_review_workbook(tmp_path / "review.xlsx", run_of([OTHERS[1], OTHERS[2], OTHERS[0], TENFOLD]))

    header, *rows = list(openpyxl.load_workbook(path)["Wrong items"].iter_rows(values_only=True))
    told = [
        tuple(row[header.index(name)] for name in ("entered as", "what differs", "should say", "says", "at stake"))
        for row in rows
    ]
    assert told == [
        ("No 10298", "10 times the amount", "37,475.00 USD", "374,750.00 USD", 337_275.0),
        ("No 2", "another customer or supplier", "Acme Fit-Out LLC", "Lakeside Dental", 500.0),
        ("No 3", "digits of the amount changed places", "54.00 USD", "45.00 USD", 9.0),
    ]


def test_the_report_lists_what_arrived_wrong() -> None:
    """The rate and the cost of wrong items have a list beside them, and where none is wrong there is no list."""
    [heading, _, table] = wrong_blocks(run_of([*OTHERS, TENFOLD]))

    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    assert heading.text == "What arrived wrong"
    assert [row[3:] for row in table.rows[:1]] == [("10 times the amount", "37,475.00 USD", "374,750.00 USD")]
    assert (len(table.rows), table.row_count) == (3, 3)
    assert wrong_blocks(run_of([OTHERS[2]])) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"error_kind": "factor", "amount_l_minor": 121_000, "amount_r_minor": 1_000}, "1/100 of the amount"),
        ({"error_kind": "amount", "amount_l_minor": 1_000, "amount_r_minor": 120_000}, "about 120 times the amount"),
        ({"error_kind": "amount", "amount_l_minor": 1_000, "amount_r_minor": 1_100}, "another amount"),
        (
            {"error_kind": "factor", "amount_l_minor": 100, "amount_r_minor": 1_000,
             "error_columns": ["amount_minor", "party_key"]},
            "10 times the amount; also customer or supplier",
        ),
        ({"error_kind": "missing_field", "error_columns": ["amount_minor"]}, "amount left empty"),
        ({"error_kind": "field", "error_columns": ["city", "tax_id"]}, "another city, tax number"),
    ],
)  # fmt: skip
def test_what_differs_is_said_in_words(row: dict[str, Any], said: str) -> None:
    """Who reads the list sees at once whether a digit slipped, a field is empty or somebody else stands there."""
    assert difference_words({"error_columns": ["amount_minor"], **row}) == said


def test_a_decision_that_something_speaks_against_is_named_in_the_report() -> None:
    """Who wrote the number of another customer's invoice reads it in the next report, with the item that has it already."""
    doubt = "a person's decision, but: another customer or supplier; dated 248 days before; already the counterpart of "
    doubted = {**OTHERS[2], "basis": f"{doubt}crm/deals/7"}

    [_, _, listed] = doubted_blocks(run_of([*OTHERS[:2], doubted]))

    assert isinstance(listed, Bullets)
    [(line,)] = listed.items
    assert str(line).startswith("“Deals invoiced”: crm deal")
    assert "found as ledger invoice" in str(line)
    assert str(line).endswith("another customer or supplier; dated 248 days before; already the counterpart of crm deals.")
    assert doubted_blocks(run_of(OTHERS)) == []


def test_a_document_without_a_number_is_named_by_its_text(tmp_path: Path) -> None:
    """A bank line is found by what stands in it, not by an id of ours; one that has a number keeps it."""
    lines = {"bank/lines/e55": {"record_key": "bank/lines/e55", "description": "Rhein Metall R8177 <b>"}}
    run = replace(run_of([{**TENFOLD, "key_r": "bank/lines/e55"}, OTHERS[1]]), documents_of=lambda _: lines)
    document = run.table("document").to_pylist()
    nameless = [{**row, "number": None} if row["record_key"] == "bank/lines/e55" else row for row in document]
    run = replace(run, tables={**run.tables, "document": DOCUMENT.from_rows(nameless)})

    path = write_review_workbook(tmp_path / "review.xlsx", run)

    header, *rows = list(openpyxl.load_workbook(path)["Wrong items"].iter_rows(values_only=True))
    assert [row[header.index("entered as")] for row in rows] == ["Rhein Metall R8177 <b>", "No 3"]


def test_amounts_in_texts_are_written_as_in_the_clients_country(tmp_path: Path) -> None:
    """A German reads 5,263.00 as five and a bit: the workbook writes what the report writes."""
    path = write_review_workbook(tmp_path / "review.xlsx", replace(run_of([TENFOLD]), country="DE"))

    header, row = list(openpyxl.load_workbook(path)["Wrong items"].iter_rows(values_only=True))
    assert [row[header.index(name)] for name in ("should say", "says")] == ["37.475,00 USD", "374.750,00 USD"]


def test_a_wrong_amount_that_goes_on_is_named_with_its_copies() -> None:
    """The invoice of a job of a hundred times its deal stands beside the job: whoever mends one mends both."""
    copy = {**OTHERS[2], "key_l": TENFOLD["key_r"], "key_r": "bank/lines/9", "is_passed_on": True}

    [_, _, table] = wrong_blocks(run_of([TENFOLD, copy]))

    assert isinstance(table, Table)
    assert str(table.rows[0][3]).startswith("10 times the amount; repeated in bank line")
