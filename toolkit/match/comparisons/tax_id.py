"""Tax number: one party has one; two that differ by more than a typing error keep records apart, whatever else agrees."""

import re
from collections.abc import Sequence

from toolkit.match.comparison import Columns, Comparison, no_keys
from toolkit.match.comparisons import identifier
from toolkit.values.text import each_distinct

CONFLICT_LEVEL = 1
"""The level that cuts a cluster."""

_PREFIX = re.compile(r"^(?:vat|ein|abn|tin|ust|id|no|nr|reg)+")
_COUNTRY = re.compile(r"^[a-z]{2}(?=\d{7,})")


def _number(value: str) -> str | None:
    text = identifier.bare(value)
    if text is None:
        return None
    number = _COUNTRY.sub("", _PREFIX.sub("", text))
    return number if sum(character.isdigit() for character in number) >= 5 else None


def standardised(columns: Columns) -> list[str | None]:
    """Return each number without separators, country prefix and words such as VAT."""
    return each_distinct(columns["tax_id"], _number)


def narrow(values: Sequence[str]) -> list[list[str]]:
    """Return the number."""
    return [[value] for value in values]


COMPARISON = Comparison(
    name="tax number",
    reads=("tax_id",),
    facet="identity",
    levels=("different numbers", "one or two characters apart", "same number"),
    m=(0.01, 0.03, 0.96),
    by_place=(0.985, 0.005, 0.01),
    by_name=(0.985, 0.005, 0.01),
    u=(0.99889, 0.001, 0.00011),
    standardised=standardised,
    graded=identifier.graded,
    narrow=narrow,
    broad=no_keys,
)
