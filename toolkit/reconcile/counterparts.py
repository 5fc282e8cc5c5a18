"""Which document of the target stands for which document of the source, and which have none.

One-to-one. A wrong link is worse than a missing one: below ``min_probability`` there is no link, and between equally good
ones none is guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile import amounts
from toolkit.reconcile.assignment import assignment
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
)
from toolkit.reconcile.evidence import Candidates, LagDensity, evidence, pair_lags
from toolkit.reconcile.party_counterparts import party_counterparts
from toolkit.tables import COUNTERPART, CROSSWALK, DOCUMENT, PARTY, checked

_TIE_MARGIN_BITS = 0.5
_MIN_LAGS_LEARNED = 12
_LEARN_ABOVE_BITS = 6.0
_MOST_LEFTOVER_BITS = 2.0


@dataclass(frozen=True, slots=True)
class _Links:
    right_of: Days
    is_tied: np.ndarray[Any, np.dtype[np.bool_]]
    found: Candidates
    position: dict[tuple[int, int], int]


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
    """Return the COUNTERPART rows of one handoff: each source document once, and each target document at most once.

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
    return _table(handoff, left, right, _links(left, right, min_probability), as_of)


def _inside_target_period(left: Side, right: Side, grace_days: int) -> Side:
    known = right.day[right.day != NO_DAY]
    if len(known) == 0:
        return left
    is_inside = (left.day == NO_DAY) | (left.day + grace_days >= known.min())
    return left if is_inside.all() else _rows(left, np.flatnonzero(is_inside))


def _rows(side: Side, rows: Days) -> Side:
    return Side(
        table=side.table.take(rows), day=side.day[rows], has_time=side.has_time[rows],
        amount=side.amount[rows], tax=side.tax[rows], fee=side.fee[rows],
        account=[side.account[row] for row in rows], keys=[side.keys[row] for row in rows],
        times=[side.times[row] for row in rows], currency=[side.currency[row] for row in rows],
        known_accounts=side.known_accounts, linked_accounts=side.linked_accounts,
    )  # fmt: skip


def _links(left: Side, right: Side, min_probability: float) -> _Links:
    """Link twice: the second time with the lags that the sure links of the first have shown."""
    held = evidence(left, right)
    known = right.day[right.day != NO_DAY]
    span = float(max(known.max() - known.min(), 30)) if len(known) else 30.0
    min_bits = float(np.log2(min_probability / (1 - min_probability)))
    first = _linked(left, right, held.candidates(LagDensity(span)), min_bits)
    lags = _sure_lags(left, right, first)
    if len(lags) < _MIN_LAGS_LEARNED:
        return first
    return _with_leftovers(left, right, _linked(left, right, held.candidates(LagDensity(span, lags)), min_bits), min_bits)


def _with_leftovers(left: Side, right: Side, links: _Links, min_bits: float) -> _Links:
    """Link what is left over on both sides: with fewer targets still free, each is likelier to be the one sought."""
    is_free_l = links.right_of < 0
    is_free_r = np.ones(len(right), dtype=bool)
    is_free_r[links.right_of[~is_free_l]] = False
    if not is_free_l.any() or not is_free_r.any():
        return links
    gain = min(float(np.log2(len(right) / is_free_r.sum())), _MOST_LEFTOVER_BITS)
    found = links.found
    is_open = is_free_l[found.left] & is_free_r[found.right] & ~links.is_tied[found.left]
    second = _linked(left, right, replace(found, bits=np.where(is_open, found.bits + gain, -np.inf)), min_bits)
    is_new = second.right_of >= 0
    return _Links(
        np.where(is_new, second.right_of, links.right_of), links.is_tied | second.is_tied,
        replace(found, bits=np.where(is_open, found.bits + gain, found.bits)), links.position,
    )  # fmt: skip


def _sure_lags(left: Side, right: Side, links: _Links) -> tuple[int, ...]:
    sure = [
        (row, int(other))
        for row, other in enumerate(links.right_of)
        if other >= 0 and not links.is_tied[row] and links.found.bits[links.position[row, int(other)]] >= _LEARN_ABOVE_BITS
    ]
    rows = np.array(sure, dtype=np.int64).reshape(-1, 2)
    lags = pair_lags(left, right, rows[:, 0], rows[:, 1])
    return tuple(int(lag) for lag in lags[~np.isnan(lags)])


def _linked(left: Side, right: Side, found: Candidates, min_bits: float) -> _Links:
    is_allowed = found.bits >= min_bits
    rows_l, rows_r = found.left[is_allowed], found.right[is_allowed]
    twin_r = _interchangeable(right, is_dated=False)
    chosen = assignment(
        rows_l, rows_r, found.bits[is_allowed] - min_bits + 1.0, left_count=len(left),
        same_l=_interchangeable(left), same_r=_interchangeable(right), twin_r=twin_r, tie_margin=_TIE_MARGIN_BITS,
    )  # fmt: skip
    right_of = _first_of_twins(left, right, chosen.right_of, twin_r, zip(rows_l.tolist(), rows_r.tolist(), strict=True))
    pairs = zip(found.left.tolist(), found.right.tolist(), strict=True)
    return _Links(right_of, chosen.is_tied, found, {pair: index for index, pair in enumerate(pairs)})


