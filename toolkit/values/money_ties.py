"""How the amount columns of a table hang together: net + tax = gross, whole less fee, running balances, products.

Amounts are int64 minor units, null where a cell is empty. A sum may miss by one minor unit for each of its parts: systems
round them one by one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Role = Literal[
    "net", "tax", "gross", "whole", "part", "rest", "amount", "increase", "decrease", "balance", "quantity", "price", "total"
]  # fmt: skip

_MIN_SHARE = 0.8
_MAX_TAX_SHARE = 0.4
# A country has few tax rates; what follows no few rates is a fee, a discount or freight.
_MAX_RATES = 4
_MAX_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class AmountTie:
    """An equation that holds between amount columns.

    ``roles`` says which column (by place) plays which part: net + tax = gross; rest + part = whole, for a fee, a discount or
    freight; amount, or increase and decrease, against a running balance. ``share`` of ``row_count`` rows hold it, counting
    only rows where it says something. ``sign`` is -1 where the part is written with the opposite sign of the whole,
    or the balance falls as the amount rises. ``is_newest_first`` tells the direction of a balance.
    """

    roles: tuple[tuple[Role, int], ...]
    share: float
    row_count: int
    sign: int = 1
    is_newest_first: bool = False

    def column(self, role: Role) -> int | None:
        """Return the place of the column with that role; null where the tie has none."""
        return next((place for one, place in self.roles if one == role), None)


def tied_amounts(columns: Sequence[pa.Array | pa.ChunkedArray]) -> tuple[AmountTie, ...]:
    """Return the equations that hold between amount columns, those with most rows behind them first.

    Parameters
    ----------
    columns
        Amounts in minor units, row by row in the order of the file; only the first twelve are tried.

    Examples
    --------
    >>> net, vat, total = pa.array([10000, 5000, 299]), pa.array([1900, 950, 57]), pa.array([11900, 5950, 356])
    >>> tied_amounts([total, net, vat])
    (AmountTie(roles=(('net', 1), ('tax', 2), ('gross', 0)), share=1.0, row_count=3, sign=1, is_newest_first=False),)
    """
    read = [_Amounts.of(column) for column in columns[:_MAX_COLUMNS]]
    found = [*_sums(read), *_balances(read)]
    return tuple(sorted(found, key=lambda tie: (-tie.share * tie.row_count, tie.roles)))


def tied_products(columns: Sequence[pa.Array | pa.ChunkedArray]) -> tuple[AmountTie, ...]:
    """Return where quantity times price is a total, those with most rows behind them first.

    Parameters
    ----------
    columns
        Numbers in whole units (12.5 is twelve and a half pieces, or 12.50 of money), null where empty; only the first
        twelve are tried. Of the two factors the one with more whole numbers is the quantity.

    Examples
    --------
    >>> price, total, pieces = pa.array([12.5, 3.99, 80.0]), pa.array([25.0, 11.97, 80.0]), pa.array([2.0, 3.0, 1.0])
    >>> tied_products([price, total, pieces])[0].roles
    (('quantity', 2), ('price', 0), ('total', 1))
    """
    read = [np.asarray(pc.fill_null(pc.cast(column, pa.float64()), np.nan)) for column in columns[:_MAX_COLUMNS]]
    found = []
    for total in range(len(read)):
        for one, other in combinations([place for place in range(len(read)) if place != total], 2):
            # A factor of nothing or one shows nothing.
            says = np.all([(read[place] != 0) & (np.abs(read[place]) != 1) for place in (one, other)], axis=0)
            says &= ~np.isnan(read[one] * read[other] * read[total])
            if not says.any():
                continue
            factors, product = (read[one][says], read[other][says]), read[total][says]
            # Prices and totals are rounded to a hundredth.
            slack = 0.006 + 0.005 * np.minimum(*np.abs(factors))
            share = float((np.abs(factors[0] * factors[1] - product) <= slack).mean())
            if share >= _MIN_SHARE:
                whole_shares = [float((factor % 1 == 0).mean()) for factor in factors]
                count, price = (one, other) if whole_shares[0] >= whole_shares[1] else (other, one)
                roles: tuple[tuple[Role, int], ...] = (("quantity", count), ("price", price), ("total", total))
                found.append(AmountTie(roles, share, int(says.sum())))
    return tuple(sorted(found, key=lambda tie: (-tie.share * tie.row_count, tie.roles)))


@dataclass(frozen=True, slots=True)
class _Amounts:
    values: Ints
    is_filled: Flags

    @classmethod
    def of(cls, column: pa.Array | pa.ChunkedArray) -> "_Amounts":
        values = np.asarray(pc.fill_null(column, 0), np.int64)
        return cls(values, np.asarray(pc.is_valid(column), np.bool_))


def _sums(read: Sequence[_Amounts]) -> Iterator[AmountTie]:
    """Yield a + b = c for every three columns where it holds; and a + b + c = d where no three of the four are tied."""
    tied: list[frozenset[int]] = []
    for count in (2, 3):
        for whole in range(len(read)):
            for parts in combinations([place for place in range(len(read)) if place != whole], count):
                if any(group <= {whole, *parts} for group in tied):
                    continue
                tie = _sum(read, parts, whole)
                if tie is not None:
                    tied.append(frozenset({whole, *parts}))
                    yield tie


def _sum(read: Sequence[_Amounts], parts: tuple[int, ...], whole: int) -> AmountTie | None:
    total = read[whole]
    filled = [read[part] for part in parts]
    says = total.is_filled & (total.values != 0)
    for one in filled:
        # An empty tax cell is no tax; a row where a part is nothing shows nothing.
        says &= one.values != 0
    count = int(says.sum())
    if not count:
        return None
    summed = np.sum([one.values for one in filled], axis=0)
    holds = np.abs(summed - total.values) <= len(parts) - 1
    # Rows in which a part is nothing must hold, too, but are no evidence.
    is_whole_row = total.is_filled & np.any([one.is_filled for one in filled], axis=0)
    if holds[says].mean() < _MIN_SHARE or holds[is_whole_row].mean() < _MIN_SHARE:
        return None
    share = float(holds[says].mean())
    size = [int(np.abs(read[place].values[says]).sum()) for place in (*parts, whole)]
    by_size = sorted(range(len(parts)), key=lambda number: (-size[number], number))
    rest, *others = (parts[number] for number in by_size)
    rows = says & holds
    opposed = np.sign(read[others[0]].values[rows]) != np.sign(read[rest].values[rows])
    if len(parts) == 2 and opposed.mean() > 0.5:
        # 100 - 3 = 97: the column with 100 is the whole.
        return AmountTie((("rest", whole), ("part", others[0]), ("whole", rest)), share, count, sign=-1)
    if len(parts) == 2 and _is_tax(read[others[0]].values[rows], read[rest].values[rows]):
        return AmountTie((("net", rest), ("tax", others[0]), ("gross", whole)), share, count)
    named: list[tuple[Role, int]] = [("rest", rest), *(("part", other) for other in others), ("whole", whole)]
    return AmountTie(tuple(named), share, count)


def _is_tax(tax: Ints, net: Ints) -> bool:
    """Return whether few rates explain all taxes, to a minor unit."""
    order = np.lexsort((tax, net))
    tax, net = tax[order], net[order]
    left = np.ones(len(tax), np.bool_)
    # Most rates are whole or half per cents; any two numbers have some rate, so that an odd one must come again.
    odd_count = 0
    for _ in range(_MAX_RATES):
        if not left.any():
            break
        # The largest amount knows its rate best.
        place = int(np.argmax(np.where(left, np.abs(net), -1)))
        rate = round(float(tax[place] / net[place]), 4)
        odd_count += round(rate * 200, 2) % 1 != 0
        if not 0 < rate <= _MAX_TAX_SHARE or odd_count > len(tax) // 2:
            return False
        left &= np.abs(tax - net * rate) > 1 + np.abs(net) * 0.0001
    return float(left.mean()) <= 1 - _MIN_SHARE


def _balances(read: Sequence[_Amounts]) -> Iterator[AmountTie]:
    """Yield the running balances: of one signed column, and of one that adds beside one that takes away."""
    tied = set()
    for amount, balance in permutations(range(len(read)), 2):
        change = _Amounts(read[amount].values, read[amount].is_filled)
        found = _running(change, read[balance])
        if found is not None:
            tied.add(balance)
            share, count, sign, is_newest_first = found
            yield AmountTie((("amount", amount), ("balance", balance)), share, count, sign, is_newest_first)
    for one, other in combinations(range(len(read)), 2):
        if (read[one].is_filled & (read[one].values != 0) & (read[other].values != 0)).mean() > 1 - _MIN_SHARE:
            continue
        net = np.abs(read[one].values) - np.abs(read[other].values)
        change = _Amounts(net, read[one].is_filled | read[other].is_filled)
        for balance in range(len(read)):
            if balance in {one, other} | tied:
                continue
            found = _running(change, read[balance])
            if found is not None:
                share, count, sign, is_newest_first = found
                up, down = (one, other) if sign > 0 else (other, one)
                roles: tuple[tuple[Role, int], ...] = (("increase", up), ("decrease", down), ("balance", balance))
                yield AmountTie(roles, share, count, 1, is_newest_first)


def _running(change: _Amounts, balance: _Amounts) -> tuple[float, int, int, bool] | None:
    """Return share and count of the steps that hold, the sign of the amounts, and whether the newest row comes first."""
    places = np.flatnonzero(change.is_filled & balance.is_filled)
    if len(places) < 3:
        return None
    amounts, balances = change.values[places], balance.values[places]
    steps = np.diff(balances)
    best: tuple[float, int, int, bool] | None = None
    for is_newest_first, moved in ((False, amounts[1:]), (True, -amounts[:-1])):
        says = (moved != 0) | (steps != 0)
        for sign in (1, -1):
            share = float((steps == sign * moved)[says].mean()) if says.any() else 0.0
            if share >= _MIN_SHARE and (best is None or share > best[0]):
                best = (share, int(says.sum()), sign, is_newest_first)
    return best
