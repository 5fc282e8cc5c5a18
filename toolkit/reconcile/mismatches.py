"""Where matched records of two systems disagree, field by field, with formatting-only differences kept apart."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.match.texts.words import rows_of
from toolkit.rates import wilson_interval
from toolkit.reconcile.coded import NONE, Coded, Flags, array_of, coded, firsts, positions
from toolkit.reconcile.fields import COMPARED_COLUMNS, EQUAL, NOTHING, VERDICTS, Fields, Verdicts
from toolkit.tables import COMPARED_FIELD, CROSSWALK, MISMATCH, PARTY, checked

_MAX_RECORDS_PER_SYSTEM = 5
_NAMES = "names"
"""Stream of the names that a system mentions in its documents, without a list of them."""
_NO_TIME = np.iinfo(np.int64).min


class Mismatches(NamedTuple):
    """The differences (MISMATCH) and, per two systems and field, how many pairs were compared (COMPARED_FIELD)."""

    mismatches: pa.Table
    compared: pa.Table


class _Pairs(NamedTuple):
    """Pairs of records of one party in two systems: rows of the parties, in order of party, systems and keys."""

    party: Ints
    left: Ints
    right: Ints


def mismatches(parties: pa.Table, crosswalk: pa.Table, *, home_country: str | None = None) -> Mismatches:
    """Return the fields in which records of one party in different systems disagree, without a proposal.

    A field that a stream never fills is not compared: the system does not keep it. Of a party with many records in one
    system the first five are compared.

    Parameters
    ----------
    parties
        Table PARTY.
    crosswalk
        Table CROSSWALK of these parties.
    home_country
        Two-letter code, for phone numbers without a country.
    """
    columns = ["record_key", "system", "stream", "state", "updated_at", *COMPARED_COLUMNS]
    parties = checked(parties, PARTY).select(columns).sort_by("record_key").combine_chunks()
    checked(crosswalk, CROSSWALK)
    fields = Fields(parties, home_country=home_country)
    golden, system = coded(crosswalk["golden_id"]), coded(parties["system"])
    pairs = _pairs(parties, crosswalk, golden, system)
    is_kept = _kept(parties, fields)
    found, counts = [], []
    for place, column in enumerate(COMPARED_COLUMNS):
        compared = np.flatnonzero(is_kept[column][pairs.left] & is_kept[column][pairs.right])
        verdict = fields.verdicts(column, pairs.left[compared], pairs.right[compared])
        sides = system.code[pairs.left[compared]] * len(system.texts) + system.code[pairs.right[compared]]
        counts.append(np.bincount(sides * len(VERDICTS) + verdict, minlength=len(system.texts) ** 2 * len(VERDICTS)))
        differing = (verdict != EQUAL) & (verdict != NOTHING)
        found.append((compared[differing], np.full(int(differing.sum()), place), verdict[differing]))
    at, places, verdicts = (np.concatenate([one[number] for one in found]) for number in range(3))
    order = np.lexsort((places, at))
    table = _table(parties, pairs, at[order], places[order], verdicts[order], fields=fields)
    named = table.append_column("golden_id", golden.texts.take(pa.array(pairs.party[at[order]])))
    return Mismatches(checked(named, MISMATCH), _compared(np.stack(counts), system))


def without_bank_texts(parties: pa.Table, snapshot: pa.Table) -> pa.Table:
    """Return the parties without what a bank writes of them: "ONLINE PYMT" and a name cut off is no name to compare.

    Parameters
    ----------
    parties
        Table PARTY.
    snapshot
        Table SNAPSHOT, which tells the systems that hold bank lines.
    """
    banks = snapshot.filter(pc.equal(snapshot["entity"], "bank_line"))["system"].combine_chunks()
    is_text = pc.and_(pc.equal(parties["stream"], _NAMES), pc.is_in(parties["system"], value_set=banks))
    return parties.filter(pc.invert(is_text))


def with_lone_bank_texts(named: pa.Table, parties: pa.Table, crosswalk: pa.Table) -> pa.Table:
    """Return the parties that have a say in golden values: what a bank writes is one only of whom nothing else is known.

    Parameters
    ----------
    named
        The parties without what a bank writes (``without_bank_texts``).
    parties, crosswalk
        All of them, and whose they are.
    """
    keys, golden = crosswalk["record_key"], array_of(crosswalk["golden_id"])
    known = pc.unique(golden.filter(array_of(pc.is_in(keys, value_set=array_of(named["record_key"])))))
    lone = array_of(keys.filter(pc.invert(pc.is_in(golden, value_set=known))))
    return pa.concat_tables([named, parties.filter(pc.is_in(parties["record_key"], value_set=lone))])


def _pairs(parties: pa.Table, crosswalk: pa.Table, golden: Coded, system: Coded) -> _Pairs:
    walk_row = positions(parties["record_key"], crosswalk["record_key"])
    is_gone = np.asarray(pc.is_in(array_of(parties["state"]), pa.array(["deleted", "absent"])))
    rows = np.flatnonzero((walk_row != NONE) & ~is_gone)
    party, place = golden.code[walk_row[rows]], system.code[rows]
    order = np.lexsort((place, party))
    rows, party, place = rows[order], party[order], place[order]
    start = firsts(party, place)
    rank = np.arange(len(rows)) - np.repeat(start, np.diff(np.append(start, len(rows))))
    few = rank < _MAX_RECORDS_PER_SYSTEM
    rows, party, place = rows[few], party[few], place[few]
    # Each record meets those of its party that stand in later systems: after the last one of its own system.
    end_of_system = np.searchsorted(
        party * np.int64(len(system.texts) + 1) + place, party * np.int64(len(system.texts) + 1) + place, "right"
    )
    end_of_party = np.searchsorted(party, party, "right")
    left, right = rows_of(end_of_system, end_of_party - end_of_system)
    # In the order of parties, systems and keys, so that the table never depends on how pairs were found.
    order = np.lexsort((right, left, place[right], place[left], party[left]))
    left, right = left[order], right[order]
    return _Pairs(party[left], rows[left], rows[right])


def _kept(parties: pa.Table, fields: Fields) -> dict[str, Flags]:
    """Return for every column which records stand in a stream that fills it at all."""
    stream = coded(pc.binary_join_element_wise(array_of(parties["system"]), array_of(parties["stream"]), "\0"))
    result = {}
    for column in COMPARED_COLUMNS:
        is_filled = np.zeros(len(stream.texts), dtype=bool)
        is_filled[stream.code[fields.is_written(column)]] = True
        result[column] = is_filled[stream.code]
    return result


def _table(parties: pa.Table, pairs: _Pairs, at: Ints, place: Ints, verdict: Verdicts, *, fields: Fields) -> pa.Table:
    """Return the differences at some pairs and columns, without the party."""
    left, right = pairs.left[at], pairs.right[at]
    keys, systems = array_of(parties["record_key"]), array_of(parties["system"])
    system_l, system_r = systems.take(pa.array(left)), systems.take(pa.array(right))
    value_l, value_r = (_by_column(fields, place, rows) for rows in (left, right))
    nothing = pa.nulls(len(at), pa.string())
    return pa.table(
        {
            "column": pa.array(COMPARED_COLUMNS).take(pa.array(place)),
            "key_l": keys.take(pa.array(left)), "key_r": keys.take(pa.array(right)),
            "system_l": system_l, "system_r": system_r, "value_l": value_l, "value_r": value_r,
            "kind": pa.array(VERDICTS).take(pa.array(verdict)), "changed_last": _changed_last(parties, left, right),
            "proposed_value": nothing, "proposed_system": nothing, "decision": nothing,
        }
    )  # fmt: skip


def _by_column(fields: Fields, place: Ints, rows: Ints) -> pa.StringArray:
    """Return the value that each row has in the column of its place."""
    groups = [np.flatnonzero(place == number) for number in range(len(COMPARED_COLUMNS))]
    values = [fields.written(column, rows[its]) for column, its in zip(COMPARED_COLUMNS, groups, strict=True)]
    back = np.empty(len(place), dtype=np.int64)
    back[np.concatenate(groups)] = np.arange(len(place))
    return pa.concat_arrays(values).take(pa.array(back))


def _changed_last(parties: pa.Table, left: Ints, right: Ints) -> pa.StringArray:
    at = np.asarray(pc.fill_null(array_of(parties["updated_at"]).cast(pa.int64()), int(_NO_TIME)))
    at_l, at_r = at[left], at[right]
    is_unknown = (at_l == _NO_TIME) | (at_r == _NO_TIME) | (at_l == at_r)
    return pa.array(["unknown", "l", "r"]).take(pa.array(np.where(is_unknown, 0, np.where(at_l > at_r, 1, 2))))


def _compared(counts: Ints, system: Coded) -> pa.Table:
    """Return how often each verdict was given, by systems and field; ``counts`` has a row per column."""
    names = system.texts.to_pylist()
    by_place = counts.reshape(len(COMPARED_COLUMNS), len(names), len(names), len(VERDICTS))
    rows = []
    for left, right, column in np.ndindex(len(names), len(names), len(COMPARED_COLUMNS)):
        verdicts = dict(zip(VERDICTS, by_place[column, left, right].tolist(), strict=True))
        compared = sum(verdicts.values()) - verdicts["nothing"]
        if compared:
            low, high = wilson_interval(verdicts["different"], compared)
            rows.append(
                {
                    "system_l": names[left], "system_r": names[right], "column": COMPARED_COLUMNS[column],
                    "compared": compared, **{name: verdicts[name] for name in VERDICTS if name != "nothing"},
                    "low": low, "high": high,
                }
            )  # fmt: skip
    return COMPARED_FIELD.from_rows(sorted(rows, key=lambda row: (row["system_l"], row["system_r"], row["column"])))
