"""Columns as comparisons read them: who is a company, which name goes where, whose web site it is."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.records.columns import COMPANY, PERSON, UNKNOWN, columns_by_kind, compared_columns, record_kinds


def compared(kinds: dict[str, str], **cells: list[str | None]) -> dict[str, dict[str, list[str | None]]]:
    """Return what is compared of a table, with the kind of record found out."""
    chosen = columns_by_kind(pa.table({name: pa.array(values, pa.string()) for name, values in cells.items()}), kinds)
    count = len(next(iter(cells.values())))
    columns = compared_columns(chosen, record_kinds(chosen, count, None))
    return {kind: {name: own.to_pylist() for name, own in found.items()} for kind, found in columns.items()}


def test_an_empty_cell_says_nothing() -> None:
    """It is missing, as a null is, and a column of them does not take part."""
    found = compared({"Firm": "company", "Fax": "phone"}, Firm=["Acme Ltd", ""], Fax=["", None])

    assert found == {"company": {"": ["Acme Ltd", None]}}


def test_a_number_column_is_compared_as_text() -> None:
    """A spreadsheet gives telephone numbers as numbers."""
    chosen = columns_by_kind(pa.table({"Tel": [3126442671]}), {"Tel": "phone"})

    assert chosen["phone"]["Tel"].to_pylist() == ["3126442671"]


def test_what_a_system_says_about_a_record_is_believed() -> None:
    """A word that is no kind, or none at all, says nothing."""
    told = pa.chunked_array([["person", "company", "robot", None]])
    chosen = {"name": {"name": pa.array(["Acme Ltd", "Jane Roe", "Jane Roe", "Acme Ltd"])}}

    assert record_kinds(chosen, 4, told).tolist() == [PERSON, COMPANY, UNKNOWN, UNKNOWN]


@pytest.mark.parametrize(
    ("kind", "expected"), [("company", COMPANY), ("person", PERSON), ("family_name", PERSON), ("name", UNKNOWN)]
)
def test_the_column_tells_who_is_who(kind: str, expected: int) -> None:
    """A cell under "surname" is of a person; under "name" it may be either, and an empty one tells nothing."""
    chosen = {kind: {"column": pa.array(["Brown", None])}}

    assert record_kinds(chosen, 2, None).tolist() == [expected, UNKNOWN]


def test_companies_stand_out_only_among_persons() -> None:
    """In a list of people a legal form is told; a list of firms is not split by who writes one."""
    people = ["John Smith", "Mary Jones", "Peter Brown", "Acme Ltd"]
    firms = ["Acme Ltd", "Corvin", "Danley", "Hollis"]

    assert record_kinds({"name": {"n": pa.array(people)}}, 4, None).tolist() == [UNKNOWN] * 3 + [COMPANY]
    assert record_kinds({"name": {"n": pa.array(firms)}}, 4, None).tolist() == [UNKNOWN] * 4


def test_a_name_goes_where_the_kind_of_record_says() -> None:
    """The company that a person works for is not what the person is called."""
    chosen = {
        "name": {"n": pa.array(["Jane Roe", "Acme Ltd", "Zorro Quince"])},
        "company": {"c": pa.array(["Acme", None, None])},
    }

    found = compared_columns(chosen, np.array([PERSON, COMPANY, UNKNOWN]))

    assert {kind: columns[""].to_pylist() for kind, columns in found.items()} == {
        "company": [None, "Acme Ltd", "Zorro Quince"],
        "employer": ["Acme", None, None],
        "person": ["Jane Roe", None, "Zorro Quince"],
    }


def test_a_house_number_in_its_own_column_comes_before_the_street() -> None:
    """Wherever the file has it, and whatever the columns are called."""
    found = compared({"a_road": "street", "b_number": "street"}, a_road=["Oak St", "Elm Ave"], b_number=["12", None])

    assert found["street"] == {"": ["12 Oak St", "Elm Ave"]}


def test_a_web_site_is_read_off_the_mailbox_but_not_of_a_free_one() -> None:
    """The site itself comes first; half the world is at gmail.com."""
    sites, mailboxes = ["www.acme.com", None, None], ["jo@other.com", "info@brown.com", "jane@gmail.com"]

    found = compared({"Web": "domain", "Mail": "email"}, Web=sites, Mail=mailboxes)

    assert found["domain"] == {"": ["acme.com", "brown.com", None]}


def test_two_columns_of_one_kind_stay_two() -> None:
    """A fax is not a mobile."""
    found = compared({"Tel": "phone", "Fax": "phone"}, Tel=["1"], Fax=["2"])

    assert found["phone"] == {"Fax": ["2"], "Tel": ["1"]}
