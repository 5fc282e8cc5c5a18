"""What the values of a column look like: shares of a sample that fit each kind of value."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values import company_name, person_name

SAMPLE = 150
"""Distinct values looked at."""

_DATE = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\.?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{1,2}[-. /][^\W\d_]{3,9}\.?[-. /,]+\d{2,4}"
    r"|[^\W\d_]{3,9}\.? \d{1,2},? \d{4}|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
    r"(?:[T ,]+\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}|[A-Z]{2,4})?)?",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d{1,3}(?:[.,'’\s\u00a0\u202f]\d{2,3})*|\d+)(?:[.,]\d+)?"
_MARK = r"(?:[$€£¥₹₩₺₽₫₪฿]|[A-Z]{3}|US\$|R\$|Rs\.?|kr\.?|zł|Kč|Ft|CHF|DA|S/)"
_AMOUNT = re.compile(rf"[-+−(]?\s*(?:{_MARK}\s*)?[-+−]?\s*{_NUMBER}(?:\s*{_MARK})?\s*(?:\)|-|DR|CR|Cr|Dr)?", re.IGNORECASE)
_DECIMALS = re.compile(r"\d[.,]\d{1,2}(?!\d)")
_WHOLE = re.compile(r"\d+")
_PLAIN_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_CODE = re.compile(r"(?=[^\s]*\d)[A-Za-z0-9][A-Za-z0-9/_.:#+\-]{0,39}")
_LETTERS = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2,}")

_FLAGS = frozenset(
    ["yes", "no", "y", "n", "true", "false", "t", "f", "0", "1", "ja", "nein", "j", "oui", "non", "o", "vrai", "faux", "si", "sí", "s", "no", "verdadero", "falso", "sì", "sim", "não", "nao", "nei", "ne", "nej", "kyllä", "ei", "igen", "nem", "tak", "nie", "ano", "wahr", "falsch", "waar", "onwaar", "evet", "hayır", "on", "off", "x"]
)

_TESTS: dict[str, Callable[[str], bool]] = {
    "email": re.compile(r"[^\s@,;]+@[^\s@,;]+\.[A-Za-z]{2,}").fullmatch,
    "url": re.compile(r"(?i)(?:https?://|www\.)\S+").fullmatch,
    "domain": re.compile(r"(?i)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,12}").fullmatch,
    "phone": re.compile(r"(?:\+|00|\()?[\d][\d\s().\-/]{5,20}\d(?:\s*(?:x|ext\.?)\s*\d{1,6})?").fullmatch,
    "iban": re.compile(r"[A-Z]{2}\d{2}(?:\s?[A-Z0-9]){11,32}").fullmatch,
    "uuid": re.compile(r"(?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}").fullmatch,
    "tax_id": re.compile(r"(?=(?:\D*\d){5})(?:[A-Z]{2,3}[ -]?)?[A-Z]?\d[\dA-Z./\- ]{5,18}").fullmatch,
    "postcode": re.compile(r"(?:[A-Z]{1,2}-)?(?:\d{4,6}(?:-\d{3,4})?|\d{3} \d{2}|\d{4} ?[A-Z]{2}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]\d{2} ?[A-Z\d]{4})").fullmatch,  # noqa: E501
    "date": _DATE.fullmatch,
    "time": re.compile(r"\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s*[AaPp]\.?[Mm]\.?)?").fullmatch,
    "duration": re.compile(r"\d{1,4}:\d{2}(?::\d{2})?|(?:\d+\s*[hms]\s*){1,3}").fullmatch,
    "percent": re.compile(r"[-+]?\d+(?:[.,]\d+)?\s*%").fullmatch,
    "currency": re.compile(r"[A-Za-z]{3}|[$€£¥₹]").fullmatch,
    "amount": lambda value: bool(_AMOUNT.fullmatch(value)) and not _WHOLE.fullmatch(value),
    "number": lambda value: bool(_PLAIN_NUMBER.fullmatch(value) or _AMOUNT.fullmatch(value)),
    "whole_number": _WHOLE.fullmatch,
    "serial_date": re.compile(r"[34]\d{4}(?:[.,]\d+)?").fullmatch,
    "flag": lambda value: value.casefold() in _FLAGS,
    "id_code": lambda value: bool(_CODE.fullmatch(value)) and not _DATE.fullmatch(value),
    "words": lambda value: bool(_LETTERS.search(value)) and sum(c.isdigit() for c in value) * 3 <= len(value),
    "free_text": lambda value: len(_WORD.findall(value)) >= 2,
    "street": lambda value: bool(re.search(r"\d", value)) and bool(_WORD.search(value)) and " " in value,
    "person_name": lambda value: 1 < len(value.split()) <= 5 and not re.search(r"\d", value) and person_name.is_person_like(value),
    "company_name": lambda value: bool(_WORD.search(value)) and company_name.is_company_like(value),
}  # fmt: skip

LOOKS = (
    *_TESTS, "decimals", "given_name", "family_name", "city", "country", "region", "status_word", "whole_address", "sku", "gl_code",
)  # fmt: skip
"""Every kind of value that a semantic type may ask for."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What a column's values look like.

    ``fill`` is the share of rows with a value, ``distinct_share`` the share of filled values that are different, ``distinct`` how
    many differ. ``shares`` are over distinct values of the sample. ``is_constant``: one value throughout.
    """

    fill: float
    filled: int
    distinct: int
    distinct_share: float
    mean_length: float
    mean_words: float
    shares: dict[str, float] = field(repr=False)
    values: tuple[str, ...] = field(repr=False)

    @property
    def is_constant(self) -> bool:
        """Whether there is one value only, in more than one row."""
        return self.distinct == 1 and self.filled > 1

    def share(self, look: str) -> float:
        """Return the share of values that look like something."""
        return self.shares.get(look, 0.0)


def observed(column: pa.ChunkedArray) -> Observed:
    """Return what a column's values look like.

    Examples
    --------
    >>> seen = observed(pa.chunked_array([["a@b.com", "c@d.org", None]]))
    >>> seen.share("email"), round(seen.fill, 2), seen.distinct
    (1.0, 0.67, 2)
    """
    unique = pc.drop_null(pc.unique(column))
    filled = len(column) - column.null_count
    step = max(len(unique) // SAMPLE, 1)
    values = [text.strip() for text in unique.to_pylist()[::step][:SAMPLE]]
    values = [value[:200] for value in values if value]
    count = len(values) or 1
    shares = {name: sum(1 for value in values if test(value)) / count for name, test in _TESTS.items()} if values else {}
    if values:
        shares["decimals"] = sum(1 for value in values if _AMOUNT.fullmatch(value) and _DECIMALS.search(value)) / count
    return Observed(
        fill=filled / len(column) if len(column) else 0.0,
        filled=filled,
        distinct=len(unique),
        distinct_share=len(unique) / filled if filled else 0.0,
        mean_length=sum(map(len, values)) / count,
        mean_words=sum(len(value.split()) for value in values) / count,
        shares=shares,
        values=tuple(values),
    )
