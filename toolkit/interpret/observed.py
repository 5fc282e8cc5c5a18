"""What the values of a column look like: shares of a sample that fit each kind of value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.digits import plain_digits
from toolkit.values.looks import looks_of

SAMPLE = 120
"""Distinct values looked at."""
_MAX_LENGTH = 200

_MARK = r"(?:[$€£¥₹₩₺₽₫₪฿]|[A-Za-z]{1,3}\.?|US\$|R\$|S/)"
_NUMBER = re.compile(
    rf"[-+−(]?\s*(?:{_MARK}\s*)?[-+−]?\s*(?:\d{{1,3}}(?:[.,'’\s\u00a0\u202f]\d{{2,3}})+|\d+)(?:[.,]\d+)?(?:\s*{_MARK})?\s*(?:\)|-)?"
)
_DECIMALS = re.compile(r"\d[.,]\d{1,2}(?!\d)")
_CODE = re.compile(r"[A-Za-z]+-|[A-Za-z]+\d+$")
"""INV-1001 and K12 are no amounts of money."""
_LETTERS = re.compile(r"[^\W\d_]")
_EXTRA = ("number", "decimals", "words")

LOOKS = (*sorted(looks_of(()).shares), *_EXTRA)
"""Every kind of value that a semantic type may ask for."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What a column's values look like.

    ``fill`` is the share of rows with a value, ``distinct_share`` the share of filled values that are different,
    ``distinct`` how many differ; ``is_counter``: the values are 1, 2, 3 … down the rows. ``shares`` are over distinct values
    of the sample.
    """

    fill: float
    filled: int
    distinct: int
    distinct_share: float
    mean_length: float
    mean_words: float
    is_counter: bool
    shares: Mapping[str, float] = field(repr=False)
    values: tuple[str, ...] = field(repr=False)

    @property
    def is_constant(self) -> bool:
        """Whether there is one value only, in more than one row."""
        return self.distinct == 1 and self.filled > 1

    def share(self, look: str) -> float:
        """Return the share of values that look like something."""
        return self.shares.get(look, 0.0)


def observed(column: pa.ChunkedArray, *, sample: int = SAMPLE) -> Observed:
    """Return what a column's values look like.

    Examples
    --------
    >>> seen = observed(pa.chunked_array([["a@b.com", "c@d.org", None]]))
    >>> seen.share("email"), round(seen.fill, 2), seen.distinct
    (1.0, 0.67, 2)
    """
    unique = pc.drop_null(pc.unique(column)).to_pylist()
    filled = len(column) - column.null_count
    step = max(len(unique) // sample, 1)
    values = [value for text in unique[::step][:sample] if (value := text.strip()[:_MAX_LENGTH])]
    # Samples are shown as they stand; digits of other scripts are judged as the ten of ASCII.
    judged = [plain_digits(value) for value in values]
    looks = looks_of(judged)
    count = len(values) or 1
    numbers = [value for value in judged if _NUMBER.fullmatch(value) and not _CODE.match(value)]
    extra = {
        "date": min(looks.shares["date"] + looks.shares["instant"], 1.0),
        "number": len(numbers) / count,
        "decimals": sum(1 for value in numbers if _DECIMALS.search(value)) / count,
        "words": sum(1 for value in values if _is_words(value)) / count,
    }
    return Observed(
        fill=filled / len(column) if len(column) else 0.0,
        filled=filled,
        distinct=len(unique),
        distinct_share=len(unique) / filled if filled else 0.0,
        mean_length=looks.mean_length,
        mean_words=looks.mean_words,
        is_counter=len(unique) > 2 and unique[:10] == [str(place) for place in range(1, min(len(unique), 10) + 1)],
        shares={**looks.shares, **extra} if values else {},
        values=tuple(values),
    )


def _is_words(value: str) -> bool:
    """Return whether a value is made of letters rather than of digits."""
    return bool(_LETTERS.search(value)) and 3 * sum(map(str.isdigit, value)) <= len(value)
