"""A table that is one party many times, and tables that only look like it."""

import random
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.linkage.repeated_party import repeated_share
from toolkit.match.parties import PARTY_KINDS, matched_parties
from toolkit.match.records.profiles import profiles_of

COMPANY = {
    "name": "Northern Federation of Housing Associates",
    "email": "office@northernfed.org",
    "phone": "0191 498 2231",
    "street": "12 Albert Street",
    "city": "Durham",
}
SYLLABLES = [one + two for one in "bdfgklmnprstvz" for two in "aeiou"]


def table(rows: list[dict[str, str | None]], kind: str = "company") -> pa.Table:
    """Return records of one system."""
    count = len(rows)
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in COMPANY}
    keys = [f"crm/c/{place:05}" for place in range(count)]
    return pa.table({"record_key": keys, "system": ["crm"] * count, "kind": [kind] * count, **columns})


def misspelt(text: str, dice: random.Random) -> str:
    """Return a text with one letter left out, doubled, or exchanged with the next."""
    place = dice.randrange(1, len(text) - 1)
    before, one, other, after = text[:place], text[place], text[place + 1], text[place + 2 :]
    return before + dice.choice((other, one + one + other, other + one)) + after


def one_party(count: int, *, empty: float) -> pa.Table:
    """Return one company so many times; of three cells one has a slip, and some are empty."""
    dice = random.Random(count)

    def cell(name: str) -> str | None:
        if name != "name" and dice.random() < empty:
            return None
        return misspelt(COMPANY[name], dice) if dice.random() < 0.3 else COMPANY[name]

    return table([{name: cell(name) for name in COMPANY} for _ in range(count)])


def names(count: int) -> list[str]:
    """Return made-up words."""
    dice = random.Random(count)
    return ["".join(dice.choices(SYLLABLES, k=4)).capitalize() for _ in range(count)]


def share(records: pa.Table) -> float:
    """Return the share of pairs that are one by general knowledge."""
    profiles = profiles_of(records, PARTY_KINDS)
    count = profiles.count
    return repeated_share(profiles, np.arange(count), count * (count - 1) / 2, is_of_persons=False)


@pytest.mark.parametrize(("count", "empty", "most"), [(600, 0.0, 130), (300, 0.3, 80)])
def test_one_party_many_times_with_slips_stays_mostly_one(count: int, empty: float, most: int) -> None:
    """What any two records have in common is then no accident, and the result says so."""
    records = one_party(count, empty=empty)

    found = matched_parties(records)

    sizes = Counter(found.clusters["cluster_id"].to_pylist())
    assert len(sizes) <= most
    assert max(sizes.values()) >= 0.7 * count
    assert "one party many times" in found.warnings[0]


def test_a_tower_a_switchboard_and_branches_are_not_one_party() -> None:
    """Firms of one address and phone, staff of one mailbox's domain, shops of one name and site: more differs."""
    words = names(300)
    phones = [f"0191 498 {1000 + 23 * place}" for place in range(300)]
    tower = [{**COMPANY, "name": f"{word} Ltd", "email": f"info@{word.lower()}.com"} for word in words]
    staff = [{**COMPANY, "name": f"Anna {word}", "email": f"{word.lower()}@northernfed.org"} for word in words]
    shops = [
        {**COMPANY, "phone": phone, "street": f"{place} {word} Road", "city": word}
        for place, (word, phone) in enumerate(zip(words, phones, strict=True))
    ]

    assert share(table(tower)) < 0.05
    assert share(table(staff)) < 0.05
    assert share(table(shops)) < 0.05


def test_a_name_and_a_town_that_all_bear_tell_nothing() -> None:
    """Without a telephone, a mailbox or a number it is not told whether it is one company or many."""
    assert share(table([{"name": COMPANY["name"], "city": town} for town in names(50)])) == 0.0
