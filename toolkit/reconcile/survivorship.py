"""The golden record of each party: one value per column, from one record, with the reason.

The rules in order: the source of truth that the client named, what most systems say, the newest change, the most complete
record; the last one is a makeshift, said in the reason and asked of the client. Formatting is no contradiction, nor is an
empty field. An address, and a person's name, is taken whole from one record: half of one address and half of another is the
address of nobody.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.reconcile.agreement import Held, agreement
from toolkit.reconcile.coded import NONE, Coded, Flags, array_of, coded, firsts, positions
from toolkit.reconcile.fields import Fields
from toolkit.reconcile.outcome_words import TIMES_UNKNOWN, UNSETTLED
from toolkit.reconcile.said_values import said_values
from toolkit.reconcile.truth import SourceOfTruth
from toolkit.tables import CROSSWALK, GOLDEN, PARTY, checked

_GROUPS: tuple[tuple[str, ...], ...] = (
    ("name", "given_name", "family_name"),
    ("company_name",),
    ("email",),
    ("phone",),
    ("website",),
    ("street", "city", "region", "postcode", "country"),
    ("tax_id",),
    ("owner",),
    ("department",),
)
SURVIVING_COLUMNS = tuple(column for group in _GROUPS for column in group)
_NEVER = np.iinfo(np.int64).min

MOST_SYSTEMS = "most systems say so"
"""The reason where more than half of the systems that say anything say the same."""
ONE_FIELD = frozenset({"given_name", "family_name", "city", "region", "postcode", "country"})
"""Columns that a reader takes for a part of the name or of the street beside them: the same thing, to be decided once."""

_REASONS = ("only value", "all agree", MOST_SYSTEMS, "newest", f"{UNSETTLED}none is newer", TIMES_UNKNOWN)
_ONLY, _AGREE, _MOST, _NEWEST, _EQUALLY_NEW, _TIMES_UNKNOWN = range(len(_REASONS))


class _Records(NamedTuple):
    """The records of all parties, in order of their keys: whose each is, when it changed, and which columns it fills."""

    party: Ints
    system: Ints
    entity: Ints
    changed_at: Ints
    values: dict[str, pa.StringArray]
    is_filled: dict[str, Flags]
    filled_count: Ints


class _Choices(NamedTuple):
    """For one group of columns: the parties that fill it, the record that each takes it from, and why.

    ``reason`` is a position in ``_REASONS``, or beyond them the number of the system that decides.
    """

    party: Ints
    record: Ints
    reason: Ints


def golden_records(
    parties: pa.Table, crosswalk: pa.Table, truth: SourceOfTruth, *, home_country: str | None = None
) -> pa.Table:
    """Return the GOLDEN values of every party.

    Reasons: ``only value``, ``all agree``, ``source of truth: <system>``, ``most systems say so``, ``newest``. Two records
    that changed at the same moment, or at none that is known, are no newer than each other: then ``most complete, none is
    newer`` or ``most complete, times unknown`` says that somebody has to decide.

    Parameters
    ----------
    parties
        Table PARTY.
    crosswalk
        Table CROSSWALK of these parties.
    truth
        Which system decides which field.
    home_country
        Two-letter code, for phone numbers without a country.
    """
    parties = checked(parties, PARTY)
    checked(crosswalk, CROSSWALK)
    golden = coded(crosswalk["golden_id"])
    columns = ["record_key", "system", "entity", "updated_at", "state", *SURVIVING_COLUMNS]
    kept = parties.select(columns).sort_by("record_key")
    walk_row = positions(kept["record_key"], crosswalk["record_key"])
    is_gone = np.asarray(pc.is_in(kept["state"], pa.array(["deleted", "absent"])))
    kept = kept.filter(pa.array((walk_row != NONE) & ~is_gone)).combine_chunks()
    system, entity = coded(kept["system"]), coded(kept["entity"])
    records = _records(kept, golden.code[walk_row[(walk_row != NONE) & ~is_gone]], system, entity)
    fields = Fields(kept, columns=SURVIVING_COLUMNS, home_country=home_country)
    reasons = pa.array([*_REASONS, *(f"source of truth: {name}" for name in system.texts.to_pylist())])
    parts = [
        part
        for group in _GROUPS
        for part in _values(
            array_of(kept["record_key"]),
            records,
            group,
            _chosen(records, group, _deciders(group, truth, system, entity), fields),
        )
    ]
    party, place = (np.concatenate([part[name] for part in parts]) for name in ("party", "place"))
    order = pa.array(np.lexsort((place, party)))
    texts = {name: pa.concat_arrays([part[name] for part in parts]).take(order) for name in ("value", "record_key")}
    reason = np.concatenate([part["reason"] for part in parts])
    found = {
        "golden_id": golden.texts.take(pa.array(party)).take(order),
        "column": pa.array(SURVIVING_COLUMNS).take(pa.array(place)).take(order),
        **texts,
        "reason": reasons.take(pa.array(reason)).take(order),
    }
    return checked(pa.table(found), GOLDEN)


def _records(kept: pa.Table, party: Ints, system: Coded, entity: Coded) -> _Records:
    changed_at = pc.fill_null(array_of(kept["updated_at"]).cast(pa.int64()), int(_NEVER))
    values, is_filled = {}, {}
    for name in SURVIVING_COLUMNS:
        values[name] = said_values(name, kept[name])
        is_filled[name] = np.asarray(values[name].is_valid())
    count = np.sum([one.astype(np.int64) for one in is_filled.values()], axis=0)
    return _Records(party, system.code, entity.code, np.asarray(changed_at), values, is_filled, np.asarray(count))


def _deciders(group: tuple[str, ...], truth: SourceOfTruth, system: Coded, entity: Coded) -> Ints:
    """Return for each entity the number of the system that decides the group; ``NONE`` where nobody said."""
    names = [truth.system_for(one, group[0]) for one in entity.texts.to_pylist()]
    return system.code_of(pa.array(names, pa.string()))


def _chosen(records: _Records, group: tuple[str, ...], deciders: Ints, fields: Fields) -> _Choices:
    """Return the record that each party takes a group of columns from."""
    filled = np.sum([records.is_filled[name].astype(np.int64) for name in group], axis=0)
    holders = np.flatnonzero(filled)
    age = np.where(records.changed_at == _NEVER, 0, -records.changed_at)
    # Rows of equal rank stay in order of their keys: lexsort is stable.
    ranks = (-records.filled_count[holders], -filled[holders])
    order = holders[np.lexsort((*ranks, age[holders], records.party[holders]))]
    fullest = holders[np.lexsort((*ranks, records.party[holders]))]
    party = records.party[order]
    first = firsts(party)
    record, reason = fullest[first], np.full(len(first), _TIMES_UNKNOWN, dtype=np.int64)
    size = np.diff(np.append(first, len(order)))
    reason[_are_all_dated(records.changed_at[order], first)] = _EQUALLY_NEW
    newest = _newest(records.changed_at[order], first, size)
    is_newest = newest != NONE
    record[is_newest], reason[is_newest] = order[newest[is_newest]], _NEWEST
    said = agreement(fields, group, Held(order, first, size, records.system))
    is_most = said.most != NONE
    record[is_most], reason[is_most] = order[said.most[is_most]], _MOST
    master = _first_of_master(records, order, first, size, deciders)
    is_mastered = master != NONE
    record[is_mastered] = order[master[is_mastered]]
    reason[is_mastered] = len(_REASONS) + records.system[record[is_mastered]]
    is_one = said.is_one
    owner = np.repeat(np.arange(len(first)), size)
    is_master = np.zeros(len(order), dtype=bool)
    is_master[master[is_mastered]] = True
    # Of records that say the same the fullest, written as the deciding system writes it.
    most_said = order[np.lexsort((~is_master, -filled[order], owner))][first]
    record[is_one], reason[is_one] = most_said[is_one], np.where(size[is_one] == 1, _ONLY, _AGREE)
    return _Choices(party[first], record, reason)


def _newest(changed_at: Ints, first: Ints, size: Ints) -> Ints:
    """Return where each party's newest record stands; ``NONE`` where no time is known to be later than all others."""
    owner = np.repeat(np.arange(len(first)), size)
    # The complement turns the order round, also of the smallest number, which has no negative.
    order = np.lexsort((~changed_at, owner))
    top = order[first]
    runner = order[np.minimum(first + 1, len(order) - 1)] if len(order) else top
    is_newer = (size > 1) & (changed_at[top] > changed_at[runner]) & (changed_at[runner] > _NEVER)
    return np.where(is_newer, top, NONE)


