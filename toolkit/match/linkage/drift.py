"""Whether a saved model still fits: what it was fitted on, what is there now, and what changed more than chance does.

A model is used as it is until somebody fits it anew; this only says when that is worth a thought.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.errors import InputError
from toolkit.match.hashing import Hashes, mixed, text_hashes
from toolkit.rates import wilson_interval

EMPTY_SHARE, FILLED_SHARE = 0.01, 0.05
"""A column filled in a smaller share of records counts as empty, in a larger one as filled."""

MIN_MOVED_SHARE = 0.2
"""From this share of pairs on whose grade changed, a fact agrees in another way than before (total variation)."""

MIN_PAIRS = 30
"""Fewer pairs held to be the same say nothing about how often a grade occurs."""

_NO_VALUE = "no value on one side"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a matching saw, as counts.

    Attributes
    ----------
    records
        Records matched.
    repeated
        Records that share a cluster with another one.
    review
        Pairs put to a person.
    filled
        Records with a value, per column.
    levels
        Per fact, how many of the pairs held to be the same by the model have each grade, in words.
    """

    records: int
    repeated: int
    review: int
    filled: Mapping[str, int]
    levels: Mapping[str, Mapping[str, int]]

    def as_json(self) -> dict[str, Any]:
        """Return the counts as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> Self:
        """Return what ``as_json`` wrote.

        Raises
        ------
        InputError
            The values are not such counts.
        """
        try:
            levels = {str(fact): {str(k): int(n) for k, n in counts.items()} for fact, counts in saved["levels"].items()}
            filled = {str(column): int(count) for column, count in saved["filled"].items()}
            return cls(int(saved["records"]), int(saved["repeated"]), int(saved["review"]), filled, levels)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(
                f"The saved matching model does not say what it was fitted on ({type(error).__name__}: {error}). Fit anew."
            ) from error


def seen_in(records: pa.Table, columns: Iterable[str], clusters: pa.Table, pairs: pa.Table, pair_levels: pa.Table) -> Seen:
    """Return what a matching saw.

    Parameters
    ----------
    records
        The records that were matched.
    columns
        Their columns that took part; others are not looked at.
    clusters, pairs, pair_levels
        Tables CLUSTER, PAIR and PAIR_LEVEL.
    """
    filled = {
        name: pc.sum(pc.fill_null(pc.not_equal(records[name], ""), False)).as_py() or 0
        for name in sorted(columns)
        if name in records.column_names
    }
    sizes = clusters.group_by("cluster_id").aggregate([([], "count_all")])["count_all"]
    repeated = pc.sum(sizes.filter(pc.greater(sizes, 1))).as_py() or 0
    review = pc.sum(pc.equal(pairs["decision"], "review")).as_py() or 0
    is_same = pc.and_(pc.equal(pairs["decision"], "same"), pc.equal(pairs["decided_by"], "model"))
    same = pairs.select(["key_l", "key_r"]).filter(is_same)
    own = pair_levels.select(["comparison", "level"]).filter(_is_of(pair_levels, same))
    counted = own.group_by(["comparison", "level"]).aggregate([([], "count_all")]).to_pylist()
    levels: dict[str, dict[str, int]] = {}
    for row in sorted(counted, key=lambda row: (row["comparison"], row["level"])):
        levels.setdefault(row["comparison"], {})[row["level"]] = row["count_all"]
    for counts in levels.values():
        counts[_NO_VALUE] = same.num_rows - sum(counts.values())
    return Seen(records.num_rows, repeated, review, filled, levels)


def _is_of(pair_levels: pa.Table, pairs: pa.Table) -> pa.BooleanArray:
    """Return which rows of a table PAIR_LEVEL are of some pairs."""
    if not pair_levels.num_rows:
        return pa.array([], pa.bool_())
    # The rows of a pair follow each other, so that one of them is looked up for all.
    last = pair_levels.num_rows - 1
    differs = [pc.not_equal(pair_levels[key].slice(1), pair_levels[key].slice(0, last)) for key in ("key_l", "key_r")]
    is_first = np.append(True, np.asarray(pc.or_(*differs)))
    is_own = np.isin(_pair_hashes(pair_levels.select(["key_l", "key_r"]).filter(pa.array(is_first))), _pair_hashes(pairs))
    return pa.array(is_own[np.cumsum(is_first) - 1])


def _pair_hashes(pairs: pa.Table) -> Hashes:
    return mixed(*(text_hashes(pairs[key].combine_chunks()) for key in ("key_l", "key_r")))


def drift(before: Seen, now: Seen) -> tuple[str, ...]:
    """Return what changed so much since a model was fitted that it may not fit any more, in sentences.

    Examples
    --------
    >>> fitted = Seen(1000, 60, 10, {"phone": 900, "tax_id": 0}, {})
    >>> drift(fitted, Seen(1000, 64, 12, {"phone": 880, "tax_id": 400}, {}))
    ("Column 'tax_id' is filled in 40 % of the records and was empty when the model was fitted: it is not compared.",)
    """
    return (*_filled(before, now), *_repeated(before, now), *_levels(before, now))


def _filled(before: Seen, now: Seen) -> list[str]:
    sentences = []
    for column in sorted({*before.filled, *now.filled}):
        share_before = before.filled.get(column, 0) / max(before.records, 1)
        share = now.filled.get(column, 0) / max(now.records, 1)
        if share_before < EMPTY_SHARE and share >= FILLED_SHARE:
            sentences.append(
                f"Column {column!r} is filled in {share:.0%} of the records and was empty when the model was fitted: "
                "it is not compared.".replace("%", " %")
            )
        elif share_before >= FILLED_SHARE and share < EMPTY_SHARE:
            sentences.append(
                f"Column {column!r} was filled in {share_before:.0%} of the records when the model was fitted and is "
                "empty now: pairs are decided without it.".replace("%", " %")
            )
    return sentences


def _repeated(before: Seen, now: Seen) -> list[str]:
    if not before.records or not now.records:
        return []
    shares = before.repeated / before.records, now.repeated / now.records
    low, high = wilson_interval(before.repeated, before.records)
    low_now, high_now = wilson_interval(now.repeated, now.records)
    is_beyond_chance = high < low_now or high_now < low
    if not is_beyond_chance or abs(shares[1] - shares[0]) < FILLED_SHARE or max(shares) < 1.5 * min(shares):
        return []
    return [
        (
            f"{shares[1] * 100:.0f} % of the records have a second one now, {shares[0] * 100:.0f} % had when the model was "
            "fitted. Where nobody cleaned up and no system came in, the model expects another kind of data."
        )
    ]


def _levels(before: Seen, now: Seen) -> list[str]:
    sentences = []
    for fact in sorted({*before.levels} & {*now.levels}):
        counts, counts_now = before.levels[fact], now.levels[fact]
        n, n_now = sum(counts.values()), sum(counts_now.values())
        if min(n, n_now) < MIN_PAIRS:
            continue
        grades = sorted({*counts, *counts_now})
        moved = {grade: counts_now.get(grade, 0) / n_now - counts.get(grade, 0) / n for grade in grades}
        # What chance alone moves grows with the number of grades and shrinks with the number of pairs.
        chance = 0.5 * float(np.sqrt(len(grades) * (1 / n + 1 / n_now)))
        if sum(map(abs, moved.values())) / 2 <= MIN_MOVED_SHARE + chance:
            continue
        grade = max(grades, key=lambda one: (moved[one], one))
        sentences.append(
            f"Of the pairs held to be the same, {fact} is {grade!r} in {counts_now.get(grade, 0) / n_now * 100:.0f} % "
            f"and was in {counts.get(grade, 0) / n * 100:.0f} % when the model was fitted."
        )
    return sentences
