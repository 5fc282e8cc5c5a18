"""Lines of a table that are no records: totals, group headings, remarks at the foot.

A row with one filled cell is a remark (in a grouped report a heading), unless most rows of the table have only one.
Among the records it may be one of which nothing else is known, so there it has a reason of its own. A total line names
itself ("TOTAL", "Total for X", "Grand totals (3 records)") and holds amounts, or it is a last line of which only amounts
are filled, in columns that hold amounts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.files.header import is_amount, stripped
from toolkit.files.summary_words import closed_label, is_balance_label, is_total_label, states_only

_EDGE_ROWS = 2
_LONE = frozenset({"foot_line", "one_cell"})
_HEADING = "The line is the heading of a group; its label went to the rows below."


@dataclass(frozen=True, slots=True)
class Summary:
    """Why a row is no record; ``label`` is the group that a heading opens."""

    reason: str
    detail: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """What is usual in the table: filled cells of a row, which columns hold amounts, and which the same value throughout.

    ``starts_with_values`` says that the first column holds dates or amounts.
    """

    usual_filled: int
    amount_columns: frozenset[int]
    is_grouped: bool
    constants: Mapping[int, str] = field(default_factory=dict)
    starts_with_values: bool = False


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
    cells_of = {index: _filled(cells) for index, cells in candidates.items()}
    balances = {
        index: Summary("balance_line", "The line states a balance; no money moved.")
        for index, filled in cells_of.items()
        if _is_balance(filled, body, is_at_edge=index < _EDGE_ROWS or index >= row_count - _EDGE_ROWS)
    }
    found, tail = _remarks(cells_of, balances, body, row_count)
    if not body.is_grouped:
        found |= _headings(found, cells_of, body, tail)
    labels = {summary.label for summary in found.values() if summary.label}
    for index, filled in cells_of.items():
        is_short = len(filled) < body.usual_filled or index > tail or body.is_grouped
        if (is_short and _is_named_total(filled)) or (labels and _ends_group(filled, labels)):
            found[index] = Summary("total_line", "The line calls itself a total.")
    return found | balances


def _filled(cells: Sequence[str | None]) -> dict[int, str]:
    return {column: text for column, cell in enumerate(cells) if (text := stripped(cell))}


def _one_filled(filled: Mapping[int, str], body: Body) -> Summary | None:
    if not filled:
        return Summary("empty_line", "The line has separators but no value.")
    if len(filled) > 1 or body.usual_filled <= 1:
        return None
    [(column, text)] = filled.items()
    if body.is_grouped and column == 0:
        return Summary("group_line", _HEADING, text)
    return Summary("foot_line", "A line with one filled cell is a remark, not a record.")


def _remarks(
    cells_of: Mapping[int, Mapping[int, str]], balances: Mapping[int, Summary], body: Body, row_count: int
) -> tuple[dict[int, Summary], int]:
    """Return the rows of one cell, the balances and the totals at the end, and the last row above these."""
    found = dict(balances)
    for index in sorted(cells_of):
        summary = _one_filled(cells_of[index], body)
        if summary is not None:
            found.setdefault(index, summary)
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
    return found, tail


def _headings(
    found: Mapping[int, Summary], cells_of: Mapping[int, Mapping[int, str]], body: Body, tail: int
) -> dict[int, Summary]:
    """Return the headings of groups in a table that has no column for them.

    A heading is closed by a total of its name, or the first row is one and the column below holds dates or amounts.
    """
    lone = {
        index: cells_of[index][0] for index, summary in found.items() if summary.reason in _LONE and 0 in cells_of[index]
    }
    closed = {closed_label(next(iter(filled.values()), "")) for filled in cells_of.values() if len(filled) > 1}
    is_list_of_groups = body.starts_with_values and 0 in lone
    return {
        index: Summary("group_line", _HEADING, text)
        for index, text in lone.items()
        if not states_only(text) and (text in closed or (is_list_of_groups and index < tail))
    }


def _is_named_total(filled: Mapping[int, str]) -> bool:
    if not filled:
        return False
    first, *rest = filled.values()
    return is_total_label(first) and all(is_amount(cell) or states_only(cell) for cell in rest)


def _ends_group(filled: Mapping[int, str], labels: set[str]) -> bool:
    first = next(iter(filled.values()), "")
    return closed_label(first) in labels and all(is_amount(cell) for cell in list(filled.values())[1:])


def _is_balance(filled: Mapping[int, str], body: Body, *, is_at_edge: bool) -> bool:
    """Say whether a line states a balance: one cell says so, the others hold dates, amounts and what every row holds."""
    labels = [column for column, cell in filled.items() if is_balance_label(cell, is_at_edge=is_at_edge)]
    others = {column: cell for column, cell in filled.items() if column not in labels}
    return len(labels) == 1 and all(
        states_only(cell) or cell == body.constants.get(column) for column, cell in others.items()
    )


def _is_bare_total(filled: Mapping[int, str], body: Body) -> bool:
    return (
        len(filled) > 0
        and 2 * len(filled) <= body.usual_filled
        and all(column in body.amount_columns and is_amount(cell) for column, cell in filled.items())
    )


def group_labels(group_of: Mapping[int, str], closed_at: Mapping[int, str], row_count: int) -> list[tuple[int, int, str]]:
    """Return the stretches ``(first row, row after the last, label)`` that stand under each heading of a grouped report.

    A heading inside a group that is closed further down is a group inside it; otherwise it replaces the group.

    Parameters
    ----------
    group_of
        Label of each heading, by row.
    closed_at
        Label of the group that a total closes, by row.
    row_count
        Rows of the table.

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
