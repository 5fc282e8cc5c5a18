"""Test cases of each handoff: unusual records of its source, with what must arrive and what stands there today."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from toolkit.audit.scope.field_map_tables import shown, source_values
from toolkit.audit.scope.handoff_maps import HandoffMap
from toolkit.scoping.field_maps.cases import UnusualRecord, chosen_cases
from toolkit.tables import TEST_CASE


def case_table(maps: Sequence[HandoffMap], edge_cases: pa.Table, currency: str) -> pa.Table:
    """Return TEST_CASE: of each kind a few records of the source of each handoff.

    Parameters
    ----------
    maps
        Of every handoff.
    edge_cases
        Table EDGE_CASE.
    currency
        The client's.
    """
    by_stream: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in edge_cases.to_pylist():
        by_stream.setdefault((row["system"], row["stream"]), []).append(row)
    rows = []
    for one in maps:
        found = by_stream.get((one.sides.source.system, one.sides.source.stream), [])
        rows += _rows(one, found, currency)
    return TEST_CASE.from_rows(rows)


def _rows(one: HandoffMap, found: Sequence[dict[str, Any]], currency: str) -> list[dict[str, Any]]:
    source, target = one.sides.source, one.sides.target
    keys = target.table["record_key"].to_pylist()
    counterpart = {left: keys[right] for left, right in one.sides.pairs}
    parties = source.texts("party_name" if "party_name" in source.filled else "name")
    records = []
    for row in found:
        place = source.row(row["record_key"])
        if place is not None:
            known = (row["kind"], row["record_key"], parties[place], row["column"], row["value"] or "", row["reason"])
            records.append(UnusualRecord(*known, counterpart.get(place, "")))
    return [
        {
            "handoff_id": one.handoff_id,
            "kind": case.record.kind,
            "place": case.place,
            "found": case.found,
            "record_key": case.record.record_key,
            "party_name": case.record.party or None,
            "column": case.record.column,
            "value": case.record.value or None,
            "expected": _expected(one, case.record, currency),
            "counterpart_key": case.record.counterpart or None,
            "reason": case.record.reason,
        }
        for case in chosen_cases(records)
    ]


def _expected(one: HandoffMap, record: UnusualRecord, currency: str) -> str | None:
    """Return what must arrive in the field that carries what is unusual; null where none carries it."""
    carriers = [field for field in one.fields if record.column in field.proposal.sources and field.transform]
    if record.column == "currency":
        carriers = [field for field in one.fields if field.proposal.transform == "currency"]
    place = one.sides.source.row(record.record_key)
    if not carriers or place is None:
        return None
    field = carriers[0]
    transform = field.transform
    values = source_values(one.sides, field, currency)[place]
    carried = transform.there(values, field.options) if transform is not None else values
    name = field.proposal.target.name
    return f"{name}: {shown(carried)}" if isinstance(carried, tuple) else f"refused: {carried.reason}"
