"""Which pairs of documents are worth weighing: one party or amount within the window, a shared number, rare shared words.

Every key gives a document a bounded number of partners, the nearest in time: equal amounts by the thousand cost no more.
"""

import numpy as np

from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents.numbers import Quotes
from toolkit.match.documents.side import NO_DAY, NO_PARTY, Documents
from toolkit.match.documents.wording import Wording
from toolkit.match.texts.words import rows_of

EARLIEST_DAYS, LATEST_DAYS = -21, 200
_QUOTED_WINDOW_DAYS = 400
_NEAREST_OF_PARTY = 60
_NEAREST_BY_AMOUNT = 12
_NO_CODE = -1


def candidate_pairs(left: Documents, right: Documents, quoted: Quotes, words: Wording) -> tuple[Ints, Ints]:
    """Return the rows of the pairs worth weighing, in order, each once.

    Parameters
    ----------
    left, right
        Source and target.
    quoted
        Pairs that share a number.
    words
        The words of both sides; pairs that share a rare one are looked at within the window.
    """
    amounts_l, amounts_r = _amount_codes(left, right)
    exact_l, exact_r = amounts_l[: len(left)], amounts_r[: len(right)]
    base = np.int64(max(amounts_l.max(initial=0), amounts_r.max(initial=0)) + 1)
    found = [
        *_of_code(left, right, left.party, right.party, most=_NEAREST_OF_PARTY),
        _nearest(
            left.day,
            right.day,
            _joint(left.party, exact_l, base),
            _joint(right.party, exact_r, base),
            most=_NEAREST_OF_PARTY,
        ),
        _by_amount(left, right, amounts_l, amounts_r),
        _within(left, right, quoted.left, quoted.right, -_QUOTED_WINDOW_DAYS, _QUOTED_WINDOW_DAYS, is_day_needed=False),
        _within(left, right, *words.rare_pairs, EARLIEST_DAYS, LATEST_DAYS, is_day_needed=True),
    ]
    # Several keys bring the same pair: as one number each, a sort finds the repeats.
    count = np.int64(len(right) + 1)
    pairs = np.sort(np.concatenate([rows_l * count + rows_r for rows_l, rows_r in found]))
    is_first = np.ones(len(pairs), dtype=bool)
    is_first[1:] = pairs[1:] != pairs[:-1]
    pairs = pairs[is_first]
    return pairs // count, pairs % count


def _of_code(left: Documents, right: Documents, code_l: Ints, code_r: Ints, *, most: int) -> list[tuple[Ints, Ints]]:
    """Return the nearest documents of one code, dated or not: without a date nothing speaks against any."""
    undated_l = np.where(left.day == NO_DAY, code_l, _NO_CODE)
    undated_r = np.where(right.day == NO_DAY, code_r, _NO_CODE)
    dated_r = np.where(right.day == NO_DAY, _NO_CODE, code_r)
    zero_l, zero_r = np.zeros(len(left), dtype=np.int64), np.zeros(len(right), dtype=np.int64)
    return [
        _nearest(left.day, right.day, code_l, code_r, most=most),
        _nearest(zero_l, zero_r, undated_l, dated_r, most=most),
        _nearest(zero_l, zero_r, code_l, undated_r, most=most),
    ]


def _nearest(day_l: Ints, day_r: Ints, code_l: Ints, code_r: Ints, *, most: int) -> tuple[Ints, Ints]:
    """Return for each left row the rows of its code within the window, at most ``most``, from its own day on.

    Rows of one code and day start one after another, so that a thousand alike do not all meet the same few.
    """
    rows_l = np.flatnonzero((code_l != _NO_CODE) & (day_l != NO_DAY))
    rows_r = np.flatnonzero((code_r != _NO_CODE) & (day_r != NO_DAY))
    if not len(rows_l) or not len(rows_r):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    # Code and day in one number: rows of one code stand together, in order of day, and a window is one slice.
    first = int(min(day_l[rows_l].min() + EARLIEST_DAYS, day_r[rows_r].min()))
    span = np.int64(max(day_l[rows_l].max() + LATEST_DAYS, day_r[rows_r].max()) - first + 1)
    keys_r = code_r[rows_r] * span + day_r[rows_r] - first
    order_r = np.argsort(keys_r, kind="stable")
    keys_r, rows_r = keys_r[order_r], rows_r[order_r]
    keys_l = code_l[rows_l] * span + day_l[rows_l] - first
    order_l = np.argsort(keys_l, kind="stable")
    keys_l, rows_l = keys_l[order_l], rows_l[order_l]
    start = np.searchsorted(keys_r, keys_l + EARLIEST_DAYS, "left")
    stop = np.searchsorted(keys_r, keys_l + LATEST_DAYS, "right")
    # The second of two alike begins one partner further on: equal fees of every month would else all meet the first twelve.
    rank = np.arange(len(keys_l)) - np.searchsorted(keys_l, keys_l, "left")
    own_day = np.searchsorted(keys_r, keys_l, "left") + rank - most // 4
    begin = np.where(stop - start > most, np.clip(own_day, start, np.maximum(stop - most, start)), start)
    owner, at = rows_of(begin, np.minimum(stop - begin, most))
    return rows_l[owner], rows_r[at]


def _by_amount(left: Documents, right: Documents, amounts_l: Ints, amounts_r: Ints) -> tuple[Ints, Ints]:
    times_l, times_r = len(amounts_l) // max(len(left), 1), len(amounts_r) // max(len(right), 1)
    rows_l, rows_r = _nearest(
        np.tile(left.day, times_l), np.tile(right.day, times_r), amounts_l, amounts_r, most=_NEAREST_BY_AMOUNT
    )
    return rows_l % max(len(left), 1), rows_r % max(len(right), 1)


def _amount_codes(left: Documents, right: Documents) -> tuple[Ints, Ints]:
    """Return a code for every amount that a document may be known by: as it is, then net of tax, then less the fee."""
    variants = [_variants(left), _variants(right)]
    every = np.concatenate(variants)
    known = ~np.isnan(every)
    ordered = np.sort(every[known])
    codes = np.full(len(every), _NO_CODE, dtype=np.int64)
    codes[known] = np.searchsorted(ordered, every[known])
    return codes[: len(variants[0])], codes[len(variants[0]) :]


def _variants(side: Documents) -> Floats:
    net = np.where(np.nan_to_num(side.tax) != 0, side.amount - side.tax, np.nan)
    less_fee = np.where(np.nan_to_num(side.fee) != 0, side.amount - side.fee, np.nan)
    return np.concatenate([side.amount, net, less_fee])


def _joint(party: Ints, amount: Ints, base: np.int64) -> Ints:
    return np.where((party == NO_PARTY) | (amount == _NO_CODE), _NO_CODE, party * base + amount)


def _within(  # noqa: PLR0917 - parallel columns
    left: Documents, right: Documents, rows_l: Ints, rows_r: Ints, earliest: int, latest: int, *, is_day_needed: bool
) -> tuple[Ints, Ints]:
    day_l, day_r = left.day[rows_l], right.day[rows_r]
    is_dated = (day_l != NO_DAY) & (day_r != NO_DAY)
    lag = np.where(is_dated, day_r, 0) - np.where(is_dated, day_l, 0)
    kept = np.where(is_dated, (lag >= earliest) & (lag <= latest), not is_day_needed)
    return rows_l[kept], rows_r[kept]
