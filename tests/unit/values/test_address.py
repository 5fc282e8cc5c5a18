"""Postal addresses."""

import pyarrow as pa
import pytest

from toolkit.values import address


@pytest.mark.parametrize(
    "written", ["435 S. La Cienega Blvd.", "435 south la cienega boulevard", "435 S La Cienega Blv, Suite 200"]
)
def test_ways_of_writing_one_street_compare_equal(written: str) -> None:
    """Abbreviations and the unit are form."""
    assert address.standardised(pa.array([written])).to_pylist() == ["435 s la cienega boulevard"]


def test_ordinals_in_words_and_digits_are_one() -> None:
    """Fifth Avenue is 5th Ave."""
    one, other = address.standardised(pa.array(["1 Fifth Avenue", "1 5th Ave."])).to_pylist()

    assert one == other


def test_a_continental_address_has_its_number_last() -> None:
    """The number is found at either end."""
    line = address.street("Hauptstrasse 12")

    assert line is not None
    assert (line.number, line.name) == ("12", "hauptstrasse")


def test_postcodes_are_bare() -> None:
    """A nine-digit code is its first five digits; a number format's .0 is no digit."""
    codes = pa.array(["60612-1234", "606121234", "60612.0", "n/a"])

    assert address.standardised_postcodes(codes).to_pylist() == ["60612", "60612", "60612", None]


def test_a_town_keeps_its_name_whatever_its_spelling() -> None:
    """Saint and St are one."""
    assert address.standardised_towns(pa.array(["Saint Paul", "St. Paul"])).to_pylist() == ["st paul", "st paul"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Acme House, 12 Main Street", "12 main street"),
        ("c/o Smith Ltd, 12 Main St", "12 main street"),
        ("Attn: Jo Bell\n12 Main St\nChicago IL 60612", "12 main street"),
        ("Unit 5, Acme House, 12 Main Street", "12 main street"),
        ("Suite 200 12 Main St", "12 main street"),
        ("3rd Floor, 12 Main St", "12 main street"),
        ("12-14 Main Street", "12 main street"),
        ("12a Main Street", "12 main street"),
        ("No. 12 Main Street near the park", "12 main street"),
        ("Hauptstr. 12a", "12 hauptstrasse"),
        ("Calle Mayor, 12", "12 calle mayor"),
        ("12, rue de la Paix", "12 rue de la paix"),
        ("4/120 High St", "120 high street"),
        ("12 Office Park Dr", "12 office park drive"),
        ("12 St John's Road", "12 saint johns road"),
        ("Highway 61", "highway 61"),
        ("PO Box 7, 12 Main St", "12 main street"),
        ("Postfach 1234", "box 1234"),
        ("5th Avenue", "5 avenue"),
    ],
)
def test_a_street_line_is_read_whatever_stands_around_it(written: str, expected: str) -> None:
    """House names, units, care of, ranges, letters, boxes and the order of other countries."""
    assert address.standardised(pa.array([written])).to_pylist() == [expected]


def test_a_unit_is_kept_apart() -> None:
    """Two tenants of one building have one street address."""
    lines = [
        address.street(line) for line in ("12 Main St, Suite 4", "12 Main St # 4", "Flat 4, 12 Main St", "4/12 Main St")
    ]

    assert {line.unit for line in lines if line} == {"4"}


def test_a_street_line_of_hostile_length_is_read_at_once() -> None:
    """Ten kilobytes of numbers, commas and blanks cost no more than a line."""
    for written in ("1 " * 5_000, ", " * 5_000, "a1-" * 4_000, "suite " * 2_000, "12/" * 4_000):
        address.street(written)


def test_a_town_is_its_name() -> None:
    """Postcode, district number and state in the cell are left out."""
    assert {address.town(written) for written in ("Berlin", "10115 Berlin", "BERLIN, DE")} == {"berlin"}


def test_a_postcode_of_another_country_loses_its_letter() -> None:
    """D-10115 is 10115."""
    assert address.postcode("D-10115") == "10115"
