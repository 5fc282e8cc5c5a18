"""Places side by side."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.comparisons.location import COMPARISON

Place = tuple[str | None, str | None, str | None, str | None]

HOME: Place = ("12 Main St, Suite 4", "Chicago", "IL", "60612")


def level(one: Place, other: Place) -> str:
    """Return how two places compare, in words."""
    rows = zip(("street", "city", "region", "postcode"), zip(one, other, strict=True), strict=True)
    texts = COMPARISON.standardised({kind: pa.array(cells, pa.string()) for kind, cells in rows})
    distinct = texts.unique()
    ends = np.array([0]), np.array([len(distinct) - 1])
    [grade] = COMPARISON.graded(COMPARISON.prepared(distinct, None), *ends)
    return COMPARISON.levels[grade - 1]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (("12 MAIN STREET STE 4", "chicago", "Illinois", "60612-1234"), "same address"),
        (("12 Main St", "Chicago", None, None), "same address"),
        (("12 Main St", "Chicago", "IL", "60621"), "same street address and town, another postcode"),
        (("12 Main St", "Evanston", "IL", "73301"), "same street address, town or postcode differs"),
        (("12 Main St, Suite 5", "Chicago", "IL", "60612"), "same building, another unit"),
        (("12 Maine St", "Chicago", "IL", "60612"), "same address but for spelling or number"),
        (("14 Main St", "Chicago", "IL", "60612"), "same address but for spelling or number"),
        (("900 Main St", "Chicago", "IL", "60612"), "same street or same number nearby"),
        ((None, None, None, "60612"), "same postcode, street unknown"),
        ((None, "Chicago", None, None), "same town or region, street unknown"),
        ((None, None, None, "60621"), "postcode one character off, street unknown"),
        (("700 Oak Ave", "Chicago", "IL", "60612"), "same town or postcode, another street"),
        (("700 Oak Ave", "Austin", "TX", "73301"), "elsewhere"),
    ],
)
def test_a_place_is_graded_by_what_agrees(other: Place, expected: str) -> None:
    """Spelling, unit, house number, town and postcode each have their say, once."""
    assert level(HOME, other) == expected


def test_a_town_of_one_name_in_another_state_is_another_town() -> None:
    """Springfield, Illinois is not Springfield, Missouri."""
    assert level((None, "Springfield", "IL", None), (None, "Springfield", "MO", None)) == "elsewhere"


def test_a_zero_that_a_spreadsheet_took_away_changes_no_postcode() -> None:
    """2139 is 02139."""
    assert level(("8 Elm St", None, None, "02139"), ("8 Elm St", None, None, "2139")) == "same address"


def test_one_box_is_one_address_and_another_box_is_unknown() -> None:
    """Who has two boxes at a post office may be one party."""
    box: Place = ("P.O. Box 77", "Chicago", "IL", "60612")

    assert level(box, ("PO Box 77", "Chicago", "IL", "60612")) == "same address"
    assert level(box, ("PO Box 78", "Chicago", "IL", "60612")) == "same postcode, street unknown"


def test_two_numbered_streets_are_two_streets() -> None:
    """5th and 6th Avenue are one sign apart and not alike."""
    assert level(("10 5th Ave", "New York", "NY", None), ("10 6th Ave", "New York", "NY", None)) != "same address"
    assert level(("90 5th Ave", "New York", "NY", None), ("10 6th Ave", "New York", "NY", None)) == (
        "same town or postcode, another street"
    )


def test_a_record_without_any_place_is_missing() -> None:
    """Fillers are no place."""
    columns = {"street": pa.array(["n/a", None]), "city": pa.array(["-", None])}

    assert COMPARISON.standardised(columns).null_count == 2


def test_an_address_is_found_by_number_and_street_though_town_and_postcode_differ() -> None:
    """A wrong postcode loses nobody."""
    cells = {"street": pa.array(["12 Main St", "12 Main Street"]), "postcode": pa.array(["60612", "73301"])}

    keys = COMPARISON.narrow(COMPARISON.prepared(COMPARISON.standardised(cells), None))

    assert set(keys.key[keys.value == 0].tolist()) & set(keys.key[keys.value == 1].tolist())
