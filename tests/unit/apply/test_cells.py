"""Values as cells of files that programs import, and the records they stand for."""

import pytest

from toolkit.apply.imports.cells import NoCell, alike_cell, cell_of, is_number, is_text, not_for_a_file
from toolkit.apply.imports.csv_file import csv_files
from toolkit.apply.imports.field_words import field_words
from toolkit.apply.imports.target_records import target_records
from toolkit.connector import ImportColumn
from toolkit.tables import PARTY


@pytest.mark.parametrize(
    ("column", "value", "cell"),
    [
        ("due_on", "2026-10-05", "05/10/2026"),
        ("amount_minor", "-5", "-0.05"),
        ("rate_minor_per_hour", "2500", "25.00"),
        ("postcode", "00501", "00501"),
        ("number", "1e5", "1e5"),
        ("phone", "+44 (0)113 496-0000", "+44 (0)113 496-0000"),
        ("description", "two\nlines, \"quoted\" and 'so'", "two\nlines, \"quoted\" and 'so'"),
    ],
)
def test_a_value_is_written_as_the_import_wants_it(column: str, value: str, cell: str) -> None:
    """Days in its order, amounts with a point, texts exactly as they are: zeros in front stay."""
    assert cell_of(value, ImportColumn(column, "X"), "USD", "%d/%m/%Y") == cell


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("due_on", "soon", "is no day"),
        ("closed_at", "2026-10-05T00:00:00Z", "is a time of day, which the import would read in a time zone of its own"),
        ("amount_minor", "5", "has no currency, so that its decimals are not known"),
        ("is_won", "true", "is not written in a way that is the same in every product"),
        ("roles", "customer", "is not written in a way that is the same in every product"),
    ],
)
def test_what_no_two_products_write_alike_is_not_written(column: str, value: str, reason: str) -> None:
    """A guess would be a wrong day, or a wrong yes."""
    assert cell_of(value, ImportColumn(column, "X"), None, "%Y-%m-%d") == NoCell(reason)


@pytest.mark.parametrize(
    "text",
    ["=1", "+1+1", "-2+3", "@A", "\t=1", "\r1", " =1", '"=1', "\uff1d1", "\u200b=1", "a;=1", "a|@b", "+1 (2) =3", "+", "-"],
)
def test_what_a_spreadsheet_would_run_is_in_no_file(text: str) -> None:
    """Also behind blanks, quotes and marks without width, and after a sign that begins a cell elsewhere."""
    assert not_for_a_file(text) == "holds what a spreadsheet would run as a formula"


@pytest.mark.parametrize("text", ["", "a=b", "1-2", "x@y.z", "-12.50", "+5", "+1 312 555 0100", "a;b", "Zoë", "1,234.50"])
def test_what_only_looks_like_it_is_written(text: str) -> None:
    """Numbers, telephone numbers and addresses are data."""
    assert not_for_a_file(text) == ""


@pytest.mark.parametrize("text", ["a\x00", "é\x00", "\ud800"])
def test_signs_that_no_file_can_carry_are_told(text: str) -> None:
    """A nought, or half of a sign."""
    assert not_for_a_file(text) == "holds signs that no file can carry"


def test_numbers_and_texts_are_told_apart() -> None:
    """A cell is put back as it stood where it is one of both."""
    assert [is_number(text) for text in ("5", "-5.00", "1,234", "$5", "")] == [True, True, False, False, False]
    assert [is_text(name) for name in ("name", "due_on", "amount_minor", "ours")] == [True, False, False, True]


def test_a_list_is_known_to_write_days_as_we_do_only_by_its_cells() -> None:
    """One cell that is otherwise is enough, and none is not enough."""
    due, name = ImportColumn("due_on", "Due"), ImportColumn("name", "Name")
    ours, other = ("2026-10-05", "2026-10-05", None), ("2026-10-05", "5 Oct", None)

    assert alike_cell("2026-11-30", due, [ours, (None, "", None)], "%Y-%m-%d") == "2026-11-30"
    assert alike_cell("2026-11-30", due, [ours, other], "%Y-%m-%d") is None
    assert alike_cell("2026-11-30", due, [(None, "x", None), ("2026-10-05", "", None)], "%Y-%m-%d") is None
    assert alike_cell("Ann", name, [], "%Y-%m-%d") == "Ann"


