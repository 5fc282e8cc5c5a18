"""Tables that hold nothing but names: equal rare names are one party, whatever the sizes of the tables."""

import random

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.linkage.levels import pair_levels
from toolkit.match.linkage.pair_totals import Apart, pair_totals
from toolkit.match.linkage.weights import MATCH, MOVED
from toolkit.match.parties import Matching, matched_parties
from toolkit.match.records.profiles import profiles_of

SYLLABLES = (
    "ba",
    "do",
    "fir",
    "gel",
    "ham",
    "jo",
    "kes",
    "lun",
    "mor",
    "nev",
    "pol",
    "rit",
    "sam",
    "tur",
    "vel",
    "wex",
    "zan",
)
TRADES = ("Roofing", "Dental", "Foods", "Marine", "Optics", "Textiles", "Printers", "& Sons", "Bakery", "Haulage")


def invented(count: int, dice: random.Random) -> list[str]:
    """Return different names of two words and a trade."""
    names: dict[str, None] = {}
    while len(names) < count:
        head, other = ("".join(dice.choices(SYLLABLES, k=3)).capitalize() for _ in range(2))
        names[f"{head} {other} {dice.choice(TRADES)}"] = None
    return list(names)


def linked(left: list[str], right: list[str]) -> Matching:
    """Return the links between two systems that hold names."""
    rows = [("ledger", name) for name in left] + [("shop", name) for name in right]
    return matched_parties(
        pa.table(
            {
                "record_key": [f"{system}/c/{place:05}" for place, (system, _) in enumerate(rows)],
                "system": [system for system, _ in rows],
                "name": [name for _, name in rows],
            }
        ),
        is_link=True,
    )


def links(found: Matching) -> int:
    """Return how many pairs are held to be the same."""
    return found.pairs["decision"].to_pylist().count("same")


@pytest.mark.parametrize(
    ("left", "right", "shared"), [(1466, 1144, 580), (300, 2500, 40), (2000, 2000, 20), (150, 150, 135), (60, 40, 5)]
)
def test_equal_names_of_two_systems_are_linked_whatever_the_sizes(left: int, right: int, shared: int) -> None:
    """Two lists of invented names, of which some are equal to the letter: all of those are linked, and no others."""
    names = invented(left + right - shared, random.Random(left))

    found = linked(names[:left], names[:shared] + names[left:])

    assert links(found) == shared
    assert found.model.doubts == ()


def test_a_common_name_is_no_link() -> None:
    """Names that five records of each side bear in slightly other letters say less than names that are borne twice."""
    names = invented(900, random.Random(5))

    found = linked([*names[:500], *["Corner Cafe"] * 5], [*names[:100], *names[500:], *["Corner Cafe"] * 5])

    assert links(found) == 100


def test_very_many_spellings_of_one_company_are_found() -> None:
    """Three hundred spellings of one name among a thousand others come down to a few groups of those compared."""
    dice = random.Random(3)
    others = invented(1000, dice)
    spellings = []
    for _ in range(300):
        words = ["Northern", "Federation", "of", "Housing", "Associates"]
        place = dice.choice((0, 1, 3, 4))
        cut = dice.randrange(1, len(words[place]) - 1)
        words[place] = words[place][:cut] + dice.choice("abcdefgh") + words[place][cut + dice.choice((0, 1)) :]
        spellings.append(" ".join(words))
    rows = [*spellings, *others]
    keys = [f"ledger/c/{place:05}" for place in range(len(rows))]
    table = pa.table({"record_key": keys, "system": ["ledger"] * len(rows), "name": rows})

    clusters = matched_parties(table).clusters["cluster_id"].to_pylist()

    _, sizes = np.unique(clusters, return_counts=True)
    assert (sizes > 1).sum() < 20
    assert sizes[sizes > 1].sum() > 280


def test_a_fit_says_when_it_is_doubted() -> None:
    """The doubt is a part of the model, so that whoever uses it later can say it too."""
    found = linked(invented(80, random.Random(1)), invented(80, random.Random(2)))

    part = found.model.parts[0]
    assert part.class_shares[MATCH] + part.class_shares[MOVED] < 0.3
    assert found.model.as_json()["doubts"] == []
    assert type(found.model).from_json({**found.model.as_json(), "doubts": ["Look."]}).doubts == ("Look.",)


SYLLABLES = [one + two for one in "bdfgklmnprstvz" for two in "aeiou"]


def test_equal_rare_names_are_one_party_also_where_one_list_of_several_tells_more() -> None:
    """Jobs, orders and tickets hold names alone, the ledger telephones too: that it tells more undoes nothing."""
    draw = random.Random(7)
    words = [["".join(draw.choices(SYLLABLES, k=3)) for _ in range(count)] for count in (24, 8, 8)]
    names = list(dict.fromkeys(" ".join(draw.choice(own) for own in words) for _ in range(60)))
    lists = {"jobs": names, "orders": names[::2], "tickets": names[1::2], "ledger": names[::3]}
    rows = [(system, place, name) for system, own in lists.items() for place, name in enumerate(own)]
    records = pa.table(
        {
            "record_key": [f"{system}/names/{place:03}" for system, place, _ in rows],
            "system": [system for system, *_ in rows],
            "company_name": [name for *_, name in rows],
            "phone": [f"0191 498 {1000 + 37 * place}" if system == "ledger" else None for system, place, _ in rows],
        }
    )

    found = matched_parties(records, kinds={"company_name": "company", "phone": "phone"})

    decided = found.pairs.to_pylist()
    same = {(row["key_l"], row["key_r"]) for row in decided if row["decision"] == "same"}
    named = dict(zip(records["record_key"].to_pylist(), records["company_name"].to_pylist(), strict=True))
    assert all(named[left] == named[right] for left, right in same)
    borne = [sum(name in own for own in lists.values()) for name in names]
    assert len(same) >= 0.98 * sum(count * (count - 1) // 2 for count in borne)


@pytest.mark.parametrize(("with_phone", "is_bounded"), [(0, True), (2, True), (20, False)])
def test_chance_bounds_equal_names_where_little_else_is_known(with_phone: int, *, is_bounded: bool) -> None:
    """Ten names stand twice; where the telephones of both are known, they tell, and no bound is needed."""
    names = [f"{one}orven Zibluk{one}" for one in "bdfgklmnpr"] * 2
    records = pa.table(
        {
            "record_key": [f"a/b/{place:02}" for place in range(20)],
            "system": [f"s{place // 10}" for place in range(20)],
            "company_name": names,
            "phone": [f"0191 498 {1000 + 37 * place}" if place < with_phone else None for place in range(20)],
        }
    )
    profiles = profiles_of(records, {"company_name": "company", "phone": "phone"}, is_per_system=True)
    left, right = np.arange(10), np.arange(10, 20)
    order = np.argsort(profiles.profile_of)
    assert profiles.count == 20
    one, other = (
        np.minimum(profiles.profile_of[left], profiles.profile_of[right]),
        np.maximum(profiles.profile_of[left], profiles.profile_of[right]),
    )
    levels = pair_levels(profiles, one, other)

    _, chance, _ = pair_totals(profiles, order, levels, np.ones(10), 190.0, Apart(np.full(20, -1), np.ones(20)))

    [number] = [place for place, fact in enumerate(profiles.facts) if fact.comparison.facet == "name"]
    assert np.isfinite(chance[number][-1]) == is_bounded
