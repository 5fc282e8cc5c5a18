"""Shares counted on data, each with an interval: Wilson, Jeffreys, exact, and how many cases to look at.

Shares are fractions (0.06 is 6 %). ``x`` cases of ``n`` compared showed the thing counted. With nothing compared
the share is unknown and its interval is [0, 1].

Source: Wilson, "Probable inference", JASA 22 (1927), p. 209; Clopper and Pearson, Biometrika 26 (1934), p. 404;
Brown, Cai and DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16 (2001), p. 101.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

from toolkit.compiled import compiled


@dataclass(frozen=True, slots=True)
class MeasuredShare:
    """A share that was counted: ``x`` cases of ``n`` looked at."""

    x: int
    n: int

    def __post_init__(self) -> None:
        _check_counts(self.x, self.n)

    @property
    def share(self) -> float | None:
        """``x / n``; null when nothing was looked at."""
        return self.x / self.n if self.n else None

    @property
    def posterior(self) -> tuple[float, float]:
        """Both parameters of the Jeffreys posterior Beta(x + 0.5, n - x + 0.5)."""
        return self.x + 0.5, self.n - self.x + 0.5


def wilson_interval(x: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of a share, the one that reports show.

    Parameters
    ----------
    x, n
        Cases counted and cases compared, 0 <= x <= n.
    confidence
        Probability that such an interval covers the true share, between 0 and 1.

    References
    ----------
    Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), p. 209.

    Examples
    --------
    >>> low, high = wilson_interval(12, 400)
    >>> round(low, 4), round(high, 4)
    (0.0172, 0.0517)
    >>> wilson_interval(0, 0)
    (0.0, 1.0)
    """
    _check_counts(x, n)
    if n == 0:
        return 0.0, 1.0
    z = normal_quantile(0.5 + confidence / 2)
    share = x / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # At the ends the closed form gives 0 and 1 exactly; floating point misses them by 1e-17.
    low = 0.0 if x == 0 else max(0.0, centre - half)
    high = 1.0 if x == n else min(1.0, centre + half)
    return low, high


def jeffreys_interval(x: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the equal-tailed interval of the Jeffreys posterior Beta(x + 0.5, n - x + 0.5).

    Simulations draw from this posterior; reports show the Wilson interval.

    Parameters
    ----------
    x, n, confidence
        As for ``wilson_interval``.

    Examples
    --------
    >>> low, high = jeffreys_interval(0, 50)
    >>> low, round(high, 4)
    (0.0, 0.0488)
    """
    betaincinv = _inverse_beta()
    _check_counts(x, n)
    if n == 0:
        return 0.0, 1.0
    a, b = x + 0.5, n - x + 0.5
    tail = (1 - confidence) / 2
    low = 0.0 if x == 0 else float(betaincinv(a, b, tail))
    high = 1.0 if x == n else float(betaincinv(a, b, 1 - tail))
    return low, high


def jeffreys_mean(x: int, n: int) -> float:
    """Return the mean of the Jeffreys posterior, (x + 0.5) / (n + 1).

    Examples
    --------
    >>> jeffreys_mean(7, 7)
    0.9375
    """
    _check_counts(x, n)
    return (x + 0.5) / (n + 1)


def exact_interval(x: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Clopper-Pearson interval, which covers at least ``confidence`` and is therefore wide.

    Parameters
    ----------
    x, n, confidence
        As for ``wilson_interval``.

    Examples
    --------
    >>> low, high = exact_interval(12, 400)
    >>> round(low, 4), round(high, 4)
    (0.0156, 0.0518)
    """
    betaincinv = _inverse_beta()
    _check_counts(x, n)
    if n == 0:
        return 0.0, 1.0
    tail = (1 - confidence) / 2
    low = 0.0 if x == 0 else float(betaincinv(x, n - x + 1, tail))
    high = 1.0 if x == n else float(betaincinv(x + 1, n - x, 1 - tail))
    return low, high


def sample_size(expected_rate: float, margin: float, confidence: float = 0.95, population: int | None = None) -> int:
    """Return how many cases to compare so that the share is known to within ``margin``.

    Parameters
    ----------
    expected_rate
        The share that is expected; 0.5 when nothing is known.
    margin
        Half the width of the interval wished for, as a share.
    confidence
        Between 0 and 1.
    population
        All cases there are, for the finite population correction; ``None`` is unlimited.

    Examples
    --------
    >>> sample_size(0.05, 0.02, population=2000)
    372
    """
    if not 0 < margin < 1:
        raise ValueError(f"The margin is a share between 0 and 1, not {margin!r}.")
    z = normal_quantile(0.5 + confidence / 2)
    unlimited = z * z * expected_rate * (1 - expected_rate) / (margin * margin)
    if population is None:
        return math.ceil(unlimited)
    return math.ceil(unlimited / (1 + (unlimited - 1) / population)) if population else 0


def is_at_least(x: int, n: int, target_share: float, confidence: float = 0.95) -> bool:
    """Return whether "``target_share`` or better" may be claimed: the lower Wilson limit reaches it.

    Parameters
    ----------
    x, n, confidence
        As for ``wilson_interval``.
    target_share
        What is to be claimed; reaching it exactly is enough.

    Examples
    --------
    >>> is_at_least(970, 1000, 0.95), is_at_least(955, 1000, 0.95)
    (True, False)
    """
    return wilson_interval(x, n, confidence)[0] >= target_share


def is_under(x: int, n: int, target_share: float, confidence: float = 0.95) -> bool:
    """Return whether "under ``target_share``" may be claimed: the upper Wilson limit stays below it.

    Parameters
    ----------
    x, n, confidence
        As for ``wilson_interval``.
    target_share
        What is to be claimed; the limit has to stay below it.

    Examples
    --------
    >>> is_under(1, 400, 0.02), is_under(7, 400, 0.02)
    (True, False)
    """
    return wilson_interval(x, n, confidence)[1] < target_share


def per_item_error_rate(per_field_error_rate: float, fields_per_item: int) -> float:
    """Return the share of items with an error in at least one field, when fields err independently.

    Examples
    --------
    >>> round(per_item_error_rate(0.0029, 20), 4)
    0.0564
    """
    return -math.expm1(fields_per_item * math.log1p(-per_field_error_rate)) if per_field_error_rate < 1 else 1.0


def steady_state_mismatch_share(
    changes_per_record_per_month: float, error_per_change: float, corrections_per_month: float
) -> float | None:
    """Return the share of records that disagree once new errors and corrections balance.

    A plausibility check of a measured stock, not an estimate of it.

    Parameters
    ----------
    changes_per_record_per_month
        Edits of one record in a month, c.
    error_per_change
        Share of edits that go wrong, e.
    corrections_per_month
        Share of wrong records put right in a month, k.

    Returns
    -------
    float or None
        ``c e / (c e + k)``; ``None`` when neither errors nor corrections happen.

    Examples
    --------
    >>> round(steady_state_mismatch_share(0.04, 0.1, 0.02), 4)
    0.1667
    """
    new_errors = changes_per_record_per_month * error_per_change
    total = new_errors + corrections_per_month
    return new_errors / total if total else None


def normal_quantile(probability: float) -> float:
    """Return the standard normal quantile.

    Examples
    --------
    >>> round(normal_quantile(0.975), 12)
    1.95996398454
    """
    return NormalDist().inv_cdf(probability)


def _check_counts(x: int, n: int) -> None:
    if not 0 <= x <= n:
        raise ValueError(f"A share needs 0 <= x <= n, not x={x!r} and n={n!r}.")


def _inverse_beta() -> Any:
    return compiled("scipy.special", "_ufuncs", "betaincinv")
