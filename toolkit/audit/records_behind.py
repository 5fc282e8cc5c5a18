"""The records behind a row that only counts them: the values that fail a check, the parties that two systems share."""

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.record_words import stream_records
from toolkit.query import query_connection, quoted_text
from toolkit.store import Run
from toolkit.tables import PARTY_ENTITIES

Row = Mapping[str, Any]
_NONE = pa.table({})


def records_behind(engagement: Engagement, run: Run, figure: Row, rows: pa.Table) -> pa.Table:
    """Return the records that the rows of a figure count, where the rows are no records themselves.

    Of a check: each value that fails. Of a filled column: each record without a value. Of shared parties: each party. Of
    a snapshot: its records. Of files whose rows were put aside: each of these rows.

    Parameters
    ----------
    engagement, run
        The run and where its snapshots lie.
    figure
        A row of FIGURE.
    rows
        The rows of its table that its condition selects.

    Raises
    ------
    DamagedError
        A snapshot is gone, or no longer what was written.
    """
    finds = _BEHIND.get(str(figure["source_table"]))
    return finds(engagement, run, figure, rows) if finds and rows.num_rows else _NONE


def _failing(_engagement: Engagement, run: Run, _figure: Row, rows: pa.Table) -> pa.Table:
    finding = run.table("finding")
    return finding.filter(pc.is_in(finding["check_id"], value_set=rows["check_id"].combine_chunks()))


def _without_value(engagement: Engagement, run: Run, _figure: Row, rows: pa.Table) -> pa.Table:
    found = []
    for row, snapshot in _snapshots(run, rows):
        table = stream_records(engagement, snapshot, ("record_key", "state", row["column"]))
        if row["column"] not in table.column_names:
            continue
        value = table[row["column"]]
        is_empty = pc.equal(pc.list_value_length(value), 0) if pa.types.is_list(value.type) else pc.is_null(value)
        if pa.types.is_string(value.type):
            is_empty = pc.or_(is_empty, pc.equal(pc.fill_null(value, ""), ""))
        is_there = pc.is_in(table["state"], value_set=pa.array(["active", "archived"]))
        found.append(table.filter(pc.and_(is_there, pc.fill_null(is_empty, True))).select(["record_key"]))
    return pa.concat_tables(found) if found else _NONE


def _of_snapshot(engagement: Engagement, run: Run, _figure: Row, rows: pa.Table) -> pa.Table:
    found = []
    for _, snapshot in _snapshots(run, rows):
        table = stream_records(engagement, snapshot, ("record_key", "state"))
        found.append(table.filter(pc.not_equal(table["state"], "absent")).select(["record_key"]))
    return pa.concat_tables(found) if found else _NONE


def _snapshots(run: Run, rows: pa.Table) -> list[tuple[Row, Row]]:
    by_stream = {(one["system"], one["stream"]): one for one in run.table("snapshot").to_pylist()}
    return [(row, by_stream[place]) for row in rows.to_pylist() if (place := (row["system"], row["stream"])) in by_stream]


def _put_aside(_engagement: Engagement, run: Run, figure: Row, rows: pa.Table) -> pa.Table:
    if figure["figure_id"] != "intake.rows_quarantined":
        return _NONE
    aside = run.table("quarantine")
    return aside.filter(pc.is_in(aside["file"], value_set=rows["file"].combine_chunks())).drop_columns(["row"])


_SHARED = """
    WITH held AS (
        SELECT walk.golden_id, walk.system, min(walk.record_key) AS record_key, bool_or({has_role}) AS has_role
        FROM walk JOIN party USING (record_key) WHERE walk.system IN ({left}, {right}) GROUP BY ALL
    ),
    waiting AS (
        SELECT one.golden_id, other.system FROM pair JOIN walk one ON one.record_key = pair.key_l
        JOIN walk other ON other.record_key = pair.key_r WHERE pair.decision = 'review'
        UNION SELECT other.golden_id, one.system FROM pair JOIN walk one ON one.record_key = pair.key_l
        JOIN walk other ON other.record_key = pair.key_r WHERE pair.decision = 'review'
    ),
    met AS (
        SELECT golden_id, bool_or(system = {left}) AS in_l, bool_or(system = {right}) AS in_r, bool_or(has_role) AS has_role,
               min(record_key) AS record_key,
        FROM held GROUP BY golden_id
    )
    SELECT record_key, golden_id FROM met WHERE has_role AND {wanted} ORDER BY record_key
"""
_WANTED = {
    "both": "in_l AND in_r",
    "only_l": "in_l AND NOT in_r AND (golden_id, {right}) NOT IN (SELECT (golden_id, system) FROM waiting)",
    "only_r": "in_r AND NOT in_l AND (golden_id, {left}) NOT IN (SELECT (golden_id, system) FROM waiting)",
}


def _shared(engagement: Engagement, run: Run, figure: Row, rows: pa.Table) -> pa.Table:
    """Return one record of each party that two systems share, or that only one of them has."""
    [row] = rows.to_pylist()
    words = {name: quoted_text(row[f"system_{side}"]) for name, side in (("left", "l"), ("right", "r"))}
    which = str(figure["figure_id"]).split(".")[1].removeprefix("coverage_")
    role = "true" if row["role"] == "any" else f"list_contains(party.roles, {quoted_text(row['role'])})"
    parties = [
        stream_records(engagement, one, ("record_key", "roles"))
        for one in run.table("snapshot").to_pylist()
        if one["entity"] in PARTY_ENTITIES and one["system"] in {row["system_l"], row["system_r"]}
    ]
    with query_connection() as connection:
        connection.register("walk", run.table("crosswalk").select(["record_key", "golden_id", "system"]))
        connection.register("pair", run.table("pair").select(["key_l", "key_r", "decision"]))
        connection.register("party", pa.concat_tables(parties))
        wanted = _WANTED[which].format(**words)
        return connection.sql(_SHARED.format(has_role=role, wanted=wanted, **words)).to_arrow_table()


_BEHIND: Mapping[str, Callable[[Engagement, Run, Row, pa.Table], pa.Table]] = {
    "check": _failing,
    "column_profile": _without_value,
    "coverage": _shared,
    "intake": _put_aside,
    "snapshot": _of_snapshot,
}
