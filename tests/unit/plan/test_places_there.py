"""A customer that is entered gets its state and country in the writing of the list that it goes into."""

import pytest

from toolkit.plan.places_there import places_there

CODES = (["IL", "TX", "Ohio", None], ["USA", None, "USA", None])
NAMES = (["Illinois", "Texas", "OH", "Washington"], [None, "United States", None, None])


@pytest.mark.parametrize(
    ("there", "values", "written"),
    [
        (CODES, {"region": "Illinois", "country": "US"}, {"region": "IL", "country": "USA"}),
        (CODES, {"region": "Ill.", "country": None}, {"region": "IL", "country": None}),
        (CODES, {"region": "wa", "country": "USA"}, {"region": "WA", "country": "USA"}),
        (CODES, {"region": "Ontario", "country": "Canada"}, {"region": "ON", "country": "Canada"}),
        (NAMES, {"region": "IL", "country": "US"}, {"region": "Illinois", "country": "United States"}),
        (NAMES, {"region": "NY", "country": "USA"}, {"region": "New York", "country": "United States"}),
        (NAMES, {"region": "WA", "country": "US"}, {"region": "Washington", "country": "United States"}),
        (NAMES, {"region": "NT", "country": "CA"}, {"region": "Northwest Territories", "country": "Canada"}),
        (NAMES, {"region": "DC", "country": "US"}, {"region": "District of Columbia", "country": "United States"}),
        # The list itself writes this one so, and nothing tells which country a code without one belongs to.
        (NAMES, {"region": "OH"}, {"region": "OH"}),
        (NAMES, {"region": "MI"}, {"region": "MI"}),
        (NAMES, {"region": "mi"}, {"region": "mi"}),
        (CODES, {"region": "il"}, {"region": "IL"}),
        (
            CODES,
            {"region": "Western Australia", "country": "Australia"},
            {"region": "Western Australia", "country": "Australia"},
        ),
        (CODES, {"region": "MI", "country": "Italy"}, {"region": "MI", "country": "Italy"}),
        (CODES, {"region": "Kent", "country": "UK"}, {"region": "Kent", "country": "UK"}),
        (CODES, {"region": "somewhere", "country": "Mars"}, {"region": "somewhere", "country": "Mars"}),
        (([], []), {"region": "Illinois", "country": "US"}, {"region": "Illinois", "country": "US"}),
        ((["NSW", "WA"], ["AU", "AU"]), {"region": "Illinois", "country": "AU"}, {"region": "Illinois", "country": "AU"}),
        (CODES, {"region": "somewhere"}, {"region": "somewhere"}),
        (CODES, {"region": "NSW", "country": "US"}, {"region": "NSW", "country": "USA"}),
        (CODES, {"name": "Ann Ltd"}, {"name": "Ann Ltd"}),
    ],
)
def test_a_place_is_written_as_the_list_mostly_writes_it(
    there: tuple[list[str | None], list[str | None]], values: dict[str, str | None], written: dict[str, str | None]
) -> None:
    """And what is not surely that place is left as it is."""
    assert places_there(*there).written(values) == written


def test_as_many_codes_as_names_change_nothing() -> None:
    """No writing is the list's own, but for a place that it writes one way."""
    there = places_there(["IL", "Texas"], [None, None])

    assert there.written({"region": "Texas"}) == {"region": "Texas"}
    assert there.written({"region": "Illinois", "country": "US"}) == {"region": "IL", "country": "US"}
    assert there.written({"region": "Ohio", "country": "US"}) == {"region": "Ohio", "country": "US"}
