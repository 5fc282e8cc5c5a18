"""From evidence to probabilities: each level speaks for and against each kind by a weight, and the weights add up.

The weights stand in ``weights.json`` beside this file, with where they come from; ``benchmarks/flows`` learned them. A
weight is a difference of log-odds (natural logarithm). Evidence of few items weighs less, and no kind is ever quite shut
out: the flows that the weights were learned from are not all that there are.

Source: McCullagh and Nelder, Generalized Linear Models, 2nd ed., 1989, p. 159 (multinomial logit); Hoerl and Kennard, "Ridge
Regression", Technometrics 12 (1970), p. 55.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from toolkit.reconcile.arrivals.evidence import BY_NAME, Evidence

KINDS = ("by_hand", "by_file", "by_automation", "not_at_all")
"""How records arrive."""
HALF_WEIGHT_COUNT = 8
"""Of so many items evidence has half its weight."""
_FILE = Path(__file__).with_name("weights.json")

Probabilities = dict[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned.

    Attributes
    ----------
    levels
        By measure and level, the weight for each of ``KINDS``.
    evenly
        So much of the probability is spread over all kinds whatever the evidence says.
    cooling
        All weights are divided by it: above 1 they were too sure.
    """

    levels: Mapping[str, Sequence[Sequence[float]]]
    evenly: float = 0.0
    cooling: float = 1.0


@cache
def learned_weights() -> Weights:
    """Return the weights that travel with the package."""
    read = json.loads(_FILE.read_text(encoding="utf-8"))
    return Weights(read["weights"], read["evenly"], read["cooling"])


def trust(n: int) -> float:
    """Return how much evidence of so many items weighs, from 0 to 1.

    Examples
    --------
    >>> trust(8), round(trust(72), 2)
    (0.5, 0.9)
    """
    return n / (n + HALF_WEIGHT_COUNT)


def spoken(evidence: Evidence, weights: Weights) -> dict[str, float]:
    """Return what one piece of evidence adds to the log-odds of each kind, against the mean of all kinds.

    Parameters
    ----------
    evidence, weights
        What was measured, and what was learned.
    """
    own = [one * trust(evidence.n) / weights.cooling for one in weights.levels[evidence.name][evidence.level]]
    mean = math.fsum(own) / len(own)
    return {kind: one - mean for kind, one in zip(KINDS, own, strict=True)}


def probabilities(evidence: Sequence[Evidence], weights: Weights | None = None) -> Probabilities:
    """Return how probable each kind is; without any evidence all are equally so.

    Parameters
    ----------
    evidence
        What was measured.
    weights
        What was learned; that of the package without.

    Examples
    --------
    >>> found = probabilities([])
    >>> sorted(set(found.values()))
    [0.25]
    """
    own = learned_weights() if weights is None else weights
    known = [spoken(one, own) for one in evidence if one.name in BY_NAME]
    odds = {kind: math.fsum(one[kind] for one in known) for kind in KINDS}
    top = max(odds.values())
    parts = {kind: math.exp(one - top) for kind, one in odds.items()}
    whole = math.fsum(parts.values())
    return {kind: (1 - own.evenly) * one / whole + own.evenly / len(KINDS) for kind, one in parts.items()}
