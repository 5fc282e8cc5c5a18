"""Which document of the target stands for which document of the source, and which have none.

Each source document once, and a target for one source or, where one payment settles several invoices, for those together. A
wrong link is worse than a missing one: below ``min_probability`` there is no link, and between equally good ones none is
guessed. What tells whether two documents are one is asked of ``match.documents``.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from toolkit.landscape.handoffs import Handoff
from toolkit.match.comparison import Levels
from toolkit.match.documents import amounts
from toolkit.match.documents.evidence import AMOUNT, basis
from toolkit.match.documents.groups import Group
from toolkit.match.documents.matching import DocumentMatching, matched_documents
from toolkit.reconcile.disagreements import Pair, disagreements
from toolkit.reconcile.events import (
    NO_DAY,
    Days,
    Side,
    absence,
    accounts_in,
    lag_minutes,
    local_date,
    source_side,
    target_side,
    with_net,
)
from toolkit.reconcile.party_counterparts import party_counterparts
from toolkit.tables import COUNTERPART, CROSSWALK, DOCUMENT, PARTY, checked

_REPEATED = "second entry of a document that has its counterpart"
_UNEXPLAINED = "no document of the source explains it"


def counterparts(
    handoff: Handoff,
    documents_l: pa.Table,
    documents_r: pa.Table,
    crosswalk: pa.Table,
    *,
    as_of: date,
    time_zone: str = "UTC",
    min_probability: float = 0.9,
) -> pa.Table:
    """Return the COUNTERPART rows of one handoff: each source document once.

    Parameters
    ----------
    handoff
        Which stream hands over to which, and how long the target may take.
    documents_l, documents_r
        Table DOCUMENT with ``party_key`` resolved (or PARTY, for a handoff of master data). Other streams in them are
        left out.
    crosswalk
        Table CROSSWALK: parties of both systems to accounts.
    as_of
        Local day up to which the target is complete.
    time_zone
        The client's, for days and months.
    min_probability
        A link must be at least so likely, from 0.5 to 1.

    Notes
    -----
    Without a single target document nothing is known of the handoff, and the table is empty. Source documents from
    before the target's first are left out for the same reason.
    """
    if not 0.5 <= min_probability < 1:
        raise ValueError(f"min_probability must be at least 0.5 and below 1, not {min_probability}.")
    checked(crosswalk, CROSSWALK)
    if handoff.entity_l in {"party", "employee"}:
        return party_counterparts(
            handoff, checked(documents_l, PARTY), checked(documents_r, PARTY), crosswalk, as_of=as_of, time_zone=time_zone
        )
    accounts = accounts_in(crosswalk, "account_id")
    right = target_side(handoff, checked(documents_r, DOCUMENT), accounts, time_zone)
    left = source_side(handoff, checked(documents_l, DOCUMENT), accounts, time_zone)
    left = _inside_target_period(left, right, handoff.grace_days)
    if len(right) == 0 or len(left) == 0:
        return COUNTERPART.empty()
    left, right = with_net(left, right), with_net(right, left)
    matching = matched_documents(
        _document_table(left, right), _document_table(right, left), min_match_probability=min_probability
    )
    return _table(handoff, left, right, matching, as_of)


def _inside_target_period(left: Side, right: Side, grace_days: int) -> Side:
    known = right.day[right.day != NO_DAY]
    if len(known) == 0:
        return left
    is_inside = (left.day == NO_DAY) | (left.day + grace_days >= known.min())
    return left if is_inside.all() else _rows(left, np.flatnonzero(is_inside))


def _rows(side: Side, rows: Days) -> Side:
    return replace(
        side, table=side.table.take(rows), day=side.day[rows], has_time=side.has_time[rows],
        amount=side.amount[rows], tax=side.tax[rows], fee=side.fee[rows], net=side.net[rows],
        is_net=side.is_net[rows],
        account=[side.account[row] for row in rows], keys=[side.keys[row] for row in rows],
        times=[side.times[row] for row in rows], currency=[side.currency[row] for row in rows],
    )  # fmt: skip


def _document_table(side: Side, other: Side) -> pa.Table:
    """Return a side as matching reads it: dated and signed as the handoff has it, with its parties resolved."""
    table = side.table
    added = {
        "day": pa.array(np.where(side.day == NO_DAY, 0, side.day).astype(np.int32), mask=side.day == NO_DAY).cast(
            pa.date32()
        ),
        "party": pa.array(side.account, pa.string()),
        "is_party_known_there": pa.array([one is not None and one in other.known_accounts for one in side.account]),
        "amount_minor": pa.array(side.amount, mask=np.isnan(side.amount)),
    }
    kept = [name for name in table.column_names if name not in added]
    return pa.table({**{name: table[name] for name in kept}, **added})


def _table(handoff: Handoff, left: Side, right: Side, matching: DocumentMatching, as_of: date) -> pa.Table:
    pairs = matching.linked_pairs
    wrong = disagreements(
        left, right, _pairs(matching, matching.rows_l[pairs], matching.rows_r[pairs], matching.seen.levels[pairs, AMOUNT]),
        entity_l=handoff.entity_l, entity_r=handoff.entity_r,
    )  # fmt: skip
    probability = matching.match_probability
    rows: list[dict[str, Any]] = []
    for pair, error in zip(pairs.tolist(), wrong, strict=True):
        row, other = int(matching.rows_l[pair]), int(matching.rows_r[pair])
        found = _found_row(handoff, left, right, row, (other,))
        how = {"basis": basis(matching.seen.levels[pair].tolist()), "probability": float(probability[pair])}
        rows.append({**found, **how, **_error(error.kind, error.columns)})
    for group in matching.groups:
        rows += _group_rows(handoff, left, right, matching, group)
    taken = {row["key_l"] for row in rows}
    for row, key in enumerate(left.keys):
        if key not in taken:
            status = "ambiguous" if matching.is_ambiguous[row] else absence(left.day[row], handoff.grace_days, as_of)
            rows.append({**_source_row(handoff, left, row), "status": status})
    return COUNTERPART.from_rows([*rows, *_extra_rows(handoff, left, right, matching)])


def _pairs(matching: DocumentMatching, rows_l: Days, rows_r: Days, relations: Levels) -> list[Pair]:
    named = matching.held.words.named_shares(rows_l, rows_r)
    one, other = matching.left.party[rows_l], matching.right.party[rows_r]
    is_same = (one >= 0) & (one == other)
    columns = (rows_l.tolist(), rows_r.tolist(), relations.tolist(), is_same.tolist(), named.tolist())
    return [
        Pair(row_l, row_r, relation, is_own, None if np.isnan(share) else share)
        for row_l, row_r, relation, is_own, share in zip(*columns, strict=True)
    ]


def _group_rows(handoff: Handoff, left: Side, right: Side, matching: DocumentMatching, group: Group) -> list[dict[str, Any]]:
    """Return one row for each source document of a group; what is compared is the sum."""
    relation = amounts.EQUAL if group.is_whole else amounts.DIFFERENT
    rows_l = np.array(group.rows_l, dtype=np.int64)
    first_r = min(group.rows_r, key=lambda row: (right.day[row], row))
    wrong = disagreements(
        left, right, _pairs(matching, rows_l, np.full(len(rows_l), first_r), np.full(len(rows_l), relation, dtype=np.uint8)),
        entity_l=handoff.entity_l, entity_r=handoff.entity_r,
    )  # fmt: skip
    words = "sum of amounts" if group.is_whole else "part of the amount"
    how = {
        "basis": ", ".join([*(["number"] if group.is_quoted else ["party"]), words, "date"]),
        "probability": float(1 / (1 + 2.0**-group.bits)),
    }
    parts = (first_r, *(row for row in group.rows_r if row != first_r))
    return [
        {**_found_row(handoff, left, right, row, parts), **how, **_error(error.kind, error.columns)}
        for row, error in zip(group.rows_l, wrong, strict=True)
    ]


def _found_row(handoff: Handoff, left: Side, right: Side, row: int, others: tuple[int, ...]) -> dict[str, Any]:
    """Return the row of a source document with its counterpart: the first of several, the others named beside it."""
    other = others[0]
    has_days = left.day[row] != NO_DAY and right.day[other] != NO_DAY
    return {
        **_source_row(handoff, left, row), "key_r": right.keys[other], "status": "found",
        "more_keys_r": [right.keys[one] for one in others[1:]] or None,
        "event_r_at": right.times[other], "lag_minutes": lag_minutes(left, right, row, other),
        "lag_days": float(right.day[other] - left.day[row]) if has_days else None,
        "amount_r_minor": _shown(right, others),
        "currency": right.currency[other] or left.currency[row],
    }  # fmt: skip


def _error(kind: str | None, columns: tuple[str, ...]) -> dict[str, Any]:
    return {"is_error": kind is not None, "error_kind": kind, "error_columns": list(columns) or None}


def _source_row(handoff: Handoff, left: Side, row: int) -> dict[str, Any]:
    return {
        "handoff_id": handoff.handoff_id, "key_l": left.keys[row], "event_l_at": left.times[row],
        "event_on": local_date(left.day[row]), "amount_l_minor": _shown(left, (row,)),
        "currency": left.currency[row], "is_error": False,
    }  # fmt: skip


def _extra_rows(handoff: Handoff, left: Side, right: Side, matching: DocumentMatching) -> list[dict[str, Any]]:
    """Return unlinked targets that repeat a linked source, or that must have a source and have none."""
    is_taken = np.zeros(len(right), dtype=bool)
    is_taken[matching.rows_r[matching.linked_pairs]] = True
    for group in matching.groups:
        is_taken[list(group.rows_r)] = True
    is_repeated = matching.links.is_repeated & ~is_taken
    known = left.day[left.day != NO_DAY]
    is_due = (right.day != NO_DAY) & (right.day >= (known.min() if len(known) else NO_DAY))
    is_unexplained = is_due & ~is_taken & ~is_repeated & ~matching.links.is_tied_r & handoff.is_source_required
    return [
        {
            "handoff_id": handoff.handoff_id, "key_r": right.keys[other], "status": "extra",
            "basis": _REPEATED if is_repeated[other] else _UNEXPLAINED,
            "event_r_at": right.times[other], "event_on": local_date(right.day[other]),
            "amount_r_minor": _shown(right, (other,)), "currency": right.currency[other], "is_error": False,
        }
        for other in np.flatnonzero((is_repeated & ~matching.links.is_tied_r) | is_unexplained).tolist()
    ]  # fmt: skip


def _shown(side: Side, rows: Sequence[int]) -> int | None:
    """Return the gross amount of the documents together; null where one of them states none."""
    amount = float(side.amount[list(rows)].sum())
    return None if np.isnan(amount) or side.is_net[list(rows)].any() else round(amount)
