"""A short way to write items that arrive: when each began and was entered, in minutes, and what both records say."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from toolkit.reconcile.arrivals.pairs import Arrivals, Moments

MONDAY = 20_591 * 1440
"""Monday 18 May 2026, in local minutes since 1970."""
Made = Callable[..., Arrivals]


@pytest.fixture
def arriving() -> Made:
    """Return items side by side from minutes after Monday's midnight; without times only the days count."""

    def build(
        began: Sequence[float],
        entered: Sequence[float],
        *,
        source: dict[str, list[Any]] | None = None,
        target: dict[str, list[Any]] | None = None,
        wrong: int = 0,
        due: int | None = None,
        is_timed: bool = True,
        is_of_parties: bool = False,
    ) -> Arrivals:
        count = len(began)
        return Arrivals(
            is_of_parties,
            count if due is None else due,
            count,
            _moments(began, is_timed=is_timed),
            _moments(entered, is_timed=is_timed),
            np.arange(count) < wrong,
            _records(source or {}, count),
            _records(target or {}, count),
        )

    return build


def _moments(minutes: Sequence[float], *, is_timed: bool) -> Moments:
    at = np.asarray(minutes, dtype=np.float64) + MONDAY
    return Moments((at // 1440).astype(np.int64), at if is_timed else np.full(len(at), np.nan))


def _records(columns: dict[str, list[Any]], count: int) -> pa.Table:
    whole = {"record_key": [f"s/t/{n}" for n in range(count)], **columns}
    return pa.table({name: pa.array(values, pa.string()) for name, values in whole.items()})
