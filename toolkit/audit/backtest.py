"""The verb ``backtest_handoffs``: what the last months would have been with the integration live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.cell_work import cell_work
from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress
from toolkit.audit.run_gaps import measured_gaps
from toolkit.audit.runs import run_stages
from toolkit.audit.verb_answers import frame_of
from toolkit.audit.verb_result import VerbResult, number_text
from toolkit.errors import InputError
from toolkit.report.gaps import input_words
from toolkit.store import Run
from toolkit.tables import BACKTEST
from toolkit.values.counted import counted, listed

Row = Mapping[str, Any]
_TOTAL = "total"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class BacktestAnswer(VerbResult):
    """A replay to be read: ``table`` is schema BACKTEST, as the chart ``backtest`` takes it, ``items`` BACKTEST_ITEM."""

    table: pa.Table = field(kw_only=True)
    items: pa.Table = field(kw_only=True)


def backtest_handoffs(
    engagement: Engagement, *, months: int | None = None, progress: Progress | None = None
) -> BacktestAnswer:
    """Return the last months as if the integration had been live, month by month; ``frame``: table BACKTEST.

    Parameters
    ----------
    engagement
        With snapshots.
    months
        How many whole months back, at most twelve; all that there are without.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    InputError
        ``months`` is below 1.
    """
    if months is not None and months < 1:
        raise InputError(f"A replay of {months} months is none. Say how many whole months back, 1 to 12.")
    with cell_work(progress) as told:
        run = run_stages(engagement, "backtest", told)
    return backtest_answer(run, months)


def backtest_answer(run: Run, months: int | None = None) -> BacktestAnswer:
    """Return the answer to the replay of a run.

    Parameters
    ----------
    run
        With BACKTEST and BACKTEST_ITEM.
    months
        How many of the last months; all without.
    """
    table, items = run.table("backtest"), run.table("backtest_item")
    held = sorted(set(table["month"].to_pylist()))
    kept = held if months is None else held[-months:]
    table = table.filter(pc.is_in(table["month"], value_set=pa.array(kept, BACKTEST.arrow.field("month").type)))
    items = items.filter(pc.is_in(items["month"], value_set=pa.array(kept, BACKTEST.arrow.field("month").type)))
    rows = table.to_pylist()
    totals = [row for row in rows if row["handoff_id"] == _TOTAL]
    labels = {row["handoff_id"]: row["label"] for row in run.table("handoff").to_pylist()}
    currency = str(run.facts.get("currency") or "")
    unknown = {row["handoff_id"]: row["lacking"] for row in rows if row["net"] is None and row["handoff_id"] != _TOTAL}
    few = [f"There are {counted(len(kept), 'whole month')} of data, not {months}."] if months and months > len(kept) else []
    lacking = [f"{labels[name]} is in no sum: {listed([input_words(one) for one in own])}." for name, own in unknown.items()]
    return BacktestAnswer(
        _sentence(totals, currency),
        (
            "month",
            "items",
            "earlier, days in all",
            "errors less",
            "entered twice less",
            "arrived after all",
            f"saved, {currency}",
            f"running cost, {currency}",
            f"net, {currency}",
        ),
        tuple(_cells(row) for row in totals),
        frame_of(table),
        (*few, *_left_out(items, labels), *lacking),
        gaps=(*measured_gaps(run), *lacking),
        next_step=".items says of each item when it arrived and when it would have; charts.backtest draws the months.",
        table=table,
        items=items,
    )


def _sentence(totals: Sequence[Row], currency: str) -> str:
    if not totals:
        return "Nothing can be replayed yet: no handoff has a whole month of measured items."
    first, last = totals[0]["month"], totals[-1]["month"]
    counts = {name: sum(row[name] for row in totals) for name in ("items", "errors", "twice", "missing")}
    known = [row["net"] for row in totals if row["net"] is not None]
    money = f"{currency} {number_text(sum(known))} net of its running cost" if known else "what is not known has no price"
    return (
        f"Had it been live from {first:%B %Y} to {last:%B %Y}, of {counted(counts['items'], 'item')} {counts['errors']:,} "
        f"would not have been wrong, {counts['twice']:,} not entered twice and {counts['missing']:,} not lost; {money}."
    )


def _cells(row: Row) -> tuple[str, ...]:
    parts = [row[name] for name in ("labour_saved", "errors_saved", "delay_saved")]
    saved = None if any(one is None for one in parts) else sum(parts)
    return (
        f"{row['month']:%Y-%m}",
        *(number_text(row[name]) for name in ("items", "days_saved", "errors", "twice", "missing")),
        *(number_text(one) for one in (saved, row["running_cost"], row["net"])),
    )


def _left_out(items: pa.Table, labels: Mapping[str, str]) -> list[str]:
    """Return what an integration would not have changed, counted by its reason."""
    told: dict[str, int] = {}
    for row in items.select(["handoff_id", "reason"]).to_pylist():
        if row["reason"] and row["handoff_id"] in labels:
            told[row["reason"]] = told.get(row["reason"], 0) + 1
    return [f"Not counted as saved: {counted(count, 'item')}. {reason}" for reason, count in sorted(told.items())]
