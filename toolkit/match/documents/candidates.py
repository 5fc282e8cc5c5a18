"""Which pairs of documents are worth weighing: one party or amount within the window, a shared number, rare shared words.

Every key gives a document a bounded number of partners, the nearest in time: equal amounts by the thousand cost no more.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents.nearest import EARLIEST_DAYS, LATEST_DAYS, NO_CODE, nearest
from toolkit.match.documents.numbers import Quotes
from toolkit.match.documents.payers import Payers
from toolkit.match.documents.readings import Reading
from toolkit.match.documents.side import NO_DAY, NO_PARTY, Documents
from toolkit.match.documents.wording import Wording

_QUOTED_WINDOW_DAYS = 400
_NEAREST_OF_PARTY = 60
_NEAREST_BY_AMOUNT = 12


def candidate_pairs(  # noqa: PLR0917 - parallel columns
    left: Documents, right: Documents, quoted: Quotes, words: Wording, who: Payers, readings: Sequence[Reading] = ()
) -> tuple[Ints, Ints]:
    """Return the rows of the pairs worth weighing, in order, each once.

    Parameters
    ----------
    left, right
        Source and target.
    quoted
        Pairs that share a number.
    words
        The words of both sides; pairs that share a rare one are looked at within the window.
    who
        Whose the documents are.
    readings
        How amounts usually relate where it is not as equals.
    """
    # Several keys bring the same pair: as one number each, a sort finds the repeats.
    count = np.int64(len(right) + 1)
    found = _found(left, right, quoted, words, who, readings)
    pairs = np.concatenate([rows_l * count + rows_r for rows_l, rows_r in found])
    pairs.sort()
    is_first = np.ones(len(pairs), dtype=bool)
    is_first[1:] = pairs[1:] != pairs[:-1]
    pairs = pairs[is_first]
    rows_l = pairs // count
    pairs -= rows_l * count
    return rows_l, pairs


def _found(  # noqa: PLR0917 - what candidate pairs are found by
    left: Documents, right: Documents, quoted: Quotes, words: Wording, who: Payers, readings: Sequence[Reading]
) -> Iterator[tuple[Ints, Ints]]:
    """Yield the pairs of one key after another, so that none is held longer than it takes."""
    amounts_l, amounts_r = _amount_codes(left, right, readings)
    exact_l, exact_r = amounts_l[: len(left)], amounts_r[: len(right)]
    base = np.int64(max(amounts_l.max(initial=0), amounts_r.max(initial=0)) + 1)
    yield from _of_code(left, right, who.left, who.right, most=_NEAREST_OF_PARTY)
    of_payer_l, of_payer_r = _joint(who.left, exact_l, base), _joint(who.right, exact_r, base)
    yield nearest(left.day, right.day, of_payer_l, of_payer_r, most=_NEAREST_OF_PARTY)
    yield _by_amount(left, right, amounts_l, amounts_r)
    days = _QUOTED_WINDOW_DAYS
    yield _within(left, right, quoted.left, quoted.right, -days, days, is_day_needed=False)
    for rows_l, rows_r in words.rare_pairs():
        yield _within(left, right, rows_l, rows_r, EARLIEST_DAYS, LATEST_DAYS, is_day_needed=True)


def _of_code(left: Documents, right: Documents, code_l: Ints, code_r: Ints, *, most: int) -> Iterator[tuple[Ints, Ints]]:
    """Return the nearest documents of one code, dated or not: without a date nothing speaks against any."""
    undated_l = np.where(left.day == NO_DAY, code_l, NO_CODE)
    undated_r = np.where(right.day == NO_DAY, code_r, NO_CODE)
    dated_r = np.where(right.day == NO_DAY, NO_CODE, code_r)
    zero_l, zero_r = np.zeros(len(left), dtype=np.int64), np.zeros(len(right), dtype=np.int64)
    yield nearest(left.day, right.day, code_l, code_r, most=most)
    yield nearest(zero_l, zero_r, undated_l, dated_r, most=most)
    yield nearest(zero_l, zero_r, code_l, undated_r, most=most)


def _by_amount(left: Documents, right: Documents, amounts_l: Ints, amounts_r: Ints) -> tuple[Ints, Ints]:
    times_l, times_r = len(amounts_l) // max(len(left), 1), len(amounts_r) // max(len(right), 1)
    rows_l, rows_r = nearest(
        np.tile(left.day, times_l), np.tile(right.day, times_r), amounts_l, amounts_r, most=_NEAREST_BY_AMOUNT
    )
    return rows_l % max(len(left), 1), rows_r % max(len(right), 1)


def _amount_codes(left: Documents, right: Documents, readings: Sequence[Reading]) -> tuple[Ints, Ints]:
    """Return a code for every amount that a document may be known by: as it is, then net of tax, then less the fee.

    The source's are also known by what they usually become, give or take a cent of rounding.
    """
    usual = [one.of(left.amount) + cent for one in readings for cent in (0, -1, 1)]
    variants = [np.concatenate([_variants(left), *usual]), _variants(right)]
    every = np.concatenate(variants)
    known = ~np.isnan(every)
    codes = np.full(len(every), NO_CODE, dtype=np.int64)
    codes[known] = _numbered(every[known])
    return codes[: len(variants[0])], codes[len(variants[0]) :]


def _numbered(values: Floats) -> Ints:
    """Return for each value how many are smaller."""
    order = np.argsort(values)
    ordered = values[order]
    is_new = np.ones(len(order), dtype=bool)
    is_new[1:] = ordered[1:] != ordered[:-1]
    first = np.flatnonzero(is_new)
    result = np.empty(len(order), dtype=np.int64)
    result[order] = np.repeat(first, np.diff(np.append(first, len(order))))
    return result


def _variants(side: Documents) -> Floats:
    net = np.where(np.nan_to_num(side.tax) != 0, side.amount - side.tax, np.nan)
    less_fee = np.where(np.nan_to_num(side.fee) != 0, side.amount - side.fee, np.nan)
    return np.concatenate([side.amount, net, less_fee])


def _joint(party: Ints, amount: Ints, base: np.int64) -> Ints:
    return np.where((party == NO_PARTY) | (amount == NO_CODE), NO_CODE, party * base + amount)


def _within(  # noqa: PLR0917 - parallel columns
    left: Documents, right: Documents, rows_l: Ints, rows_r: Ints, earliest: int, latest: int, *, is_day_needed: bool
) -> tuple[Ints, Ints]:
    day_l, day_r = left.day[rows_l], right.day[rows_r]
    is_dated = (day_l != NO_DAY) & (day_r != NO_DAY)
    lag = np.where(is_dated, day_r, 0) - np.where(is_dated, day_l, 0)
    kept = np.where(is_dated, (lag >= earliest) & (lag <= latest), not is_day_needed)
    return rows_l[kept], rows_r[kept]
