"""A column as a page of its own: how far it is filled, how its values spread, examples, and the rows that fail.

Values are masked as everywhere in a client's report; where nothing says that a column names or reaches nobody, only the
shapes of its values are shown.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from toolkit.report.blocks import Bars, Details, Note, Paragraph, Table
from toolkit.report.examples import field_words
from toolkit.report.free_text import masked_free_text
from toolkit.report.masking import HIDDEN, is_person_name, masked_value, short_person_name
from toolkit.report.quality_examples import plain_reason, shown_value
from toolkit.report.record_names import counted_text, quoted_number, written_amount
from toolkit.report.run import RunTables
from toolkit.report.shown import share_text
from toolkit.values.written import day_text

_OURS = frozenset({"state", "kind", "roles", "offset_minutes", "record_id", "party_ref", "party_key", "parent_ref"})
"""Columns that we fill by ourselves, and those of a system's own ids."""
_PLAIN = frozenset({"status", "currency", "country", "region", "city", "postcode", "method", "code", "department"})
_FLAGS = frozenset({"is_won", "is_active"})
_FLAGS_WORDS = {"true": "yes", "false": "no"}
_NUMBERED = frozenset({"number", "reference", "invoice_ref", "deal_ref"})
_NAMES = frozenset({"name", "company_name", "party_name", "owner", "created_by"})
_TEXTS = frozenset({"gl_code", "account"})
_WORDS = {
    "party_name": "customer or supplier", "party_ref": "reference to the customer or supplier",
    "invoice_ref": "invoice that it belongs to", "deal_ref": "deal that it belongs to",
    "reference": "number of another document", "is_won": "won", "is_active": "in use", "created_at": "created",
    "updated_at": "changed last", "rate_minor_per_hour": "rate an hour", "issued_on": "date",
    "due_on": "due", "closed_at": "closed", "paid_at": "paid on", "posted_on": "booked", "opened_at": "opened",
    "resolved_at": "solved", "started_at": "started", "completed_at": "finished", "spent_on": "spent on",
}  # fmt: skip
_LONGEST = 44
_WHOLE = 10_000
"""From so many minor units on, the ends of a class need no cents."""


def is_told(column: str) -> bool:
    """Whether a client knows a column: neither one of ours nor a system's own id.

    Examples
    --------
    >>> is_told("email"), is_told("record_id")
    (True, False)
    """
    return column not in _OURS


def column_words(column: str) -> str:
    """Return a column's name in a client's words.

    Examples
    --------
    >>> column_words("paid_minor"), column_words("is_won"), column_words("gl_code")
    ('paid', 'won', 'ledger account')
    """
    return _WORDS.get(column) or field_words(column.removesuffix("_minor"))


def anchor_of(profile: Mapping[str, Any]) -> str:
    """Return the name by which the page of a column is found."""
    return "column-" + "-".join(str(profile[one]) for one in ("system", "stream", "column"))


def column_page(
    run: RunTables,
    profile: Mapping[str, Any],
    findings: Sequence[Mapping[str, Any]],
    names: Mapping[str, str],
    *,
    failing_count: int,
) -> Details:
    """Return what a column holds and which of its rows fail.

    Parameters
    ----------
    run
        For the client's words.
    profile
        Schema COLUMN_PROFILE.
    findings
        Schema FINDING, those of this column.
    names
        What a client calls each record that the findings name, by key.
    failing_count
        How many findings there are in all.
    """
    filled = profile["fill_share"]
    facts = "empty" if not filled else f"{share_text(filled)} filled · {counted_text(profile['distinct'])} different"
    return Details(
        column_words(profile["column"]),
        facts,
        (*_values(run, profile), *_failing(run, findings, names, failing_count)),
        failing=f"{counted_text(failing_count)} to look at" if failing_count else "",
        anchor=anchor_of(profile),
    )


def _values(run: RunTables, profile: Mapping[str, Any]) -> list[Paragraph | Table | Bars | Note]:
    column = str(profile["column"])
    blocks: list[Paragraph | Table | Bars | Note] = []
    span = _span(run, profile)
    if span:
        blocks.append(Paragraph((span,)))
    classes = json.loads(profile["histogram"]) if profile["histogram"] else []
    if classes:
        rows = tuple(
            (f"{_written(run, column, low)} to {_written(run, column, high)}", count, counted_text(count))
            for low, high, count in classes
        )
        return [*blocks, Bars("How they spread", rows)]
    shown = [(_masked(run, column, value), count) for value, count in json.loads(profile["top_values"] or "[]")]
    readable = [(value, count) for value, count in shown if value and HIDDEN not in value]
    if readable and len(readable) == len(shown):
        title = "The most common values" if profile["distinct"] < profile["filled"] else "Examples"
        blocks.append(_bars(title, readable))
    elif profile["shapes"]:
        blocks.append(_bars("How they are written (A a letter, 9 a digit)", json.loads(profile["shapes"])))
    return blocks


def _bars(title: str, counts: Sequence[Sequence[Any]]) -> Bars:
    return Bars(title, tuple((_cut(value), count, counted_text(count)) for value, count in counts))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _span(run: RunTables, profile: Mapping[str, Any]) -> str:
    column = str(profile["column"])
    if not (_is_number(column) or _is_day(column)) or profile["minimum"] is None:
        return ""
    return f"From {_written(run, column, profile['minimum'])} to {_written(run, column, profile['maximum'])}."


def _is_number(column: str) -> bool:
    return "_minor" in column


def _is_day(column: str) -> bool:
    return column.endswith(("_on", "_at"))


def _written(run: RunTables, column: str, value: Any) -> str:
    """Return an amount or a day of a column as the reader's country writes it."""
    if _is_day(column):
        return day_text(date.fromisoformat(str(value)[:10]), is_short=True)
    if _is_number(column):
        return written_amount(round(float(value)), run.currency, is_whole=abs(float(value)) >= _WHOLE)
    return counted_text(float(value))


def _masked(run: RunTables, column: str, value: str | None) -> str:
    """Return a value as a client may read it; empty where only its shape may be shown."""
    text = value or ""
    if _is_number(column) or _is_day(column):
        return _written(run, column, text)
    if column in _FLAGS:
        return _FLAGS_WORDS.get(text.casefold(), "")
    if column in _PLAIN | _TEXTS:
        return short_person_name(text) if is_person_name(text) and column not in _PLAIN else masked_free_text(text)
    if column in _NUMBERED:
        return quoted_number({"number": text})
    if column in _NAMES:
        kind = run.name_words.kind(text)
        return masked_value("name", text, kind="person" if kind == "unknown" and is_person_name(text) else kind)
    return ""


def _failing(
    run: RunTables, findings: Sequence[Mapping[str, Any]], names: Mapping[str, str], count: int
) -> list[Paragraph | Table | Bars | Note]:
    if not findings:
        return []
    rows = tuple((names[row["record_key"]], _failing_value(row), plain_reason(run, row, names)) for row in findings)
    return [Table(("Record", "Value", "Why we ask"), rows, caption="Rows to look at", row_count=count)]


def _failing_value(row: Mapping[str, Any]) -> str:
    column = str(row["column"])
    if _is_number(column) or _is_day(column) or column in _PLAIN | _NUMBERED | _TEXTS:
        return masked_free_text(shown_value(row), has_amounts=True)
    return (
        masked_value(column if column in {"email", "phone"} else "name", row["value"], kind="person") if row["value"] else ""
    )
