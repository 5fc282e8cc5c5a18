"""Workbooks of dedupe go out with both records side by side, and come back as answers."""

from pathlib import Path

import openpyxl
import pyarrow as pa

from toolkit.audit.dedupe.matched_tables import matched_tables
from toolkit.files.answers import read_answers
from toolkit.match.review.review_sample import review_sample
from toolkit.report.dedupe_workbook import write_dedupe_workbook, write_sample_workbook

CUSTOMERS = pa.table(
    {
        "Customer No": ["0017", "=18", "19", "20"],
        "Company": ["Brown Brothers Mfg Inc", "Brown Brother Manufacturing", "Lakeside Dental Group", "=HYPERLINK(1)"],
        "Phone": ["(312) 644-2671", "312-644-2671", "773 201 4410", "415 555 2671"],
    }
)
FOUND = matched_tables({"customers.csv": CUSTOMERS}, min_match_probability=0.999_999)


def test_a_pair_stands_with_both_records_beside_each_other(tmp_path: Path) -> None:
    """Ids first, verbatim; yellow columns for a person; then each field twice."""
    path = write_dedupe_workbook(tmp_path / "review.xlsx", FOUND)

    book = openpyxl.load_workbook(path)
    header, first = ([cell.value for cell in row] for row in book["Review"].iter_rows(max_row=2))
    assert header[:6] == ["id_l", "id_r", "file_l", "file_r", "answer", "note"]
    assert header[9:] == ["Company_l", "Company_r", "Phone_l", "Phone_r"]
    assert first[:5] == ["0017", "=18", "customers.csv", "customers.csv", None]
    assert first[9:11] == ["Brown Brothers Mfg Inc", "Brown Brother Manufacturing"]
    assert book.sheetnames == ["Read me", "Questions", "Review", "Decided", "Clusters"]


def test_a_filled_in_workbook_is_read_back(tmp_path: Path) -> None:
    """Typing not_same in the yellow column is all that is needed."""
    path = write_dedupe_workbook(tmp_path / "review.xlsx", FOUND)
    book = openpyxl.load_workbook(path)
    book["Review"]["E2"] = "not_same"
    book.save(path)

    assert read_answers(path).answers.to_pylist() == [
        {"id_l": "0017", "id_r": "=18", "file_l": "customers.csv", "file_r": "customers.csv", "answer": "not_same"}
    ]


def test_a_sample_shows_no_verdict(tmp_path: Path) -> None:
    """No probability, no grade, no proposal: the answers must not follow them."""
    path = write_sample_workbook(tmp_path / "sample.xlsx", FOUND, review_sample(FOUND.matching))

    book = openpyxl.load_workbook(path)
    header = [cell.value for cell in next(book["Sample"].iter_rows(max_row=1))]
    assert header == ["id_l", "id_r", "file_l", "file_r", "answer", "note", "Company_l", "Company_r", "Phone_l", "Phone_r"]


def test_rows_left_out_are_counted(tmp_path: Path) -> None:
    """A sheet that is cut says so."""
    path = write_dedupe_workbook(tmp_path / "review.xlsx", FOUND, max_rows=1)

    assert "first 1 of 4 rows" in str(openpyxl.load_workbook(path)["Clusters"]["A3"].value)
