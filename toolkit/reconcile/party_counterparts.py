"""Master data carried by hand: which customer of the CRM was entered as one of the ledger, when, and with what errors.

Each party counts once, however many records a system has of it.
"""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.match.comparison import Floats, Ints
from toolkit.reconcile.accounts import accounts_in
from toolkit.reconcile.coded import NONE, Flags, array_of, coded, firsts, known_numbers, positions
from toolkit.reconcile.events import NO_DAY, absences, as_dates, as_instants
from toolkit.reconcile.fields import COMPARED_COLUMNS, DIFFERENT, MISSING_R, Fields
from toolkit.reconcile.sides import Side, lag_days, lag_minutes, source_side, target_side
from toolkit.tables import COUNTERPART, checked

_DUE_ROLES = ("customer", "vendor", "supplier")
_LAST_DAY = np.iinfo(np.int64).max


def party_counterparts(
    handoff: Handoff, stream_l: pa.Table, stream_r: pa.Table, crosswalk: pa.Table, *, as_of: date, time_zone: str
) -> pa.Table:
    """Return the COUNTERPART rows of a handoff of parties.

    A party without counterpart is reported only where the source calls it a customer (or supplier): nobody enters every
    lead in the ledger. Streams that give no roles report none.

    Parameters
    ----------
    handoff
        Which stream hands over to which, and how long the target may take.
    stream_l, stream_r
        What ``sides.stream_documents`` gives of both streams of parties.
    crosswalk
        Table CROSSWALK: records of both systems to parties.
    as_of
        Local day up to which the target is complete.
    time_zone
        The client's, for days and months.
    """
    golden = accounts_in(crosswalk, "golden_id")
    left, right = source_side(handoff, stream_l, golden, time_zone), target_side(handoff, stream_r, golden, time_zone)
    if len(right) == 0:
        return COUNTERPART.empty()
    party = coded(pa.concat_arrays([left.account, right.account]))
    code_l, code_r = party.code[: len(left)], party.code[len(left) :]
    first_l, first_r = (_first_records(side, code, len(party.texts)) for side, code in ((left, code_l), (right, code_r)))
    is_due = np.zeros(len(party.texts), dtype=bool)
    is_due[code_l[_is_due(left) & (code_l != NONE)]] = True
    told = np.flatnonzero((first_l != NONE) & ((first_r != NONE) | is_due))
    rows_l, rows_r = first_l[told], first_r[told]
    is_found = rows_r != NONE
    others = np.maximum(rows_r, 0)
    kind, columns = _errors(left, right, rows_l[is_found], rows_r[is_found])
    back = pa.array(np.cumsum(is_found) - 1, mask=~is_found)
    kind, columns = kind.take(back), columns.take(back)
    sure = known_numbers(crosswalk["match_probability"])
    probability = np.minimum(
        *(_probability(sure, crosswalk, side, rows) for side, rows in ((left, rows_l), (right, others)))
    )
    known = {
        "handoff_id": pa.repeat(handoff.handoff_id, len(told)),
        "key_l": left.keys.take(pa.array(rows_l)),
        "event_l_at": as_instants(left.at[rows_l]),
        "event_on": as_dates(left.day[rows_l]),
        "status": pc.if_else(pa.array(is_found), "found", absences(left.day[rows_l], handoff.grace_days, as_of)),
        "is_error": kind.is_valid(), "error_kind": kind, "error_columns": columns,
    }  # fmt: skip
    if_found = {
        "key_r": right.keys.take(pa.array(others)),
        "basis": pa.repeat("same party", len(told)),
        "probability": pa.array(probability),
        "event_r_at": as_instants(right.at[others]),
        "lag_minutes": pa.array(lag_minutes(left, right, rows_l, others), from_pandas=True),
        "lag_days": pa.array(lag_days(left, right, rows_l, others), from_pandas=True),
    }
    mask = pa.array(is_found)
    known |= {name: pc.if_else(mask, one, pa.scalar(None, one.type)) for name, one in if_found.items()}
    missing = {one.name: pa.nulls(len(told), one.type) for one in COUNTERPART.columns if one.name not in known}
    return checked(pa.table({**known, **missing}), COUNTERPART)


def _first_records(side: Side, party: Ints, count: int) -> Ints:
    """Return each party's first record of a side: the one created first, then the smallest key; ``NONE`` for none."""
    day = np.where(side.day == NO_DAY, _LAST_DAY, side.day)
    rows = np.flatnonzero(party != NONE)
    # Rows are in order of their keys, and stay so among equals.
    order = rows[np.lexsort((day[rows], party[rows]))]
    first = order[firsts(party[order])]
    result = np.full(count, NONE, dtype=np.int64)
    result[party[first]] = first
    return result


def _is_due(side: Side) -> Flags:
    """Return which records are called a customer or a supplier."""
    lists = side.table["roles"].combine_chunks()
    result = np.zeros(len(side), dtype=bool)
    is_due = np.asarray(pc.is_in(pc.list_flatten(lists), value_set=pa.array(_DUE_ROLES)))
    result[np.asarray(pc.list_parent_indices(lists))[is_due]] = True
    return result


def _errors(left: Side, right: Side, rows_l: Ints, rows_r: Ints) -> tuple[pa.StringArray, pa.ListArray]:
    """Return for each pair what kind of error it has (null: none), and the columns that are wrong.

    A column that one side never fills is not compared. A different value weighs more than a missing one.
    """
    fields = Fields(pa.concat_tables([one.table.select([*COMPARED_COLUMNS]) for one in (left, right)]).combine_chunks())
    wrong, is_different = [], np.zeros(len(rows_l), dtype=bool)
    for column in COMPARED_COLUMNS:
        is_written = fields.is_written(column)
        if not is_written[: len(left)].any() or not is_written[len(left) :].any():
            wrong.append(np.zeros(len(rows_l), dtype=bool))
            continue
        verdict = fields.verdicts(column, rows_l, rows_r + len(left))
        wrong.append((verdict == DIFFERENT) | (verdict == MISSING_R))
        is_different |= verdict == DIFFERENT
    number = (np.stack(wrong, axis=1) << np.arange(len(COMPARED_COLUMNS))).sum(axis=1)
    kinds, place = np.unique(number, return_inverse=True)
    lists = [[name for at, name in enumerate(COMPARED_COLUMNS) if kind >> at & 1] or None for kind in kinds.tolist()]
    kind = np.where(number == 0, 0, np.where(is_different, 1, 2))
    words = pa.array([None, "field", "missing_field"], pa.string())
    return words.take(pa.array(kind)), pa.array(lists, pa.list_(pa.string())).take(pa.array(place.ravel()))


def _probability(sure: Floats, crosswalk: pa.Table, side: Side, rows: Ints) -> Floats:
    """Return how surely records belong to their party; one of which nobody said anything is sure."""
    own = sure[positions(side.keys.take(pa.array(rows)), array_of(crosswalk["record_key"]))]
    return np.where(np.isnan(own) | (own == 0), 1.0, own)
