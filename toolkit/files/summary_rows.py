"""Lines of a whole table that are no records, and the labels that its headings give to the rows below them."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.cores import results
from toolkit.files.column_masks import true_rows
from toolkit.files.header import is_amount, is_date, stripped
from toolkit.files.summary_lines import Body, Summary, group_labels, summaries
from toolkit.files.summary_words import BALANCE_PATTERN, SUMMARY_PATTERN, closed_label

GROUP = "Group"
"""Header of the column that the headings of groups become where the table has none for them."""

_TAIL_ROWS = 10
_SAMPLE_ROWS = 200
_END_ROWS = 2_000
_MAX_CANDIDATES = 50_000


def summary_rows(
    cells: pa.Table, filled: npt.NDArray[np.int32], passed_over: frozenset[int], *, is_grouped: bool
) -> dict[int, Summary]:
    """Return the rows of a table that are no records, found in whole columns; rows in ``passed_over`` are not looked at.

    Parameters
    ----------
    cells
        The table.
    filled
        How many cells of each row hold more than blanks.
    passed_over
        Rows that are not looked at.
    is_grouped
        Whether the first column is one for the labels of groups.
    """
    count = cells.num_rows
    if not count:
        return {}
    first = pc.coalesce(*cells.columns)
    named = true_rows(pc.match_substring_regex(first, SUMMARY_PATTERN))
    is_record = filled > 0
    is_record[named] = False
    usual = int(np.median(filled[is_record if bool(is_record.any()) else filled > 0])) if bool((filled > 0).any()) else 0
    # Half of a grouped report may be headings; its records are the wider rows.
    if is_grouped and bool((filled > 1).any()):
        usual = int(np.median(filled[filled > 1]))
    few = np.flatnonzero(filled <= (1 if usual > 1 else 0)).tolist()
    tail = range(max(0, count - _TAIL_ROWS), count)
    wanted = sorted({*few, *named, *tail, *_balance_rows(cells)} - passed_over)
    places = pa.array(wanted, pa.int64())
    rows = zip(*(column.take(places).to_pylist() for column in cells.columns), strict=True)
    candidates = dict(zip(wanted, rows, strict=True))
    body = Body(usual, _amount_columns(cells, count), is_grouped, _constants(cells), _starts_with_values(cells, filled))
    return summaries(candidates, body, row_count=count)


def _amount_columns(cells: pa.Table, count: int) -> frozenset[int]:
    """Return the columns that hold amounts in most of the rows above the tail."""
    sample = cells.slice(max(0, count - _TAIL_ROWS - _SAMPLE_ROWS), min(count, _SAMPLE_ROWS + _TAIL_ROWS))
    found = set()
    for index, column in enumerate(sample.columns):
        texts = [text for text in column.to_pylist() if stripped(text)]
        if len(texts) > 1 and sum(map(is_amount, texts)) >= 0.8 * len(texts):
            found.add(index)
    return frozenset(found)


def _balance_rows(cells: pa.Table) -> set[int]:
    """Return the rows that may state a balance; where a long column's ends hold no such word, its middle is not searched."""
    found: set[int] = set()
    if len(cells) <= 2 * _END_ROWS and cells.num_columns:
        # In one go: making the pattern ready takes longer than reading a short column.
        whole = pa.chunked_array([chunk for column in cells.columns for chunk in column.chunks], cells.column(0).type)
        if not pc.any(pc.match_substring_regex(whole, BALANCE_PATTERN)).as_py():
            return found
    for rows in results(_balances, cells.columns):
        if len(rows) <= _MAX_CANDIDATES:
            found.update(rows)
    return found


def _balances(column: pa.ChunkedArray) -> list[int]:
    if len(column) > 2 * _END_ROWS:
        ends = pa.chunked_array([*column.slice(0, _END_ROWS).chunks, *column.slice(len(column) - _END_ROWS).chunks])
        if not pc.any(pc.match_substring_regex(ends, BALANCE_PATTERN)).as_py():
            return []
    return true_rows(pc.match_substring_regex(column, BALANCE_PATTERN))


def _constants(cells: pa.Table) -> dict[int, str]:
    """Return the columns whose first rows all hold one value, such as the account of a statement."""
    found = {}
    for index, column in enumerate(cells.slice(0, _SAMPLE_ROWS).columns):
        values = column.drop_null().unique()
        if len(values) == 1 and column.null_count < len(column) / 2:
            found[index] = values[0].as_py()
    return found


def _starts_with_values(cells: pa.Table, filled: npt.NDArray[np.int32]) -> bool:
    places = np.flatnonzero(filled > 1)[:_SAMPLE_ROWS]
    texts = [text for text in cells.column(0).take(pa.array(places, pa.int64())).to_pylist() if stripped(text)]
    return len(texts) > 1 and 2 * sum(is_amount(text) or is_date(text) for text in texts) > len(texts)


def with_labels(
    cells: pa.Table, found: dict[int, Summary], filled: npt.NDArray[np.int32]
) -> tuple[pa.Table, dict[int, Summary]]:
    """Return the table with each group's label in the first column of its rows; headings below the last row are remarks.

    Parameters
    ----------
    cells
        The table.
    found
        Its rows that are no records.
    filled
        How many cells of each row hold more than blanks.
    """
    settled = _settled(found, filled)
    labels = _labels(cells, settled)
    if labels is None:
        return cells, settled
    return cells.set_column(0, "c0", pc.coalesce(cells.column(0), labels)), settled


def with_group_column(
    cells: pa.Table, found: dict[int, Summary], filled: npt.NDArray[np.int32]
) -> tuple[pa.Table, dict[int, Summary]]:
    """Return the table with one more column for the labels of its groups, unless a column of the rows below holds them.

    Parameters
    ----------
    cells
        The table.
    found
        Its rows that are no records.
    filled
        How many cells of each row hold more than blanks.
    """
    settled = _settled(found, filled)
    labels = _labels(cells, settled)
    if labels is None or any(pc.any(pc.equal(column, labels)).as_py() for column in cells.columns):
        return cells, settled
    return cells.append_column(f"c{cells.num_columns}", labels), settled


def _settled(found: dict[int, Summary], filled: npt.NDArray[np.int32]) -> dict[int, Summary]:
    is_detail = filled > 1
    is_detail[sorted(found)] = False
    last = int(np.flatnonzero(is_detail).max()) if bool(is_detail.any()) else -1
    return {
        index: Summary("foot_line", "A line with one filled cell is a remark, not a record.")
        if summary.reason == "group_line" and index > last
        else summary
        for index, summary in found.items()
    }


def _labels(cells: pa.Table, found: dict[int, Summary]) -> pa.ChunkedArray | None:
    """Return the label of each row's group; none where there is no heading."""
    headings = {index: summary.label for index, summary in found.items() if summary.reason == "group_line"}
    if not headings:
        return None
    closed = {
        index: closed_label(stripped(cells.column(0)[index].as_py()))
        for index, summary in found.items()
        if summary.reason == "total_line"
    }
    labels = np.full(cells.num_rows, None, object)
    for begin, end, label in group_labels(headings, closed, cells.num_rows):
        labels[begin:end] = label
    labels[sorted(found)] = None
    return pa.chunked_array([pa.array(labels, pa.string())])
