"""How right the decisions are, measured on a sample of pairs that a person answers without seeing the model's verdict.

Pairs are drawn at random within strata of match probability, more from those that tell most, and weighed by the size of
their stratum.

Source: Cochran, Sampling Techniques, 3rd ed., 1977, chapter 5 (stratified sampling; optimum allocation, section 5.5) and
section 5.11 (ratio estimates); Marchant and Rubinstein, "In search of an entity resolution OASIS", VLDB 10 (2017), p. 1322
(strata by score, because matches are rare among pairs; priors from the scores).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Floats, Ints
from toolkit.match.parties import Matching
from toolkit.rates import wilson_interval

_EDGES = (0.0, 0.05, 0.2, 0.4, 0.6, 0.75, 0.9, 0.98, 0.999)
"""Lower ends of the classes of probability; pairs decided same, and all others, make strata of their own in each."""
_LEAST_DRAWN = 4
_PRIOR_ANSWERS = 2.0
_BELIEVED = (0.15, 0.85)
_DRAWS = 4_000
_FINDS = ("same", "not_same")


@dataclass(frozen=True, slots=True)
class MeasuredMatching:
    """Precision and recall of the pairs held to be the same, as shares, each with its 95 % interval.

    Attributes
    ----------
    precision, recall
        Null where nothing was answered.
    precision_interval, recall_interval
        From low to high.
    answered_count, unsure_count
        Answers that count, and answers that leave a pair open and are left out.
    unlisted_matches
        Matches that the model expects among pairs too unlike to be listed; they count as missed.
    """

    precision: float | None
    precision_interval: tuple[float, float]
    recall: float | None
    recall_interval: tuple[float, float]
    answered_count: int
    unsure_count: int
    unlisted_matches: float


@dataclass(frozen=True, slots=True)
class Strata:
    """The pairs of the population in order of their keys: the stratum of each, and whether it is held to be the same."""

    pairs: pa.Table
    stratum: Ints
    is_same: npt.NDArray[np.bool_]


def review_sample(matching: Matching, *, count: int = 150, seed: int = 1) -> pa.Table:
    """Return pairs for a person to answer, drawn within strata of match probability, in an order that gives nothing away.

    Parameters
    ----------
    matching
        What was found. Pairs that a person decided are no evidence about the model, and are not drawn.
    count
        Pairs to draw, 100 to 200 for a useful interval; all pairs where there are no more.
    seed
        Of the draw: the same seed draws the same pairs, in whatever order the records came.

    Returns
    -------
    pyarrow.Table
        ``key_l, key_r``, in random order.
    """
    generator = np.random.default_rng(seed)
    strata = strata_of(matching)
    drawn = []
    for stratum, size in enumerate(allocation(strata, count)):
        members = np.flatnonzero(strata.stratum == stratum)
        drawn.append(generator.choice(members, size=size, replace=False))
    order = generator.permutation(np.concatenate(drawn) if drawn else np.zeros(0, dtype=np.int64))
    return strata.pairs.select(["key_l", "key_r"]).take(pa.array(order, pa.int64()))


def measured(answers: pa.Table, matching: Matching, *, seed: int = 1) -> MeasuredMatching:
    """Return precision and recall of the decisions, from the answers to a review sample.

    The estimator is the stratified one: with N pairs in a stratum and a share s of its answers "same", it holds N s
    matches. Precision is the matches over the pairs in the strata held to be the same; recall is those matches over the
    matches of all strata. Pairs below the review threshold are strata too, so that what was missed there counts by its
    number. Two things are not in the sample: pairs that were compared and are too unlike to be listed, whose matches are
    taken from the model and count as missed; and pairs that nothing narrow connects, which were never compared.

    Intervals are quantiles of draws from the posterior of each stratum. What the model expects of a stratum counts as two
    answers beforehand, but never as more than 85 % sure, so that an interval is of use also where all answers agree; a
    stratum answered in full has no uncertainty left. Where precision rests on a single stratum it is the Wilson interval.

    Parameters
    ----------
    answers
        ``key_l, key_r, answer`` of the sample: same, not_same or unsure (left out). Answers to pairs that were not in
        the population are ignored.
    matching
        The result that the sample was drawn from, made without these answers.
    seed
        Of the draws from the posterior.
    """
    strata = strata_of(matching)
    answered, same, unsure_count = _counts(strata, answers)
    size = np.bincount(strata.stratum, minlength=len(answered)).astype(np.float64)
    holds_same = np.bincount(strata.stratum[strata.is_same], minlength=len(answered)) > 0
    unlisted = unlisted_matches(matching, strata)
    generator = np.random.default_rng(seed)
    expected = expected_shares(strata, len(answered))
    share = np.where(answered > 0, same / np.maximum(answered, 1), expected)
    draws = generator.beta(*posterior_counts(same, answered, expected), size=(_DRAWS, len(answered)))
    rest = np.maximum(size - answered, 0.0)
    found = np.where(answered > 0, same + rest * share, size * share)
    found_draws = same + rest * draws
    if not answered.sum():
        return MeasuredMatching(None, (0.0, 1.0), None, (0.0, 1.0), 0, unsure_count, unlisted)
    precision, precision_interval = _ratio(
        found[holds_same].sum(), size[holds_same].sum(), found_draws[:, holds_same].sum(axis=1), size[holds_same].sum()
    )
    recall, recall_interval = _ratio(
        found[holds_same].sum(),
        found.sum() + unlisted,
        found_draws[:, holds_same].sum(axis=1),
        found_draws.sum(axis=1) + unlisted,
    )
    if np.count_nonzero(holds_same) == 1:
        position = int(np.argmax(holds_same))
        if answered[position] < size[position]:
            precision_interval = wilson_interval(int(same[position]), int(answered[position]))
    return MeasuredMatching(
        precision, precision_interval, recall, recall_interval, int(answered.sum()), unsure_count, unlisted
    )


def posterior_counts(same: Floats, answered: Floats, expected: Floats) -> tuple[Floats, Floats]:
    """Return both parameters of the posterior (a beta distribution) of the share of matches in each stratum.

    Parameters
    ----------
    same, answered
        Answers of each stratum with same, and all of them.
    expected
        The share that the model expects.
    """
    believed = np.clip(expected, *_BELIEVED)
    return same + _PRIOR_ANSWERS * believed, answered - same + _PRIOR_ANSWERS * (1 - believed)


def strata_of(matching: Matching) -> Strata:
    """Return the pairs that a sample is drawn from, in classes of probability, those held to be the same apart."""
    own = matching.pairs.filter(pc.equal(matching.pairs["decided_by"], "model"))
    pairs = own.sort_by([("key_l", "ascending"), ("key_r", "ascending")])
    is_same = np.asarray(pc.equal(pairs["decision"], "same").to_numpy(), dtype=np.bool_)
    level = np.searchsorted(np.array(_EDGES), pairs["match_probability"].to_numpy(), side="right") - 1
    raw = np.clip(level, 0, len(_EDGES) - 1) * 2 + is_same
    # Numbered from 0 without gaps.
    present = np.sort(np.unique(raw))
    return Strata(pairs, np.searchsorted(present, raw).astype(np.int64), is_same)


def allocation(strata: Strata, count: int) -> list[int]:
    """Return how many pairs to draw of each stratum: by its size and spread (optimum allocation), a few of each at least."""
    sizes = np.bincount(strata.stratum)
    if sizes.sum() <= count:
        return [int(size) for size in sizes]
    probability = strata.pairs["match_probability"].to_numpy()
    expected = np.bincount(strata.stratum, weights=probability, minlength=len(sizes)) / np.maximum(sizes, 1)
    # The model's own certainty must not leave a large stratum unlooked at.
    spread = np.sqrt(np.clip(expected * (1 - expected), 0.02, None))
    least = np.minimum(sizes, max(1, min(_LEAST_DRAWN, count // max(len(sizes), 1))))
    drawn = least.astype(np.int64)
    while drawn.sum() < count:
        # One at a time to where a pair more shrinks the variance most.
        gain = np.where(drawn < sizes, (sizes * spread) ** 2 / (drawn * (drawn + 1.0)), -1.0)
        drawn[int(np.argmax(gain))] += 1
    return [int(one) for one in drawn]


def _counts(strata: Strata, answers: pa.Table) -> tuple[Floats, Floats, int]:
    """Return per stratum how many pairs were answered, how many with same; and how many answers were unsure."""
    keys = zip(strata.pairs["key_l"].to_pylist(), strata.pairs["key_r"].to_pylist(), strict=True)
    place = {pair: position for position, pair in enumerate(keys)}
    count = int(strata.stratum.max(initial=-1)) + 1
    answered, same, unsure_count = np.zeros(count), np.zeros(count), 0
    words = {}
    for key_l, key_r, answer in zip(*(answers[name].to_pylist() for name in ("key_l", "key_r", "answer")), strict=True):
        words[min(key_l, key_r), max(key_l, key_r)] = answer
    for pair, answer in words.items():
        if pair not in place:
            continue
        stratum = strata.stratum[place[pair]]
        answered[stratum] += answer in _FINDS
        same[stratum] += answer == "same"
        unsure_count += answer == "unsure"
    return answered, same, unsure_count


def expected_shares(strata: Strata, count: int) -> Floats:
    """Return the share of matches per stratum as the model expects it: all that is known of a stratum nobody looked at."""
    sizes = np.bincount(strata.stratum, minlength=count)
    probability = strata.pairs["match_probability"].to_numpy()
    total = np.bincount(strata.stratum, weights=probability, minlength=count)
    return np.asarray(total / np.maximum(sizes, 1), dtype=np.float64)


def unlisted_matches(matching: Matching, strata: Strata) -> float:
    """Return how many matches the model expects among compared pairs that are not listed."""
    known = [row for row in matching.expected.to_pylist() if row["expected_recall"]]
    if not known:
        return 0.0
    lowest = known[0]
    total = lowest["pairs"] * (lowest["expected_precision"] or 0.0) / lowest["expected_recall"]
    review = matching.model.min_review_probability
    row = min(known, key=lambda one: abs(one["min_match_probability"] - review))
    below = total * (1 - row["expected_recall"])
    probability = strata.pairs["match_probability"].to_numpy()
    listed = float(probability[probability < review].sum())
    return float(max(below - listed, 0.0))


def _ratio(
    part: float, whole: float, part_draws: Floats, whole_draws: Floats | float
) -> tuple[float | None, tuple[float, float]]:
    if not whole:
        return None, (0.0, 1.0)
    draws = np.minimum(part_draws / np.maximum(whole_draws, 1e-12), 1.0)
    low, high = np.quantile(draws, [0.025, 0.975])
    share = float(min(part / whole, 1.0))
    return share, (min(float(low), share), max(float(high), share))
