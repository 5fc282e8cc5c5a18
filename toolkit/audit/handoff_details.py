"""The verb ``detail_handoffs``: weekdays, kinds of errors, corrected invoices, payments that may have been made twice."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from toolkit.audit.cell_work import cell_work
from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress
from toolkit.audit.run_gaps import measured_gaps
from toolkit.audit.runs import run_stages
from toolkit.audit.verb_answers import frame_of
from toolkit.audit.verb_result import VerbResult
from toolkit.rates import wilson_interval
from toolkit.store import Run
from toolkit.values.counted import counted, listed
from toolkit.values.currency import exponent

Row = Mapping[str, Any]

DETAIL_TABLES = ("handoff_weekday", "handoff_error", "correction", "correction_month", "duplicate_payment")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_A_DAY = 0.05
"""Share of the items from which a weekday is one on which somebody works."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class DetailAnswer(VerbResult):
    """Details to be read; ``tables`` has HANDOFF_WEEKDAY, HANDOFF_ERROR, CORRECTION, CORRECTION_MONTH, DUPLICATE_PAYMENT."""

    tables: Mapping[str, pa.Table] = field(kw_only=True)


def detail_handoffs(engagement: Engagement, *, progress: Progress | None = None) -> DetailAnswer:
    """Return which kinds of errors each handoff makes, and what was corrected or paid twice; ``frame``: HANDOFF_ERROR.

    Parameters
    ----------
    engagement
        With snapshots.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    """
    with cell_work(progress) as told:
        run = run_stages(engagement, "details", told)
    return detail_answer(run)


def detail_answer(run: Run) -> DetailAnswer:
    """Return the answer to the details of a run.

    Parameters
    ----------
    run
        With HANDOFF and the `DETAIL_TABLES`.
    """
    tables = {name: run.table(name) for name in DETAIL_TABLES}
    labels = {row["handoff_id"]: row["label"] for row in run.table("handoff").to_pylist()}
    kinds, months = tables["handoff_error"].to_pylist(), tables["correction_month"].to_pylist()
    made = [row for row in kinds if row["x"]]
    made.sort(key=lambda row: (list(labels).index(row["handoff_id"]), -row["x"]))
    return DetailAnswer(
        _sentence(made, tables),
        ("handoff", "kind of error", "items", "of", "share", "between"),
        tuple(_cells(row, labels) for row in made),
        frame_of(tables["handoff_error"]),
        (
            *_weekday_notes(tables["handoff_weekday"], labels),
            *_double_notes(tables["duplicate_payment"]),
            *_unseen(kinds),
            *not_told(months),
        ),
        gaps=measured_gaps(run),
        next_step=".tables has weekdays, corrected invoices and each payment that may be double, record by record.",
        tables=tables,
    )


def _sentence(made: Sequence[Row], tables: Mapping[str, pa.Table]) -> str:
    months = tables["correction_month"].to_pylist()
    invoices, corrected = (sum(row[name] for row in months) for name in ("invoices", "corrected"))
    twice = len(set(tables["duplicate_payment"]["incident"].to_pylist()))
    kinds = {row["kind"] for row in made}
    parts = [f"{counted(sum(row['x'] for row in made), 'error')} of {counted(len(kinds), 'kind')}"] if made else []
    parts += [f"{corrected:,} of {counted(invoices, 'invoice')} seen to be corrected later"] if invoices else []
    parts.append(f"{counted(twice, 'payment')} that may have been made twice")
    return f"{listed(parts)}."


def _cells(row: Row, labels: Mapping[str, str]) -> tuple[str, ...]:
    between = f"{100 * row['low']:.2g} and {100 * row['high']:.2g} %"
    return (
        labels[row["handoff_id"]],
        row["label"],
        f"{row['x']:,}",
        f"{row['n']:,}",
        f"{100 * row['share']:.2g} %",
        between,
    )


def _weekday_notes(table: pa.Table, labels: Mapping[str, str]) -> list[str]:
    """Return on which weekdays much more happens than on others."""
    by_handoff: dict[str, list[Row]] = defaultdict(list)
    for row in table.to_pylist():
        by_handoff[row["handoff_id"]].append(row)
    notes = []
    for name, rows in by_handoff.items():
        usual = [row for row in rows if row["share"] >= _A_DAY]
        top = max(rows, key=lambda row: row["items"])
        low, _ = wilson_interval(top["items"], sum(row["items"] for row in rows))
        if len(usual) > 1 and low > 1 / len(usual):
            notes.append(f"{labels[name]}: {100 * top['share']:.0f} % of the items fall on a {_DAYS[top['weekday'] - 1]}.")
    return notes


def _double_notes(table: pa.Table) -> list[str]:
    rows = table.to_pylist()
    if not rows:
        return []
    incidents = {row["incident"]: row for row in rows}
    sums: dict[str, int] = defaultdict(int)
    for row in incidents.values():
        sums[row["currency"] or ""] += row["amount_minor"]
    told = [f"{name} {total / 10 ** exponent(name):,.0f}" for name, total in sorted(sums.items()) if name]
    amounts = f", {listed(told)} in all" if told else ""
    first = rows[0]
    said = f"{counted(len(incidents), 'payment')} may have been made twice{amounts}; each is to be looked at."
    return [f"{said} First: {first['vendor']}, {first['first_on']} and {first['second_on']}. {first['reason']}"]


def _unseen(kinds: Sequence[Row]) -> list[str]:
    """Return that changes after entry need two snapshots, where some list has one only."""
    blind = sum(row["kind"] == "changed_later" and row["x"] is None for row in kinds)
    if not blind:
        return []
    return [f"Whether entries were changed later cannot be told of {counted(blind, 'handoff')}: it takes two snapshots."]


def not_told(months: Sequence[Row]) -> list[str]:
    """Return what no count of corrected invoices holds: edits that one snapshot cannot tell, credit notes that fit none."""
    blind = sum(row["invoices"] for row in months if not row["is_edit_told"])
    left = sum(row["credit_notes_left"] for row in months)
    return [
        *([f"Whether {counted(blind, 'invoice')} were edited cannot be told: it takes two snapshots."] if blind else []),
        *([f"{counted(left, 'credit note')} fit no invoice, as one for goodwill does, and count for none."] if left else []),
    ]
