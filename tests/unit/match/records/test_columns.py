"""Columns as comparisons read them: who is a company, which name goes where, whose web site it is."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from toolkit.match.records.column_kinds import distinct_values, fitting_share, told_kind_warning
from toolkit.match.records.columns import (
    COMPANY,
    PERSON,
    UNKNOWN,
    columns_by_kind,
    compared_columns,
    record_kinds,
    with_names_in_place,
)
from toolkit.values.text import MAX_COMPARED_CHARACTERS


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


@pytest.mark.parametrize(("persons", "expected"), [(2, UNKNOWN), (3, COMPANY)])
def test_looks_tell_companies_where_more_than_half_are_persons(persons: int, expected: int) -> None:
    """Of four names; one of them has a legal form."""
    names = [*["John Smith", "Mary Jones", "Peter Brown"][:persons], *["Zq"] * (3 - persons), "Acme Ltd"]

    assert record_kinds({"name": {"n": pa.array(names)}}, 4, None).tolist()[-1] == expected


@pytest.mark.parametrize(
    ("numbers", "is_first"),
    [(["12"] * 9 + ["Oak St"], True), (["12"] * 8 + ["Oak St"] * 2, False), (["123456"], True), (["1234567"], False),
     (["A12"], False), (["12a", None, ""], True), ([None, None], False)],
)  # fmt: skip
def test_a_column_holds_house_numbers_where_four_in_five_are_short_and_begin_with_a_digit(
    numbers: list[str | None], *, is_first: bool
) -> None:
    """Six signs at most; empty cells do not count."""
    streets = ["Elm Ave"] * len(numbers)

    found = compared({"a": "street", "b": "street"}, a=streets, b=numbers)["street"][""]

    assert found[0] == (f"{numbers[0]} Elm Ave" if is_first else f"Elm Ave {numbers[0] or ''}".strip())


@pytest.mark.parametrize(
    ("kind", "fits", "does_not"),
    [
        ("postcode", "EC1A 1BB 123", "EC1A 1BB 1234"),
        ("postcode", "60612", "EC"),
        ("tax_id", "AB 12345", "AB 1234"),
        ("product_code", "x" * 39 + "1", "x" * 40 + "1"),
        ("product_code", "a1", "ab"),
        ("city", "Area 51", "Area 512"),
        ("identifier", "a1", "ab"),
        ("date", "1956-4-9", "1956"),
        ("date", "9.4.56", "9.4.5"),
        ("date", "1956-04-09 10:00", "1956-04-091"),
        ("amount", "(1,250.00)", "1250 EUR"),
        ("amount", "$12.50", "12.50.x"),
        ("given_name", "Jane", "Jane 2"),
    ],
)
def test_a_value_looks_like_its_kind_up_to_a_bound(kind: str, fits: str, does_not: str) -> None:
    """Twelve signs of a postcode, five digits of a tax number, two in the name of a town."""
    assert fitting_share(kind, [fits, does_not]) == 0.5


@pytest.mark.parametrize(("fitting", "is_told"), [(2, False), (1, True), (0, True)])
def test_a_told_kind_is_doubted_below_half_of_its_values(fitting: int, *, is_told: bool) -> None:
    """Of four numbers."""
    values = ["312 644 2671", "773 201 4410"][:fitting] + ["Acme", "Zorro", "Quince", "Brown"][: 4 - fitting]

    assert bool(told_kind_warning("Fax", "phone", pa.chunked_array([values]))) == is_told


def test_of_very_many_values_some_are_looked_at_from_all_over() -> None:
    """A thousand at most, evenly."""
    few, many = ([f"value {number}" for number in range(count)] for count in (1_999, 4_000))

    assert distinct_values(pa.chunked_array([few])) == few[:1_000]
    assert distinct_values(pa.chunked_array([many])) == many[::4]


def test_more_of_a_cell_than_is_compared_is_not_carried_along() -> None:
    """Four times as much, so that what is left out within it can still be left out."""
    most = 4 * MAX_COMPARED_CHARACTERS
    chosen = columns_by_kind(pa.table({"Note": ["x" * most, "y" * (most + 1), "z"]}), {"Note": "text"})

    assert pc.utf8_length(chosen["text"]["Note"]).to_pylist() == [most, most, 1]


def test_a_company_and_its_contact_are_changed_back_where_both_columns_show_it() -> None:
    """Where neither name looks like a company both stay; an empty name is filled with the company beside it."""
    chosen = {
        "name": {"n": pa.array(["Ann Lee", "Acme Ltd", "Corvin", None, "Bo Fry"])},
        "contact": {"c": pa.array(["Acme Foods Ltd", "Bo Fry", "Al Day", "Danley Bakery", None])},
    }

    found = with_names_in_place(chosen)

    assert found["name"][""].to_pylist() == ["Acme Foods Ltd", "Acme Ltd", "Corvin", "Danley Bakery", "Bo Fry"]
    assert found["contact"][""].to_pylist() == ["Ann Lee", "Bo Fry", "Al Day", None, None]


def test_a_table_without_contacts_stays_as_it_is() -> None:
    """Nothing is changed where there is nothing to change with."""
    chosen = {"name": {"n": pa.array(["Ann Lee"])}}

    assert with_names_in_place(chosen) is chosen


def test_the_contact_of_a_person_says_nothing_of_that_person() -> None:
    """Of a company it is a fact like others."""
    chosen = {"name": {"n": pa.array(["Jane Roe", "Acme Ltd"])}, "contact": {"c": pa.array(["Jane Roe", "Bo Fry"])}}

    assert compared_columns(chosen, np.array([PERSON, COMPANY]))["contact"][""].to_pylist() == [None, "Bo Fry"]
