"""Tables that hold nothing but names: equal rare names are one party, whatever the sizes of the tables."""

import random

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.linkage.weights import MATCH, MOVED
from toolkit.match.parties import Matching, matched_parties

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
