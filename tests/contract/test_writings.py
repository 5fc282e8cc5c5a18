"""What every way of writing keeps to: what it says of a record is what a pull says, of all records and all columns."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from tests.contract.test_stand_ins import exports_of, pulled_live
from toolkit.apply.written_body import Meant, read_fields, written_body
from toolkit.audit.practice import served_systems
from toolkit.changes import Operation, operation
from toolkit.connector import Connector, Stream, WriteField, Writing
from toolkit.discovery import discovered
from toolkit.rest.places import value_at
from toolkit.sandbox.running import stand_ins
from toolkit.tables import ENTITY_SCHEMAS

CONNECTORS = cast("Mapping[str, Connector]", discovered("toolkit.connectors", "CONNECTOR"))
WRITTEN = [(one, stream) for one in CONNECTORS.values() for stream in one.streams if stream.writing is not None]
NAMES = [f"{one.name}-{stream.name}" for one, stream in WRITTEN]
VENDORS = sorted({one.name for one, _ in WRITTEN} & {*stand_ins()})


def writing_of(stream: Stream) -> Writing:
    """Return how a stream is written."""
    assert stream.writing is not None
    return stream.writing


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_record_is_read_as_a_pull_reads_it(vendor: str, tmp_path: Path) -> None:
    """Before and after a change a record is compared with what was pulled: what reads otherwise would be a conflict."""
    written = {stream.name: writing_of(stream) for one, stream in WRITTEN if one.name == vendor}
    wrong, seen = [], 0
    with exports_of(vendor, tmp_path) as system, pulled_live(system, tmp_path) as (engagement, _, missing):
        assert missing == ()
        [back] = served_systems(engagement)
        for name, writing in written.items():
            for row in back.streams[name].rows() if name in back.streams else ():
                said = read_fields(row["sent"], writing, back.currency)
                sent = {one.column: said[one.column] for one in writing.fields if is_alike(one) and said[one.column]}
                change = operation(
                    "create" if writing.create else "update", vendor, name, target_id=row["record_id"], after=sent
                )
                again = read_fields(made(change, writing, back.currency), writing, back.currency)
                wrong += [
                    f"{row['record_key']}: {one} comes back as {again[one]!r}" for one in sent if again[one] != sent[one]
                ]
                # What stands there by an id is read with a list of names: see the requests of each vendor.
                for field in (one for one in writing.fields if not one.lookups):
                    seen += 1
                    is_day = field.column in (row.get("date_only") or ())
                    if said[field.column] != canonical(row.get(field.column), is_day=is_day):
                        wrong.append(f"{row['record_key']}: {field.column} is {row.get(field.column)!r}, read {said!r}")
    assert wrong == []
    assert seen > 0


def made(change: Operation, writing: Writing, currency: str) -> Any:
    """Return the record that is asked for, as its body says it."""
    how = writing.create or writing.update
    assert how is not None
    body = written_body(change, writing, how, Meant(None, None, "key", currency))
    return value_at(json.loads(body), writing.body_inside)


def is_alike(field: WriteField) -> bool:
    """Return whether a column stands in a body where it stands in the record; others are put elsewhere by the vendor."""
    places = field.read.headers if field.read is not None else (field.read_at,)
    return bool(field.path) and field.path in places


def canonical(value: Any, *, is_day: bool = False) -> str | None:
    """Return a value of a canonical column as plans hold it: of a moment whose time is unknown the day."""
    if value is None or value == "":
        return None
    if is_day and isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize(("connector", "stream"), WRITTEN, ids=NAMES)
def test_what_is_written_is_a_column_that_is_read(connector: Connector, stream: Stream) -> None:
    """Each once, in a form of its type, and never sent where nothing would say whether it was taken."""
    writing, schema = writing_of(stream), ENTITY_SCHEMAS[stream.entity]
    columns = [one.column for one in writing.fields]

    assert len(columns) == len({*columns})
    assert {*columns, *writing.unsaid} <= {*schema.names}
    assert not {*columns} & {*writing.unsaid}
    assert all(one.read is not None or one.read_path for one in writing.fields), connector.name
    assert {one.column for one in writing.by_column} <= {one.column for one in writing.fields if not one.path}
    assert writing.scopes
