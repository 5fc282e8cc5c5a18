"""How much of a file is read: just under, at and just over each limit."""

import io
import resource
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from tests.unit.files.configured import configured_stream
from toolkit.connector import RowFilter
from toolkit.errors import InputError
from toolkit.files.json_lines import refuse_large
from toolkit.files.non_records import without_no_records
from toolkit.files.package import _scan
from toolkit.files.raw import RawTable
from toolkit.files.read import _check_is_text
from toolkit.files.sample import _can_be_excerpted
from toolkit.files.source import Budget
from toolkit.files.workbook_cells import _limit, _problem, _text
from toolkit.tables import QUARANTINE

SOURCE: Any = SimpleNamespace(label="'t.xlsx'")


@pytest.mark.parametrize(
    ("cells", "refused"),
    [
        (b'<c r="A1000000"/><c r="Y1"/>', ""),  # 25 columns of a million rows
        (b'<c r="A1000001"/><c r="Y1"/>', "25,000,000 places"),
        (b'<c r="XFD1"/>', ""),
        (b'<c r="XFE1"/>', "16,385 columns"),
        (b'<table-cell office:value-type="x" table:number-columns-repeated="16384">', ""),
        (b'<table-cell office:value-type="x" table:number-columns-repeated="16385">', "16,385 columns"),
        (b'<table-row table:number-rows-repeated="25000000"><c office:value-type="x">', ""),
        (b'<table-row table:number-rows-repeated="25000001"><c office:value-type="x">', "25,000,000 places"),
    ],
)
def test_a_sheet_spreads_over_so_many_places(cells: bytes, refused: str) -> None:
    """Rows times columns, and no more columns than a spreadsheet has."""
    if not refused:
        assert _scan(SOURCE, io.BytesIO(cells), is_xml=True, is_sheet=True) == frozenset()
        return
    with pytest.raises(InputError, match=refused):
        _scan(SOURCE, io.BytesIO(cells), is_xml=True, is_sheet=True)


@pytest.mark.parametrize(
    ("width", "height", "problem"),
    [
        (256, 4, ""),
        (257, 3, "it has 257 columns; a workbook of this format holds 256"),
        (10, 100, ""),
        (10, 103, "it spreads its cells over 10 columns and 103 rows, which a file of its size cannot fill"),
        (4, 256, ""),
        (4, 257, "it spreads its cells over 4 columns and 257 rows, which a file of its size cannot fill"),
    ],
)
def test_a_workbook_says_how_large_its_sheets_are(width: int, height: int, problem: str) -> None:
    """Here 256 columns and 1,024 cells are the most."""
    assert _problem(width, height, 256, 1_024) == problem


@pytest.mark.parametrize(
    ("cell", "is_open", "text"),
    [
        ("PT3H4M5S", True, "03:04:05"),
        ("-PT13H00M5.5S", True, "-13:00:05"),
        ("PT3H4M5S", False, "PT3H4M5S"),
        ("PT soon", True, "PT soon"),
        (2.0, True, "2"),
        (True, False, "TRUE"),
    ],
)
def test_a_cell_of_a_workbook_is_text_as_its_program_shows_it(cell: Any, text: str, *, is_open: bool) -> None:
    """A duration of an open document has hours, minutes and seconds."""
    assert _text(cell, is_open=is_open) == text


@pytest.mark.parametrize(
    ("size", "memory_mb", "cpu_s"), [(0, 512, 1), (1_000_000, 607, 6), (10_000_000, 1_465, 51), (100_000_000, 3_072, 180)]
)
def test_the_reader_of_workbooks_may_use_more_for_larger_files(
    monkeypatch: pytest.MonkeyPatch, size: int, memory_mb: int, cpu_s: int
) -> None:
    """Memory of 512 MB and a hundred bytes a byte, up to 3 GB; a second and five for each megabyte, up to three minutes."""
    asked: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", asked.__setitem__)

    _limit(size)

    assert [limit >> 20 for limit in asked[resource.RLIMIT_AS]] == [memory_mb] * 2
    assert asked[resource.RLIMIT_CPU] == (cpu_s, cpu_s)


