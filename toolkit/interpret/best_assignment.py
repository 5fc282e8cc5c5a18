"""The assignment of rows to columns with the greatest sum of weights.

Shortest augmenting paths, as scipy does it and with its choice among equal ones; a table has few columns, and loading
scipy's takes a quarter of a second, which is more than all tables of a small client.

Source: D. F. Crouse, On implementing 2D rectangular assignment algorithms, IEEE Transactions on Aerospace and Electronic
Systems 52 (2016) 1679-1696.
"""

import numpy as np

Weights = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Floats = np.ndarray[tuple[int], np.dtype[np.float64]]


def best_columns(weights: Weights) -> list[int]:
    """Return the column of each row, no column twice; there are at least as many columns as rows, and all weights finite.

    Examples
    --------
    >>> best_columns(np.array([[3.0, 2.0, 0.0], [3.0, 0.0, 0.0]]))
    [1, 0]
    """
    cost = -weights
    row_count, column_count = cost.shape
    row_price, column_price = np.zeros(row_count), np.zeros(column_count)
    row_of, column_of = np.full(column_count, -1), np.full(row_count, -1)
    for start in range(row_count):
        end, reached, seen_rows, before, distance = _path(cost, start, row_price, column_price, row_of)
        # The prices keep every reduced cost at zero or above, so that the next path need not look back.
        length = distance[end]
        row_price[start] += length
        others = [row for row in seen_rows if row != start]
        row_price[others] += length - distance[column_of[others]]
        column_price[reached] -= length - distance[reached]
        row = -1
        while row != start:
            row = int(before[end])
            row_of[end] = row
            column_of[row], end = end, int(column_of[row])
    return [int(column) for column in column_of]


def _path(
    cost: Weights, start: int, row_price: Floats, column_price: Floats, row_of: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> tuple[int, list[int], list[int], np.ndarray[tuple[int], np.dtype[np.int64]], Floats]:
    """Return the free column nearest to a row, the columns and rows on the way, from which row each, and how far."""
    column_count = cost.shape[1]
    # From the last to the first: among equal columns the first is then taken.
    left = np.arange(column_count)[::-1].copy()
    distance, before = np.full(column_count, np.inf), np.zeros(column_count, np.int64)
    reached: list[int] = []
    seen_rows: list[int] = []
    row, length = start, 0.0
    while True:
        seen_rows.append(row)
        new = length + cost[row, left] - row_price[row] - column_price[left]
        nearer = new < distance[left]
        distance[left[nearer]] = new[nearer]
        before[left[nearer]] = row
        nearest = np.flatnonzero(distance[left] == distance[left].min())
        free = nearest[row_of[left[nearest]] == -1]
        place = int(free[-1] if len(free) else nearest[0])
        column = int(left[place])
        length = float(distance[column])
        reached.append(column)
        if len(free):
            return column, reached, seen_rows, before, distance
        row = int(row_of[column])
        left[place] = left[-1]
        left = left[:-1]
