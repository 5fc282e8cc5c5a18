"""The model of documents, learned without labels: how often counterparts agree so in each fact, and how late they come.

Two latent classes, one event and unrelated. Unrelated pairs are anchored in random pairs of all documents and in the
frequencies of values, never in the candidate pairs. What counterparts show is learned under the rule that a document has
one counterpart at most, and held to what is believed beforehand by pseudo-counts.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from toolkit.match.comparison import MISSING, Floats, Ints, Levels
from toolkit.match.documents.chance import ChanceBits, steps_of
from toolkit.match.documents.evidence import AMOUNT, FACTS, DocumentFact, Evidence, PairEvidence
from toolkit.match.documents.lags import LagDensity, lag_bits, lag_density
from toolkit.match.linkage.monotone import rising_ratios

_RANDOM_PAIRS = 20_000
_PSEUDO_PAIRS = 40.0
_LEAST_OF_BELIEVED = 0.5
_ROUNDS = 8
_TOLERANCE_BITS = 0.02
_MESSAGE_ROUNDS = 20
_TOLERANCE = 0.002
_MOST_BITS = 30.0
_LEAST_BITS = -10.0
_SURE = 0.9
# With fewer documents still without a counterpart, each is likelier to be the one sought.
_MOST_PRIOR_GAIN_BITS = 2.0
BARRED_BITS = 60.0
# A contradiction of so many bits leaves an equal amount no more than these.
_OUTWEIGHING_BITS, _OUTWEIGHED_AMOUNT_BITS = 6.0, 4.0
_HALF_TRUSTED = 12.0
_CONTRADICTION = 2.0**-6
_FEW_PAIRS, _FEW_SHARE = 3.0, 0.03


@dataclass(frozen=True, slots=True)
class DocumentFactModel:
    """What is known of one fact: share of each level among counterparts and among unrelated pairs, and what was believed."""

    fact: DocumentFact
    m: Floats
    u: Floats
    believed: Floats

    def bits(self, levels: Levels, chance: ChanceBits) -> Floats:
        """Return the weight of each pair's level; missing weighs nothing."""
        low = len(self.fact.ratios)
        by_level = np.concatenate([[0.0], np.log2(self.m[:low] / self.u[:low]), np.log2(self.m[low:])])
        weight: Floats = by_level[levels]
        weight[chance.at] += chance.bits
        return weight


@dataclass(frozen=True, slots=True)
class DocumentModel:
    """A fitted model: its facts, how lags are spread, and the prior of a pair in bits."""

    facts: tuple[DocumentFactModel, ...]
    lags: LagDensity
    prior_bits: float

    def fact_bits(self, seen: PairEvidence) -> Floats:
        """Return the weight of every pair (rows) and fact (columns) but the lag."""
        return np.stack(self._columns(seen), axis=1)

    def match_weight(self, seen: PairEvidence, lag_days: Floats) -> Floats:
        """Return the weight of pairs in bits, the prior included."""
        weight = np.empty(len(lag_days))
        by_lag = self.lags.by_lag()
        for some in steps_of(len(lag_days)):
            own = seen.some(some)
            first, *others = self._columns(own)
            for column in (*others, lag_bits(by_lag, lag_days[some])):
                first += column
            first += self.prior_bits
            weight[some] = first - np.where(own.is_barred, BARRED_BITS, 0.0)
        return weight

    def _columns(self, seen: PairEvidence) -> list[Floats]:
        columns = [fact.bits(seen.levels[:, number], seen.chance[number]) for number, fact in enumerate(self.facts)]
        # Prices repeat: where another payer, number or currency speaks against it, an equal amount is soon an accident.
        against = np.zeros(len(seen.levels))
        for number, is_its in seen.is_outweighed.items():
            against += np.where(is_its, np.maximum(-columns[number], 0.0), 0.0)
        weight = np.minimum(against / _OUTWEIGHING_BITS, 1.0)
        most = np.minimum(columns[AMOUNT], _OUTWEIGHED_AMOUNT_BITS)
        columns[AMOUNT] = columns[AMOUNT] * (1 - weight) + most * weight
        return columns

    def as_json(self) -> dict[str, Any]:
        """Return the model as plain values."""
        return {
            "prior_bits": self.prior_bits,
            "facts": [
                {"label": one.fact.label, "levels": list(one.fact.levels), "m": one.m.tolist(), "u": one.u.tolist()}
                for one in self.facts
            ],
            "lags": None if self.lags.learned is None else self.lags.learned.tolist(),
        }


