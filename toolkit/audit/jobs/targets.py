"""The system that a plan is for: its connector, with the streams that the settings describe, and what its import takes."""

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.streams import stream_of
from toolkit.audit.systems import connector_named
from toolkit.changes import Plan
from toolkit.connector import Connector, Writing, with_external_id, with_updates_together
from toolkit.errors import InputError, UnknownNameError
from toolkit.settings import SystemSettings
from toolkit.store.snapshots import present_records, read_snapshot, refuse_damaged_snapshot
from toolkit.tables import ENTITY_SCHEMAS


def target_connector(engagement: Engagement, system: str, connector: str) -> Connector:
    """Return the connector of a system, with the streams that ``engagement.yaml`` describes for it.

    Parameters
    ----------
    engagement
        Whose system it is.
    system
        The client's name of it.
    connector
        The name of its connector.
    """
    found = connector_named(connector)
    given = engagement.settings.systems.get(system)
    described = {name: stream_of(name, one) for name, one in (given.streams.items() if given else ())}
    others = [one for one in found.streams if one.name not in described]
    return replace(found, streams=(*others, *described.values()))


def writings_of(engagement: Engagement, system: str, target: Connector) -> dict[str, Writing]:
    """Return by stream how a system is changed over its interface: as its connector says, and the settings over it.

    Parameters
    ----------
    engagement
        Whose system it is.
    system
        The client's name of it.
    target
        Its connector (`target_connector`).
    """
    given = engagement.settings.systems.get(system)
    if given is None:
        return {one.name: one.writing for one in target.streams if one.writing is not None}
    own = {one.name: _as_told(system, one.name, one.writing, given) for one in target.streams if one.writing is not None}
    if unknown := sorted({*given.external_ids} - {*own}):
        raise UnknownNameError(f"list of {system} that can be changed", unknown[0], own)
    return own | {name: one.write.writing() for name, one in given.streams.items() if one.write is not None}


def _as_told(system: str, stream: str, writing: Writing, given: SystemSettings) -> Writing:
    """Return how a stream is changed, with what the settings tell of the client's own fields and of how many go together."""
    field = given.external_ids.get(stream)
    if field is not None and writing.upsert is None:
        raise InputError(
            f"systems.{system}.external_ids names a field of {stream}, and its records are not made under an id of another "
            "system over this interface. Take the line out."
        )
    found = writing if field is None else with_external_id(writing, field)
    return with_updates_together(found) if given.updates_together else found


def writable_columns(connector: Connector, written: Mapping[str, Writing] | None = None) -> dict[str, frozenset[str]]:
    """Return by stream the canonical columns that a system takes in; a stream without a way in is not in it.

    One column that it lacks would send the whole change to the list that is done by hand.

    Parameters
    ----------
    connector
        Of the system: what its imports change.
    written
        How the streams are changed over its interface, where it is asked over one; this then counts.
    """
    found = {
        stream.name: frozenset(one.column for one in form.columns) | {name for name, _ in form.follows}
        for stream in connector.streams
        for form in stream.imports
        if "update" in form.actions
    }
    for name, writing in (written or {}).items():
        changed = (one.column for one in writing.fields if not one.actions or "update" in one.actions)
        found[name] = frozenset(changed if writing.update is not None else ())
    return found


def target_records(engagement: Engagement, plan: Plan) -> dict[str, pa.Table]:
    """Return the records of the streams that a plan changes, with their rows as they came.

    Parameters
    ----------
    engagement
        Whose records they are.
    plan
        The plan.

    Raises
    ------
    DamagedError
        A snapshot is gone, or no longer what was written.
    """
    store = engagement.store
    changed = {one.stream for one in plan.operations}
    found = {}
    for row in store.snapshots().to_pylist():
        if row["system"] == plan.target.system and row["stream"] in changed:
            refuse_damaged_snapshot(store.folder, row["path"], row["sha256"])
            # All columns, named: without names the rows as they came are left out.
            columns = ENTITY_SCHEMAS[row["entity"]].names
            found[row["stream"]] = present_records(read_snapshot(store.folder / row["path"], row["entity"], columns))
    return found
