"""Numbers that one document quotes of another.

Two systems often count with the same digits and mean different things, so a pair of columns is believed only where the
documents it joins also agree in party or amount.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Floats, Ints, Levels
from toolkit.match.documents.families import quoting, usual_family
from toolkit.match.documents.mentions import NUMBER_COLUMNS, Mentions
from toolkit.match.documents.side import Documents, Flags
from toolkit.match.texts.words import rows_of

LEVELS = (
    "the target quotes another document", "another document's number", "a short number in common",
    "one number, written otherwise", "the same number",
)  # fmt: skip
ELSEWHERE, CLAIMED, SHORT, OTHERWISE, VERBATIM = range(1, 6)

_STRUCTURED = np.isin(NUMBER_COLUMNS, ("deal_ref", "invoice_ref", "reference"))
_MAX_SHARERS = 25
_MOST_BITS, _MOST_BITS_OF_TWO_DIGITS = 16.0, 8.0
_BITS_BY_LENGTH = np.array([0.0, 0.0, 2.0, 6.0, _MOST_BITS])
# Between two that fold to one number, the one written alike.
_VERBATIM_BITS = 1.0
_CLAIMING_BITS = 4.0
_BELIEVED_SHARE = 0.5
_LONG = 3


class Quotes(NamedTuple):
    """Pairs that share a number, in order of their rows: the bits it is worth, whether it is written alike.

    ``is_long`` says whether it has three signs or more. ``is_claimed_l`` and ``is_claimed_r`` mark rows that share a trusted
    number with anything: for another partner that counts against.
    """

    left: Ints
    right: Ints
    bits: Floats
    is_verbatim: Flags
    is_long: Flags
    is_claimed_l: Flags
    is_claimed_r: Flags

    def of(self, rows_l: Ints, rows_r: Ints) -> tuple[Levels, Floats]:
        """Return the level of pairs, and what it is worth that they share a number."""
        level = np.where(self.is_claimed_l[rows_l] | self.is_claimed_r[rows_r], CLAIMED, 0).astype(np.uint8)
        bits = np.zeros(len(rows_l))
        at, is_own = self._places(rows_l, rows_r)
        at = at[is_own]
        bits[is_own] = self.bits[at]
        worth = np.where(self.is_verbatim[at], VERBATIM, OTHERWISE)
        level[is_own] = np.where(self.bits[at] < _CLAIMING_BITS, SHORT, worth)
        return level, bits

    def are_unique(self, rows_l: Ints, rows_r: Ints) -> Flags:
        """Return which pairs share a number that leads from neither document to any other."""
        claims = self.bits >= _CLAIMING_BITS
        count_l = np.bincount(self.left[claims], minlength=len(self.is_claimed_l))
        count_r = np.bincount(self.right[claims], minlength=len(self.is_claimed_r))
        is_unique = claims & self.is_long & (count_l[self.left] == 1) & (count_r[self.right] == 1)
        at, is_own = self._places(rows_l, rows_r)
        result = np.zeros(len(rows_l), dtype=bool)
        result[is_own] = is_unique[at[is_own]]
        return result

    def exact(self) -> tuple[Ints, Ints]:
        """Return the pairs that share a long number which is written alike."""
        own = np.flatnonzero((self.bits >= _CLAIMING_BITS) & self.is_long & self.is_verbatim)
        return self.left[own], self.right[own]

    def _places(self, rows_l: Ints, rows_r: Ints) -> tuple[Ints, Flags]:
        """Return where each pair stands among those that share a number, and whether it does."""
        if not len(self.left) or not len(rows_l):
            return np.zeros(len(rows_l), dtype=np.int64), np.zeros(len(rows_l), dtype=bool)
        # Pairs that are looked at together are mostly of neighbouring rows, which few of the numbers belong to.
        start = np.minimum(np.searchsorted(self.left, rows_l.min(), "left"), len(self.left) - 1)
        stop = np.maximum(np.searchsorted(self.left, rows_l.max(), "right"), start + 1)
        base = np.int64(len(self.is_claimed_r) + 1)
        known, wanted = self.left[start:stop] * base + self.right[start:stop], rows_l * base + rows_r
        at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
        return start + at, known[at] == wanted


def quotes(
    on_left: Mentions,
    on_right: Mentions,
    count_l: int,
    count_r: int,
    *,
    corroborated: Callable[[Ints, Ints], Floats],
    is_another: Callable[[Ints, Ints, pa.StringArray], Flags],
) -> Quotes:
    """Return the pairs of rows that share a number in columns that can be believed.

    Parameters
    ----------
    on_left, on_right
        The numbers in both sides' documents.
    count_l, count_r
        How many documents the sides have.
    corroborated
        Given rows of both sides: 1 where party or amount agree, 0 where both are known and disagree, NaN where
        nothing can be said.
    is_another
        Given rows of both sides and the number they share: whether the target means another document of that number.
    """
    on_left, on_right = _of_both_sides(on_left, on_right)
    on_left, _ = _of_few(on_left)
    on_right, sharers_r = _of_few(on_right)
    lengths = np.asarray(pc.binary_length(on_right.texts), dtype=np.int64)
    start = np.searchsorted(on_right.number, on_left.number, "left")
    owner, at = rows_of(start, np.searchsorted(on_right.number, on_left.number, "right") - start)
    length = lengths[on_left.number[owner]]
    is_both_whole = on_left.is_whole[owner] & on_right.is_whole[at]
    whole = np.where(length <= 2, _MOST_BITS_OF_TWO_DIGITS, _MOST_BITS)
    most = np.where(is_both_whole, whole, _BITS_BY_LENGTH[np.minimum(length, 4)])
    bits = np.minimum(most, np.log2(max(count_r, 2) / sharers_r[at]) + 4)
    is_verbatim = on_left.written[owner] == on_right.written[at]
    worth = bits + np.where(is_verbatim, _VERBATIM_BITS, 0.0)
    rows_l, rows_r = on_left.row[owner], on_right.row[at]
    is_believed = _believed(rows_l, rows_r, on_left.column[owner], on_right.column[at], corroborated)
    kept = np.flatnonzero(is_believed & (bits > 0))
    kept = kept[~_is_told_apart(rows_l[kept], rows_r[kept], on_right.number[at[kept]], on_right.texts, is_another)]
    best = _best(rows_l[kept], rows_r[kept], worth[kept], is_verbatim[kept], length[kept] >= _LONG)
    claims = best[2] >= _CLAIMING_BITS
    is_claimed_l, is_claimed_r = np.zeros(count_l, dtype=bool), np.zeros(count_r, dtype=bool)
    is_claimed_l[best[0][claims]] = True
    is_claimed_r[best[1][claims]] = True
    return Quotes(*best, is_claimed_l, is_claimed_r)


def quoting_another(left: Documents, right: Documents, quoted: Quotes) -> Flags:
    """Return which target rows quote a number written as the source's are, though no document of the source has it.

    Only where most numbers written so lead to a document of the source: else the target counts by itself in the same way.

    Parameters
    ----------
    left, right
        Source and target.
    quoted
        The numbers that they share.
    """
    family = usual_family(left)
    if not family:
        return np.zeros(len(right), dtype=bool)
    result = quoting(right, family)
    has_own = quoted.is_claimed_r[result]
    return result if len(has_own) and has_own.mean() >= _BELIEVED_SHARE else np.zeros(len(right), dtype=bool)


def _is_told_apart(
    rows_l: Ints,
    rows_r: Ints,
    number: Ints,
    texts: pa.StringArray,
    is_another: Callable[[Ints, Ints, pa.StringArray], Flags],
) -> Flags:
    """Return which pairs share a number that several of the source have, of which the target means another."""
    result = np.zeros(len(rows_l), dtype=bool)
    order = np.lexsort((rows_l, number, rows_r))
    own = (rows_r[order], number[order])
    is_new = np.ones(len(order), dtype=bool)
    is_new[1:] = (own[0][1:] != own[0][:-1]) | (own[1][1:] != own[1][:-1])
    group = np.cumsum(is_new) - 1
    several = np.zeros(int(group[-1]) + 1 if len(group) else 0, dtype=bool)
    several[group[1:][~is_new[1:] & (rows_l[order][1:] != rows_l[order][:-1])]] = True
    asked = order[several[group]]
    result[asked] = is_another(rows_l[asked], rows_r[asked], texts.take(pa.array(number[asked])))
    return result


def _of_both_sides(on_left: Mentions, on_right: Mentions) -> tuple[Mentions, Mentions]:
    """Return the mentions of numbers that both sides have, numbered alike: most numbers stand on one side only."""
    place = np.asarray(pc.fill_null(pc.index_in(on_left.texts, value_set=on_right.texts), -1), dtype=np.int64)
    is_right = np.zeros(len(on_right.texts) + 1, dtype=bool)
    is_right[on_right.number] = True
    number = place[on_left.number]
    left = np.flatnonzero(is_right[number] & (number >= 0))
    is_left = np.zeros(len(on_right.texts), dtype=bool)
    is_left[number[left]] = True
    kept = on_left.take(left)
    # A spelling that only the left has (-1) is equal to none of the right.
    renumbered = kept._replace(texts=on_right.texts, number=number[left], written=place[kept.written])
    return renumbered, on_right.take(np.flatnonzero(is_left[on_right.number]))


def _believed(
    rows_l: Ints, rows_r: Ints, column_l: Ints, column_r: Ints, corroborated: Callable[[Ints, Ints], Floats]
) -> Flags:
    """Return which mentions stand in two columns whose numbers mean the same documents."""
    result = np.zeros(len(rows_l), dtype=bool)
    columns = column_l * len(NUMBER_COLUMNS) + column_r
    for pair in np.flatnonzero(np.bincount(columns, minlength=1)).tolist():
        own = np.flatnonzero(columns == pair)
        known = corroborated(rows_l[own], rows_r[own])
        known = known[~np.isnan(known)]
        if len(known):
            result[own] = (known.sum() + 0.5) / (len(known) + 1) >= 0.5
        else:
            result[own] = _STRUCTURED[pair // len(NUMBER_COLUMNS)] | _STRUCTURED[pair % len(NUMBER_COLUMNS)]
    return result


def _best(
    rows_l: Ints, rows_r: Ints, bits: Floats, is_verbatim: Flags, is_long: Flags
) -> tuple[Ints, Ints, Floats, Flags, Flags]:
    """Return each pair of rows once, with the number that is worth most."""
    order = np.lexsort((~is_verbatim, -bits, rows_r, rows_l))
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = (np.diff(rows_l[order]) != 0) | (np.diff(rows_r[order]) != 0)
    own = order[is_first]
    return rows_l[own], rows_r[own], bits[own], is_verbatim[own], is_long[own]


def _of_few(mentions: Mentions) -> tuple[Mentions, Ints]:
    """Return the mentions, in order of their number, that few rows share within a column, and how many rows do."""
    order = np.lexsort((mentions.row, mentions.column, mentions.number))
    ordered = mentions.take(order)
    is_new = np.ones(len(order), dtype=bool)
    is_new[1:] = (np.diff(ordered.number) != 0) | (np.diff(ordered.column) != 0)
    group = np.cumsum(is_new) - 1
    is_new_row = is_new.copy()
    is_new_row[1:] |= np.diff(ordered.row) != 0
    sharers = np.bincount(group, weights=is_new_row, minlength=1)[group] if len(order) else np.zeros(0)
    few = sharers <= _MAX_SHARERS
    return ordered.take(np.flatnonzero(few)), np.asarray(sharers[few], dtype=np.int64)
