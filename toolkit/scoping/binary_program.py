"""The smallest objective over variables that are zero or one: of few all are tried, else HiGHS, the solver of scipy (MIT).

Source: Huangfu and Hall, "Parallelizing the dual revised simplex method", Mathematical Programming Computation 10 (2018).
"""

import ctypes
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import numpy as np

from toolkit.roi.quantity import FloatArray

_TRIED = 13
"""Up to so many variables every choice is tried: in less time than the solver takes to be loaded."""
_LOST = 1e-9
"""What adding up loses, of the largest factor of a row."""

Row = tuple[FloatArray, float]
"""Factors of the variables, and what they must add up to at least."""


def chosen_variables(objective: FloatArray, rows: Sequence[Row]) -> frozenset[int] | None:
    """Return the variables that are one where the objective is least; null where no choice fulfils all rows.

    The solver works with tolerances: whoever needs it exactly adds up what was chosen.

    Parameters
    ----------
    objective
        What each variable adds when it is one.
    rows
        What every choice must fulfil.

    Examples
    --------
    >>> sorted(chosen_variables(np.array([-3.0, -2.0, -2.0]), [(np.array([-3.0, -2.0, -2.0]), -4.0)]))
    [1, 2]
    """
    if objective.size <= _TRIED:
        return _best_of_all(objective, rows)
    from scipy.optimize import Bounds, LinearConstraint, milp

    bound = []
    if rows:
        factors, least = np.array([row for row, _ in rows]), np.array([one for _, one in rows])
        # Amounts in thousands beside ones: of one size, fewer of the solver's choices fail when they are added up.
        size = np.abs(factors).max(axis=1)
        size[size == 0] = 1
        bound = [LinearConstraint(factors / size[:, None], lb=least / size)]
    with _silent():
        found = milp(
            objective,
            integrality=np.ones(objective.size),
            bounds=Bounds(0, 1),
            constraints=bound,
            options={"mip_rel_gap": 0.0},
        )
    return None if found.x is None else frozenset(np.flatnonzero(found.x > 0.5).tolist())


def _best_of_all(objective: FloatArray, rows: Sequence[Row]) -> frozenset[int] | None:
    """Return the best of all choices that fulfil the rows, the first of equal ones."""
    places = np.arange(objective.size)
    choices = ((np.arange(2**objective.size)[:, None] >> places) & 1).astype(np.float64)
    values = choices @ objective
    for factors, least in rows:
        values[choices @ factors < least - _LOST * max(1.0, float(np.abs(factors).max(initial=0.0)))] = np.inf
    best = int(values.argmin())
    return frozenset(np.flatnonzero(choices[best]).tolist()) if np.isfinite(values[best]) else None


@contextmanager
def _silent() -> Iterator[None]:
    """Keep the solver from printing: now and then it writes a line of its makers among the output of a command."""
    sys.stdout.flush()
    _flush_compiled()
    try:
        kept = os.dup(1)
    except OSError:
        # Nothing can be printed where there is no output.
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
        yield
    finally:
        # What compiled code has printed lies in a buffer of its own until here.
        _flush_compiled()
        os.dup2(kept, 1)
        os.close(kept)


def _flush_compiled() -> None:
    with suppress(OSError, AttributeError):
        ctypes.CDLL("ucrtbase" if os.name == "nt" else None).fflush(None)
