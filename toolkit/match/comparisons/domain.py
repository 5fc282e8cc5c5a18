"""Web site: the registered domain; free mail providers count as none."""

from collections.abc import Sequence

import numpy as np

from toolkit.match.comparison import Columns, Comparison, Ints, Levels, own_keys
from toolkit.values.domain import company_domain
from toolkit.values.text import each_distinct

LEVELS = ("different domains", "same name, another ending", "same domain")


def _stem(domain: str) -> str:
    return domain.split(".", maxsplit=1)[0]


def graded(values: Sequence[str], left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of distinct domains."""
    stems = np.array([_stem(value) for value in values], dtype=object)
    result = np.where(stems[left] == stems[right], 2, 1) if len(left) else np.zeros(0)
    return np.where(left == right, 3, result).astype(np.uint8)


def standardised(columns: Columns) -> list[str | None]:
    """Return the registered domain of each web site."""
    return each_distinct(columns["domain"], company_domain)


def narrow(values: Sequence[str]) -> list[list[str]]:
    """Return the domain without its ending."""
    return [[_stem(value)] for value in values]


COMPARISON = Comparison(
    name="web site",
    reads=("domain",),
    facet="contact",
    levels=LEVELS,
    m=(0.12, 0.05, 0.83),
    by_place=(0.45, 0.02, 0.53),
    by_name=(0.60, 0.08, 0.32),
    u=(0.998, 0.0005, 0.0015),
    standardised=standardised,
    graded=graded,
    narrow=narrow,
    broad=own_keys,
)
