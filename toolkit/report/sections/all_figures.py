"""Appendix: every figure with its range, evidence, number of cases and method."""

import re
from dataclasses import replace

from toolkit.report.blocks import Block, Inline, Note, Table
from toolkit.report.document import Section
from toolkit.report.figure_list import figure_anchor, is_listed
from toolkit.report.run import RunTables
from toolkit.report.shown import Opened, shown_figure
from toolkit.roi.outcome_words import AT_LIKELY
from toolkit.values.written import sentence_text

_MAX_ROWS = 250
_NUMBER = re.compile(r"\d+(?= days)")


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the figure table as a client may read it, each method told once above the figures that share it."""
    if not run.figures:
        return (Note(("There are no figures.",)),)
    # What a number of the page leads to is always there; what only fills the list, as far as there is room.
    names = [name for name, row in sorted(run.figures.items()) if figure_anchor(row)]
    others = [name for name, row in sorted(run.figures.items()) if is_listed(row) and not figure_anchor(row)]
    names += others[: max(0, _MAX_ROWS - len(names))]
    groups: dict[tuple[str, str], list[str]] = {}
    for name in sorted(names):
        metric = ".".join(name.split(".")[:2])
        groups.setdefault((metric, _NUMBER.sub("…", run.figures[name]["method"])), []).append(name)
    rows: list[tuple[Inline, ...]] = []
    heading = ""
    for members in groups.values():
        methods = [run.figures[name]["method"] for name in members]
        # Methods that differ in a number of days only share a line, which names the days of all.
        method = methods[0] if len(set(methods)) == 1 else _with_all_days(methods)
        if method != heading:
            rows.append((sentence_text(method),))
        heading = method
        rows += [_row(run, name) for name in members]
    caption = "The figures of this report with their arithmetic; “explain” with a name leads on, to each answer and each row"
    return (
        Table(("Figure", "Value", "Range", "n", "Name"), tuple(rows), caption=caption, is_compact=True),
        Note(
            (
                (
                    "The arithmetic of a median is shown with every input at its likely value. Counts of nothing and "
                    "further details are in the run’s table of figures."
                ),
            )
        ),
    )


def _with_all_days(methods: list[str]) -> str:
    """Return one sentence for methods that differ in their days only: "14, 30 or 45 days", the fewest first."""
    found = zip(*(_NUMBER.findall(method) for method in methods), strict=True)
    days = iter([_alternatives(sorted({int(one) for one in its})) for its in found])
    return f"{_NUMBER.sub(lambda _: next(days), methods[0]).removesuffix('.')}; the days of each handoff are its own."


def _alternatives(numbers: list[int]) -> str:
    *others, last = map(str, numbers)
    return f"{', '.join(others)} or {last}" if others else last


def _row(run: RunTables, name: str) -> tuple[Inline, ...]:
    shown = shown_figure(run.figures, name)
    unit = shown.text.partition(" ")[2]
    # The value has the unit already, and the column is narrow.
    numbers = shown.range_text if unit == "%" else shown.range_text.removesuffix(f" {unit}")
    # The numbers of the page lead to this row; its own leads nowhere.
    opened = Opened(shown.label, shown.anchor, shown.formula.removeprefix(AT_LIKELY))
    return (opened, replace(shown, anchor=""), numbers, shown.cases, name)


SECTION = Section("Appendix: all figures", 90, build, is_appendix=True)
