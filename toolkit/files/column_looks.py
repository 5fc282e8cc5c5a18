"""What the values of a column look like: addresses, dates, amounts, numbers that name a row."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.files.forms import trimmed
from toolkit.values.date import date_column
from toolkit.values.money import money_column

_SAMPLE = 2_000

_PATTERNS = {
    "email": r"^[^\s@,;]+@[^\s@,;]+\.[A-Za-z]{2,}$",
    "url": r"(?i)^(?:https?://|www\.)\S+$|^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|io|co|uk|de|biz|info|us|ca|au)$",
    "phone": r"^(?:\+|00)?[\d\s().\-/]{7,20}(?:\s*(?:x|ext\.?)\s*\d{1,6})?$",
    "postcode": r"^\d{5}(?:-\d{4})?$|^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$|^[A-Z]\d[A-Z] ?\d[A-Z]\d$",
    "integer": r"^\d+$",
    "decimal": r"[.,]\d{1,2}\)?-?$",
    "letters": r"[A-Za-z]",
    "code": r"^[A-Za-z0-9][A-Za-z0-9/_.#-]{0,24}$",
}


@dataclass(frozen=True, slots=True)
class Looks:
    """Shares (0 to 1) of a column's filled values that look like something.

    ``fill`` is the share of rows with a value, ``distinct`` the share of filled values that are different,
    over all rows; the others are over a sample of the different values.
    """

    fill: float
    distinct: float
    email: float
    url: float
    phone: float
    postcode: float
    integer: float
    decimal: float
    letters: float
    code: float
    date: float
    amount: float


def column_looks(cells: pa.ChunkedArray) -> Looks:
    """Return what the values of a column look like.

    Examples
    --------
    >>> looks = column_looks(pa.chunked_array([["a@b.com", "c@d.org", None]]))
    >>> looks.email, looks.distinct, round(looks.fill, 2)
    (1.0, 1.0, 0.67)
    """
    different = pc.unique(cells)
    distinct = pc.drop_null(different)
    filled = len(cells) - cells.null_count
    sample = pc.drop_null(trimmed(distinct.slice(0, _SAMPLE)))
    shares = {name: _share(pc.match_substring_regex(sample, pattern)) for name, pattern in _PATTERNS.items()}
    dates = date_column(sample, country="GB")
    amounts = money_column(sample, "USD")
    is_date = pc.and_(pc.is_valid(dates.instants), pc.match_substring_regex(sample, r"\D"))
    # What can be read as a date ("2026.10") counts as one, unless it is plainly a number.
    is_amount = pc.and_(
        pc.is_valid(amounts.minor), pc.or_(pc.invert(is_date), pc.match_substring_regex(sample, r"^-?\d+[.,]\d{1,2}$"))
    )
    return Looks(
        fill=filled / len(cells) if len(cells) else 0.0,
        distinct=len(distinct) / filled if filled else 0.0,
        date=_share(is_date),
        amount=_share(is_amount),
        **shares,
    )


def _share(flags: pa.Array) -> float:
    return float(pc.mean(flags.cast(pa.int8())).as_py() or 0.0) if len(flags) else 0.0