@pytest.mark.parametrize(
    ("size", "name", "head", "expected"),
    [
        (4_999_999, "t.csv", b"a;b\n", False),
        (5_000_000, "t.csv", b"a;b\n", True),
        (5_000_000, "t.jsonl", b'{"a": 1}\n', True),
        (5_000_000, "t.json", b'[{"a": 1}]', False),
        (5_000_000, "t.csv", "a;b\n".encode("utf-16"), False),
        (5_000_000, "t.csv", b"a\0;\0b\0" * 600, False),
    ],
)
def test_five_million_bytes_of_rows_are_looked_at_in_places(
    tmp_path: Any, size: int, name: str, head: bytes, *, expected: bool
) -> None:
    """Smaller files are read whole, and so is JSON that is one value, and text of two bytes a character."""
    from toolkit.files.read import opened_source

    (tmp_path / name).write_bytes(head)
    source = replace(opened_source(tmp_path / name, tmp_path, is_hashed=False), size=size)

    assert _can_be_excerpted(source) is expected


@pytest.mark.parametrize(("values", "shown"), [(3, "v0, v1, v2"), (4, "v0, v1, v2 …")])
def test_rows_that_are_no_records_are_shown_by_three_values(values: int, shown: str) -> None:
    """Each of forty characters, the row of ten thousand."""
    base = configured_stream("sales", "invoice", {"number": "No"}, key="No")
    stream = replace(base, filters=(RowFilter("Kind", excluded=("v.*", "x+"), reason="own_transfer"),))

    def aside(*kinds: str, note: str = "") -> tuple[RawTable, str]:
        columns = {"c0": ["1"] * len(kinds), "c1": list(kinds), "c2": [note] * len(kinds)}
        rows = pa.table({"line": pa.array(range(2, 2 + len(kinds)), pa.int64()), **columns})
        raw = RawTable("a.csv", "", ("No", "Kind", "Note"), rows, QUARANTINE.empty(), len(kinds), 1)
        left, [found] = without_no_records(raw, stream)
        return left, found.text

    assert f"(column 'Kind': {shown})." in aside(*(f"v{at}" for at in range(values)))[1]
    left, text = aside("x" * 50, "sale", note="y" * 12_000)
    assert f"(column 'Kind': {'x' * 40})." in text
    assert (left.rows["c1"].to_pylist(), left.quarantine.num_rows) == (["sale"], 1)
    assert len(left.quarantine["row"][0].as_py()) == 10_000


@pytest.mark.parametrize(
    ("unpacked", "packed", "is_refused"),
    [
        (10_000_000, 0, False),  # small enough, whatever its share
        (10_000_001, 0, True),
        (10_000_001, 100_000, True),
        (10_000_100, 100_001, False),  # a hundred times its size
        (10_000_101, 100_001, True),
    ],
)
def test_an_archive_unpacks_to_a_hundred_times_its_size(unpacked: int, packed: int, *, is_refused: bool) -> None:
    """From ten megabytes on more looks like a file made to fill a disk."""
    if not is_refused:
        Budget("'t.zip'").spend("a", unpacked, packed)
        return
    with pytest.raises(InputError, match="100 times its size"):
        Budget("'t.zip'").spend("a", unpacked, packed)


def test_an_archive_unpacks_to_five_hundred_megabytes() -> None:
    """All of its members together; what is read again counts once."""
    budget = Budget("'t.zip'")
    for member, unpacked in (("a", 250_000_000), ("b", 100_000_000), ("b", 250_000_000), ("b", 1_000)):
        budget.spend(member, unpacked, 10_000_000)

    with pytest.raises(InputError, match="more than 500 MB"):
        budget.spend("c", 1, 1)


@pytest.mark.parametrize(
    ("columns", "rows", "is_refused"),
    [(16_384, 1, False), (16_385, 1, True), (10_000, 10_000, False), (10_000, 10_001, True)],
)
def test_a_table_of_json_has_a_hundred_million_cells(columns: int, rows: int, *, is_refused: bool) -> None:
    """And no more columns than a spreadsheet."""
    if not is_refused:
        refuse_large(SOURCE, columns, rows)
        return
    with pytest.raises(InputError, match="at most 16,384 columns"):
        refuse_large(SOURCE, columns, rows)


@pytest.mark.parametrize(
    ("strange", "length", "is_refused"),
    [(10, 100, False), (11, 100, True), (50, 2_400, False), (51, 2_549, True), (51, 2_550, False), (0, 0, False)],
)
def test_a_text_with_many_control_characters_is_none(strange: int, length: int, *, is_refused: bool) -> None:
    """More than a tenth of a short one; more than fifty, and one in fifty, of a long one."""
    text = "\x01" * strange + "a" * (length - strange)
    if not is_refused:
        _check_is_text(SOURCE, text)
        return
    with pytest.raises(InputError, match="of a kind that cannot be read"):
        _check_is_text(SOURCE, text)
