"""JSON documents and JSON lines."""

from typing import Any

import pytest

from toolkit.errors import InputError


def test_nested_objects_become_columns_and_numbers_keep_their_digits(read_one: Any, cells: Any) -> None:
    """A list stays one cell, as JSON text."""
    table = read_one(
        "a.json", b'[{"id": 12345678901234567890, "net": 1.10, "to": {"city": "Leeds"}, "tags": ["x", 1.50, null]}]'
    )

    assert table.headers == ("id", "net", "to.city", "tags")
    assert cells(table) == [("12345678901234567890", "1.10", "Leeds", '["x", 1.50, null]')]
    assert table.header_line == 0


def test_every_list_of_records_in_a_document_is_a_table(read: Any) -> None:
    """What stands beside the lists is kept as preamble."""
    tables = read("a.json", b'{"object": "list", "data": [{"id": "a"}, {"id": "b"}], "more": {"rows": [{"n": 1}]}}')

    assert [(table.part, table.rows.num_rows) for table in tables] == [("data", 2), ("more.rows", 1)]
    assert tables[0].preamble == (("object", "list"),)


def test_a_document_of_one_record_is_a_table_of_one_row(read_one: Any, cells: Any) -> None:
    """Its truth values are words."""
    assert cells(read_one("a.json", b'{"id": 7, "paid": true, "note": null}')) == [("7", "TRUE", None)]


def test_lists_of_lists_have_their_header_inside(read_one: Any, cells: Any) -> None:
    """As a sheet saved as JSON."""
    table = read_one("a.json", b'[["Name", "Qty"], ["Acme", 1], ["Bolt", 2]]')

    assert (table.headers, cells(table)) == (("Name", "Qty"), [("Acme", "1"), ("Bolt", "2")])


def test_json_lines_keep_their_lines_and_put_bad_ones_aside(read_one: Any, cells: Any, reasons: Any) -> None:
    """One broken line costs one record."""
    table = read_one("a.json", b'{"id": 1}\n\n{"id": 2, "x": "\\ud800"}\n{"id": \n[3]\n{}\n{"id": 4, "x": "y"}\n')

    assert cells(table) == [("1", None), ("4", "y")]
    assert table.rows["line"].to_pylist() == [1, 7]
    assert reasons(table) == [(3, "bad_bytes"), (4, "bad_json"), (5, "bad_json"), (6, "empty_line")]


def test_a_name_that_occurs_twice_keeps_both_values(read_one: Any, cells: Any) -> None:
    """The last one does not win in silence."""
    assert cells(read_one("a.json", b'[{"tag": "x", "tag": "y"}]')) == [('["x", "y"]',)]


@pytest.mark.parametrize("data", [b"[" * 100_000, b'[{"a":' * 30_000, b'[{"a":' + b'{"a":' * 100 + b"1" + b"}" * 101 + b"]"])
def test_json_nested_too_deep_is_refused(read: Any, data: bytes) -> None:
    """A hundred thousand brackets are no table."""
    with pytest.raises(InputError, match="nests"):
        read("a.json", data)


@pytest.mark.parametrize(
    ("data", "said"), [(b'[{"id": 1', "no valid JSON"), (b"[]", "no list of records"), (b"nonsense", "JSON")]
)
def test_json_that_is_no_table_says_why(read: Any, data: bytes, said: str) -> None:
    """Cut off, empty, or something else."""
    with pytest.raises(InputError, match=said):
        read("a.json", data)


def test_more_columns_than_any_export_are_refused(read: Any) -> None:
    """Fields without end would fill the memory."""
    data = b"[{" + b",".join(b'"f%d": 1' % number for number in range(17_000)) + b"}]"

    with pytest.raises(InputError, match="columns"):
        read("a.json", data)


def test_a_list_that_begins_with_a_record_is_no_fact_of_the_document(read: Any) -> None:
    """Other lists are, and so is a value beside them."""
    document = b'{"rows": [{"n": 1}], "mixed": [{"a": 1}, 5], "sizes": [5, {"a": 1}], "none": [], "by": "Dana"}'

    [table] = read("a.json", document)

    assert [name for name, _ in table.preamble] == ["sizes", "none", "by"]
