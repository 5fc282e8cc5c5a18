"""How many of all pairs of a table have each level: what any two records have in common."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.linkage.pair_totals import Apart, pair_totals
from toolkit.match.records.profiles import profiles_of

COUNT = 400
TOWNS = ("Ashby", "Brill", "Corfe", "Dunmow", "Esher", "Frome", "Goole", "Hythe", "Ilkley", "Jarrow")


def town_pairs(*, streets_known: int) -> float:
    """Return how many pairs of 400 companies of ten towns are held to share the town, the street of one being unknown."""
    streets = [f"{place} Weir Lane" if place // 10 % 20 < streets_known else None for place in range(COUNT)]
    records = pa.table(
        {
            "record_key": [f"crm/c/{place}" for place in range(COUNT)],
            "system": ["crm"] * COUNT,
            "Name": [f"Holm{place} Mills" for place in range(COUNT)],
            "Street": pa.array(streets, pa.string()),
            "City": [TOWNS[place % 10] for place in range(COUNT)],
        }
    )
    profiles = profiles_of(records, {"Name": "company", "Street": "street", "City": "city"})
    number = next(place for place, fact in enumerate(profiles.facts) if fact.comparison.facet == "place")
    levels = profiles.facts[number].comparison.levels
    everybody = Apart(np.full(COUNT, -1), np.ones(COUNT))
    pairs = COUNT * (COUNT - 1) / 2
    patterns = np.zeros((0, len(profiles.facts)), np.uint8)
    totals, _, _ = pair_totals(profiles, np.arange(profiles.count), patterns, np.zeros(0), pairs, everybody)
    return float(totals[number][levels.index("same town or region, street unknown")])


@pytest.mark.parametrize("streets_known", [0, 10, 18])
def test_a_town_is_shared_as_often_where_one_street_is_unknown(streets_known: int) -> None:
    """Each town has forty of the 400; two of one town agree in it alone unless both streets are known."""
    known = 2 * streets_known

    assert town_pairs(streets_known=streets_known) == pytest.approx(10 * (40 * 39 - known * (known - 1)) / 2, rel=0.2)
