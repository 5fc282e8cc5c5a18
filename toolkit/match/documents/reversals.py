"""Documents of one side that take each other back: a payment that was returned, a credit note for a whole invoice."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents.mentions import Mentions
from toolkit.match.documents.side import NO_DAY, NO_PARTY, Documents, Flags
from toolkit.match.documents.word_sets import WordSets
from toolkit.match.texts.words import rows_of
from toolkit.values.cells import of_distinct

_LATEST_DAYS = 130
_LATEST_DAYS_UNNAMED = 15
_NEAREST = 20
_SHARED_BITS, _SHARED_SHARE = 4.0, 0.4
_LEAST_DIGITS = 3
_BY_NUMBER, _BY_PARTY, _BY_WORDS, _ALONE = 4, 3, 2, 1
_RETURN_WORDS = (
    r"(?i)\b(return|returned|returns|reversal|reversed|unpaid|bounced|nsf|charge-?back|dishonou?red|insufficient|recalled|"
    r"r.cklast\w*|retoure|storno|impay.\w*|rejet\w*|devoluci.n|devuelt\w+|stornering|gestorneerd)\b"
)


class Reversals(NamedTuple):
    """Rows of one side: what came first, and what took it back."""

    first: Ints
    back: Ints

    def __len__(self) -> int:
        return len(self.first)

    def rows(self, count: int) -> Flags:
        """Return which of ``count`` rows take part."""
        result = np.zeros(count, dtype=bool)
        result[self.first], result[self.back] = True, True
        return result


NONE = Reversals(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def money_sign(side: Documents) -> int:
    """Return which way most of a side's money goes: 1 or -1."""
    known = side.amount[~np.isnan(side.amount)]
    return 1 if (known > 0).sum() >= (known < 0).sum() else -1


def returned(side: Documents, sets: WordSets, bits: Floats, numbers: Mentions, *, sign: int) -> Reversals:
    """Return which money came and was sent back, to the cent, to the same payer.

    What tells so: a shared number, the same party, words in common; or that the text says so and only one line fits.

    Parameters
    ----------
    side
        The documents.
    sets, bits
        Their words, and what each word is worth.
    numbers
        The numbers in them.
    sign
        Which way money goes that came.
    """
    rows, back = _equal_amounts(side, sign)
    if not len(rows):
        return NONE
    party, other = side.party[rows], side.party[back]
    is_known = (party != NO_PARTY) & (other != NO_PARTY)
    days = side.day[back] - side.day[rows]
    says_so = _says_so(side)[back] & (days <= _LATEST_DAYS_UNNAMED)
    is_alone = (np.bincount(rows, minlength=len(side))[rows] == 1) & (np.bincount(back, minlength=len(side))[back] == 1)
    score = np.select(
        [_share_number(rows, back, numbers), is_known & (party == other), _share_words(rows, back, sets, bits)],
        [_BY_NUMBER, _BY_PARTY, _BY_WORDS],
        np.where(says_so & is_alone, _ALONE, 0),
    )
    score = np.where(is_known & (party != other), 0, score)
    return _nearest_first(rows, back, score, days, len(side))


def credited(side: Documents, payer: Ints, is_free: Flags, *, sign: int) -> Reversals:
    """Return which free invoices a free credit note of the same party takes back as a whole.

    Parameters
    ----------
    side
        The documents.
    payer
        Whose they are.
    is_free
        Those without a counterpart.
    sign
        Which way the amounts of invoices go.
    """
    rows, back = _equal_amounts(side, sign)
    score = np.where(is_free[rows] & is_free[back] & (payer[rows] == payer[back]) & (payer[rows] != NO_PARTY), 1, 0)
    return _nearest_first(rows, back, score, side.day[back] - side.day[rows], len(side))


