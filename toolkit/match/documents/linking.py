"""Which documents are held to be one: the best one-to-one choice, what is tied, what repeats another, and what is left."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents.assignment import assignment
from toolkit.match.documents.side import Documents, Flags

_TIE_MARGIN_BITS = 0.5
_REPEATED_BITS = 6.0
# What nothing better has claimed on either side is a little likelier to belong together.
_LEFTOVER_BITS = 1.0


@dataclass(frozen=True, slots=True)
class Links:
    """The one-to-one choice.

    Attributes
    ----------
    right_of
        For each left row the right row chosen; -1 is none.
    pair_of
        The candidate pair of that choice; -1 is none.
    is_tied
        Left rows of which nobody can say which counterpart is theirs, or whether they are the one without.
    is_tied_r
        Right rows that such a left row may belong to.
    weight
        Weight of the candidate pairs, raised where both documents were left over.
    is_repeated
        Free right rows that are a second entry of a document that has its counterpart.
    """

    right_of: Ints
    pair_of: Ints
    is_tied: Flags
    is_tied_r: Flags
    is_repeated: Flags
    weight: Floats


def links(  # noqa: PLR0917 - parallel columns
    left: Documents,
    right: Documents,
    rows_l: Ints,
    rows_r: Ints,
    weight: Floats,
    says_same: Flags,
    rival_bits: Callable[[Ints], Floats],
    payer_r: Ints,
    *,
    min_bits: float,
) -> Links:
    """Return the one-to-one choice among candidate pairs, which are in order of their rows.

    Parameters
    ----------
    left, right
        Both sides.
    rows_l, rows_r, weight
        The candidate pairs and their weight in bits.
    says_same
        Whether the pairs share an amount, a number or words: one of a party on one day is no second entry without.
    rival_bits
        Returns what some pairs gain once no other document of the party with this amount is free.
    payer_r
        Whose the targets are.
    min_bits
        Pairs below are never linked.
    """
    twin_r = right.alike()
    same_l, same_r = left.alike_by_day(left.alike()), right.alike_by_day(twin_r)
    right_of, tied = np.full(len(left), -1, dtype=np.int64), np.zeros(len(left), dtype=bool)
    is_open = np.ones(len(weight), dtype=bool)
    is_free_r = np.ones(len(right), dtype=bool)
    # Twice: what is free after the clear cases is likelier to belong together, and has fewer rivals.
    for is_leftover in (False, True):
        if is_leftover:
            open_pairs = np.flatnonzero(is_open)
            has_rivals = _free_like(right, payer_r, is_free_r)[rows_r[open_pairs]] > 1
            weight = weight.copy()
            weight[open_pairs] += _LEFTOVER_BITS + np.where(has_rivals, 0.0, rival_bits(open_pairs))
        allowed = np.flatnonzero(is_open & (weight >= min_bits))
        chosen = assignment(
            rows_l[allowed], rows_r[allowed], weight[allowed] - min_bits + 1.0, left_count=len(left),
            same_l=same_l, same_r=same_r, twin_r=twin_r, tie_margin=_TIE_MARGIN_BITS,
        )  # fmt: skip
        # Ties of the first round stay ties: they are not open in the second.
        new = _first_of_twins(left, right, chosen.right_of, twin_r, rows_l[allowed], rows_r[allowed])
        right_of, tied = np.where(new >= 0, new, right_of), tied | chosen.is_tied
        is_free_r = np.ones(len(right), dtype=bool)
        is_free_r[right_of[right_of >= 0]] = False
        is_open = (right_of < 0)[rows_l] & is_free_r[rows_r] & ~tied[rows_l]
    is_tied = tied | _is_one_of_many(rows_l, rows_r, weight, right_of < 0, is_free_r, same_r)
    is_linked = (right_of >= 0) & ~is_tied
    own = np.flatnonzero(is_linked[rows_l])
    own = own[right_of[rows_l[own]] == rows_r[own]]
    pair_of = np.full(len(left), -1, dtype=np.int64)
    pair_of[rows_l[own]] = own
    is_taken = np.zeros(len(right), dtype=bool)
    is_taken[right_of[is_linked]] = True
    # A likeness in all but the date tells a second entry with less evidence than any other pair needs.
    is_close = says_same & (weight >= _REPEATED_BITS)
    twin_of, taken = np.full(len(left), -1, dtype=np.int64), np.flatnonzero(right_of >= 0)
    twin_of[taken] = twin_r[right_of[taken]]
    able = np.flatnonzero(weight >= 0)
    is_close[able] |= twin_of[rows_l[able]] == twin_r[rows_r[able]]
    is_tied_r, is_repeated = np.zeros(len(right), dtype=bool), np.zeros(len(right), dtype=bool)
    is_tied_r[rows_r[is_close & is_tied[rows_l]]] = True
    is_repeated[rows_r[is_close & is_linked[rows_l]]] = True
    return Links(np.where(is_linked, right_of, -1), pair_of, is_tied, is_tied_r & ~is_taken, is_repeated & ~is_taken, weight)


def _free_like(right: Documents, payer_r: Ints, is_free_r: Flags) -> Ints:
    """Return for each right row how many free ones have its party and amount, itself counted."""
    order = np.lexsort((right.amount, payer_r))
    is_new = np.ones(len(order), dtype=bool)
    is_new[1:] = (np.diff(payer_r[order]) != 0) | (np.diff(right.amount[order]) != 0)
    group = np.empty(len(order), dtype=np.int64)
    group[order] = np.cumsum(is_new) - 1
    return np.asarray(np.bincount(group, weights=is_free_r, minlength=1)[group], dtype=np.int64)


def _is_one_of_many(  # noqa: PLR0917 - parallel columns
    rows_l: Ints, rows_r: Ints, weight: Floats, is_open: Flags, is_free_r: Flags, same_r: Ints
) -> Flags:
    """Return left rows without a link of which one among several free right rows, all alike, is likelier than none."""
    free_alike = np.bincount(same_r, weights=is_free_r, minlength=1)
    pairs = np.flatnonzero(is_open[rows_l] & is_free_r[rows_r])
    copies = free_alike[same_r[rows_r[pairs]]]
    result = np.zeros(len(is_open), dtype=bool)
    result[rows_l[pairs[(copies > 1) & (weight[pairs] + np.log2(np.maximum(copies, 1)) >= 0)]]] = True
    return result


def _first_of_twins(  # noqa: PLR0917 - parallel columns
    left: Documents, right: Documents, right_of: Ints, twin_r: Ints, rows_l: Ints, rows_r: Ints
) -> Ints:
    """Return the choice with the first of several equal entries as the counterpart: the later ones repeat it."""
    result = right_of.copy()
    is_taken = np.zeros(len(right), dtype=bool)
    is_taken[right_of[right_of >= 0]] = True
    mine = result[rows_l]
    is_able = (mine >= 0) & (mine != rows_r) & (twin_r[rows_r] == twin_r[np.maximum(mine, 0)])
    for row, other in zip(rows_l[is_able].tolist(), rows_r[is_able].tolist(), strict=True):
        chosen = int(result[row])
        if not is_taken[other] and left.day[row] <= right.day[other] < right.day[chosen]:
            result[row] = other
            is_taken[chosen], is_taken[other] = False, True
    return result
