"""JSON lines read by columns: which lines are, and that each cell is what JSON says it is."""

import json
import random
from typing import Any

import pytest

from toolkit.files.flat_json import flat_records

PLAIN = [f'{{"No": {number}, "Long name of it": "Name {number}"}}' for number in range(8)]


def read(lines: list[str], end: str = "\n", last: str = "\n") -> dict[int, dict[str, Any]]:
    """Return the records by line, of lines with this end."""
    found, begins, ends = flat_records((end.join(lines) + last).encode())
    text = (end.join(lines) + last).encode()
    assert [text[begin:stop].decode() for begin, stop in zip(begins, ends, strict=True)] == (
        lines if lines[-1] or last else lines[:-1]
    )
    return {
        line: dict(zip(one.names, cells, strict=True))
        for one in found
        for line, *cells in zip(one.lines.tolist(), *(column.to_pylist() for column in one.columns), strict=True)
    }


def meant(line: str) -> dict[str, Any]:
    """Return what JSON says of a line, each value as a cell."""
    shown = {None: None, True: "TRUE", False: "FALSE"}
    values = json.loads(line, parse_int=str, parse_float=str)
    return {
        name: shown[value] if value is None or isinstance(value, bool) else value or None for name, value in values.items()
    }


@pytest.mark.parametrize(("count", "is_read"), [(7, False), (8, True)])
def test_eight_lines_alike_are_read_by_columns(count: int, *, is_read: bool) -> None:
    """Fewer are read one by one."""
    assert read(PLAIN[:count]) == ({place: meant(line) for place, line in enumerate(PLAIN)} if is_read else {})


ODD = [
    ('{"No": 1, "Long name of it": "a"}', True),
    ('{"No":1,"Long name of it":"a"}', True),
    ('{ "No": 1, "Long name of it": "a"}', True),
    ('{"No":  1, "Long name of it": "a"}', False),
    ('{"No": 1, "Long name of it": "a" }', False),
    ('{"No": 1, "Long name of it": "a"} ', False),
    (' {"No": 1, "Long name of it": "a"}', False),
    ('{"No": "1" , "Long name of it": "a"}', False),
    ('{"No": [1], "Long name of it": "a"}', False),
    ('{"No": {}, "Long name of it": "a"}', False),
    ('{"No": 1, "Long name of it": "a"', False),
    ('"No": 1, "Long name of it": "a"}', False),
    ('{"No", 1, "Long name of it": "a"}', False),
    ('{"No": 1: "Long name of it": "a"}', False),
    ('{"No": 1, "Long name of it": "a}', False),
    ('{"No": 1, "Long name of it": a"}', False),
    ('{"No": 1, "Long name of it": "}', False),
    ('{"No": "1"2"3", "Long name of it": "a"}', False),
    ('{"No": , "Long name of it": "a"}', False),
    ('{"No": tru, "Long name of it": "a"}', False),
    ('{"No": true, "Long name of it": null}', True),
    ('{"No": false, "Long name of it": ""}', True),
    ('{"No": -1.50, "Long name of it": "1,5: {x}"}', True),
    (r'{"No": 1, "Long name of it": "a \"b\" c"}', True),
    (r'{"No": "\\", "Long name of it": "a\\"}', True),
    (r'{"No": "\\\"", "Long name of it": "\\\\"}', True),
    (r'{"No": 1, "Long name of it": "\u00e9\n"}', True),
    (r'{"No": 1, "Long name of it": "\x"}', False),
    ('{"No": 1, "Long name of it": "a\tb"}', False),
    ('{"No": 1, "Long name of it": "é 漢"}', True),
    ('{"No": 1, "Long name of is": "a"}', False),
    ('{"No": 1, "Lomg name of it": "a"}', False),
    ('{"No": 1, "Long name of i": "a"}', False),
    ('{"No": 1}', False),
    ("{}", False),
    ("", False),
    ("17", False),
    ('{"No": 1, "Long name of it": "a", "More": 2}', False),
]


@pytest.mark.parametrize(("line", "is_read"), ODD)
@pytest.mark.parametrize("place", [1, 4, 8])
@pytest.mark.parametrize(("end", "last"), [("\n", "\n"), ("\n", ""), ("\r\n", "\r\n")])
def test_an_odd_line_spoils_no_other(line: str, place: int, end: str, last: str, *, is_read: bool) -> None:
    """What is not written like the others is left to the reader of single lines; cells are as JSON reads them."""
    lines = [*PLAIN[:place], line, *PLAIN[place:]]

    expected = {at: meant(one) for at, one in enumerate(lines) if at != place or is_read}

    assert read(lines, end, last) == expected


@pytest.mark.parametrize("length", [1, 7, 8, 9, 15, 16, 17])
def test_names_that_differ_in_one_letter_are_other_columns(length: int) -> None:
    """Wherever the letter stands, also in the last line of a file."""
    for at in range(length):
        name, other = "n" * length, "n" * at + "x" + "n" * (length - at - 1)
        lines = [f'{{"{one}":{number}}}' for number in range(8) for one in (name, other)]
        assert read(lines, last="") == {place: meant(line) for place, line in enumerate(lines)}


@pytest.mark.parametrize(("forms", "found"), [(16, 16), (17, 16)])
def test_sixteen_forms_of_records_are_read_by_columns(forms: int, found: int) -> None:
    """A file of more is not written by a program that knows its columns."""
    lines = [f'{{"Name {form:02}": {number}}}' for form in range(forms) for number in range(8)]

    assert len(read(lines)) == 8 * found


@pytest.mark.parametrize(("length", "is_read"), [(250_000, True), (250_001, False)])
def test_a_line_may_have_a_quarter_of_a_million_bytes(length: int, *, is_read: bool) -> None:
    """Longer ones are read one by one."""
    long = '{"No": 1, "Long name of it": "' + "x" * (length - 32) + '"}'

    assert (8 in read([*PLAIN, long])) is is_read
    assert len(long) == length


@pytest.mark.parametrize("name", ['"a\\u0062"', '"a\\"b"', "a", '"', '"a" "b"'])
def test_names_are_plain_texts(name: str) -> None:
    """Others are left to the reader of single lines, though all lines have them."""
    assert read([f'{{{name}: {number}, "b": 1}}' for number in range(9)]) == {}
    assert read([f'{{"b": 1, "b": {number}}}' for number in range(9)]) == {}
    assert len(read([f'{{"": {number}}}' for number in range(9)])) == 9


def test_lines_in_any_order_are_read_as_json_reads_them() -> None:
    """Several forms, escapes and lines that nobody can read, mixed."""
    chance = random.Random(7)
    forms = [["a"], ["a", "b"], ["b", "a"], ["a long name", "b", "c"]]
    values = ["1", "-2.5", "null", "true", '"x"', '""', r'"\\"', r'"a\"b"', r'"\u00e9,:{"', '"漢"']
    lines, readable = [], []
    for _ in range(400):
        names = chance.choice(forms)
        line = "{" + ", ".join(f'"{name}": {chance.choice(values)}' for name in names) + "}"
        spoilt = chance.random() < 0.1
        lines.append(line[:-1] + chance.choice(['"', "[", "\\", "]"]) if spoilt else line)
        readable.append(not spoilt)

    assert read(lines) == {place: meant(line) for place, line in enumerate(lines) if readable[place]}
