"""Values that are not written as they must be: addresses, numbers, codes and text that was decoded wrongly."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from html import unescape

import numpy as np
import numpy.typing as npt

from toolkit.quality.outcome import Finding, Outcome
from toolkit.quality.streams import Stream, encoded, is_filled, verdicts
from toolkit.values import country as countries
from toolkit.values import currency as currencies
from toolkit.values import domain, email, phone, postcode, tax_id

_Judge = Callable[[Sequence[str | None], str | None], Sequence[str | None]]

_WORDS = {
    "email": "e-mail address", "phone": "telephone number", "postcode": "postcode", "tax_id": "tax number",
    "currency": "currency", "country": "country", "website": "web site",
}  # fmt: skip

_JUDGES: dict[str, tuple[_Judge, str]] = {
    "email": (lambda values, _: email.judged(values), "medium"),
    "phone": (lambda values, code: phone.judged(values, country=code), "medium"),
    "postcode": (lambda values, code: postcode.judged(values, country=code), "low"),
    "tax_id": (lambda values, code: tax_id.judged(values, country=code), "high"),
    "currency": (lambda values, code: currencies.judged(values, country=code), "high"),
    "country": (lambda values, _: countries.judged(values), "low"),
    "website": (lambda values, _: domain.judged(values), "low"),
}

_BY_COUNTRY = ("phone", "postcode", "tax_id")

_TEXT_COLUMNS = ("name", "company_name", "party_name", "street", "city", "description")

# UTF-8 read as Windows-1252, the replacement sign, control signs, and HTML left in plain text.
_DAMAGED = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]|\u00e2\u20ac"
    "|\ufffd|[\x00-\x08\x0b\x0c\x0e-\x1f]|&(?:amp|quot|apos|lt|gt|nbsp|#\\d{2,5});"
)


def format_outcomes(stream: Stream, *, country: str | None) -> list[Outcome]:
    """Return one outcome per column of the stream whose form can be judged and that is filled somewhere.

    Parameters
    ----------
    stream
        Live records of one stream.
    country
        Two-letter code of the client's country: what a record without a country is read by. Null: such telephone
        numbers are judged by length only, such postcodes and tax numbers not at all.
    """
    outcomes = []
    for column, (judge, severity) in _JUDGES.items():
        if column not in stream.table.column_names:
            continue
        rows = np.flatnonzero(is_filled(stream.table[column]))
        if not len(rows):
            continue
        failing, count = _judged_rows(stream, column, judge, rows, country)
        if not count:
            continue
        words = _WORDS[column]
        keys = stream.keys_at([row for row, _, _ in failing])
        outcomes.append(
            Outcome(
                system=stream.system,
                stream=stream.name,
                column=column,
                rule="format",
                label=f"{stream.noun.capitalize()} whose {words} is not well formed",
                severity=severity,
                checked=count,
                findings=[
                    Finding(key, value, reason, _suggestion(column, value, country))
                    for key, (_, value, reason) in zip(keys, failing, strict=True)
                ],
            )
        )
    return [*outcomes, *_text_outcomes(stream)]


def _judged_rows(
    stream: Stream, column: str, judge: _Judge, rows: npt.NDArray[np.int64], country: str | None
) -> tuple[list[tuple[int, str, str]], int]:
    """Return the failing rows in order, and how many rows could be judged at all."""
    values = stream.table[column]
    if column not in _BY_COUNTRY:
        return verdicts(values, partial(_asked, judge, country), rows), len(rows)
    failing: list[tuple[int, str, str]] = []
    count = 0
    for code, members in _rows_by_country(stream, rows, country):
        if not _can_judge(column, code):
            continue
        count += len(members)
        faults = verdicts(values, partial(_asked, judge, code), members)
        failing.extend(fault for fault in faults if not _is_right_elsewhere(column, fault[1], code, country))
    return sorted(failing), count


def _asked(judge: _Judge, code: str | None, values: list[str]) -> Sequence[str | None]:
    return judge(values, code)


def _rows_by_country(
    stream: Stream, rows: npt.NDArray[np.int64], default: str | None
) -> list[tuple[str | None, npt.NDArray[np.int64]]]:
    """Group rows by their record's country; without one by the client's; an unknown country is nobody's."""
    if "country" not in stream.table.column_names:
        return [(default, rows)]
    written, codes = encoded(stream.table["country"])
    known = [
        default if not text.strip() else code for text, code in zip(written, countries.standardised(written), strict=True)
    ]
    of_row = np.array([*known, default], dtype=object)[codes[rows]]
    return [(code, rows[np.array([one == code for one in of_row])]) for code in dict.fromkeys(of_row.tolist())]


def _can_judge(column: str, code: str | None) -> bool:
    if column == "tax_id":
        return tax_id.is_checkable(code)
    if column == "postcode":
        return postcode.is_checkable(code)
    return True


def _is_right_elsewhere(column: str, value: str, code: str | None, default: str | None) -> bool:
    """A number may be of the client's country though the record is abroad, a postcode may tell a foreign address."""
    if column == "phone" and default not in (None, code):
        return phone.judged([value], country=default)[0] is None
    if column == "postcode":
        abroad = {"CA", "GB", "NL"} - {code}
        return any(postcode.judged([value], country=one)[0] is None for one in abroad)
    return False


def _suggestion(column: str, value: str, country: str | None) -> str | None:
    if column == "postcode":
        return postcode.suggested(value, country=country)
    if column == "currency":
        return currencies.currency_code(value, country=country)
    return None


def _text_outcomes(stream: Stream) -> list[Outcome]:
    outcomes = []
    for column in _TEXT_COLUMNS:
        if column not in stream.table.column_names:
            continue
        rows = np.flatnonzero(is_filled(stream.table[column]))
        if not len(rows):
            continue
        failing = verdicts(stream.table[column], _damage, rows)
        keys = stream.keys_at([row for row, _, _ in failing])
        outcomes.append(
            Outcome(
                system=stream.system,
                stream=stream.name,
                column=column,
                rule="format",
                label=f"{stream.noun.capitalize()} with damaged characters in {column.replace('_', ' ')}",
                severity="medium",
                checked=len(rows),
                findings=[
                    Finding(key, value, reason, _mended(value))
                    for key, (_, value, reason) in zip(keys, failing, strict=True)
                ],
            )
        )
    return outcomes


def _damage(values: list[str]) -> list[str | None]:
    joined_reason = "Some characters were damaged when the text was copied or exported."
    return [joined_reason if _DAMAGED.search(value) else None for value in values]


def _mended(value: str) -> str | None:
    """Undo one wrong decoding; null where that does not give clean text."""
    text = unescape(value)
    with suppress(UnicodeError):
        text = text.encode("cp1252").decode("utf-8")
    return text if text != value and not _DAMAGED.search(text) else None
