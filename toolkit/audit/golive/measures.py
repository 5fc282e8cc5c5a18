"""What the last audit says of the data of some systems, entity by entity, as the gates of a cut-over ask for it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.stages.handoffs import engagement_handoffs
from toolkit.files.parties_by_name import STREAM as NAMES
from toolkit.golive.gates import Measure, MeasureName
from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.outcome_words import open_differences
from toolkit.store import Run
from toolkit.tables import DOCUMENT_ENTITIES, PARTY_ENTITIES

_DOUBLE = "implausible.double_entry"
_NO_HANDOFF = "no handoff could be compared"

Row = dict[str, Any]


def entity_measures(
    engagement: Engagement, run: Run, systems: Collection[str], entities: Sequence[str] | None
) -> list[Measure]:
    """Return what was counted of each entity in some systems.

    Parameters
    ----------
    engagement, run
        With every stage up to the handoffs.
    systems
        Those that take part in the cut-over.
    entities
        Which ones; null: those of the handoffs between these systems, and parties.
    """
    rows = [row for row in engagement.store.snapshots().to_pylist() if row["system"] in systems and row["stream"] != NAMES]
    held = {row["entity"] for row in rows}
    handoffs = [one for one in engagement_handoffs(engagement) if {one.system_l, one.system_r} <= {*systems}]
    usual = {one.entity_l for one in handoffs} | {one.entity_r for one in handoffs} | {*PARTY_ENTITIES}
    chosen = sorted(usual & held) if entities is None else list(dict.fromkeys(entities))
    return [one for entity in chosen for one in _of_entity(run, entity, rows, handoffs)]


def _of_entity(run: Run, entity: str, rows: Sequence[Row], handoffs: Sequence[Handoff]) -> Iterator[Measure]:
    streams = {(row["system"], row["stream"]) for row in rows if row["entity"] == entity}
    checks = [row for row in run.table("check").to_pylist() if (row["system"], row["stream"]) in streams]
    checked = sum(row["checked"] for row in checks)
    yield Measure(
        entity, "right", checked - sum(row["failing"] for row in checks), checked, "no value of it could be checked"
    )
    if entity in PARTY_ENTITIES:
        yield from _of_parties(run, entity, streams)
        return
    twice = [row for row in checks if row["rule"] == _DOUBLE]
    if twice:
        x, n = (sum(row[name] for row in twice) for name in ("failing", "checked"))
        yield Measure(entity, "duplicates", x, n, "no document of it could be looked at for double entries")
    into = [one for one in handoffs if one.entity_r == entity and (one.system_r, one.stream_r) in streams]
    if entity in DOCUMENT_ENTITIES and into:
        yield from _of_documents(run, entity, into)


def _of_parties(run: Run, entity: str, streams: Collection[tuple[str, str]]) -> Iterator[Measure]:
    cluster = run.table("cluster")
    records: dict[str, list[str]] = {}
    for key, name in zip(cluster["record_key"].to_pylist(), cluster["cluster_id"].to_pylist(), strict=True):
        system, stream = key.split("/", 2)[:2]
        if (system, stream) in streams:
            records.setdefault(system, []).append(name)
    count, distinct = sum(map(len, records.values())), sum(len(set(names)) for names in records.values())
    yield Measure(entity, "duplicates", count - distinct, count, "its records were not matched")
    systems = pa.array(sorted({system for system, _ in streams}), pa.string())
    if len(systems) > 1:
        compared = _between(run.table("compared_field"), systems)
        different = _between(open_differences(run.table("mismatch")), systems)
        total = pc.sum(compared["compared"]).as_py() or 0
        yield Measure(entity, "differences", min(different.num_rows, total), total, "no two systems have a record in common")
    pair = run.table("pair")
    doubtful = pair.filter(pc.equal(pair["decision"], "review")).select(["key_l", "key_r"]).to_pylist()
    x = sum(all(_place(row[name]) in streams for name in ("key_l", "key_r")) for row in doubtful)
    yield Measure(entity, "doubtful", x, 1)


def _of_documents(run: Run, entity: str, handoffs: Sequence[Handoff]) -> Iterator[Measure]:
    """Yield what the handoffs into an entity say; where one of them could not be compared, nobody knows."""
    names = {one.handoff_id for one in handoffs}
    held_back: Mapping[str, str] = {
        measure: row["reason"]
        for row in run.table("handoff_judgement").to_pylist()
        if row["handoff_id"] in names
        for measure in row["held_back"]
    }
    rows = {(row["handoff_id"], row["measure"]): row for row in run.table("handoff_measure").to_pylist()}
    shares: tuple[tuple[MeasureName, str, str], ...] = (
        ("differences", "error_share", "error"),
        ("missing", "missing_share", "missing"),
    )
    for name, measure, told in shares:
        own = [rows.get((one, measure), {}) for one in sorted(names)]
        is_known = all(row.get("x") is not None and row.get("n") for row in own)
        why = held_back.get(told) or ("" if is_known else _NO_HANDOFF)
        x, n = (None, None) if why else (sum(row["x"] for row in own), sum(row["n"] for row in own))
        yield Measure(entity, name, x, n, why)
    table = run.table("counterpart")
    is_own = pc.is_in(table["handoff_id"], value_set=pa.array(sorted(names), pa.string()))
    yield Measure(entity, "doubtful", pc.sum(pc.and_(is_own, pc.equal(table["status"], "ambiguous"))).as_py() or 0, 1)


def _between(table: pa.Table, systems: pa.Array) -> pa.Table:
    return table.filter(pc.and_(*(pc.is_in(table[name], value_set=systems) for name in ("system_l", "system_r"))))


def _place(key: str) -> tuple[str, str]:
    system, stream = key.split("/", 2)[:2]
    return system, stream
