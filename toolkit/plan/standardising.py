"""One writing for one thing: telephone numbers, addresses of mail and web, countries, regions, postcodes, spaces, capitals.

Only what is certain: a value that may mean something else, or that would lose a part, stays as it is.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.plan.cleanup_rules import CleanupRules
from toolkit.plan.standard_places import common_countries, common_regions, country_codes, standard_postcode
from toolkit.plan.target_records import Change, TargetRecords
from toolkit.values import email, phone
from toolkit.values.cells import each_text

INTERNATIONAL = "The phone number is written in international form."
SMALL_LETTERS = "The e-mail address is written in small letters."
WEBSITE = "The web site is written as this system mostly writes it."
COUNTRY = "The country is written as this system mostly writes it."
REGION = "The region is written as this system mostly writes it."
POSTCODE = "The postcode is written as its country writes it."
SPACES = "There are no needless spaces in it."

_SPACED = ("name", "given_name", "family_name", "street", "city")
_ONE_NUMBER = re.compile(r"\s*(?:\+|00)?[\d\s().-]*\d\s*")
_SITE = re.compile(r"\s*(https?://)?(www\.)?([^\s/?#@:]+\.[^\s/?#@:.]+?)(/[^\s]*)?\s*", re.IGNORECASE)
_FEWEST_BARE, _BARE_SHARE = 10, 0.9
_SPACE = re.compile(r"[^\S\r\n]+")
_AROUND_LINE = re.compile(r" ?(\r?\n|\r) ?")
"""A cell of several lines keeps them: a whole address in one is read line by line."""


def standardised(records: TargetRecords, rules: CleanupRules) -> list[Change]:
    """Return what is written otherwise than it should be in the target's parties.

    Parameters
    ----------
    records
        Parties of the target, with all other changes made.
    rules
        Which values are standardised.
    """
    found: list[Change] = []
    if "spaces" in rules.standardise:
        for column in _SPACED:
            found += _changes(records, column, each_text(records.texts(column), _single_spaced), SPACES)
    codes = country_codes(records.texts("country"), rules.home_country)
    if "phone" in rules.standardise:
        numbers = _by_code(records.texts("phone"), codes, _phone)
        found += _changes(records, "phone", numbers, INTERNATIONAL)
    if "email" in rules.standardise:
        found += _changes(records, "email", each_text(records.texts("email"), _email), SMALL_LETTERS)
    if "website" in rules.standardise:
        found += _changes(records, "website", _by_stream(records, "website", _sites), WEBSITE)
    if "country" in rules.standardise:
        found += _changes(records, "country", _by_stream(records, "country", common_countries), COUNTRY)
    if "region" in rules.standardise:
        regions = _by_stream(records, "region", lambda own, rows: common_regions(own, [codes[row] for row in rows]))
        found += _changes(records, "region", regions, REGION)
    if "postcode" in rules.standardise:
        written = zip(records.texts("postcode").to_pylist(), codes, records.texts("region").to_pylist(), strict=True)
        postcodes = [None if value is None else standard_postcode(value, code, region) for value, code, region in written]
        found += _changes(records, "postcode", pa.array(postcodes, pa.string()), POSTCODE)
    return found


def _changes(records: TargetRecords, column: str, standard: pa.StringArray, reason: str) -> list[Change]:
    """Return the changes of a column; null in ``standard`` is no change."""
    is_other = pc.fill_null(pc.not_equal(records.texts(column), standard), False)
    rows = np.flatnonzero(np.asarray(is_other))
    values = standard.take(pa.array(rows)).to_pylist()
    return [Change(row, column, value, (reason,)) for row, value in zip(rows.tolist(), values, strict=True)]


def _by_stream(
    records: TargetRecords, column: str, judge: Callable[[list[str | None], list[int]], list[str | None]]
) -> pa.StringArray:
    """Return what ``judge`` gives for the values of each stream by itself."""
    texts = records.texts(column).to_pylist()
    rows: dict[str, list[int]] = {}
    for row, stream in enumerate(records.streams):
        rows.setdefault(stream, []).append(row)
    result: list[str | None] = [None] * len(texts)
    for own in rows.values():
        for row, value in zip(own, judge([texts[row] for row in own], own), strict=True):
            result[row] = value
    return pa.array(result, pa.string())


def _by_code(
    texts: pa.StringArray, codes: Sequence[str | None], judge: Callable[[str, str | None], str | None]
) -> pa.StringArray:
    """Return what ``judge`` gives for each value and country; every two are judged once."""
    known: dict[tuple[str, str | None], str | None] = {}
    result: list[str | None] = []
    for value, code in zip(texts.to_pylist(), codes, strict=True):
        if value is None:
            result.append(None)
            continue
        key = value, code
        if key not in known:
            known[key] = judge(value, code)
        result.append(known[key])
    return pa.array(result, pa.string())


def _phone(value: str, code: str | None) -> str | None:
    """Return a number in international form; None for several, for one with an extension, or of nowhere."""
    is_abroad = value.strip().startswith(("+", "00"))
    if not _ONE_NUMBER.fullmatch(value) or len(phone.numbers_in(value)) != 1 or (code is None and not is_abroad):
        return None
    return phone.formatted([value], country=code)[0]


def _email(value: str) -> str | None:
    trimmed = value.strip()
    return trimmed.lower() if email.judged([trimmed])[0] is None else None


def _single_spaced(value: str) -> str | None:
    return _AROUND_LINE.sub(r"\1", _SPACE.sub(" ", value)).strip() or None


def _sites(values: list[str | None], _rows: list[int]) -> list[str | None]:
    """Return web sites with a host in small letters, and bare where nine in ten of the stream are bare."""
    parts = [_SITE.fullmatch(value) if value else None for value in values]
    known = [one for one in parts if one]
    bare = sum(not one[1] and not one[2] for one in known)
    is_bare = len(known) >= _FEWEST_BARE and bare >= _BARE_SHARE * len(known)
    result: list[str | None] = []
    for one in parts:
        if one is None:
            result.append(None)
            continue
        path = one[4] or ""
        is_root = path in {"", "/"}
        front = "" if is_bare and is_root else f"{one[1] or ''}{one[2] or ''}".lower()
        result.append(f"{front}{one[3].lower()}{'' if is_root else path}")
    return result