def trained_model(held: Evidence, rows_l: Ints, rows_r: Ints, seen: PairEvidence, lag_days: Floats) -> DocumentModel:
    """Return the model fitted to the candidate pairs of two sides.

    Parameters
    ----------
    held
        Both sides.
    rows_l, rows_r
        Rows of the candidate pairs.
    seen, lag_days
        What those pairs show.
    """
    count_l, count_r = len(held.left), len(held.right)
    chance = float(np.log2(max(count_r, 2)))
    shares = _shares_of_random_pairs(held)
    model = DocumentModel(
        tuple(_believed(fact, u) for fact, u in zip(FACTS, shares, strict=True)), lag_density(held.right), -chance
    )
    weight = model.match_weight(seen, lag_days)
    shown = [_shown(fact, seen.levels[:, number], seen.chance[number]) for number, fact in enumerate(model.facts)]
    for _ in range(_ROUNDS):
        probability = one_to_one_probability(rows_l, rows_r, weight, count_l, count_r)
        expected = [_sums_by_level(fact, seen.levels[:, number], probability) for number, fact in enumerate(model.facts)]
        facts = tuple(_learned(*its) for its in zip(model.facts, shown, expected, strict=True))
        lags = model.lags.relearned(lag_days, np.where(probability >= _SURE, probability, 0.0))
        gain = _prior_gain(float(probability.sum()), count_l, count_r)
        model = DocumentModel(facts, lags, gain - chance)
        before, weight = weight, model.match_weight(seen, lag_days)
        if np.abs(weight - before).max(initial=0.0) < _TOLERANCE_BITS:
            break
    return model


def one_to_one_probability(rows_l: Ints, rows_r: Ints, weight: Floats, count_l: int, count_r: int) -> Floats:
    """Return how likely each pair is, where a document has one counterpart at most.

    The sums over all choices are those of belief propagation, exact where the pairs form no circle (Zdeborova and Mezard,
    The number of matchings in random graphs, Journal of Statistical Mechanics, 2006, P05003).

    Parameters
    ----------
    rows_l, rows_r
        Rows of the candidate pairs, each pair once.
    weight
        Match weight in bits, the prior included: log2 of the odds of the pair by itself.
    count_l, count_r
        Documents of each side: rows lie below these.

    Examples
    --------
    >>> same = np.array([6.0, 6.0])
    >>> one_to_one_probability(np.array([0, 1]), np.array([0, 0]), same, 2, 1).round(2).tolist()
    [0.5, 0.5]
    """
    result = np.zeros(len(weight))
    able = np.flatnonzero(weight >= _LEAST_BITS)
    left, right = rows_l[able], rows_r[able]
    odds = np.exp2(np.minimum(weight[able], _MOST_BITS))
    free_r = np.ones(len(able))
    for _ in range(_MESSAGE_ROUNDS):
        free_l = _free(left, odds * free_r, count_l)
        before, free_r = free_r, _free(right, odds * free_l, count_r)
        before -= free_r
        if np.abs(before, out=before).max(initial=0.0) < _TOLERANCE:
            break
        del before
    probability = odds * free_l * free_r
    probability /= 1 + probability
    # Messages that have not come to rest may add up to more than one counterpart.
    for rows, count in ((left, count_l), (right, count_r)):
        probability /= np.maximum(np.bincount(rows, weights=probability, minlength=count)[rows], 1.0)
    result[able] = probability
    return result


def _free(rows: Ints, claims: Floats, count: int) -> Floats:
    """Return for each pair how likely the document is left free by all its other pairs."""
    # In place, as there are millions of pairs: 1 / (1 + what the others claim).
    others = np.asarray(np.bincount(rows, weights=claims, minlength=count), dtype=np.float64)[rows]
    others -= claims
    np.maximum(others, 0.0, out=others)
    others += 1
    return np.divide(1, others, out=others)


