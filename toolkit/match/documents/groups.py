"""One document for several: an invoice paid in parts, a payment for several invoices, sums that add up exactly.

Only what has no fitting counterpart of its own takes part, of one party or quoting one number, and only where the sum is
no likely accident. Where two choices fit, none is guessed.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from toolkit.match.comparison import Ints
from toolkit.match.documents import amounts, numbers
from toolkit.match.documents.evidence import (
    AMOUNT,
    ANOTHER_NAME,
    LIKE_PARTY,
    NUMBER,
    OTHER_PARTY,
    OTHER_TITLED,
    PARTY,
    PARTY_NAME,
    PairEvidence,
)
from toolkit.match.documents.linking import Links
from toolkit.match.documents.side import NO_DAY, Documents, Flags
from toolkit.match.documents.sums import MAX_PARTS, exact_sums

_QUOTED_BITS = 6.0
_TIE_MARGIN_BITS = 0.5
_MOST_SOLUTIONS = 20
_CLOSED_BITS = 4.0
_LISTED_BITS = 20.0


class Group(NamedTuple):
    """Rows of both sides that stand for each other, one of which is alone on its side.

    ``is_whole`` says whether the parts add up to the one; if not, they quote its number and stay below it.
    """

    rows_l: tuple[int, ...]
    rows_r: tuple[int, ...]
    bits: float
    is_whole: bool
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups found, and the left rows whose group could be one as well as another."""

    groups: tuple[Group, ...]
    is_tied: Flags


@dataclass(frozen=True, slots=True)
class _Open:
    """What may still be joined: for each single document its parts, as (row, whether it quotes the number).

    ``partner_of`` is the document that a single is linked to over unlike amounts (-1: none).
    """

    single: Documents
    parts: Documents
    parts_of: dict[int, list[tuple[int, bool]]]
    partner_of: Ints


def groups(  # noqa: PLR0917 - parallel columns
    left: Documents,
    right: Documents,
    rows_l: Ints,
    rows_r: Ints,
    seen: PairEvidence,
    found: Links,
    is_taken_back: Flags,
    is_sent_back: Flags,
    *,
    min_bits: float,
) -> Groups:
    """Return which left-over documents stand together for one of the other side.

    Parameters
    ----------
    left, right
        Both sides.
    rows_l, rows_r, seen
        The candidate pairs and what they show.
    found
        The one-to-one choice; a link whose amounts differ may become part of a group.
    is_taken_back
        Left rows that another of the source takes back.
    is_sent_back
        Right rows that another of the target takes back.
    min_bits
        A group must be at least so likely, in bits.
    """
    is_fitting = np.isin(seen.levels[:, AMOUNT], (*amounts.FITTING, amounts.UNKNOWN))
    is_linked = np.zeros(len(rows_l), dtype=bool)
    is_linked[found.pair_of[found.pair_of >= 0]] = True
    done, loose = np.flatnonzero(is_linked & is_fitting), np.flatnonzero(is_linked & ~is_fitting)
    is_done_l, is_done_r = is_taken_back.copy(), is_sent_back.copy()
    is_done_l[rows_l[done]], is_done_r[rows_r[done]] = True, True
    partner_l, partner_r = np.full(len(left), -1, dtype=np.int64), np.full(len(right), -1, dtype=np.int64)
    partner_l[rows_l[loose]], partner_r[rows_r[loose]] = rows_r[loose], rows_l[loose]
    # A short number, or one between two parties known to differ, brings no documents together.
    is_another = np.isin(seen.levels[:, PARTY], (OTHER_PARTY, OTHER_TITLED, LIKE_PARTY))
    is_another |= seen.levels[:, PARTY_NAME] == ANOTHER_NAME
    is_quoted = (seen.levels[:, NUMBER] >= numbers.OTHERWISE) & ~is_another
    # Money that quotes other documents settles those.
    is_its = is_quoted | (seen.is_of_one_party & ~seen.quotes_another)
    usable = np.flatnonzero(is_its & ~is_done_l[rows_l] & ~is_done_r[rows_r])
    rows_l, rows_r, is_quoted = rows_l[usable], rows_r[usable], is_quoted[usable]
    candidates = []
    # A part that is linked already may join nothing but the document that it is linked to.
    for_l = (partner_r[rows_r] < 0) | (partner_r[rows_r] == rows_l)
    for_r = (partner_l[rows_l] < 0) | (partner_l[rows_l] == rows_r)
    singles_l = _Open(left, right, _parts_of(rows_l[for_l], rows_r[for_l], is_quoted[for_l]), partner_l)
    singles_r = _Open(right, left, _parts_of(rows_r[for_r], rows_l[for_r], is_quoted[for_r]), partner_r)
    for single, parts, bits, is_whole, quoted in _groups_of(singles_l):
        candidates.append(Group((single,), parts, bits, is_whole, quoted))
    for single, parts, bits, is_whole, quoted in _groups_of(singles_r):
        candidates.append(Group(parts, (single,), bits, is_whole, quoted))
    return _disjoint([one for one in candidates if one.bits >= min_bits], len(left))


def _parts_of(singles: Ints, parts: Ints, is_quoted: Flags) -> dict[int, list[tuple[int, bool]]]:
    result: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for single, part, quoted in zip(singles.tolist(), parts.tolist(), is_quoted.tolist(), strict=True):
        result[single].append((part, quoted))
    return {single: its for single, its in result.items() if len(its) > 1}


