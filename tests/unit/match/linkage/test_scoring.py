"""Scores of pairs: what agreement says, by how rare the value is."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.comparison import MISSING
from toolkit.match.linkage.levels import pair_levels
from toolkit.match.linkage.scoring import (
    Commonness,
    Scores,
    commonness_of,
    fact_bits,
    pair_scores,
    rarity_bits,
    saved_commonness,
    value_counts,
)
from toolkit.match.linkage.weights import BY_NAME, BY_PLACE, MATCH, UNRELATED, FactModel, MatchModel, PartModel
from toolkit.match.parties import PARTY_KINDS, Matching, matched_parties
from toolkit.match.records.profiles import Profiles, profiles_of

COMMON, RARE = "312 555 0000", "773 201 4410"
TENANTS = [(f"{head}{tail} Works", COMMON) for head in ("Zor", "Bel", "Kin") for tail in ("tan", "mel", "fus", "rix")]
PAIRS = [("Corvin Foods", RARE), ("Danley Optics", RARE), ("Hollis Marine", None), ("Jarrow Dental", None)]


def table(rows: list[tuple[str, str | None]]) -> pa.Table:
    """Return companies of name and telephone."""
    keys = [f"crm/c/{number:02}" for number in range(len(rows))]
    phones = pa.array([phone for _, phone in rows], pa.string())
    return pa.table({"record_key": keys, "system": ["crm"] * len(rows), "name": [name for name, _ in rows], "phone": phones})


def profiles(rows: list[tuple[str, str | None]]) -> Profiles:
    """Return a profile of each of the rows, in their order."""
    records = table(rows)
    kinds = {name: PARTY_KINDS[name] for name in ("name", "phone")}
    return profiles_of(records, kinds, told_apart=records["record_key"].to_pylist())


@pytest.fixture(name="fitted", scope="module")
def _fitted() -> Matching:
    return matched_parties(table([*TENANTS, *PAIRS]))


def scores(fitted: Matching, own: Profiles, *pairs: tuple[int, int]) -> Scores:
    """Return the scores of pairs of rows, by how common values are among them."""
    left, right = own.profile_of[np.array(pairs, dtype=np.int64).T]
    return pair_scores(own, pair_levels(own, left, right), left, right, fitted.model, commonness_of(own))


def test_a_rare_value_in_common_says_more_than_a_common_one(fitted: Matching) -> None:
    """A telephone of two says more than the switchboard of a dozen, and one that a record lacks says nothing."""
    own = profiles([*TENANTS, *PAIRS])
    left, right = own.profile_of[[[0, 12, 0], [1, 13, 14]]]
    [phone] = [number for number, fact in enumerate(own.facts) if fact.label == "phone"]

    bits = fact_bits(own, pair_levels(own, left, right), left, right, fitted.model, commonness_of(own))
    at_switchboard, with_rare, unknown = bits[:, phone].tolist()

    assert with_rare > at_switchboard + 1
    assert unknown == 0


def test_weight_and_probability_say_the_same(fitted: Matching) -> None:
    """Weight is the binary logarithm of the odds: 0 bits is even chances."""
    found = scores(fitted, profiles([*TENANTS, *PAIRS]), (0, 1), (12, 13), (0, 15))
    odds = found.match_probability / (1 - found.match_probability)

    assert np.log2(odds) == pytest.approx(found.match_weight, abs=1e-6)


def test_left_and_right_may_swap(fitted: Matching) -> None:
    """The score of a pair has no direction."""
    own = profiles([*TENANTS, *PAIRS])

    one, other = scores(fitted, own, (0, 12), (12, 13)), scores(fitted, own, (12, 0), (13, 12))

    assert one.match_weight.tolist() == other.match_weight.tolist()
    assert one.likeliest.tolist() == other.likeliest.tolist()


def test_a_value_is_common_when_many_parties_bear_it_not_many_records_of_one() -> None:
    """Twelve records of one party are one bearer."""
    own = profiles(TENANTS)
    [phone] = [number for number, fact in enumerate(own.facts) if fact.label == "phone"]

    as_records, as_one = commonness_of(own)[phone], commonness_of(own, np.zeros(own.count, dtype=np.int64))[phone]

    assert (as_records.count.tolist(), as_records.total) == ([12], 12)
    assert (as_one.count.tolist(), as_one.total) == ([1], 1)


def test_saved_counts_are_used_and_a_new_value_is_rare() -> None:
    """What the model has not seen is borne by one party; only what more than two bear is kept."""
    before, after = profiles([*TENANTS, *PAIRS]), profiles([("Acme Foods", COMMON), ("Brown Bros", "415 201 9999")])
    kept = value_counts(before, commonness_of(before))
    [phone] = [number for number, fact in enumerate(after.facts) if fact.label == "phone"]

    known = saved_commonness(after, kept)[phone]

    assert kept["phone"].count.tolist() == [12]
    assert (known.count.tolist(), known.total) == ([12, 1], 14)


PHONE = FactModel(
    "phone", "phone", "contact", ("other", "same"), np.array([[0.2, 0.8], [0.5, 0.5], [0.9, 0.1], [0.99, 0.01]])
)


@pytest.mark.parametrize(
    ("borne", "level", "expected"),
    [
        # The two records of the pair are no evidence; strangers agree in one of a hundred.
        ((1, 1), 2, np.log2(0.01 / 0.004)),
        ((2, 1), 2, np.log2(0.01 / 0.004)),
        ((3, 1), 2, np.log2(0.01 / (0.004 + 0.6 * 1 / 100))),
        ((1, 3), 2, np.log2(0.01 / (0.004 + 0.6 * 1 / 100))),
        ((52, 52), 2, np.log2(0.01 / (0.004 + 0.6 * 50 / 100))),
        ((3, 3), 1, 0),
        ((3, 3), MISSING, 0),
    ],
)
def test_full_agreement_says_more_the_rarer_the_value(borne: tuple[int, int], level: int, expected: float) -> None:
    """In bits beyond the average; of other grades it does not matter."""
    common = Commonness(np.array(borne), 100, None)

    found = rarity_bits(np.array([0, 1]), common, np.array([0]), np.array([1]), np.array([level], dtype=np.uint8), PHONE)

    assert found == pytest.approx([expected])


@pytest.mark.parametrize(
    ("borne", "chance", "expected"),
    [
        (1, (0.001, 0.002), np.log2(0.01 / 0.002)),
        (1, (0.002, 0.001), np.log2(0.01 / 0.002)),
        (4, (0.002, 0.002), np.log2(0.01 / 0.022)),
        (1, (1e-9, 1e-9), 10.0),
        (100, (1.0, 1.0), np.log2(0.01 / 1.98)),
    ],
)
def test_a_name_is_as_rare_as_its_parts_together(borne: int, chance: tuple[float, float], expected: float) -> None:
    """Ten bits more or less at most."""
    common = Commonness(np.array([borne, borne]), 100, np.array(chance))

    found = rarity_bits(np.array([0, 1]), common, np.array([0]), np.array([1]), np.array([2], dtype=np.uint8), PHONE)

    assert found == pytest.approx([expected])


def test_a_weight_has_its_bounds() -> None:
    """Sixty bits either way: beyond, a probability is one or nought."""
    sure = replace(PHONE, shares=np.array([[1e-30, 1 - 1e-30], [0.5, 0.5], [0.5, 0.5], [1 - 1e-30, 1e-30]]))
    own = profiles([("Acme", COMMON), ("Bolt", COMMON), ("Corvin", RARE)])
    [phone] = [fact for fact in own.facts if fact.label == "phone"]
    part = PartModel("firms", (sure,), (0.1, 1e-30, 1e-30, 0.9), 10.0)
    alone = replace(own, facts=(phone,))

    found = pair_scores(
        alone,
        np.array([[2], [1]], dtype=np.uint8),
        np.array([0, 0]),
        np.array([1, 2]),
        MatchModel((part, part), 0.5, 0.1),
        commonness_of(alone),
    )

    assert found.match_weight.tolist() == [60, -60]


def test_only_what_more_than_two_parties_bear_is_kept() -> None:
    """Two bearers are one pair, which is no evidence; three are."""
    rows = [("Acme", RARE), ("Bolt", RARE), ("Corvin", COMMON), ("Danley", COMMON), ("Estow", COMMON)]
    own = profiles(rows)

    kept = value_counts(own, commonness_of(own))["phone"]

    assert (kept.count.tolist(), kept.total) == ([3], 5)


@pytest.mark.parametrize(
    ("shares", "likeliest"),
    [
        ((0.4, 0.3, 0.2, 0.1), MATCH),
        ((0.3, 0.3, 0.2, 0.2), MATCH),
        ((0.2, 0.4, 0.3, 0.1), BY_PLACE),
        ((0.2, 0.3, 0.4, 0.1), BY_NAME),
        ((0.1, 0.2, 0.3, 0.4), UNRELATED),
    ],
)
def test_the_likeliest_sort_of_pair_is_named(shares: tuple[float, float, float, float], likeliest: int) -> None:
    """Where nothing is known of a pair, the most frequent sort; a match where it is as likely as any other."""
    own = profiles([("Acme", COMMON), ("Bolt", None)])
    [phone] = [fact for fact in own.facts if fact.label == "phone"]
    part = PartModel("firms", (PHONE,), shares, 10.0)
    alone = replace(own, facts=(phone,))
    ends = np.array([0]), np.array([1])

    found = pair_scores(
        alone, np.zeros((1, 1), dtype=np.uint8), *ends, MatchModel((part, part), 0.5, 0.1), commonness_of(alone)
    )

    assert found.likeliest.tolist() == [likeliest]
    assert found.match_weight == pytest.approx([np.log2(shares[0] / (1 - shares[0]))])
