from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from openpyxl.utils.escape import unescape

from tests.unit.report.sample_run import empty_run, party, sample_run, sample_tables
from toolkit.report import write_review_workbook
from toolkit.tables import CLUSTER_EVENT, COUNTERPART, DOCUMENT, DOCUMENT_PAIR, HANDOFF, MISMATCH, PAIR

FORMULAS = ["=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")', '"=1']
MARKUP = [
    "<r><t>bold</t></r>",
    "<r></t></is></c></r>",
    "</t></is></c></row></sheetData>",
    '<row r="2"></row>',
    "_x0041_",
    "&lt;",
]


def rows_of(path: Path, sheet: str) -> list[list[Any]]:
    """Return the cells of a sheet."""
    return [list(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]


def test_doubtful_pairs_stand_alone_with_names_first_and_ids_last(tmp_path: Path) -> None:
    """Who decides sees both names and the cell to decide in; the ids that are read back stand at the end, in grey."""
    path = write_review_workbook(tmp_path / "review.xlsx", sample_run())

    header, *rows = rows_of(path, "Doubtful pairs")
    assert header[:5] == ["name, left", "name, right", "decision", "reviewer", "note"]
    assert header[-2:] == ["key_l", "key_r"]
    assert header.index("phone, right") == header.index("phone, left") + 1
    assert [row[:2] + row[-2:] for row in rows] == [
        ["Acme Fit-Out LLC", "Acme Interiors", "crm/companies/101", "ledger/customers/8"]
    ]
    assert len(rows_of(path, "Duplicates")) == 1 + 3
    sheet = openpyxl.load_workbook(path)["Doubtful pairs"]
    assert sheet.cell(2, len(header)).font.color.rgb == "FF8A8F94"


def test_a_pair_that_only_its_group_joins_says_through_which_two(tmp_path: Path) -> None:
    """The weakest link between the two is where to look first."""
    tables = sample_tables()
    rows = tables["pair"].to_pylist()
    joined = next(row for row in rows if row["decision"] == "same")
    joined |= {"link_l": "crm/companies/101", "link_r": "ledger/customers/8"}
    run = sample_run(tables={**tables, "pair": PAIR.from_rows(rows)})

    header, *shown = rows_of(write_review_workbook(tmp_path / "review.xlsx", run), "Duplicates")

    whys = [row[header.index("why")] for row in shown]
    [why] = [one for one in whys if "joined through" in one]
    assert why.startswith("joined through Acme Fit-Out LLC and Acme Interiors; ")


def test_the_decision_column_offers_the_words(tmp_path: Path) -> None:
    """A reviewer chooses from a list; the header stays in sight and can be filtered."""
    path = write_review_workbook(tmp_path / "review.xlsx", sample_run())

    book = openpyxl.load_workbook(path)
    [validation] = book["Duplicates"].data_validations.dataValidation
    assert validation.formula1 == '"same,not the same,left is another,right is another,leave open"'
    assert (str(validation.sqref), validation.showErrorMessage) == ("C2:C4", True)
    assert (book["Duplicates"].freeze_panes, book["Duplicates"].auto_filter.ref[:3]) == ("D2", "A1:")
    lists = {sheet.title: [one.formula1 for one in sheet.data_validations.dataValidation] for sheet in book}
    assert lists["Differences"] == ['"left is right,right is right,neither,leave open"']
    assert lists["Missing"] == ['"enter it,not due,found as,leave open"']
    # A number is written behind "found as", so the list must not refuse it.
    assert not book["Missing"].data_validations.dataValidation[0].showErrorMessage


def test_groups_that_were_merged_or_split_are_listed(tmp_path: Path) -> None:
    """Who works with the ids of groups sees which of them changed; new ones and those that grew are no news."""
    same = {"run_id": "r", "record_count_before": 3, "record_count": 5, "moved_count": 2}
    events = [
        {**same, "kind": "merged", "cluster_id": "g-1", "other_cluster_id": "g-2"},
        {**same, "kind": "grown", "cluster_id": "g-3"},
    ]

    tables = {**sample_tables(), "cluster_event": CLUSTER_EVENT.from_rows(events)}
    path = write_review_workbook(tmp_path / "review.xlsx", sample_run(tables=tables))

    assert rows_of(path, "Group changes")[1:] == [
        [None, "merged", "g-2 was merged into it with 2 records; it has 5 now.", "g-1", "g-2"]
    ]


def test_what_is_left_to_work_through_is_complete(tmp_path: Path) -> None:
    """Differences without those of formatting, documents that never arrived, and rows put aside."""
    path = write_review_workbook(tmp_path / "review.xlsx", sample_run())

    differences, missing, aside = (rows_of(path, name)[1:] for name in ("Differences", "Missing", "Put aside"))
    assert sorted(row[1] for row in differences) == ["city", "phone"]
    header = rows_of(path, "Missing")[0]
    amounts = [row[header.index("amount")] for row in missing]
    assert {row[header.index("found")] for row in missing} == {"nothing found"}
    assert len(missing) == 4
    assert amounts == sorted(amounts, reverse=True)
    assert amounts[-1] == pytest.approx(1250.12)
    assert aside[0][2:4] == [1207, "total_line"]


def test_every_sheet_says_confidential(tmp_path: Path) -> None:
    """The workbook shows people in plain text, so it says so on screen, on paper and in its properties."""
    path = write_review_workbook(tmp_path / "review.xlsx", sample_run())

    workbook = openpyxl.load_workbook(path)
    assert "CONFIDENTIAL" in workbook.properties.description
    assert any("CONFIDENTIAL" in str(row[0]) for row in rows_of(path, "Read me"))
    for sheet in workbook.worksheets[1:]:
        assert "CONFIDENTIAL" in sheet.oddHeader.center.text


@pytest.mark.parametrize("text", [*FORMULAS, *MARKUP])
def test_text_that_looks_like_a_formula_or_markup_stays_text(tmp_path: Path, text: str) -> None:
    """Opening the workbook computes nothing, follows nothing, and finds no part of the file in a client's cell."""
    tables = sample_tables([])
    parties = tables["party"].to_pylist()
    parties[0]["name"] = text
    tables["party"] = pa.Table.from_pylist(parties, tables["party"].schema)
    path = write_review_workbook(tmp_path / "review.xlsx", sample_run(text, tables=tables))

    cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert any(unescape(str(cell.value or "")).strip() == text.strip() for cell in cells)


def test_text_that_no_cell_can_hold_is_cleaned(tmp_path: Path) -> None:
    """Control characters, lone surrogates and endless text make no broken file."""
    tables = sample_tables([party("crm/companies/101b", "company", "x")])
    rows = tables["quarantine"].to_pylist()
    rows[0]["detail"], rows[0]["row"] = "a\x00b\x0bc", "y" * 40_000
    tables["quarantine"] = pa.Table.from_pylist(rows, tables["quarantine"].schema)

    [_, row] = rows_of(write_review_workbook(tmp_path / "r.xlsx", sample_run("A \ud800 client", tables=tables)), "Put aside")
    assert row[4] == "a\ufffdb\ufffdc"
    assert len(row[7]) == 32_767


@pytest.mark.parametrize(
    ("max_rows", "shown", "said"), [(2, 2, "Shows the first 2 of 3 rows"), (3, 3, "3 rows."), (5, 3, "3 rows.")]
)
def test_rows_left_out_are_counted(tmp_path: Path, max_rows: int, shown: int, said: str) -> None:
    """A sheet that is cut says so, on the sheet and in the read-me; one that just fits is whole."""
    path = write_review_workbook(tmp_path / "review.xlsx", sample_run(), max_rows=max_rows)

    below = rows_of(path, "Duplicates")[1 + shown :]
    assert [str(row[0]).startswith(said) for row in below] == [True] * (shown < 3)
    assert any(said in str(row[1]) for row in rows_of(path, "Read me"))
    sheet = openpyxl.load_workbook(path)["Duplicates"]
    assert sheet.auto_filter.ref == f"A1:AA{1 + shown}"
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == [f"C2:C{1 + shown}"]


def test_an_empty_run_makes_an_empty_workbook(tmp_path: Path) -> None:
    """Headers without rows, in a file that opens."""
    path = write_review_workbook(tmp_path / "review.xlsx", empty_run())

    assert [len(rows_of(path, name)) for name in ("Duplicates", "Differences", "Missing", "Put aside")] == [1, 1, 1, 1]


SIDES = {"handoff_id": "billed", "label": "Deals invoiced", "is_proposed": False, "entity_l": "deal", "entity_r": "invoice"}
SIDES |= {"system_l": "crm", "stream_l": "deals", "system_r": "ledger", "stream_r": "invoices"}


def items_run(counterparts: list[dict[str, Any]], **tables: pa.Table) -> Any:
    """Return a run with one billing handoff and these items."""
    rows = [{"handoff_id": "billed", "is_error": False, "currency": "USD", **row} for row in counterparts]
    own = {"counterpart": COUNTERPART.from_rows(rows), "handoff": HANDOFF.from_rows([SIDES]), **tables}
    return sample_run(tables={**sample_tables(), **own})


def test_an_item_with_several_counterparts_shows_them_by_number(tmp_path: Path) -> None:
    """Doubtful items stand alone, with the likeliest documents and the key to write behind "found as"."""
    documents = [
        {
            "record_key": f"ledger/invoices/{n}",
            "system": "ledger",
            "stream": "invoices",
            "record_id": str(n),
            "state": "active",
        }
        for n in (7, 8)
    ]
    named = DOCUMENT.from_rows({**row, "entity": "invoice", "number": f"RE-{row['record_id']}"} for row in documents)
    pairs = DOCUMENT_PAIR.from_rows(
        {"handoff_id": "billed", "key_l": "crm/deals/1", "key_r": f"ledger/invoices/{n}", "match_weight": 1.0,
         "match_probability": 0.4 + n / 100}
        for n in (7, 8)
    )  # fmt: skip
    run = items_run([{"key_l": "crm/deals/1", "status": "ambiguous"}], document=named, document_pair=pairs)

    header, row = rows_of(write_review_workbook(tmp_path / "review.xlsx", run), "Unclear items")

    assert row[header.index("may be")] == "RE-8 (ledger/invoices/8); RE-7 (ledger/invoices/7)"
    assert row[header.index("target")] == "ledger.invoices"


def test_what_was_decided_is_filled_in_and_stands_last(tmp_path: Path) -> None:
    """Nobody decides twice, and the work that follows has a sheet of its own."""
    items = [
        {"key_l": "crm/deals/1", "status": "missing", "amount_l_minor": 900_00, "decision": "enter"},
        {"key_l": "crm/deals/2", "status": "not_due", "amount_l_minor": 800_00, "decision": "not_due"},
        {
            "key_l": "crm/deals/3",
            "key_r": "ledger/invoices/8",
            "status": "found",
            "amount_l_minor": 1_00,
            "decision": "found",
        },
        {"key_l": "crm/deals/4", "status": "missing", "amount_l_minor": 5_00},
        {"key_r": "ledger/invoices/9", "status": "extra", "amount_r_minor": 70_00, "decision": "remove"},
    ]
    differing = {"golden_id": "c1", "column": "phone", "system_l": "crm", "system_r": "ledger", "kind": "different"}
    differing |= {"key_l": "crm/companies/101", "key_r": "ledger/customers/7", "changed_last": "l", "value_l": "1"}
    mismatch = MISMATCH.from_rows([{**differing, "value_r": "2", "decision": "left"}])
    path = write_review_workbook(tmp_path / "review.xlsx", items_run(items, mismatch=mismatch))

    header, *rows = rows_of(path, "Missing")
    told = [(row[header.index("key_l")], row[header.index("decision")]) for row in rows]
    assert told == [
        ("crm/deals/4", None),
        ("crm/deals/1", "invoice it"),
        ("crm/deals/2", "not due"),
        ("crm/deals/3", "found as ledger/invoices/8"),
    ]
    assert [row[4] for row in rows_of(path, "Differences")[1:]] == ["left is right"]
    assert [row[0] for row in rows_of(path, "Agreed work")[1:]] == [
        "Invoice it in ledger",
        "Remove from ledger",
        "Correct the phone to: 1",
    ]


def test_one_correction_stands_once_in_the_agreed_work(tmp_path: Path) -> None:
    """Two words that call the same name in the ledger wrong, against two other systems, are one correction."""
    tables = sample_tables()
    sides = (("crm/companies/101", "left"), ("shop/customers/55", "left"))
    rows = [
        {
            "golden_id": "c1", "column": "name", "key_l": key, "key_r": "ledger/customers/7", "system_l": key.split("/")[0],
            "system_r": "ledger", "value_l": "Teasel Joinery Corley", "value_r": "Teasel Jionery Corley",
            "kind": "different", "changed_last": "unknown", "decision": decision,
        }
        for key, decision in sides
    ]  # fmt: skip
    run = sample_run(tables={**tables, "mismatch": MISMATCH.from_rows(rows)})

    header, *agreed = rows_of(write_review_workbook(tmp_path / "review.xlsx", run), "Agreed work")

    assert [row[header.index("to do")] for row in agreed] == ["Correct the name to: Teasel Joinery Corley"]