@pytest.mark.parametrize(
    ("cells", "written"),
    [
        (["1000", "0.5", "12.34"], "39.5"),
        (["1000.00", "0.50", "12.34"], "39.50"),
        (["1000.00", "0.5", "12.34"], None),
        (["1,000", "0.5", "12.34"], None),
    ],
)
def test_a_list_that_writes_amounts_as_a_workbooks_numbers_gets_them_so(cells: list[str], written: str | None) -> None:
    """Without the zeros at their end, where every amount that stands there is written so."""
    price = ImportColumn("amount_minor", "Price")
    seen = [(value, cell, "USD") for value, cell in zip(("100000", "50", "1234"), cells, strict=True)]

    assert alike_cell("39.50", price, seen, "") == written


@pytest.mark.parametrize(("max_bytes", "counts"), [(0, [3]), (13, [3]), (12, [2, 1]), (10, [2, 1]), (9, [1, 1, 1])])
def test_a_file_is_as_long_as_it_may_be_and_no_byte_longer(max_bytes: int, counts: list[int]) -> None:
    """Four bytes of headers and three for each record; where nothing is said, all are in one."""
    found = [*csv_files(["Id"], [[["1"]], [["2"]], [["3"]]], max_records=9, max_bytes=max_bytes)]

    assert [count for _, count in found] == counts
    assert [count for _, count in csv_files(["Id"], [[["1"]], [["2"]]], max_records=2)] == [2]


def test_twenty_records_show_how_a_list_writes_things() -> None:
    """Those with the first ids, in whatever order they stand."""
    table = PARTY.from_rows(
        {
            "record_key": f"s/c/{at:02}", "system": "s", "stream": "c", "record_id": f"{at:02}", "entity": "party",
            "state": "active", "kind": "company",
        }
        for at in reversed(range(25))
    )  # fmt: skip

    assert [one.values["record_id"] for one in target_records([], table, []).samples] == [f"{at:02}" for at in range(20)]


def test_no_rows_are_no_file() -> None:
    """An empty file would be imported for nothing."""
    assert list(csv_files(["Id"], [], max_records=1)) == []


def test_fields_have_a_clients_names() -> None:
    """Where the product's name is not known."""
    assert [field_words(name) for name in ("rate_minor_per_hour", "deal_ref", "party_ref", "given_name")] == [
        "rate", "deal", "customer or supplier", "given name",
    ]  # fmt: skip


def test_a_row_of_a_file_is_known_by_its_headers() -> None:
    """What an interface answered has none, nor has a row in which one stands twice or that is no row."""
    raws = ['{"Id":"7","Name":null}', '{"Id":["7","8"]}', '{"properties":{"a":"b"}}', "[1]", "not json", None]
    table = PARTY.from_rows(
        {
            "record_key": f"s/c/{at}", "system": "s", "stream": "c", "record_id": str(at), "entity": "party",
            "state": "active", "kind": "company", "raw": raw, "email": f" A{at}@x.com", "rate_minor_per_hour": at,
        }
        for at, raw in enumerate(raws)
    )  # fmt: skip

    found = target_records([], table, ["email"])

    assert [dict(one.cells) for one in found.samples] == [{"Id": "7", "Name": ""}, {}, {}, {}, {}, {}]
    assert [one.values["rate_minor_per_hour"] for one in found.samples] == ["0", "1", "2", "3", "4", "5"]
    assert found.count("email", "a3@X.com ") == 1
    assert found.count("name", "a3@X.com ") == 0


def test_rows_of_a_list_that_share_a_key_are_counted_together() -> None:
    """They were told apart by a number behind it."""
    table = PARTY.from_rows(
        {
            "record_key": f"s/c/{key}", "system": "s", "stream": "c", "record_id": key, "entity": "party",
            "state": "active", "kind": "company",
        }
        for key in ("7", "7#2", "8", "A#b")
    )  # fmt: skip

    found = target_records([], table, ["record_id"])

    assert [found.count("record_id", key) for key in ("7", "7#2", "8", "a#B", "9")] == [2, 2, 1, 1, 0]
