"""Tax number: one party has one; two that differ by more than a typing error keep records apart, whatever else agrees.

Check digits refute typing errors: two numbers that are both right are two numbers, however alike, and one that fails its
check digits is mistyped or made up, so that it says less of a number that is like it, or much like it.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from toolkit.match.comparison import Columns, Comparison, Ints, Keys, Levels, keys_where, no_keys
from toolkit.match.comparisons import identifier
from toolkit.match.hashing import tagged
from toolkit.values import tax_id

LEVELS = (
    "different numbers",
    "different numbers, alike, one of which fails its check digits",
    "one or two characters apart, or one number that fails its check digits",
    "same number",
)
_DIFFERENT, _DIFFERENT_WRONG, _NEAR, _SAME = range(1, 5)
CONFLICT_LEVEL = _DIFFERENT
"""The level that cuts a cluster."""

_MISTYPED = 0.5
"""Likeness of two numbers from which one that fails its check digits may be the other, badly mistyped."""

_PARTS = r"^(?:(?P<country>[a-z]{2}) )?(?P<number>[^ ]+)(?: (?P<verdict>checked|wrong))?$"


class TaxNumbers(NamedTuple):
    """Distinct tax numbers: the number alone, its position among the distinct ones, the country (-1: unknown), verdicts."""

    numbers: identifier.Identifiers
    codes: Ints
    countries: Ints
    is_checked: npt.NDArray[np.bool_]
    is_wrong: npt.NDArray[np.bool_]


def standardised(columns: Columns) -> pa.StringArray:
    """Return each number with country and verdict where known, as ``values.tax_id.compared_number`` gives it."""
    return tax_id.compared_numbers(columns["tax_id"])


def prepared(values: pa.StringArray, word_counts: object = None) -> TaxNumbers:  # noqa: ARG001 - no words in a number
    """Return distinct tax numbers for grading."""
    parts = pc.extract_regex(values, _PARTS)
    numbers, verdicts = parts.field("number"), parts.field("verdict")
    countries = parts.field("country").dictionary_encode()
    codes = np.asarray(countries.indices, dtype=np.int64)
    unknown = countries.dictionary.to_pylist().index("") if "" in countries.dictionary.to_pylist() else -1
    return TaxNumbers(
        identifier.prepared(numbers),
        np.asarray(numbers.dictionary_encode().indices, dtype=np.int64),
        np.where(codes == unknown, -1, codes),
        np.asarray(pc.equal(verdicts, "checked")),
        np.asarray(pc.equal(verdicts, "wrong")),
    )


def graded(values: TaxNumbers, left: Ints, right: Ints) -> Levels:
    """Return the level of each pair of tax numbers.

    Parameters
    ----------
    values
        What ``prepared`` made of the distinct values.
    left, right
        Positions of the two values of each pair.
    """
    is_wrong = values.is_wrong[left] | values.is_wrong[right]
    result = np.full(len(left), _DIFFERENT, dtype=np.uint8)
    # Who mistypes a number leaves most of it as it is: two that have little in common are two, whatever their check digits.
    rows = np.flatnonzero(is_wrong)
    texts_l, texts_r = (values.numbers.texts[side[rows]] for side in (left, right))
    alike = cpdist(texts_l, texts_r, scorer=OSA.normalized_similarity, dtype=np.float32)
    result[rows[alike >= _MISTYPED]] = _DIFFERENT_WRONG
    is_same = values.codes[left] == values.codes[right]
    country_l, country_r = values.countries[left], values.countries[right]
    may_be_one = (country_l == country_r) | (country_l < 0) | (country_r < 0)
    result[is_same & may_be_one] = _SAME
    result[is_same & may_be_one & is_wrong] = _NEAR
    # Check digits are made so that no wrong digit passes them.
    is_open = np.flatnonzero(~is_same & may_be_one & ~(values.is_checked[left] & values.is_checked[right]))
    result[is_open[identifier.nearly_equal(values.numbers, left[is_open], right[is_open])]] = _NEAR
    return result


def narrow(values: TaxNumbers) -> Keys:
    """Return the number without its country."""
    return keys_where(tagged("tax number", values.numbers.hashes), values.numbers.sizes > 0)


COMPARISON = Comparison(
    name="tax number",
    reads=("tax_id",),
    facet="identity",
    levels=LEVELS,
    m=(0.01, 0.005, 0.03, 0.955),
    by_place=(0.975, 0.01, 0.005, 0.01),
    by_name=(0.975, 0.01, 0.005, 0.01),
    u=(0.9889, 0.01, 0.001, 0.0001),
    standardised=standardised,
    prepared=prepared,
    graded=graded,
    narrow=narrow,
    broad=no_keys,
)
