"""Appendix: every figure with its range, evidence, number of cases and method."""

from toolkit.report.blocks import Block, Inline, Note, Table
from toolkit.report.document import Section
from toolkit.report.run import RunTables
from toolkit.report.shown import decimal_text, shown_figure

_MAX_ROWS = 250
_DETAIL = ("quality.fill.", "reconcile.coverage_", "reconcile.unresolved_share.")
_PER_HANDOFF = ("cost_now_per_month", "net_saving_per_month", "one_time_cost", "payback_months")


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the figure table as a client may read it."""
    if not run.figures:
        return (Note(("There are no figures.",)),)
    rows: list[tuple[Inline, ...]] = []
    method = ""
    for name in sorted(name for name, row in run.figures.items() if row["value"] and _is_shown(name)):
        shown = shown_figure(run.figures, name)
        # A method is told once for all figures in a row that share it.
        said = "" if shown.method == method else f"{shown.method} "
        method = shown.method
        rows.append((shown.label, shown, "" if shown.n is None else decimal_text(shown.n, 0), f"{said}[{name}]"))
    return (
        Table(
            ("Figure", "Value", "n", "Method and name"),
            tuple(rows[:_MAX_ROWS]),
            caption="“explain” with a figure’s name lists the rows behind it",
            row_count=len(run.figures),
            with_range=True,
        ),
    )


def _is_shown(figure_id: str) -> bool:
    """Whether a figure belongs into a document; every one, zeros included, stands in the workbook."""
    stage, _, rest = figure_id.partition(".")
    metric, _, of_whom = rest.partition(".")
    return not figure_id.startswith(_DETAIL) and (stage != "roi" or of_whom == "total" or metric in _PER_HANDOFF)


SECTION = Section("Appendix: all figures", 90, build, is_appendix=True)
