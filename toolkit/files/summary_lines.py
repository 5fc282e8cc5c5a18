"""Lines of a table that are no records: totals, group headings, remarks at the foot.

A row with one filled cell is a remark (in a grouped report a heading), unless most rows of the table have only one.
Among the records it may be one of which nothing else is known, so there it has a reason of its own. A total line names
itself ("TOTAL", "Total for X", "Grand totals (3 records)") and holds amounts, or it is a last line of which only amounts
are filled, in columns that hold amounts.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.files.header import is_amount, stripped

_TOTAL = re.compile(r"(?:grand|sub)?[ -]?totals?(?P<of> for \S.*|:.*| ?\(.*\)| -.*)?", re.IGNORECASE)
_CURRENCY = re.compile(r"[A-Z]{3}")
_MAX_TOTAL_CHARS = 300


@dataclass(frozen=True, slots=True)
class Summary:
    """Why a row is no record; ``label`` is the group that a heading opens."""

    reason: str
    detail: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """What is usual in the table: filled cells of a row, and which columns hold amounts."""

    usual_filled: int
    amount_columns: frozenset[int]
    is_grouped: bool


def summaries(candidates: Mapping[int, Sequence[str | None]], body: Body, *, row_count: int) -> dict[int, Summary]:
    """Return the rows of ``candidates`` (cells by row index) that are no records.

    Parameters
    ----------
    candidates
        Every row with at most one filled cell, every row whose first filled cell begins like a total, and the last rows of
        the table.
    row_count
        Rows of the table: the tail ends there.
    """
    found: dict[int, Summary] = {}
    cells_of = {index: _filled(cells) for index, cells in candidates.items()}
    for index in sorted(cells_of):
        summary = _one_filled(cells_of[index], body)
        if summary is not None:
            found[index] = summary
    tail = row_count - 1
    while tail in cells_of and (tail in found or _is_bare_total(cells_of[tail], body) or _is_named_total(cells_of[tail])):
        if _is_bare_total(cells_of[tail], body):
            found[tail] = Summary("total_line", "A last line of which only amounts are filled is a total.")
        tail -= 1
    for index, summary in found.items():
        if summary.reason == "foot_line" and index < tail:
            found[index] = Summary(
                "one_cell", "The line has one filled cell: a remark, or a record of which nothing else is known."
            )
    labels = {summary.label for summary in found.values() if summary.label}
    for index, filled in cells_of.items():
        is_short = len(filled) < body.usual_filled or index > tail or body.is_grouped
        if (is_short and _is_named_total(filled)) or (body.is_grouped and _ends_group(filled, labels)):
            found[index] = Summary("total_line", "The line calls itself a total.")
    return found


def _filled(cells: Sequence[str | None]) -> dict[int, str]:
    return {column: text for column, cell in enumerate(cells) if (text := stripped(cell))}


def _one_filled(filled: Mapping[int, str], body: Body) -> Summary | None:
    if not filled:
        return Summary("empty_line", "The line has separators but no value.")
    if len(filled) > 1 or body.usual_filled <= 1:
        return None
    [(column, text)] = filled.items()
    if body.is_grouped and column == 0:
        return Summary("group_line", "The line is the heading of a group; its label went to the rows below.", text)
    return Summary("foot_line", "A line with one filled cell is a remark, not a record.")


def _is_named_total(filled: Mapping[int, str]) -> bool:
    if not filled:
        return False
    first, *rest = filled.values()
    if not _TOTAL.fullmatch(first[:_MAX_TOTAL_CHARS].replace("\n", " ")):
        return False
    return all(is_amount(cell) or _CURRENCY.fullmatch(cell) for cell in rest)


def _ends_group(filled: Mapping[int, str], labels: set[str]) -> bool:
    first = next(iter(filled.values()), "")
    return closed_label(first) in labels and all(is_amount(cell) for cell in list(filled.values())[1:])


def closed_label(text: str) -> str:
    """Return the group that a line ends; empty when it ends none.

    Examples
    --------
    >>> closed_label("Total for Harbor & Pine"), closed_label("Total Expenses"), closed_label("Totally")
    ('Harbor & Pine', 'Expenses', '')
    """
    for start in ("total for ", "total "):
        if text.casefold().startswith(start):
            return text[len(start) :].strip()
    return ""


def _is_bare_total(filled: Mapping[int, str], body: Body) -> bool:
    return (
        len(filled) > 0
        and 2 * len(filled) <= body.usual_filled
        and all(column in body.amount_columns and is_amount(cell) for column, cell in filled.items())
    )


def group_labels(group_of: Mapping[int, str], closed_at: Mapping[int, str], row_count: int) -> list[tuple[int, int, str]]:
    """Return the stretches ``(first row, row after the last, label)`` that stand under each heading of a grouped report.

    A heading inside a group that is closed further down is a group inside it; otherwise it replaces the group.

    Examples
    --------
    >>> group_labels({0: "Acme", 3: "Bolt"}, {2: "Acme"}, 5)
    [(0, 2, 'Acme'), (3, 5, 'Bolt')]
    """
    last_close: dict[str, int] = {}
    for index, label in closed_at.items():
        last_close[label] = max(index, last_close.get(label, -1))
    open_labels: list[str] = []
    stretches = []
    begin = 0
    for index in sorted({*group_of, *closed_at}):
        if open_labels and index > begin:
            stretches.append((begin, index, open_labels[-1]))
        if index in group_of:
            while open_labels and last_close.get(open_labels[-1], -1) < index:
                open_labels.pop()
            open_labels.append(group_of[index])
        elif closed_at[index] in open_labels:
            del open_labels[open_labels.index(closed_at[index]) :]
        begin = index
    if open_labels and row_count > begin:
        stretches.append((begin, row_count, open_labels[-1]))
    return stretches