def _are_all_dated(changed_at: Ints, first: Ints) -> Flags:
    """Return which parties' records all say when they changed."""
    return np.asarray(np.minimum.reduceat(changed_at, first) > _NEVER if len(first) else np.zeros(0), dtype=bool)


def _first_of_master(records: _Records, order: Ints, first: Ints, size: Ints, deciders: Ints) -> Ints:
    """Return where the first record of the deciding system stands in ``order``; ``NONE`` where it has none."""
    decides = deciders[records.entity[order[first]]] if len(deciders) else np.full(len(first), NONE)
    owner = np.repeat(np.arange(len(first)), size)
    own = np.flatnonzero((records.system[order] == decides[owner]) & (decides[owner] != NONE))
    result = np.full(len(first), NONE, dtype=np.int64)
    at = firsts(owner[own])
    result[owner[own[at]]] = own[at]
    return result


def _values(
    keys: pa.StringArray, records: _Records, group: tuple[str, ...], choices: _Choices
) -> list[dict[str, Ints | pa.StringArray]]:
    """Return the values of each column of a group that the chosen records fill, as columns."""
    parts = []
    for name in group:
        own = np.flatnonzero(records.is_filled[name][choices.record])
        record = pa.array(choices.record[own])
        parts.append(
            {
                "party": choices.party[own],
                "place": np.full(len(own), SURVIVING_COLUMNS.index(name)),
                "value": records.values[name].take(record),
                "record_key": keys.take(record),
                "reason": choices.reason[own],
            }
        )
    return parts
