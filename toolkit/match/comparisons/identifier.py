"""Identifiers other than tax numbers: social security number, membership number, registration number."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from toolkit.match.comparison import Columns, Comparison, Ints, Keys, Levels, keys_where, no_keys
from toolkit.match.hashing import Hashes, tagged, text_hashes
from toolkit.values.cells import of_distinct, with_unusual
from toolkit.values.placeholder import is_placeholder
from toolkit.values.text import folded_texts, word_texts, words

LEVELS = ("different", "one or two characters apart", "same")
_DIFFERENT, _NEAR, _SAME = range(1, 4)

_LONG = 7
"""From this many characters on, two wrong ones are still a typing error."""

_ORDINARY = "[0-9]"
_ONE_DIGIT = f"^(?:{'|'.join(f'{digit}+' for digit in range(10))})$"


class Identifiers(NamedTuple):
    """Distinct identifiers as Python texts, their lengths and their hashes."""

    texts: npt.NDArray[np.object_]
    sizes: Ints
    hashes: Hashes


def bare(value: str) -> str | None:
    """Return an identifier's letters and digits, folded; None for a filler.

    Examples
    --------
    >>> bare("DE 123.456"), bare("n/a")
    ('de123456', None)
    """
    return None if is_placeholder(value) else "".join(words(value)) or None


def bare_texts(values: pa.StringArray) -> pa.StringArray:
    """Return ``bare`` of each cell.

    Examples
    --------
    >>> bare_texts(pa.array(["DE 123.456", "n/a", None])).to_pylist()
    ['de123456', None, None]
    """
    return of_distinct(values, _bare_distinct)


def _bare_distinct(values: pa.StringArray) -> pa.StringArray:
    joined = pc.replace_substring(word_texts(folded_texts(values)), " ", "")
    # What has a digit is no filler, unless it is one digit repeated.
    is_plain = pc.and_not(pc.match_substring_regex(joined, _ORDINARY), pc.match_substring_regex(joined, _ONE_DIGIT))
    return with_unusual(values, joined, pc.fill_null(is_plain, False), bare)


def prepared(values: pa.StringArray, word_counts: object = None) -> Identifiers:  # noqa: ARG001 - no words in a number
    """Return distinct identifiers for grading."""
    sizes = np.asarray(pc.utf8_length(values), dtype=np.int64)
    return Identifiers(np.asarray(values.to_numpy(zero_copy_only=False), dtype=np.object_), sizes, text_hashes(values))


def nearly_equal(values: Identifiers, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    """Return which pairs are one wrong character apart, or two where both are long.

    Parameters
    ----------
    values
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    shorter = np.minimum(values.sizes[left], values.sizes[right])
    may_be = np.flatnonzero(np.abs(values.sizes[left] - values.sizes[right]) <= 2)
    result = np.zeros(len(left), dtype=bool)
    apart = cpdist(
        values.texts[left[may_be]], values.texts[right[may_be]], scorer=OSA.distance, score_cutoff=2, dtype=np.uint8
    )
    result[may_be] = apart <= np.where(shorter[may_be] < _LONG, 1, 2)
    return result


def graded(values: Identifiers, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of identifiers.

    Parameters
    ----------
    values
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    result = np.full(len(left), _SAME, dtype=np.uint8)
    other = np.flatnonzero(left != right)
    result[other] = np.where(nearly_equal(values, left[other], right[other]), _NEAR, _DIFFERENT)
    return result


def standardised(columns: Columns) -> pa.StringArray:
    """Return the bare identifier of each record."""
    return bare_texts(columns["identifier"])


def narrow(values: Identifiers) -> Keys:
    """Return the identifier."""
    return keys_where(tagged("identifier", values.hashes), values.sizes > 0)


COMPARISON = Comparison(
    name="identifier",
    reads=("identifier",),
    facet="identity",
    levels=LEVELS,
    m=(0.08, 0.07, 0.85),
    by_place=(0.98, 0.01, 0.01),
    by_name=(0.98, 0.01, 0.01),
    u=(0.9988, 0.001, 0.0002),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=narrow,
    broad=no_keys,
    is_per_column=True,
)
