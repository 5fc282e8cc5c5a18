"""Values that are not written as they must be: addresses, numbers and codes, some by the record's own country."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from toolkit.quality.check import Check, Judged, failing_rows
from toolkit.quality.evidence import Evidence
from toolkit.quality.streams import Rows, Stream, coded, is_filled, verdicts
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


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield every column of each stream whose form can be judged and that is filled somewhere.

    Where nobody knows a country, telephone numbers are judged by length only, postcodes and tax numbers not at all.
    """
    for stream in evidence.streams:
        for column, (judge, severity) in _JUDGES.items():
            if column not in stream.table.column_names:
                continue
            rows = np.flatnonzero(is_filled(stream.table[column]))
            failing, count = _judged_rows(stream, column, judge, rows, evidence.country)
            if not count:
                continue
            places = np.array([row for row, _, _ in failing], dtype=np.int64)
            suggestions = [_suggestion(column, value, evidence.country) for _, value, _ in failing]
            found = failing_rows(
                stream, places, [value for _, value, _ in failing], [reason for _, _, reason in failing], suggestions
            )
            yield Judged(stream, column, f"whose {_WORDS[column]} is not well formed", severity, count, found)


def _judged_rows(
    stream: Stream, column: str, judge: _Judge, rows: Rows, country: str | None
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
        # Records abroad keep the telephone of their office at home.
        failing.extend(fault for fault in faults if not _is_right_elsewhere(column, fault[1], code, country))
    return sorted(failing), count


def _asked(judge: _Judge, code: str | None, values: list[str]) -> Sequence[str | None]:
    return judge(values, code)


def _rows_by_country(stream: Stream, rows: Rows, default: str | None) -> list[tuple[str | None, Rows]]:
    """Group rows by their record's country; without one by the client's; an unknown country is nobody's."""
    if "country" not in stream.table.column_names:
        return [(default, rows)]
    different, codes = coded(stream.table["country"])
    written = different.to_pylist()
    known = [
        default if not text.strip() else code for text, code in zip(written, countries.standardised(written), strict=True)
    ]
    countries_met = list(dict.fromkeys([*known, default]))
    place = np.array([countries_met.index(code) for code in (*known, default)])[codes[rows]]
    return [(countries_met[one], rows[place == one]) for one in np.unique(place).tolist()]


def _can_judge(column: str, code: str | None) -> bool:
    if column == "tax_id":
        return tax_id.is_checkable(code)
    if column == "postcode":
        return postcode.is_checkable(code)
    return True


def _is_right_elsewhere(column: str, value: str, code: str | None, default: str | None) -> bool:
    """A number may be of the client's country though the record is abroad, a postcode may tell a foreign address."""
    if column == "phone" and default not in (None, code):
        return list(phone.judged([value], country=default)) == [None]
    if column == "postcode":
        abroad = {"CA", "GB", "NL"} - {code}
        return any(list(postcode.judged([value], country=one)) == [None] for one in abroad)
    return False


def _suggestion(column: str, value: str, country: str | None) -> str | None:
    if column == "postcode":
        return postcode.suggested(value, country=country)
    if column == "currency":
        return currencies.currency_code(value, country=country)
    return None


CHECK = Check(
    rule="format",
    label="Values that are not well formed",
    fails_when="an e-mail address, web site, telephone number, postcode, tax number, country or currency is not written as "
    "it must be",
    severities=("high", "medium", "low"),
    judged=judged,
    round=1,
    turn=3,
)
