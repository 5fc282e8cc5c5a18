"""Examples of values that fail a check, as a client may read them: odd amounts, dates, numbers and references."""

import re
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.report.free_text import masked_free_text
from toolkit.report.masking import is_person_name, masked_record_key, short_person_name
from toolkit.report.run import RunTables

_PLAIN = ("amount_minor", "paid_minor", "issued_on", "due_on", "paid_at", "posted_on", "number", "gl_code")
"""Columns whose values name nobody. Addresses and telephone numbers would show nothing but their masks."""
_PARTY = re.compile(r"\bparty\b")
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
    return [_example(run, row) for row in chosen]


def _example(run: RunTables, row: dict[str, Any]) -> QualityExample:
    label = run.label(row["record_key"].partition("/")[0])
    value = row["value"] or ""
    # What people write for an account is free text; a number or an amount names nobody.
    shown = masked_free_text(value) if row["column"] == "gl_code" else value
    return QualityExample(
        masked_record_key(row["record_key"], label=label),
        short_person_name(value) if is_person_name(value) and row["column"] != "gl_code" else shown,
        _plain_reason(run, row),
    )


def _plain_reason(run: RunTables, row: dict[str, Any]) -> str:
    """Return a reason in a client's words, without what could reach a person; amounts and dates in it stay."""
    system, stream, _ = row["record_key"].split("/", 2)
    reason = str(row["reason"]).replace(f"{system}/{stream}/", f"{run.label(system)} {stream.replace('_', ' ')} ")
    reason = _PARTY.sub("customer or supplier", reason)
    return masked_free_text(reason, has_amounts=True)