def _equal_amounts(side: Documents, sign: int) -> tuple[Ints, Ints]:
    """Return pairs of a document and a later one of as much the other way, each later one with the nearest before."""
    amount = np.nan_to_num(side.amount) * sign
    is_able = (amount != 0) & (side.day != NO_DAY)
    first, back = np.flatnonzero(is_able & (amount > 0)), np.flatnonzero(is_able & (amount < 0))
    if not len(first) or not len(back):
        return NONE
    both = np.concatenate([first, back])
    _, code = np.unique(np.abs(amount[both]), return_inverse=True)
    code = code.astype(np.int64) * (np.int64(side.currency.max(initial=0)) + 2) + side.currency[both] + 1
    start_day = int(side.day[both].min())
    span = np.int64(side.day[both].max() - start_day + _LATEST_DAYS + 1)
    key = code * span + side.day[both] - start_day
    order = np.argsort(key[: len(first)], kind="stable")
    keys, first = key[: len(first)][order], first[order]
    key_back, code_back = key[len(first) :], code[len(first) :]
    begin = np.searchsorted(keys, np.maximum(key_back - _LATEST_DAYS, code_back * span), "left")
    stop = np.searchsorted(keys, key_back, "right")
    begin = np.maximum(begin, stop - _NEAREST)
    owner, at = rows_of(begin, np.maximum(stop - begin, 0))
    return first[at], back[owner]


def _says_so(side: Documents) -> Flags:
    result = np.zeros(len(side), dtype=bool)
    for name in ("description", "name", "reference"):
        if name in side.table.column_names:
            cells = side.table[name].combine_chunks().cast(pa.string())
            found = of_distinct(cells, lambda texts: pc.match_substring_regex(texts, _RETURN_WORDS))
            result |= np.asarray(pc.fill_null(found, False), dtype=bool)
    return result


def _share_number(rows: Ints, back: Ints, numbers: Mentions) -> Flags:
    """Return which pairs have a number of three or more digits in common."""
    lengths = np.asarray(pc.binary_length(numbers.texts), dtype=np.int64)
    # What a document is called itself is no other's.
    is_long = lengths[numbers.number] >= _LEAST_DIGITS
    base = np.int64(len(numbers.texts) + 1)
    keys = np.unique(numbers.row[is_long].astype(np.int64) * base + numbers.number[is_long])
    owners = keys // base
    start, stop = np.searchsorted(owners, back, "left"), np.searchsorted(owners, back, "right")
    pair, at = rows_of(start, stop - start)
    wanted = rows[pair] * base + keys[at] % base
    is_there = keys[np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))] == wanted if len(keys) else wanted > 0
    result = np.zeros(len(rows), dtype=bool)
    result[pair[is_there]] = True
    return result


def _share_words(rows: Ints, back: Ints, sets: WordSets, bits: Floats) -> Flags:
    """Return which pairs have words in common that are worth something, and a good part of the shorter text."""
    pair, word = sets.words_of(back)
    own = sets.holding(rows[pair], word)
    shared = np.bincount(pair[own], weights=bits[word[own]], minlength=len(rows))
    weight = sets.weight(bits)
    whole = np.minimum(weight[rows], weight[back])
    return np.asarray((shared >= _SHARED_BITS) & (shared >= _SHARED_SHARE * whole), dtype=bool)


def _nearest_first(rows: Ints, back: Ints, score: Ints, days: Ints, count: int) -> Reversals:
    """Return each row once, the best told first and of those the nearest in time."""
    kept = np.flatnonzero(score > 0)
    order = kept[np.lexsort((back[kept], rows[kept], days[kept], -score[kept]))]
    is_taken = [False] * count
    chosen: list[tuple[int, int]] = []
    for one, other in zip(rows[order].tolist(), back[order].tolist(), strict=True):
        if not is_taken[one] and not is_taken[other]:
            is_taken[one] = is_taken[other] = True
            chosen.append((one, other))
    if not chosen:
        return NONE
    first, later = zip(*sorted(chosen), strict=True)
    return Reversals(np.array(first, dtype=np.int64), np.array(later, dtype=np.int64))