def _groups_of(side: _Open) -> Iterator[tuple[int, tuple[int, ...], float, bool, bool]]:
    """Return the groups of each single document: every exact sum, else the parts that quote it and stay below it."""
    if not side.parts_of:
        return
    alike = side.parts.alike_by_day(side.parts.alike()).tolist()
    currency_of, currency_of_part = side.single.texts("currency"), side.parts.texts("currency")
    for single, joined in sorted(side.parts_of.items()):
        total = side.single.amount[single]
        able = [
            (part, quoted)
            for part, quoted in joined
            if side.parts.amount[part] * total != 0 and len({currency_of[single], currency_of_part[part]} - {None}) < 2
        ]
        # With a credit note among them, a part may be more than the whole.
        has_credit = any(side.parts.amount[part] * total < 0 for part, _ in able)
        known = [one for one in able if has_credit or abs(side.parts.amount[one[0]]) < abs(total)]
        # Only the first few are tried, so the likeliest must stand first: those that quote it, then the nearest in time.
        known.sort(key=lambda one: (not one[1], _days_apart(side, single, one[0]), one[0]))
        partner = int(side.partner_of[single])
        listed = tuple(sorted(part for part, quoted in known if quoted))
        if len(listed) > 1 and sum(side.parts.amount[part] for part in listed) == total:
            yield single, listed, _LISTED_BITS, True, True
            continue
        met: set[tuple[int, ...]] = set()
        for parts, bits in _sums(side, single, known[:MAX_PARTS]):
            if _holds_nothing(side.parts, parts):
                continue
            # Choices of documents that nobody can tell apart are one choice, not a tie.
            written = tuple(sorted(alike[part] for part in parts))
            if written in met or (partner >= 0 and partner not in parts):
                continue
            met.add(written)
            quoted_parts = {part for part, quoted in known if quoted}
            is_quoted = quoted_parts.issuperset(parts)
            # One part that quotes the number leads to the whole; and nothing else of the party is open on either side.
            told = _QUOTED_BITS if is_quoted or partner in parts else 0.0
            told += _CLOSED_BITS if len(parts) == len(known) else 0.0
            yield single, parts, bits + told, True, is_quoted
        # Instalments of which the last has not come: quoted parts below the total, though they do not add up.
        if not met:
            parts = tuple(part for part in listed if side.parts.amount[part] * total > 0)
            paid = sum(side.parts.amount[part] for part in parts)
            if len(parts) > 1 and abs(paid) < abs(total) and (partner < 0 or partner in parts):
                yield single, parts, _QUOTED_BITS, False, True


def _sums(side: _Open, single: int, known: list[tuple[int, bool]]) -> Iterator[tuple[tuple[int, ...], float]]:
    """Return the exact sums of the first reading of the amounts that gives any: as they are, less fees, net of tax."""
    rows = np.array([part for part, _ in known], dtype=np.int64)
    if len(rows) < 2:
        return
    fee, tax = np.nan_to_num(side.parts.fee[rows]), np.nan_to_num(side.parts.tax[rows])
    total, amount = float(side.single.amount[single]), side.parts.amount[rows]
    own_fee, own_tax = float(np.nan_to_num(side.single.fee[single])), float(np.nan_to_num(side.single.tax[single]))
    readings = [(total, amount)]
    readings += [(total, amount - part) for part in (fee, tax) if part.any()]
    readings += [(total - part, amount) for part in (own_fee, own_tax) if part]
    # The plainest reading that gives a sum decides: one that takes fees or taxes off has more ways to fit by chance.
    for sought, tried in readings:
        found = exact_sums(sought, tried)
        if found:
            yield from ((tuple(sorted(rows[list(one.parts)].tolist())), one.bits) for one in found[:_MOST_SOLUTIONS])
            return


def _holds_nothing(parts: Documents, rows: tuple[int, ...]) -> bool:
    """Return whether some of the parts take each other back, so that the sum is one of the others alone."""
    amounts_of = {float(parts.amount[row]) for row in rows}
    return any(-amount in amounts_of for amount in amounts_of)


def _days_apart(side: _Open, single: int, part: int) -> int:
    one, other = int(side.single.day[single]), int(side.parts.day[part])
    return 0 if NO_DAY in {one, other} else abs(one - other)


def _disjoint(candidates: list[Group], left_count: int) -> Groups:
    """Return the likeliest groups that share no document; those that another as likely contests are tied."""
    ordered = sorted(candidates, key=lambda one: (-one.bits, one.rows_l, one.rows_r))
    holders: dict[tuple[bool, int], list[int]] = defaultdict(list)
    for number, one in enumerate(ordered):
        for document in _documents(one):
            holders[document].append(number)
    accepted: list[Group] = []
    is_tied = np.zeros(left_count, dtype=bool)
    settled: set[tuple[bool, int]] = set()
    for number, one in enumerate(ordered):
        own = _documents(one)
        if not settled.isdisjoint(own):
            continue
        rivals = {
            other
            for document in own
            for other in holders[document]
            if other != number and ordered[other].bits >= one.bits - _TIE_MARGIN_BITS
        }
        # Whether it is taken or contested, no later and less likely group may have its documents.
        settled.update(own)
        if not rivals:
            accepted.append(one)
            continue
        for contested in (one, *(ordered[other] for other in rivals)):
            is_tied[list(contested.rows_l)] = True
            settled.update(_documents(contested))
    return Groups(tuple(accepted), is_tied)


def _documents(group: Group) -> set[tuple[bool, int]]:
    return {(False, row) for row in group.rows_l} | {(True, row) for row in group.rows_r}
