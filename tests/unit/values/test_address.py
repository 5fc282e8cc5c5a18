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
