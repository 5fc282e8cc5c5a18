"""JSON lines: read by columns where they are flat, one by one where they are not, and always to the same table."""

import json
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from toolkit.files.cells import flattened, text_of
from toolkit.files.flat_json import flat_records
from toolkit.files.json_lines import parsed_json
from toolkit.files.raw import RawTable
from toolkit.files.read import raw_tables

_VALUES = st.sampled_from(
    ['"a"', '""', '"a, \\"b\\": {c}"', '"\\\\"', '"caf\\u00e9"', '"\\ud800"', "1.50", "-0", "1E+5", "007", "1.", "null",
     "true", "false", "NaN", '"x" "y"', '"open', '{"in": 1}', '[1.0, "b"]', "", " 5", '"tab\there"', '"ü"', "nul"]
)  # fmt: skip
_NAMES = st.sampled_from(['"No"', '"Na:me"', '"a.b"', '"No "', '"\\u0041"', "No", '"é"'])
_RECORDS = st.lists(st.tuples(_NAMES, _VALUES), max_size=3).map(
    lambda pairs: "{" + ", ".join(f"{name}: {value}" for name, value in pairs) + "}"
)
_LINES = st.lists(st.tuples(_RECORDS | st.sampled_from(["", " ", "[]", "5", '{"a":1} x', "\t{}"]), st.sampled_from([1, 9])))


def expected_records(text: str) -> list[tuple[int, dict[str, str]]]:
    """Return line and filled cells of every line that is an object, read one by one by the standard library."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        try:
            record = parsed_json(line)
        except ValueError:
            continue
        if not isinstance(record, dict) or not record:
            continue
        cells = {".".join(path): text_of(value) for path, value in flattened(record, "file")}
        if not any("\ud800" in cell for cell in cells.values()):
            found.append((number, {name: cell for name, cell in cells.items() if cell}))
    return found


def read_records(table: RawTable) -> list[tuple[int, dict[str, str]]]:
    """Return line and filled cells of every row of a table."""
    return [
        (row.pop("line"), {header: cell for header, cell in zip(table.headers, row.values(), strict=True) if cell})
        for row in table.rows.to_pylist()
    ]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_LINES)
@example([(r'{"No": "open, "\u0041": "open}', 9)])
def test_lines_read_by_columns_say_what_each_line_says(tmp_path: Path, lines: list[tuple[str, int]]) -> None:
    """Whatever stands on the lines, and however many are alike: rows, order and texts are those of line by line."""
    text = "\n".join(chain.from_iterable([line] * times for line, times in [('{"Id": 1}', 1), *lines]))
    (tmp_path / "list.jsonl").write_text(text, encoding="utf-8", newline="")
    [table] = raw_tables(tmp_path / "list.jsonl", root=tmp_path)
    expected = expected_records(text)
    if len({*table.headers}) == len(table.headers) and "No " not in text:
        assert read_records(table) == expected
    assert table.rows["line"].to_pylist() == [line for line, _ in expected]


@pytest.mark.parametrize(
    ("line", "is_flat"),
    [
        ('{"a": "b"}', True),
        ('{"a":"b","c":-1.5e3}\r', True),
        ('{"a" : "b"}', False),
        ('{ "a": "b"}', True),
        ('{  "a": "b"}', False),
        ('{"a":  "b"}', False),
        ('{"a": "b", "a": "c"}', False),
        ('{"a": {"b": 1}}', False),
        ('{"a": [1]}', False),
        ('{"a": 01}', False),
        ('{"a": "b" "c"}', False),
        ('{"a": "b}', False),
        ('{"a": "\\ud800"}', False),
        ('{"a": "\\x"}', False),
        ('{"a": "b\x0b"}', False),
        ("{}", False),
    ],
)
def test_lines_are_read_by_columns_where_they_are_flat(line: str, *, is_flat: bool) -> None:
    """What is not written plainly is left to the reader of single lines."""
    found, _, _ = flat_records(f"{line}\n".encode() * 8)
    assert bool(found) == is_flat


def test_few_lines_alike_are_read_one_by_one() -> None:
    """Under eight lines of the same names there is nothing to gain."""
    assert flat_records(b'{"a": 1}\n' * 7)[0] == []
    assert len(flat_records(b'{"a": 1}\n' * 8)[0]) == 1


def test_one_line_that_is_never_closed_leaves_the_others_alone() -> None:
    """An open quote ends with its line."""
    [found], begins, _ = flat_records(b'{"a": "b\n' + b'{"a": "b"}\n' * 9)
    assert found.lines.tolist() == [*range(1, 10)]
    assert len(begins) == 10


def test_columns_stand_in_the_order_in_which_they_are_met(read_one: Callable[..., RawTable]) -> None:
    """A name that few records have comes where a reader from the top meets it first, and is empty elsewhere."""
    records = [{"b": "1", "a": "2"}] * 9 + [{"c": {"d": 3}, "b": "x"}] + [{"e": "9", "b": "1"}] * 9
    table = read_one("list.jsonl", "\n".join(map(json.dumps, records)).encode())
    assert table.headers == ("b", "a", "c.d", "e")
    assert table.rows["c2"].to_pylist() == [None] * 9 + ["3"] + [None] * 9


@pytest.mark.parametrize("length", [9 << 20, 12 << 20, (12 << 20) + 7])
def test_a_line_too_long_to_be_held_is_cut_off_and_the_next_one_is_read(
    read_one: Callable[..., RawTable], length: int
) -> None:
    """Wherever the blocks of the file end: the long line is put aside once, and the two around it are records."""
    long = b'{"No": "' + b"x" * length + b'"}\n'
    table = read_one("log.jsonl", b'{"No": "1"}\n' + long + b'{"No": "2"}\n')

    assert table.rows["c0"].to_pylist() == ["1", "2"]
    assert table.quarantine["line"].to_pylist() == [2]
    assert table.rows_read == 3
