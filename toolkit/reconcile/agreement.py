"""Whether the records of one party say the same of a fact, and else what most of their systems say."""

from typing import NamedTuple

import numpy as np

from toolkit.match.comparison import Ints
from toolkit.match.texts.words import rows_of
from toolkit.reconcile.coded import NONE, Flags, firsts
from toolkit.reconcile.fields import DIFFERENT, EQUAL, FORMATTING, NOTHING, Fields

_MOST_CANDIDATES = 12
"""Of a party with more records that many are compared with all others."""


class Held(NamedTuple):
    """The records that hold a fact, party by party: the records in order, where each party begins, and how many it has.

    ``system`` is the number of each record's system, by record.
    """

    record: Ints
    first: Ints
    size: Ints
    system: Ints


class Agreement(NamedTuple):
    """For each party: whether no record contradicts another, and the place of what most systems say, else ``NONE``."""

    is_one: Flags
    most: Ints


def agreement(fields: Fields, group: tuple[str, ...], held: Held) -> Agreement:
    """Return what the records of each party say of a group of columns, formatting aside; an empty field contradicts nothing.

    Parameters
    ----------
    fields
        Values of the records.
    group
        Columns that are one fact.
    held
        The records that hold it.
    """
    several = np.flatnonzero(held.size > 1)
    party, candidate = rows_of(held.first[several], np.minimum(held.size[several], _MOST_CANDIDATES))
    at, other = rows_of(held.first[several][party], held.size[several][party])
    left, right = held.record[candidate[at]], held.record[other]
    affirms, contradicts = _verdicts(fields, group, left, right)
    is_one = np.ones(len(held.first), dtype=bool)
    is_one[several[party[at[contradicts]]]] = False
    supporters = np.unique(np.stack([at[affirms], held.system[right[affirms]]], axis=1), axis=0)[:, 0]
    support = np.bincount(supporters, minlength=len(candidate))
    owner = np.repeat(np.arange(len(held.first)), held.size)
    systems = np.unique(np.stack([owner, held.system[held.record]], axis=1), axis=0)[:, 0]
    total = np.bincount(systems, minlength=len(held.first))[several]
    by_place = np.zeros(len(held.record), dtype=np.int64)
    by_place[candidate] = support
    # Where a system holds two records that contradict each other, it speaks for both, and neither may be what most say.
    rival = np.zeros(len(candidate), dtype=np.int64)
    np.maximum.at(rival, at[contradicts], by_place[other[contradicts]])
    leads = np.flatnonzero((support > 1) & (2 * support > total[party]) & (support > rival))
    ranked = leads[np.lexsort((candidate[leads], -support[leads], party[leads]))]
    best = ranked[firsts(party[ranked])]
    most = np.full(len(held.first), NONE, dtype=np.int64)
    most[several[party[best]]] = candidate[best]
    return Agreement(is_one, most)


def _verdicts(fields: Fields, group: tuple[str, ...], left: Ints, right: Ints) -> tuple[Flags, Flags]:
    """Return which pairs of records affirm each other, and which contradict."""
    affirms, contradicts = left == right, np.zeros(len(left), dtype=bool)
    named = np.zeros(len(left), dtype=bool)
    for name in group:
        verdict = fields.verdicts(name, left, right)
        # The parts of a name say no more than the name that they are parts of.
        is_new = ~named
        affirms |= is_new & ((verdict == EQUAL) | (verdict == FORMATTING))
        contradicts |= is_new & (verdict == DIFFERENT)
        if name == "name":
            named = verdict != NOTHING
    return affirms & ~contradicts, contradicts
