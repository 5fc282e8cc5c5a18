"""Appendix: every figure with its range, evidence, number of cases and method."""

from toolkit.report.blocks import Block, Note, Table
from toolkit.report.document import Section
from toolkit.report.run import RunTables
from toolkit.report.shown import decimal_text, shown_figure

_MAX_ROWS = 250


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the figure table as a client may read it."""
    if not run.figures:
        return (Note(("There are no figures.",)),)
    rows = [
        (
            shown.label,
            shown,
            shown.range_text,
            "" if shown.n is None else decimal_text(shown.n, 0),
            _method(shown.method, name),
        )
        for name in sorted(run.figures)
        for shown in (shown_figure(run.figures, name),)
    ]
    return (
        Table(
            ("Figure", "Value", "Range", "n", "Method and name"),
            tuple(rows[:_MAX_ROWS]),
            caption="“explain” with a figure’s name lists the rows behind it",
            row_count=len(rows),
        ),
    )


def _method(method: str, name: str) -> str:
    return f"{method} [{name}]" if method else f"[{name}]"


SECTION = Section("Appendix: all figures", 90, build, is_appendix=True)
