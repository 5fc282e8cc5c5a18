"""The golden record of each party: one value per column, from one record, with the reason.

The rules in order: the source of truth, the newest change, the most complete record. An address, and a person's name, is
taken whole from one record: half of one address and half of another is the address of nobody.
"""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pyarrow as pa

from toolkit.reconcile.truth import SourceOfTruth
from toolkit.tables import CROSSWALK, GOLDEN, PARTY, checked
from toolkit.values.placeholder import is_placeholder

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
_NEVER = datetime.min.replace(tzinfo=UTC)


class _Choice(NamedTuple):
    record: dict[str, Any]
    reason: str


def golden_records(parties: pa.Table, crosswalk: pa.Table, truth: SourceOfTruth) -> pa.Table:
    """Return the GOLDEN values of every party.

    Reasons: ``only value``, ``all agree``, ``source of truth: <system>``, ``newest``, ``most complete``. Two records that
    changed at the same moment, or at none that is known, are no newer than each other.

    Parameters
    ----------
    parties
        Table PARTY.
    crosswalk
        Table CROSSWALK of these parties.
    truth
        Which system decides which field.
    """
    parties = checked(parties, PARTY)
    checked(crosswalk, CROSSWALK)
    golden = dict(zip(crosswalk["record_key"].to_pylist(), crosswalk["golden_id"].to_pylist(), strict=True))
    columns = ["record_key", "system", "entity", "updated_at", "state", *SURVIVING_COLUMNS]
    members: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in parties.select(columns).sort_by("record_key").to_pylist():
        if row["record_key"] in golden and row["state"] not in {"deleted", "absent"}:
            members[golden[row["record_key"]]].append(_without_fillers(row))
    rows = []
    for golden_id, records in sorted(members.items()):
        for group in _GROUPS:
            holders = [record for record in records if any(record[column] for column in group)]
            if holders:
                choice = _chosen(holders, group, truth)
                rows += [_value(golden_id, column, choice) for column in group if choice.record[column]]
    return GOLDEN.from_rows(rows)


def _without_fillers(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: None if name in SURVIVING_COLUMNS and value and is_placeholder(value) else value for name, value in row.items()
    }


def _value(golden_id: str, column: str, choice: _Choice) -> dict[str, str]:
    return {
        "golden_id": golden_id, "column": column, "value": choice.record[column],
        "record_key": choice.record["record_key"], "reason": choice.reason,
    }  # fmt: skip


def _chosen(holders: list[dict[str, Any]], group: tuple[str, ...], truth: SourceOfTruth) -> _Choice:
    ranked = sorted(holders, key=lambda record: _rank(record, group))
    if len(ranked) == 1:
        return _Choice(ranked[0], "only value")
    if len({tuple(record[column] for column in group) for record in ranked}) == 1:
        return _Choice(ranked[0], "all agree")
    decides = truth.system_for(ranked[0]["entity"], group[0])
    masters = [record for record in ranked if record["system"] == decides]
    if masters:
        return _Choice(masters[0], f"source of truth: {decides}")
    newest, next_newest = sorted((record["updated_at"] or _NEVER for record in ranked), reverse=True)[:2]
    if newest > next_newest > _NEVER:
        return _Choice(next(record for record in ranked if record["updated_at"] == newest), "newest")
    return _Choice(min(ranked, key=lambda record: _rank(record, group, by_time=False)), "most complete")


def _rank(record: dict[str, Any], group: tuple[str, ...], *, by_time: bool = True) -> tuple[float, int, int, str]:
    """Order of preference among equals: newest, fullest in this group, fullest at all, smallest key."""
    age = -(record["updated_at"] or _NEVER).timestamp() if by_time and record["updated_at"] else 0.0
    filled = sum(bool(record[column]) for column in group)
    return age, -filled, -sum(bool(record[column]) for column in SURVIVING_COLUMNS), record["record_key"]
