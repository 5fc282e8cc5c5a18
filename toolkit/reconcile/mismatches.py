"""Where matched records of two systems disagree, field by field, with formatting-only differences kept apart."""

from collections import defaultdict
from datetime import datetime
from itertools import combinations, product
from typing import Any, NamedTuple

import pyarrow as pa

from toolkit.rates import wilson_interval
from toolkit.reconcile.fields import COMPARED_COLUMNS, Fields
from toolkit.reconcile.truth import SourceOfTruth
from toolkit.tables import COMPARED_FIELD, CROSSWALK, MISMATCH, PARTY, checked

_MAX_RECORDS_PER_SYSTEM = 5


class Mismatches(NamedTuple):
    """The differences (MISMATCH) and, per two systems and field, how many pairs were compared (COMPARED_FIELD)."""

    mismatches: pa.Table
    compared: pa.Table


class _Record(NamedTuple):
    key: str
    system: str
    stream: str
    row: int
    updated_at: datetime | None


def mismatches(
    parties: pa.Table, crosswalk: pa.Table, truth: SourceOfTruth, *, home_country: str | None = None
) -> Mismatches:
    """Return the fields in which records of one party in different systems disagree.

    A field that a stream never fills is not compared: the system does not keep it. Of a party with many records in one
    system the first five are compared.

    Parameters
    ----------
    parties
        Table PARTY.
    crosswalk
        Table CROSSWALK of these parties.
    truth
        Which system decides which field; its value is proposed.
    home_country
        Two-letter code, for phone numbers without a country.
    """
    parties = checked(parties, PARTY).sort_by("record_key")
    checked(crosswalk, CROSSWALK)
    fields = Fields(parties, home_country=home_country)
    kept = _kept_columns(parties, fields)
    rows: list[dict[str, Any]] = []
    counts: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for golden_id, left, right in _pairs(parties, crosswalk, fields):
        for column in COMPARED_COLUMNS:
            if column not in kept[left.system, left.stream] or column not in kept[right.system, right.stream]:
                continue
            verdict = fields.verdict(column, left.row, right.row)
            if verdict is None:
                continue
            counts[left.system, right.system, column][verdict] += 1
            if verdict != "equal":
                rows.append(_mismatch(golden_id, column, verdict, left, right, fields=fields, truth=truth))
    return Mismatches(MISMATCH.from_rows(rows), _compared(counts))


def _pairs(parties: pa.Table, crosswalk: pa.Table, fields: Fields) -> list[tuple[str, _Record, _Record]]:
    golden = dict(zip(crosswalk["record_key"].to_pylist(), crosswalk["golden_id"].to_pylist(), strict=True))
    columns = ["record_key", "system", "stream", "updated_at", "state"]
    members: dict[str, dict[str, list[_Record]]] = defaultdict(lambda: defaultdict(list))
    for row in parties.select(columns).to_pylist():
        if row["record_key"] in golden and row["state"] not in {"deleted", "absent"}:
            record = _Record(
                row["record_key"], row["system"], row["stream"], fields.row(row["record_key"]), row["updated_at"]
            )
            members[golden[row["record_key"]]][row["system"]].append(record)
    return [
        (golden_id, left, right)
        for golden_id, by_system in sorted(members.items())
        for system_l, system_r in combinations(sorted(by_system), 2)
        for left, right in product(
            by_system[system_l][:_MAX_RECORDS_PER_SYSTEM], by_system[system_r][:_MAX_RECORDS_PER_SYSTEM]
        )
    ]


def _kept_columns(parties: pa.Table, fields: Fields) -> dict[tuple[str, str], set[str]]:
    kept: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row, place in enumerate(zip(parties["system"].to_pylist(), parties["stream"].to_pylist(), strict=True)):
        if len(kept[place]) < len(COMPARED_COLUMNS):
            kept[place] |= {column for column in COMPARED_COLUMNS if fields.written(column, row) is not None}
    return kept


def _mismatch(
    golden_id: str, column: str, kind: str, left: _Record, right: _Record, *, fields: Fields, truth: SourceOfTruth
) -> dict[str, Any]:
    value_l, value_r = fields.written(column, left.row), fields.written(column, right.row)
    decides = truth.system_for("party", column)
    if decides not in {left.system, right.system}:
        decides = None
    proposed = None
    if decides is not None:
        proposed = (value_l or value_r) if decides == left.system else (value_r or value_l)
    return {
        "golden_id": golden_id, "column": column, "key_l": left.key, "key_r": right.key, "system_l": left.system,
        "system_r": right.system, "value_l": value_l, "value_r": value_r, "kind": kind,
        "changed_last": _changed_last(left.updated_at, right.updated_at),
        "proposed_value": proposed, "proposed_system": decides,
    }  # fmt: skip


def _changed_last(left: datetime | None, right: datetime | None) -> str:
    if left is None or right is None or left == right:
        return "unknown"
    return "l" if left > right else "r"


def _compared(counts: dict[tuple[str, str, str], dict[str, int]]) -> pa.Table:
    rows = []
    for (system_l, system_r, column), verdicts in sorted(counts.items()):
        compared = sum(verdicts.values())
        low, high = wilson_interval(verdicts["different"], compared)
        rows.append(
            {
                "system_l": system_l, "system_r": system_r, "column": column, "compared": compared,
                **{name: verdicts[name] for name in ("equal", "formatting", "different", "missing_l", "missing_r")},
                "low": low, "high": high,
            }
        )  # fmt: skip
    return COMPARED_FIELD.from_rows(rows)
