"""Appendix: every figure with its range, evidence, number of cases and method."""

import re

from toolkit.report.blocks import Block, Inline, Note, Table
from toolkit.report.document import Section
from toolkit.report.run import RunTables
from toolkit.report.shown import Shown, decimal_text, shown_figure

_MAX_ROWS = 250
_NUMBER = re.compile(r"\d+(?= days)")
_DETAIL = ("quality.fill.", "reconcile.coverage_", "reconcile.unresolved_share.", "reconcile.delay_days.")
_PER_HANDOFF = ("cost_now_per_month", "net_saving_per_month", "one_time_cost", "payback_months")


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the figure table as a client may read it, each method told once above the figures that share it."""
    if not run.figures:
        return (Note(("There are no figures.",)),)
    names = [name for name, row in run.figures.items() if row["value"] and _is_shown(name)]
    groups: dict[tuple[str, str], list[str]] = {}
    for name in sorted(names)[:_MAX_ROWS]:
        metric = ".".join(name.split(".")[:2])
        groups.setdefault((metric, _NUMBER.sub("…", run.figures[name]["method"])), []).append(name)
    rows: list[tuple[Inline, ...]] = []
    heading = ""
    for (_, general), members in groups.items():
        methods = {run.figures[name]["method"] for name in members}
        # Methods that differ in a number of days only share a line.
        method = methods.pop() if len(methods) == 1 else general
        if method != heading:
            rows.append((method,))
        heading = method
        rows += [_row(shown_figure(run.figures, name)) for name in members]
    caption = "The figures of this report; “explain” with a name lists the rows behind it"
    return (
        Table(("Figure", "Value", "Range", "n", "Name"), tuple(rows), caption=caption, is_compact=True),
        Note(("Counts of nothing and further details are in the run’s table of figures.",)),
    )


def _row(shown: Shown) -> tuple[Inline, ...]:
    unit = shown.text.partition(" ")[2]
    # The value has the unit already, and the column is narrow.
    numbers = shown.range_text if unit == "%" else shown.range_text.removesuffix(f" {unit}")
    return (shown.label, shown, numbers, "" if shown.n is None else decimal_text(shown.n, 0), shown.figure_id)


def _is_shown(figure_id: str) -> bool:
    """Whether a figure belongs into a document; every one, zeros included, stands in the run's own table."""
    stage, _, rest = figure_id.partition(".")
    metric, _, of_whom = rest.partition(".")
    return not figure_id.startswith(_DETAIL) and (stage != "roi" or of_whom == "total" or metric in _PER_HANDOFF)


SECTION = Section("Appendix: all figures", 90, build, is_appendix=True)
