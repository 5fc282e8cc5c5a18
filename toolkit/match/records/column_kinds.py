"""The kinds of column that can be compared, and whether values look like the kind that a column was given.

Which kind a column has is told from outside: matching reads no headers.
"""

import re
from collections.abc import Callable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.domain import domain_of
from toolkit.values.email import address_in
from toolkit.values.phone import national_digits
from toolkit.values.placeholder import is_placeholder

NOT_COMPARED = "none"
"""The kind of a column that takes no part."""

KINDS = (
    "company", "person", "name", "given_name", "family_name", "contact", "email", "phone", "domain", "street", "city",
    "region", "postcode", "country", "tax_id", "identifier", "reference", "product_code", "date", "amount", "price",
    "title", "feature", "people", "year", "text", "category", NOT_COMPARED,
)  # fmt: skip
"""Every kind a column may be given; ``country`` is known but not compared."""

MIN_FITTING_SHARE = 0.5
"""Share of values that look like a kind from which on a column is believed to have it."""

_MAX_LOOKED_AT = 1_000
_DATE = re.compile(r"\d{4}[-/.]?\d{1,2}[-/.]?\d{1,2}(?:[t ].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_NUMBER = re.compile(r"[-+(]?[^\w]?\d[\d.,' ]*\)?")

_FITS: dict[str, Callable[[str], bool]] = {
    "email": lambda value: address_in(value) is not None,
    "phone": lambda value: national_digits(value) is not None,
    "domain": lambda value: domain_of(value) is not None,
    "postcode": lambda value: len(value) <= 12 and any(character.isdigit() for character in value),
    "tax_id": lambda value: sum(character.isdigit() for character in value) >= 5,
    "product_code": lambda value: len(value) <= 40 and any(character.isdigit() for character in value),
    "identifier": lambda value: any(character.isdigit() for character in value),
    "date": lambda value: _DATE.fullmatch(value) is not None,
    "amount": lambda value: _NUMBER.fullmatch(value) is not None,
    "price": lambda value: _NUMBER.fullmatch(value) is not None,
    "year": lambda value: _YEAR.search(value) is not None,
    "city": lambda value: sum(character.isdigit() for character in value) <= 2,
    "given_name": lambda value: not any(character.isdigit() for character in value),
    "family_name": lambda value: not any(character.isdigit() for character in value),
    "person": lambda value: not any(character.isdigit() for character in value),
    "contact": lambda value: not any(character.isdigit() for character in value),
}


def fitting_share(kind: str, values: Sequence[str]) -> float:
    """Return the share of values that look like a kind; 1 for a kind without a look of its own, 0 without values.

    Examples
    --------
    >>> fitting_share("email", ["jo@acme.com", "call her"]), fitting_share("company", ["Acme"]), fitting_share("city", [])
    (0.5, 1.0, 0.0)
    """
    return sum(map(_FITS.get(kind, lambda _: True), values)) / len(values) if values else 0.0


def distinct_values(column: pa.ChunkedArray) -> list[str]:
    """Return different values of a column, fillers left out; of very many some, taken from all over it.

    Examples
    --------
    >>> distinct_values(pa.chunked_array([["Acme ", "n/a", None, "Acme "]]))
    ['Acme']
    """
    distinct = pc.unique(pc.cast(column, pa.string()).drop_null()).to_pylist()
    step = max(len(distinct) // _MAX_LOOKED_AT, 1)
    return [value.strip() for value in distinct[::step] if not is_placeholder(value)][:_MAX_LOOKED_AT]


def told_kind_warning(column: str, kind: str, values: pa.ChunkedArray) -> str | None:
    """Return what is odd about a kind that a column was given, in a sentence; None where its values look like it.

    Parameters
    ----------
    column, kind
        The column, and the kind that a person gave it.
    values
        Its cells.

    Examples
    --------
    >>> told_kind_warning("Fax", "phone", pa.chunked_array([["Acme Ltd", "Zorro"]]))
    "Column 'Fax' was given the kind 'phone', but none of its values looks like it."
    >>> told_kind_warning("Fax", "phone", pa.chunked_array([["312 644 2671"]])) is None
    True
    """
    if kind == NOT_COMPARED:
        return None
    sample = distinct_values(values)
    if not sample:
        return f"Column {column!r} was given the kind {kind!r}, but it has no values."
    share = fitting_share(kind, sample)
    if share >= MIN_FITTING_SHARE:
        return None
    seen = f"only {share:.0%} of its values look like it".replace("%", " %") if share else "none of its values looks like it"
    return f"Column {column!r} was given the kind {kind!r}, but {seen}."
