"""A clerk's sample measures precision and recall, with intervals that hold."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.dedupe import matched_records
from toolkit.match.linkage.evaluation import expected_by_threshold
from toolkit.match.parties import Matching
from toolkit.match.records.joint_records import joint_records
from toolkit.match.review import review_sample as module
from toolkit.match.review.review_sample import MeasuredMatching, Strata, expected_shares, measured, review_sample
from toolkit.rates import wilson_interval

# Of a real result only the pairs matter here; they are replaced by what a test needs.
COMPANIES = pa.table({"Company": ["Acme Widgets Ltd", "Zorro LLC"]})
REAL = matched_records(joint_records({"file": COMPANIES}, kinds={"Company": "company"})).matching


@dataclass(frozen=True)
class World:
    """Pairs with a probability, and what is true of each."""

    matching: Matching
    truth: dict[tuple[str, str], bool]

    def answered(self, sample: pa.Table) -> pa.Table:
        """Return the sample as somebody who knows the truth answers it."""
        keys = zip(sample["key_l"].to_pylist(), sample["key_r"].to_pylist(), strict=True)
        return sample.append_column("answer", [["same" if self.truth[pair] else "not_same" for pair in keys]])

    def shares(self) -> tuple[float, float]:
        """Return true precision and recall."""
        true = np.array(list(self.truth.values()))
        is_same = np.array([word == "same" for word in self.matching.pairs["decision"].to_pylist()])
        return float(true[is_same].mean()), float(true[is_same].sum() / true.sum())


def world(seed: int, *, count: int = 3000, trust: float = 1.0) -> World:
    """Return pairs; with ``trust`` below 1 the model is surer than it should be."""
    generator = np.random.default_rng(seed)
    probability = np.concatenate([generator.beta(8, 0.15, count // 2), generator.beta(0.12, 3, count // 2)])
    odds = np.log(np.clip(probability, 1e-9, 1 - 1e-9) / np.clip(1 - probability, 1e-9, 1))
    true = generator.random(len(probability)) < 1 / (1 + np.exp(-trust * odds))
    decision = np.where(probability >= 0.75, "same", np.where(probability >= 0.2, "review", "related"))
    keys = [(f"a{i:05}", f"b{i:05}") for i in range(len(probability))]
    pairs = pa.table(
        {
            "key_l": [key[0] for key in keys],
            "key_r": [key[1] for key in keys],
            "match_probability": probability,
            "match_weight": odds,
            "decision": decision.tolist(),
            "decided_by": ["model"] * len(keys),
        }
    )
    expected = expected_by_threshold(probability)
    found = replace(REAL, pairs=pairs, expected=expected)
    return World(found, dict(zip(keys, true.tolist(), strict=True)))


def measured_world(one: World, *, seed: int = 1) -> MeasuredMatching:
    """Draw a sample, answer it, and measure."""
    return measured(one.answered(review_sample(one.matching, count=150, seed=seed)), one.matching, seed=seed)


@pytest.mark.parametrize("trust", [1.0, 0.7])
def test_intervals_cover_the_truth(trust: float) -> None:
    """About 95 of 100 intervals hold the true share, also where the model is too sure of itself (simulated truth)."""
    held = []
    for seed in range(60):
        one = world(seed, trust=trust)
        found = measured_world(one, seed=seed)
        precision, recall = one.shares()
        held.append(
            (
                found.precision_interval[0] <= precision <= found.precision_interval[1],
                found.recall_interval[0] <= recall <= found.recall_interval[1],
            )
        )

    # Three standard errors of sixty trials below 95 %.
    assert min(np.mean(held, axis=0)) >= 0.866


def test_the_estimate_is_right_on_average() -> None:
    """Weighing strata by their size takes out that unsure pairs are drawn more often."""
    worlds = [world(seed) for seed in range(25)]
    found = [measured_world(one) for one in worlds]

    true = np.mean([one.shares() for one in worlds], axis=0)
    assert np.mean([one.precision for one in found]) == pytest.approx(true[0], abs=0.01)
    assert np.mean([one.recall for one in found]) == pytest.approx(true[1], abs=0.02)


def test_a_population_answered_in_full_leaves_no_doubt() -> None:
    """With every pair answered, the estimate is the truth."""
    one = world(3, count=100)
    found = measured(one.answered(review_sample(one.matching, count=200)), one.matching)

    precision, recall = one.shares()
    assert (found.precision, found.recall) == (pytest.approx(precision), pytest.approx(recall))
    assert found.precision_interval == (pytest.approx(precision), pytest.approx(precision))


def test_a_sample_shows_no_verdict_and_does_not_follow_the_order_of_records() -> None:
    """Keys only, shuffled; the same seed draws the same pairs however the rows came."""
    one = world(1)
    shuffled = one.matching.pairs.take(pa.array(np.random.default_rng(5).permutation(one.matching.pairs.num_rows)))
    other = replace(one.matching, pairs=shuffled)

    sample = review_sample(one.matching, count=120)

    assert sample.column_names == ["key_l", "key_r"]
    assert sample.num_rows == 120
    assert sample["key_l"].to_pylist() != sorted(sample["key_l"].to_pylist())
    assert review_sample(other, count=120).equals(sample)


def test_unsure_answers_and_foreign_pairs_are_left_out() -> None:
    """Only same and not_same are evidence."""
    one = world(1)
    sample = review_sample(one.matching, count=100)
    words = pa.table({"key_l": sample["key_l"], "key_r": sample["key_r"], "answer": ["unsure"] * 100})
    foreign = pa.table({"key_l": ["x"], "key_r": ["y"], "answer": ["same"]})

    found = measured(pa.concat_tables([words, foreign]), one.matching)

    assert (found.precision, found.recall, found.answered_count, found.unsure_count) == (None, None, 0, 100)


def test_without_pairs_nothing_is_drawn_or_measured() -> None:
    """Records that are all different give an empty sample."""
    empty = world(1).matching
    nothing = replace(empty, pairs=empty.pairs.slice(0, 0), expected=expected_by_threshold(np.zeros(0)))

    assert review_sample(nothing).num_rows == 0
    assert measured(pa.table({"key_l": [], "key_r": [], "answer": []}), nothing).precision is None


def strata(probability: list[float], decisions: list[str]) -> module.Strata:
    """Return the strata of pairs with these probabilities and decisions."""
    keys = [f"{place:03}" for place in range(len(probability))]
    pairs = pa.table(
        {
            "key_l": keys,
            "key_r": keys,
            "match_probability": probability,
            "decision": decisions,
            "decided_by": ["model"] * len(keys),
        }
    )
    return module.strata_of(replace(world(1, count=10).matching, pairs=pairs))


def test_a_class_of_probability_begins_at_its_lower_end() -> None:
    """Below, at and above each bound; pairs held to be the same are strata of their own."""
    bounds = [0.05, 0.2, 0.4, 0.6, 0.75, 0.9, 0.98, 0.999]
    around = [one for bound in bounds for one in (bound - 1e-4, bound, bound + 1e-5)]

    open_ones, both = strata(around, ["review"] * 24), strata([0.5, 0.5, 0.0, 1.0], ["review", "same", "same", "same"])

    assert open_ones.stratum.tolist() == [number + step for number in range(8) for step in (0, 1, 1)]
    assert both.stratum.tolist() == [1, 2, 0, 3]


def test_more_is_drawn_of_what_is_large_and_unsure() -> None:
    """By size and spread, four of each class at least, or as many as the count allows."""
    own = module.strata_of(world(1).matching)

    assert np.bincount(own.stratum).tolist() == [1214, 195, 67, 20, 10, 77, 238, 419, 760]
    assert module.allocation(own, 150) == [48, 17, 8, 4, 4, 8, 14, 17, 30]
    assert module.allocation(own, 36) == [4] * 9
    assert module.allocation(own, 20) == [4, *[2] * 8]
    assert module.allocation(own, 5) == [1] * 9
    assert module.allocation(own, 3000) == [1214, 195, 67, 20, 10, 77, 238, 419, 760]
    assert sum(module.allocation(own, 2999)) == 2999


@pytest.mark.parametrize(
    ("own", "seed", "precision", "recall"),
    [
        (world(1), 1, (1.0, 0.9534, 1.0), (0.9504, 0.9168, 0.9676)),
        (world(2, count=300), 2, (0.9424, 0.9078, 0.9569), (0.9581, 0.942, 0.959)),
    ],
)
def test_the_same_answers_measure_the_same(
    own: World, seed: int, precision: tuple[float, float, float], recall: tuple[float, float, float]
) -> None:
    """Share, and interval from low to high, which is of use also where all answers agree."""
    found = measured_world(own, seed=seed)

    assert (found.precision, *found.precision_interval) == pytest.approx(precision, abs=1e-3)
    assert (found.recall, *found.recall_interval) == pytest.approx(recall, abs=1e-3)


@pytest.mark.parametrize(("same", "precision"), [(10, 1.0), (5, 0.5), (0, 0.0)])
def test_precision_that_rests_on_one_class_has_the_interval_of_wilson(same: int, precision: float) -> None:
    """Ten of twenty pairs were answered, all of one class; the interval is that of a plain share."""
    own = strata([0.95] * 20, ["same"] * 20)
    found = replace(world(1, count=10).matching, pairs=own.pairs)
    words = ["same"] * same + ["not_same"] * (10 - same)
    answers = pa.table({"key_l": own.pairs["key_l"].slice(0, 10), "key_r": own.pairs["key_r"].slice(0, 10), "answer": words})

    result = measured(answers, found)

    assert result.precision == pytest.approx(precision)
    assert result.precision_interval == pytest.approx(wilson_interval(same, 10))


def test_matches_among_pairs_that_are_not_listed_count_as_missed() -> None:
    """By hand: of .1 expected below the threshold of review, .04 are of a listed pair; one at the threshold is above it."""
    own = strata([0.9, 0.1, 0.04], ["same", "review", "related"])
    compared = expected_by_threshold(np.array([0.9, 0.1, 0.04, 0.03, 0.03]))
    found = replace(world(1, count=10).matching, pairs=own.pairs, expected=compared)
    answers = pa.table({"key_l": ["000"], "key_r": ["000"], "answer": ["same"]})

    result = measured(answers, found)

    assert result.unlisted_matches == pytest.approx(0.06)
    assert result.recall == pytest.approx(1 / (1 + 0.1 + 0.04 + 0.06))


def test_a_stratum_nobody_looked_at_has_the_share_that_the_model_expects() -> None:
    """Also one of a single pair, and one without any."""
    strata = Strata(pa.table({"match_probability": [0.2, 0.4, 0.9]}), np.array([0, 0, 2]), np.zeros(3, bool))

    assert expected_shares(strata, 3).tolist() == pytest.approx([0.3, 0.0, 0.9])