def _shares_of_random_pairs(held: Evidence) -> list[Floats]:
    count_l, count_r = len(held.left), len(held.right)
    if count_l * count_r <= _RANDOM_PAIRS:
        rows_l, rows_r = np.divmod(np.arange(count_l * count_r), max(count_r, 1))
    else:
        generator = np.random.default_rng(20_011)
        rows_l, rows_r = (generator.integers(0, count, _RANDOM_PAIRS) for count in (count_l, count_r))
    levels = held.of(rows_l, rows_r).levels
    shares = []
    for number, fact in enumerate(FACTS):
        counts = np.bincount(levels[:, number], minlength=len(fact.levels) + 1)[MISSING + 1 :] + 1.0
        shares.append(counts / counts.sum())
    return shares


def _believed(fact: DocumentFact, u: Floats) -> DocumentFactModel:
    """Return a fact's model before any pair is seen: the low levels by their ratio, the rest of the share above them."""
    low = np.array(fact.ratios) * u[: len(fact.ratios)]
    low = low * min(1.0, 0.5 / max(float(low.sum()), 1e-9))
    m = np.concatenate([low, np.array(fact.tops) / sum(fact.tops) * (1 - low.sum())])
    return DocumentFactModel(fact, m, u, m)


class _Shown(NamedTuple):
    """How many pairs show each level of a fact, and how often chance brings it, as a rule."""

    pairs: Ints
    typical: Floats


def _shown(model: DocumentFactModel, levels: Levels, chance: ChanceBits) -> _Shown:
    size = len(model.fact.levels)
    count = np.bincount(levels, minlength=size + 1)[MISSING + 1 :]
    bits = _sums_by_level(model, levels[chance.at], chance.bits) / np.maximum(count, 1)
    return _Shown(count, np.where(np.arange(size) < len(model.fact.ratios), model.u, np.exp2(-bits)))


def _sums_by_level(model: DocumentFactModel, levels: Levels, weights: Floats) -> Floats:
    sums = np.bincount(levels, weights=weights, minlength=len(model.fact.levels) + 1)
    return np.asarray(sums[MISSING + 1 :], dtype=np.float64)


def _learned(model: DocumentFactModel, shown: _Shown, expected: Floats) -> DocumentFactModel:
    """Return a fact's model from the counterparts expected at each level; weights never fall as agreement grows."""
    size = len(model.fact.levels)
    low = len(model.fact.ratios)
    # A few counterparts that contradict each other are pairs that went wrong; only a habit is learned.
    is_contradiction = np.append(np.array(model.fact.ratios) <= _CONTRADICTION, np.zeros(size - low, dtype=bool))
    few = _FEW_PAIRS + _FEW_SHARE * expected.sum()
    learned = np.where(is_contradiction, np.maximum(expected - few, 0.0), expected)
    counts = learned + _PSEUDO_PAIRS * model.believed
    m = counts / counts.sum()
    # Counterparts that disagree or agree in part are those not recognised: that they are rare can hardly be learned.
    least = model.believed * np.where(np.arange(size) < low, 1.0, _LEAST_OF_BELIEVED)
    m[:-1] = np.maximum(m[:-1], least[:-1])
    m[-1] = max(m[-1], 1 - float(m[:-1].sum()))
    m /= m.sum()
    # Of a level that no pair shows nothing is learned, and nothing has to be kept in order.
    kept = np.flatnonzero((np.arange(size) < low) | (shown.pairs > 0))
    m[kept] = rising_ratios(m[kept], shown.typical[kept]) * shown.typical[kept]
    return DocumentFactModel(model.fact, m / m.sum(), model.u, model.believed)


def _prior_gain(found: float, count_l: int, count_r: int) -> float:
    odds = (found + 1) / (max(count_l - found, 0.0) + 1)
    spread = (count_r + 1) / (max(count_r - found, 0.0) + 1)
    gain = min(max(float(np.log2(odds * spread)), 0.0), _MOST_PRIOR_GAIN_BITS)
    return gain * found / (found + _HALF_TRUSTED)
