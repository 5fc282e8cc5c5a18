"""What decisions change in how right the matching is: as the model expects it, and as the decisions themselves tell.

Nothing here is measured on pairs that nobody looked at: those count with the probability that the model states.
"""

from dataclasses import dataclass

import numpy as np

from toolkit.audit.desks.review_pairs.pairs import NOT_SAME, SAME, Pairs
from toolkit.match.comparison import Floats
from toolkit.rates import normal_quantile, wilson_interval


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval, and how many pairs it is of; null where there are none."""

    value: float | None
    low: float
    high: float
    n: int

    def facts(self) -> dict[str, float | int | None]:
        """Return the share as a page takes it."""
        return {"value": self.value, "low": self.low, "high": self.high, "n": self.n}


def effect(pairs: Pairs) -> dict[str, object]:
    """Return what is expected without and with the decisions, and how the model did on what was decided.

    Parameters
    ----------
    pairs
        With what was decided of them.
    """
    state = pairs.state.copy()
    is_decided = (state == SAME) | (state == NOT_SAME)
    with_decisions = np.where(state == SAME, 1.0, np.where(state == NOT_SAME, 0.0, pairs.probability))
    is_held = np.where(is_decided, state == SAME, pairs.is_held)
    # What the model alone would hold: a decision that an earlier run obeyed is no merit of the model.
    alone = np.where(is_decided, pairs.probability >= 0.5, pairs.is_held)
    before = expected_shares(pairs.probability, alone.astype(bool))
    after = expected_shares(with_decisions, is_held.astype(bool))
    decided = int(is_decided.sum())
    said = int((state == SAME).sum())
    low, high = wilson_interval(said, decided)
    return {
        "pairs": pairs.count,
        "decided": decided,
        "before": {name: one.facts() for name, one in before.items()},
        "after": {name: one.facts() for name, one in after.items()},
        "expected_same": float(pairs.probability[is_decided].sum()),
        "said": Share(said / decided if decided else None, low, high, decided).facts(),
        "said_same": said,
    }


def expected_shares(probability: Floats, is_held: np.ndarray) -> dict[str, Share]:
    """Return the precision and the recall that probabilities lead one to expect, among the pairs that were compared.

    Parameters
    ----------
    probability
        That each pair is one; 0 or 1 where a person said so.
    is_held
        Which pairs are held to be one.

    Notes
    -----
    Each pair counts as a draw of its own with its probability; the interval is that of their sum (normal, 95 %), for recall
    by the first terms of a ratio (Cochran, Sampling Techniques, 3rd ed., 1977, section 6.3).
    """
    wide = normal_quantile(0.975)
    variance = probability * (1 - probability)
    inside, outside = float(variance[is_held].sum()), float(variance[~is_held].sum())
    found, total, count = float(probability[is_held].sum()), float(probability.sum()), int(is_held.sum())
    precision = found / count if count else None
    recall = found / total if total else None
    return {
        "precision": _share(precision, wide * inside**0.5 / max(count, 1), count),
        "recall": _share(
            recall,
            wide * ((1 - (recall or 0)) ** 2 * inside + (recall or 0) ** 2 * outside) ** 0.5 / max(total, 1e-9),
            len(probability),
        ),
    }


def _share(value: float | None, half: float, n: int) -> Share:
    if value is None:
        return Share(None, 0.0, 1.0, n)
    return Share(value, max(0.0, value - half), min(1.0, value + half), n)
