"""Kinds of column, recognised from header and values."""

import pyarrow as pa

from toolkit.match.kinds import recognised_kinds


def kind(header: str, *values: str) -> str:
    """Return the kind of one column."""
    return recognised_kinds(pa.table({header: list(values)}))[header][0]


def test_a_header_is_believed_only_when_the_values_agree() -> None:
    """A column named e-mail that holds dates is none."""
    assert kind("email", "01/31/13", "08/31/13") == "none"
    assert kind("email", "jo@acme.com", "sales@acme.com") == "email"


def test_values_show_what_an_unknown_header_holds() -> None:
    """Nobody needs to translate headers."""
    assert kind("Kontaktadresse digital", "jo@acme.com", "x@b.org") == "email"
    assert kind("col7", "312 644 2671", "(415) 555-2671") == "phone"


def test_names_are_told_by_their_values() -> None:
    """A customer list may be of persons, of companies, or mixed."""
    assert kind("Customer", "Bob Smith", "Roe, Jane", "Mary Jones") == "person"
    assert kind("Customer", "Acme Ltd", "Zorro LLC", "Blue Harbor") == "company"


def test_a_column_that_identifies_nobody_takes_no_part() -> None:
    """Types, time stamps and empty columns say nothing of who it is."""
    assert [kind("type", "a", "b"), kind("Last updated", "x"), kind("name", "n/a", "-")] == ["none"] * 3


def test_headers_in_camel_case_and_with_underscores_are_read() -> None:
    """The words count, not how they are joined."""
    assert [kind("firstName", "Jo"), kind("postal_code", "60612"), kind("soc_sec_id", "123")] == [
        "given_name",
        "postcode",
        "identifier",
    ]
