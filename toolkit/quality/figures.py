"""The figures of data quality: a score per system, failing values per rule, fill of the columns that matter.

The score is the share of checked values that pass: values that were judged by some check, less those that fail it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from toolkit.quality.all_checks import all_checks
from toolkit.quality.requirements import REQUIRED
from toolkit.query import quoted_text
from toolkit.rates import wilson_interval
from toolkit.tables import FIGURE

_CONTACT_COLUMNS = ("email", "phone", "tax_id", "postcode")

_COLUMN_WORDS = {
    "name": "name", "email": "e-mail address", "phone": "telephone number", "tax_id": "tax number", "postcode": "postcode",
    "code": "code", "number": "number", "amount_minor": "amount", "issued_on": "date", "due_on": "due date",
    "party_ref": "customer or supplier", "currency": "currency", "gl_code": "ledger account", "paid_at": "payment date",
    "posted_on": "date", "spent_on": "date", "description": "text", "department": "department",
}  # fmt: skip


def quality_figures(
    checks: pa.Table,
    profiles: pa.Table,
    *,
    snapshots: Mapping[str, Iterable[str]] | None = None,
    system_labels: Mapping[str, str] | None = None,
) -> pa.Table:
    """Return the FIGURE rows of data quality.

    Parameters
    ----------
    checks, profiles
        Tables CHECK and COLUMN_PROFILE of one run.
    snapshots
        Names of the snapshots of each system, which its figures rest on.
    system_labels
        The client's words for a system; by default its name.

    Returns
    -------
    ``quality.score`` and ``quality.score.<system>`` (share), ``quality.failing.<rule>`` (count) and
    ``quality.fill.<system>.<stream>.<column>`` (share) of the columns that matter; shares with Wilson 95 % limits.
    """
    rows = checks.to_pylist()
    taken = {system: sorted(names) for system, names in (snapshots or {}).items()}
    systems = sorted({row["system"] for row in rows})
    labels = system_labels or {}
    figures = [_score(rows, None, sorted({name for names in taken.values() for name in names}))]
    figures += [
        _score([row for row in rows if row["system"] == system], system, taken.get(system), labels.get(system))
        for system in systems
    ]
    # A run may hold checks of a file that is gone by now.
    rules = {check.rule: check.label for check in sorted(all_checks(), key=lambda check: check.turn)}
    met = sorted({row["rule"] for row in rows} - rules.keys())
    rules |= {rule: f"Values that fail the check {rule}" for rule in met}
    figures += [
        _failing(rule, label, own)
        for rule, label in rules.items()
        for own in ([row for row in rows if row["rule"] == rule],)
        if own
    ]
    figures += [_fill(row, taken.get(row["system"]), labels) for row in profiles.to_pylist() if _matters(row)]
    return FIGURE.from_rows(figures)


def _score(
    rows: list[dict[str, Any]], system: str | None, snapshots: list[str] | None, label: str | None = None
) -> dict[str, Any]:
    checked = sum(row["checked"] for row in rows)
    passed = checked - sum(row["failing"] for row in rows)
    low, high = wilson_interval(passed, checked)
    return {
        "figure_id": "quality.score" if system is None else f"quality.score.{system}",
        "label": "Checked values that are right" + ("" if system is None else f" in {label or system}"),
        "value": passed / checked if checked else None,
        "unit": "share",
        "low": low,
        "high": high,
        "n": checked,
        "evidence": "measured",
        "method": "Every value that a check could judge was judged; the score is the share of these values that passed.",
        "source_table": "check",
        "source_filter": "TRUE" if system is None else f"system = {quoted_text(system)}",
        "snapshots": snapshots or None,
        "formula": f"{passed} / {checked}",
    }


def _failing(rule: str, label: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    failing, checked = (sum(row[name] for row in rows) for name in ("failing", "checked"))
    return {
        "figure_id": f"quality.failing.{rule}",
        "label": label,
        "value": float(failing),
        "unit": "count",
        "n": checked,
        "evidence": "measured",
        "method": "Every value that this check could judge was judged; those that fail are listed by record.",
        "source_table": "finding",
        "source_filter": f"ends_with(check_id, {quoted_text('.' + rule)})",
        "formula": f"{failing:,} of {checked:,} values",
    }


def _matters(profile: dict[str, Any]) -> bool:
    columns = {requirement.columns[0] for requirement in REQUIRED.get(profile["entity"], ())}
    if profile["entity"] in ("party", "employee"):
        columns.update(_CONTACT_COLUMNS)
    return profile["column"] in columns and profile["rows"] > 0


def _fill(profile: dict[str, Any], snapshots: list[str] | None, labels: Mapping[str, str]) -> dict[str, Any]:
    system, stream, column = profile["system"], profile["stream"], profile["column"]
    low, high = wilson_interval(profile["filled"], profile["rows"])
    conditions = {"system": system, "stream": stream, '"column"': column}
    words = _COLUMN_WORDS.get(column, column.replace("_", " "))
    return {
        "figure_id": f"quality.fill.{system}.{stream}.{column}",
        "label": f"{labels.get(system, system)} {stream.replace('_', ' ')} that have a value for {words}",
        "value": profile["fill_share"],
        "unit": "share",
        "low": low,
        "high": high,
        "n": profile["rows"],
        "evidence": "measured",
        "method": "Records with a value, of all records that are not deleted.",
        "source_table": "column_profile",
        "source_filter": " AND ".join(f"{name} = {quoted_text(value)}" for name, value in conditions.items()),
        "snapshots": snapshots or None,
        "formula": f"{profile['filled']} / {profile['rows']}",
    }
