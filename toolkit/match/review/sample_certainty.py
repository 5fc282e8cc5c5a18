"""How sure a review sample makes one: how many pairs have to be looked at for which certainty."""

from dataclasses import dataclass

import numpy as np

from toolkit.match.parties import Matching
from toolkit.match.review.review_sample import allocation, expected_shares, posterior_counts, strata_of, unlisted_matches
from toolkit.rates import normal_quantile

_COUNTS = (25, 50, 75, 100, 150, 200, 300, 400, 600, 800, 1_000, 1_500, 2_000, 3_000, 5_000)
_MARGINS = (0.05, 0.03, 0.02)


@dataclass(frozen=True, slots=True)
class SampleCertainty:
    """What the answers to a sample of ``count`` pairs will tell, 95 times in 100.

    ``precision_margin`` and ``recall_margin`` are half the width of the interval of each share, as a share.
    """

    count: int
    precision_margin: float
    recall_margin: float

    @property
    def margin(self) -> float:
        """The wider of the two."""
        return max(self.precision_margin, self.recall_margin)


def sample_certainty(matching: Matching, count: int) -> SampleCertainty:
    """Return how close a review sample is expected to come to the true shares.

    Parameters
    ----------
    matching
        What was found; what its model expects says how the answers will fall.
    count
        Pairs of the sample.

    References
    ----------
    Cochran, Sampling Techniques, 3rd ed., 1977, section 5.3 (variance of a stratified sample) and 6.3 (of a ratio).
    """
    strata = strata_of(matching)
    size = np.bincount(strata.stratum).astype(np.float64)
    drawn = np.asarray(allocation(strata, count), dtype=np.float64)
    expected = expected_shares(strata, len(size))
    a, b = posterior_counts(drawn * expected, drawn, expected)
    variance = (size - drawn) ** 2 * a * b / ((a + b) ** 2 * (a + b + 1))
    is_same = np.bincount(strata.stratum[strata.is_same], minlength=len(size)) > 0
    found = float((size * expected)[is_same].sum())
    all_matches = float((size * expected).sum()) + unlisted_matches(matching, strata)
    recall = found / all_matches if all_matches else 0.0
    wide = normal_quantile(0.975)
    inside, outside = float(variance[is_same].sum()), float(variance[~is_same].sum())
    return SampleCertainty(
        int(drawn.sum()),
        wide * inside**0.5 / max(float(size[is_same].sum()), 1.0),
        wide * ((1 - recall) ** 2 * inside + recall**2 * outside) ** 0.5 / max(all_matches, 1.0),
    )


def certainty_sentence(matching: Matching, count: int) -> str:
    """Return how sure a sample of ``count`` pairs makes one, and how many pairs others take, in a sentence or two.

    Parameters
    ----------
    matching
        What was found.
    count
        Pairs of the sample.
    """
    own = sample_certainty(matching, count)
    if not own.count:
        return ""
    said = (
        f"Answered in full, the sample of {own.count:,} pairs tells the share of right pairs to within "
        f"{_points(own.precision_margin)} and the share of found ones to within {_points(own.recall_margin)}, 95 times in "
        "100."
    )
    others = [sample_certainty(matching, one) for one in _COUNTS]
    needed: list[tuple[int, float]] = []
    for margin in _MARGINS:
        enough = next((one for one in others if one.margin <= margin), None)
        if enough is not None and enough.count not in {one for one, _ in needed}:
            needed.append((enough.count, margin))
    if not needed:
        return said
    first, *more = (f"{number:,} pairs tell both to within {_points(margin)}" for number, margin in needed)
    return f"{said} {', '.join([first, *(one.replace(' pairs tell both', '') for one in more)])}."


def _points(share: float) -> str:
    points = max(round(100 * share, 1 if share < 0.0095 else None), 0.1)
    return f"{points:g} {'point' if points == 1 else 'points'}"
