"""What is different from the audit before: the counts and shares that a client follows, then and now."""

from collections.abc import Mapping
from typing import Any

from toolkit.report.blocks import Block, Inline, Note, Paragraph, Table
from toolkit.report.document import Section
from toolkit.report.run import RunTables
from toolkit.report.shown import shown_figure
from toolkit.values.written import day_text

_FOLLOWED: Mapping[str, tuple[str, ...]] = {
    "Missing": ("reconcile.missing_count.",),
    "Duplicates": ("match.duplicate_count.", "match.review_count"),
    "Values to mend": ("quality.failing.",),
    "Money": (
        "roi.cost_now_per_month.total",
        "roi.not_invoiced_value.total",
        "roi.lost_revenue_per_month.total",
        "roi.delay_cash_tied_up.total",
    ),
}
"""Figures by their beginnings, under the heading that a client reads."""
_MAX_ROWS = 30


def is_for(run: RunTables) -> bool:
    """Whether there is an audit before to compare with."""
    return run.earlier_on is not None


def build(run: RunTables) -> tuple[Block, ...]:
    """Return a sentence about what became fewer and more, and the figures then and now."""
    if run.earlier_on is None:
        return (Note(("This is the first audit: there is nothing to compare with yet.",)),)
    then = day_text(run.earlier_on)
    rows: list[tuple[Inline, ...]] = []
    fewer = more = 0
    for heading, beginnings in _FOLLOWED.items():
        own = [
            row for name in sorted({*run.figures, *run.earlier}) if name.startswith(beginnings) for row in _row(run, name)
        ]
        rows += [(heading,), *(row for row, _ in own)] if own else []
        fewer += sum(change < 0 for _, change in own)
        more += sum(change > 0 for _, change in own)
    if not rows:
        return (Note((f"Of what we follow, nothing is different from {then}.",)),)
    message = f"Since {then}, {_figures(fewer)} went down and {_figures(more)} up; for all of these, less is better."
    table = Table(("", then, day_text(run.as_of), "Change"), tuple(rows[:_MAX_ROWS]), row_count=len(rows))
    return (Paragraph((message,)), table)


def _figures(count: int) -> str:
    return f"{count or 'no'} figure{'' if count == 1 else 's'}"


def _row(run: RunTables, figure_id: str) -> list[tuple[tuple[Inline, ...], float]]:
    """Return a figure then and now with its change, where it was known both times and moved beyond its own range."""
    then, now = run.earlier.get(figure_id), run.figures.get(figure_id)
    if then is None or now is None or then["value"] is None or now["value"] is None:
        return []
    before, after = shown_figure(run.earlier, figure_id), shown_figure(run.figures, figure_id)
    if before.text == after.text or then["unit"] != now["unit"] or then["currency"] != now["currency"]:
        return []
    change = now["value"] - then["value"]
    return [((after.label, before.text, after, _direction(then, now, change)), change)]


def _direction(then: Mapping[str, Any], now: Mapping[str, Any], change: float) -> str:
    word = "fewer" if change < 0 else "more"
    if now["unit"] != "count":
        word = "less" if change < 0 else "more"
    ranges = (then["low"], then["high"], now["low"], now["high"])
    if all(one is not None for one in ranges) and then["low"] <= now["high"] and now["low"] <= then["high"]:
        return f"{word}, within what is known exactly"
    return word


SECTION = Section("What changed since the last audit", 15, build, is_for=is_for)