def _first_of_twins(left: Side, right: Side, right_of: Days, twin_r: Days, allowed: Iterable[tuple[int, int]]) -> Days:
    """Return the choice with the first of several equal entries as the counterpart: the later ones repeat it."""
    result = right_of.copy()
    taken = set(right_of[right_of >= 0].tolist())
    for row, other in allowed:
        chosen = int(result[row])
        if chosen < 0 or other in taken or twin_r[other] != twin_r[chosen]:
            continue
        if left.day[row] <= right.day[other] < right.day[chosen]:
            result[row] = other
            taken = (taken - {chosen}) | {other}
    return result


def _interchangeable(side: Side, *, is_dated: bool = True) -> Days:
    """Return a number per document, equal for documents alike in all that is compared (but the date, if not dated)."""
    columns = [side.texts(name) for name in ("name", "description", "reference", "deal_ref", "invoice_ref")]
    texts = zip(*columns, strict=True)
    codes: dict[str, int] = {}
    days = side.day.tolist() if is_dated else [None] * len(side)
    facts = zip(side.account, days, side.amount.tolist(), side.tax.tolist(), texts, strict=True)
    return np.array([codes.setdefault(repr(one), len(codes)) for one in facts], dtype=np.int64)


def _table(handoff: Handoff, left: Side, right: Side, links: _Links, as_of: date) -> pa.Table:
    linked = [(row, int(other)) for row, other in enumerate(links.right_of) if other >= 0 and not links.is_tied[row]]
    found = links.found
    at = [links.position[pair] for pair in linked]
    wrong = disagreements(
        left, right,
        [
            Pair(*pair, int(found.relation[index]), bool(found.is_same_account[index]), found.words.named_share(*pair))
            for pair, index in zip(linked, at, strict=True)
        ],
        entity_l=handoff.entity_l, entity_r=handoff.entity_r,
    )  # fmt: skip
    rows: list[dict[str, Any]] = []
    for (row, other), index, error in zip(linked, at, wrong, strict=True):
        lag_days = pair_lags(left, right, np.array([row]), np.array([other]))[0]
        rows.append(
            {
                **_source_row(handoff, left, row),
                "key_r": right.keys[other], "status": "found", "basis": _basis(found, index),
                "probability": float(1 / (1 + 2.0 ** -found.bits[index])),
                "event_r_at": right.times[other], "lag_minutes": lag_minutes(left, right, row, other),
                "lag_days": None if np.isnan(lag_days) else float(lag_days),
                "amount_r_minor": _whole(right.amount[other]), "currency": right.currency[other] or left.currency[row],
                "is_error": error.kind is not None, "error_kind": error.kind, "error_columns": list(error.columns) or None,
            }
        )  # fmt: skip
    taken = {row for row, _ in linked}
    for row in range(len(left)):
        if row not in taken:
            status = "ambiguous" if links.is_tied[row] else absence(left.day[row], handoff.grace_days, as_of)
            rows.append({**_source_row(handoff, left, row), "status": status})
    extra = _extra_rows(handoff, left, right, links, {other for _, other in linked})
    rows += [
        {
            "handoff_id": handoff.handoff_id, "key_r": right.keys[other], "status": "extra", "basis": basis,
            "event_r_at": right.times[other], "event_on": local_date(right.day[other]),
            "amount_r_minor": _whole(right.amount[other]), "currency": right.currency[other], "is_error": False,
        }
        for other, basis in extra
    ]  # fmt: skip
    return COUNTERPART.from_rows(rows)


def _source_row(handoff: Handoff, left: Side, row: int) -> dict[str, Any]:
    return {
        "handoff_id": handoff.handoff_id, "key_l": left.keys[row], "event_l_at": left.times[row],
        "event_on": local_date(left.day[row]), "amount_l_minor": _whole(left.amount[row]),
        "currency": left.currency[row], "is_error": False,
    }  # fmt: skip


def _extra_rows(handoff: Handoff, left: Side, right: Side, links: _Links, taken: set[int]) -> list[tuple[int, str]]:
    """Return unlinked targets that repeat a linked source, or that must have a source and have none."""
    second: set[int] = set()
    tied: set[int] = set()
    twin_r = _interchangeable(right, is_dated=False)
    for index in np.flatnonzero(links.found.bits >= 0):
        row, other = int(links.found.left[index]), int(links.found.right[index])
        # A likeness in all but the date tells a second entry with less evidence than any other pair needs.
        is_twin = links.right_of[row] >= 0 and twin_r[other] == twin_r[links.right_of[row]]
        if links.found.bits[index] < _LEARN_ABOVE_BITS and not is_twin:
            continue
        if links.is_tied[row]:
            tied.add(other)
        elif links.right_of[row] >= 0 and other not in taken:
            second.add(other)
    known = left.day[left.day != NO_DAY]
    first = int(known.min()) if len(known) else NO_DAY
    result = []
    for other in range(len(right)):
        if other in taken or other in tied:
            continue
        if other in second:
            result.append((other, "second entry of a document that has its counterpart"))
        elif handoff.is_source_required and right.day[other] != NO_DAY and right.day[other] >= first:
            result.append((other, "no document of the source explains it"))
    return result


def _basis(found: Candidates, index: int) -> str:
    parts = []
    if found.quoted[index] > 0:
        parts.append("number")
    if found.is_same_account[index]:
        parts.append("party")
    relation = int(found.relation[index])
    if relation == amounts.EQUAL:
        parts.append("amount")
    elif relation in (amounts.TAX, amounts.FEE, amounts.FACTOR, amounts.TRANSPOSED):
        parts.append(f"amount ({amounts.NAMES[relation]})")
    if found.worded[index] > 0:
        parts.append("name")
    return ", ".join([*parts, "date"]) if parts else "date"


def _whole(amount: float) -> int | None:
    return None if np.isnan(amount) else round(amount)
