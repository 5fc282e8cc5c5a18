"""Examples of values that fail a check, as a client may read them: odd amounts, dates, numbers and references."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.report.free_text import masked_free_text
from toolkit.report.masking import is_person_name, short_person_name
from toolkit.report.record_names import client_words, place_words, record_names, told
from toolkit.report.run import RunTables

_PLAIN = ("amount_minor", "paid_minor", "issued_on", "due_on", "paid_at", "posted_on", "number", "gl_code")
"""Columns whose values name nobody. Addresses and telephone numbers would show nothing but their masks."""
_PLACE = "\x02{}\x03"
"""Stands for a name until the rest of a sentence is masked; no text of a client holds these signs."""
_KEY = re.compile(r"(?<![^\s(“])[^\s/(“]+/[^\s/]+/[^\s,;]*[^\s,;.]")
_LIST = ("system", "stream")
_PER_CHECK = 2
_LIMIT = 8


@dataclass(frozen=True, slots=True)
class QualityExample:
    """A record, its value, and why it was put before a person."""

    record: str
    value: str
    reason: str


def quality_examples(run: RunTables) -> list[QualityExample]:
    """Return a few failing values, of as many checks as possible."""
    finding = run.table("finding")
    finding = finding.filter(pc.is_in(finding["column"], value_set=pa.array(_PLAIN)))
    by_check: dict[str, list[dict[str, Any]]] = {}
    # The table may hold a million rows; a few of each check are enough to choose from.
    for check_id in sorted(pc.unique(finding["check_id"]).to_pylist()):
        by_check[check_id] = finding.filter(pc.equal(finding["check_id"], check_id)).slice(0, _PER_CHECK).to_pylist()
    turns = [rows[turn] for turn in range(_PER_CHECK) for rows in by_check.values() if turn < len(rows)]
    chosen = sorted(turns[:_LIMIT], key=lambda row: (row["check_id"], row["record_key"]))
    names = finding_names(run, chosen)
    return [_example(run, row, names) for row in chosen]


def _example(run: RunTables, row: dict[str, Any], names: Mapping[str, str]) -> QualityExample:
    return QualityExample(
        masked_free_text(names[row["record_key"]], has_amounts=True), shown_value(row), plain_reason(run, row, names)
    )


def shown_value(row: Mapping[str, Any]) -> str:
    """Return the failing value of a finding as a client may read it.

    Parameters
    ----------
    row
        Schema FINDING.
    """
    value = row["value"] or ""
    # What people write for an account is free text; a number or an amount names nobody.
    if row["column"] == "gl_code":
        return masked_free_text(value)
    return short_person_name(value) if is_person_name(value) else told(value)


def finding_names(run: RunTables, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return what a client calls the records that findings are about, and, in short, those that their reasons name.

    Parameters
    ----------
    run
        For the client's words.
    rows
        Schema FINDING.
    """
    about = list(dict.fromkeys(row["record_key"] for row in rows))
    snapshot = run.table("snapshot")
    lists = {f"{system}/{stream}" for system, stream in zip(*(snapshot[name].to_pylist() for name in _LIST), strict=True)}
    named = [key for row in rows for key in _named_keys(row, lists) if key not in about]
    return {**record_names(run, list(dict.fromkeys(named)), is_short=True), **record_names(run, about)}


def plain_reason(run: RunTables, row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return a reason in a client's words, without what could reach a person; amounts and days as the country writes them.

    Parameters
    ----------
    run
        For the client's words.
    row
        Schema FINDING.
    names
        What a client calls each record that the reason names, by key.
    """
    reason, keys = str(row["reason"]), sorted(set(_named_keys(row, names)), key=len, reverse=True)
    # Names come in when the rest is masked: they are masked already, and many reasons differ in nothing but a name.
    for place, key in enumerate(keys):
        reason = reason.replace(key, _PLACE.format(place))
    plain = masked_free_text(told(client_words(reason)), has_amounts=True)
    for place, key in enumerate(keys):
        plain = plain.replace(_PLACE.format(place), names.get(key) or place_words(run, key))
    return plain


def _named_keys(row: Mapping[str, Any], known: Collection[str] = ()) -> list[str]:
    """Return the records that a reason names: of its own list, and those among ``known``, lists or records."""
    found = [(key, "/".join(key.split("/", 2)[:2])) for key in _KEY.findall(str(row["reason"]))]
    return [key for key, place in found if row["record_key"].startswith(f"{place}/") or place in known or key in known]
