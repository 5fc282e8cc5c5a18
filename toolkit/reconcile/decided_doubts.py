"""What speaks against a document that a person named as the counterpart of an item: it is obeyed, and it is named."""

import re
from collections.abc import Sequence

import numpy as np

from toolkit.match.comparison import Floats
from toolkit.match.documents.amounts import FITTING, UNKNOWN

EARLY_DAYS = 7
"""A document dated so many days before its item, or fewer, may still be its counterpart: a deposit, a typing error."""

_WORD = re.compile(r"\w{3,}")
_MOST_NAMED = 3


def doubt_words(*, is_other_party: bool, relation: int, days: float, taken_by: Sequence[str]) -> str:
    """Return what speaks against a decided counterpart, in words; empty where nothing does.

    Parameters
    ----------
    is_other_party
        Whether the two name different customers or suppliers.
    relation
        How the amounts relate, a position in ``amounts.NAMES``.
    days
        Between the two; NaN is unknown.
    taken_by
        Keys of further items that the document is the counterpart of.

    Examples
    --------
    >>> doubt_words(is_other_party=True, relation=1, days=-248.0, taken_by=["projects/jobs/J771"])
    'another customer or supplier; another amount; dated 248 days before; already the counterpart of projects/jobs/J771'
    >>> doubt_words(is_other_party=False, relation=10, days=3.0, taken_by=[])
    ''
    """
    said = ["another customer or supplier"] if is_other_party else []
    said += ["another amount"] if relation not in {*FITTING, UNKNOWN} else []
    said += [f"dated {-days:.0f} days before"] if days < -EARLY_DAYS else []
    said += [f"already the counterpart of {', '.join(taken_by[:_MOST_NAMED])}"] if taken_by else []
    return "; ".join(said)


def shared_names(names_l: Sequence[str | None], names_r: Sequence[str | None]) -> Floats:
    """Return for each pair of party names whether they share a word: 1 they do, 0 they do not, NaN where one is lacking.

    Parameters
    ----------
    names_l, names_r
        Pair by pair.

    Examples
    --------
    >>> shared_names(["Acme Dental", "Acme Dental", None], ["ACME", "Flint Coffee", "Acme"]).tolist()
    [1.0, 0.0, nan]
    """
    words = [[set(_WORD.findall((name or "").casefold())) for name in names] for names in (names_l, names_r)]
    shared = [float(bool(one & other)) if one and other else np.nan for one, other in zip(*words, strict=True)]
    return np.array(shared, dtype=np.float64)
