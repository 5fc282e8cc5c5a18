"""Names that several parties bear, told by the lists themselves where nothing but names is known."""

import random

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.linkage.namesakes import namesakes_of
from toolkit.match.parties import Matching, matched_parties
from toolkit.match.records.profiles import Profiles, profiles_of

SYLLABLES = [one + two for one in "bdfgklmnprstvz" for two in "aeiou"]
GIVEN = ("Alan", "Barbara", "Diane", "Edwin", "Harriet", "Keith", "Laura", "Simon")
COMMON = ("City Bakery", "Corner Store", "Golden Dragon", "Pet Clinic", "Sports Bar", "Star Cleaners")


def table(**lists: list[str]) -> pa.Table:
    """Return the records of some systems, each a list of names."""
    rows = [(system, place, name) for system, own in lists.items() for place, name in enumerate(own)]
    return pa.table(
        {
            "record_key": [f"{system}/c/{place:05}" for system, place, _ in rows],
            "system": [system for system, *_ in rows],
            "kind": ["unknown"] * len(rows),
            "name": [name for *_, name in rows],
        }
    )


def profiles(**lists: list[str]) -> Profiles:
    """Return the profiles of some lists of names."""
    return profiles_of(table(**lists), {"name": "name"})


def bearers(**lists: list[str]) -> dict[str, int]:
    """Return of each name how many bear it, where it is told to be a common one."""
    own = profiles(**lists)
    found = namesakes_of(own, is_link=False).bearers
    names = [name for one in lists.values() for name in one]
    return {name: int(found[own.profile_of[place]]) for place, name in enumerate(names) if found[own.profile_of[place]]}


def invented(count: int, seed: int) -> list[str]:
    """Return names of made-up people, no two of one name."""
    draw = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found[f"{draw.choice(GIVEN)} {''.join(draw.choices(SYLLABLES, k=3)).capitalize()}"] = None
    return list(found)


def same_pairs(found: Matching, records: pa.Table) -> tuple[set[str], int]:
    """Return the names that are one across the systems, and how many pairs of unlike or of common names are one."""
    named = dict(zip(records["record_key"].to_pylist(), records["name"].to_pylist(), strict=True))
    same = [(row["key_l"], row["key_r"]) for row in found.pairs.to_pylist() if row["decision"] == "same"]
    wrong = [pair for pair in same if named[pair[0]] != named[pair[1]] or named[pair[0]] in COMMON]
    return {named[pair[0]] for pair in same}, len(wrong)


def test_names_that_both_systems_hold_several_times_are_common() -> None:
    """Three names stand twice here and twice there, none once: those are no duplicates."""
    twice = [*COMMON[:4], *COMMON[:4]]

    found = bearers(crm=[*twice, "Harl Optics", "Zibluk Foods"], shop=[*twice, "Harl Optics", COMMON[4], COMMON[4]])

    assert found == {**dict.fromkeys(COMMON[:4], 4), COMMON[4]: 2}


def test_duplicates_of_one_system_are_no_common_names() -> None:
    """A list that holds some twice, of which the other system has each once, holds duplicates."""
    names = [f"{one}arl Optics" for one in "BCDFGHJKLM"]

    assert bearers(crm=[*names, *names[:5]], shop=names) == {}


def test_names_that_are_seldom_single_are_common() -> None:
    """Of eight names four stand several times in both lists, two in one of them: no list is as full of duplicates."""
    names = [f"{one}arl Optics" for one in "BCDFGHJK"]

    found = bearers(crm=[*names, *names[:6]], shop=[*names, *names[:4]])

    assert found == {**dict.fromkeys(names[:4], 4), **dict.fromkeys(names[4:6], 3)}


def test_one_list_alone_tells_no_common_names() -> None:
    """What a single list holds twice may be a duplicate as well as another party."""
    assert bearers(crm=["City Bakery"] * 5) == {}


def test_who_says_more_than_a_name_is_no_namesake() -> None:
    """Records with a telephone are told apart by that."""
    records = table(crm=[*COMMON, *COMMON], shop=[*COMMON, *COMMON])
    records = records.append_column("phone", pa.array([f"0191 498 {1000 + 37 * row}" for row in range(24)]))
    own = profiles_of(records, {"name": "name", "phone": "phone"})

    found = namesakes_of(own, is_link=True)

    assert not found.bearers.any()
    assert (found.name == -1).all()


def test_in_a_link_a_name_that_stands_twice_in_one_table_is_borne_by_two() -> None:
    """Each table of a link holds a party once."""
    own = profiles_of(table(crm=["City Bakery", "City Bakery", "Harl Optics"], shop=["Harl Optics"]), {"name": "name"})

    found = namesakes_of(own, is_link=True)

    assert sorted(found.bearers.tolist()) == [0, 2]
    place = int(np.flatnonzero(found.bearers)[0])
    assert found.are_both(np.array([place]), np.array([place])).all()


@pytest.mark.parametrize("is_link", [True, False])
@pytest.mark.parametrize(("left", "right", "shared"), [(1200, 900, 40), (150, 900, 30), (400, 400, 300)])
def test_rare_names_of_people_are_one_and_common_ones_are_not(left: int, right: int, shared: int, *, is_link: bool) -> None:
    """By their parts many of these names would meet by chance; that none does within one list shows that they do not."""
    names = invented(left + right - shared, left)
    several = [name for name in COMMON for _ in range(3)]
    records = table(crm=[*names[:left], *several], shop=[*names[:shared], *names[left:], *several])

    found, wrong = same_pairs(matched_parties(records, is_link=is_link), records)

    assert len(found & set(names[:shared])) >= 0.98 * shared
    assert wrong <= 0.02 * shared + 1
    assert not found & set(COMMON)
