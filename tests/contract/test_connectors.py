"""What every connector keeps to, on a small export of each of its streams (``sample_data/fixtures``)."""

from functools import cache
from pathlib import Path

import pytest

from toolkit.connector import Connector, Stream
from toolkit.discovery import discovered
from toolkit.files.canonical import CanonicalStream, canonical_stream
from toolkit.files.raw import RawTable
from toolkit.files.read import raw_tables
from toolkit.files.recognise import known_headers, recognised, routed

FIXTURES = Path(__file__).resolve().parents[2] / "sample_data" / "fixtures"
CONNECTORS: list[Connector] = [
    one for one in discovered("toolkit.connectors", "CONNECTOR").values() if isinstance(one, Connector)
]
# These stand in the export of another stream of their system.
_TOGETHER = {
    ("xero", "credit_notes"): "invoices",
    ("xero", "bills"): "invoices",
    ("xero", "account_transactions"): "bank_transactions",
    ("asana", "tasks"): "projects",
}
# A stream that no export has is asked for: tests/contract/test_asked_connectors.py.
STREAMS = [(connector, stream) for connector in CONNECTORS for stream in connector.streams if stream.formats]
NAMES = [f"{connector.name}-{stream.name}" for connector, stream in STREAMS]


@cache
def fixture_table(connector: str, name: str) -> RawTable:
    path = FIXTURES / connector / f"{name}.csv"
    [raw] = raw_tables(path, root=FIXTURES, known_headers=known_headers(CONNECTORS))
    return raw


def export_of(connector: Connector, stream: Stream) -> RawTable:
    name = _TOGETHER.get((connector.name, stream.name), stream.name)
    return fixture_table(connector.name, name)


def read(connector: Connector, stream: Stream, *, copies: int = 1) -> CanonicalStream:
    raw = export_of(connector, stream)
    [part] = [part for found, part in routed(raw, recognised(raw, CONNECTORS)) if found.name == stream.name]
    return canonical_stream([part] * copies, stream, system="sys", country="US", time_zone="America/Chicago", currency="USD")


def test_every_file_of_the_folder_offers_a_connector() -> None:
    """Adding a file adds the system; its name is the file's."""
    found = discovered("toolkit.connectors", "CONNECTOR")

    assert [one.name for one in CONNECTORS] == list(found)


@pytest.mark.parametrize(("connector", "stream"), STREAMS, ids=NAMES)
def test_an_export_is_recognised_as_its_vendors(connector: Connector, stream: Stream) -> None:
    """All distinctive headers are there, and no other vendor fits as well."""
    raw = export_of(connector, stream)

    found = recognised(raw, CONNECTORS)

    assert found.is_recognised
    assert found.connector is connector
    assert stream.name in {part.name for part, _ in routed(raw, found)}
    assert found.runner_up_score < 1


@pytest.mark.parametrize(("connector", "stream"), STREAMS, ids=NAMES)
def test_every_row_is_a_record_or_accounted_for(connector: Connector, stream: Stream) -> None:
    """Rows kept, folded, repeated and put aside add up to the rows read; keys are unique."""
    found = read(connector, stream)

    [count] = found.counts
    assert count.rows_kept + count.rows_folded + count.rows_repeated + count.rows_quarantined == count.rows_read
    assert found.table().num_rows == count.rows_kept > 0
    assert not [note for note in found.notes if note.code == "bad_value"]


@pytest.mark.parametrize(("connector", "stream"), STREAMS, ids=NAMES)
def test_reading_a_file_twice_adds_nothing(connector: Connector, stream: Stream) -> None:
    """The second copy's rows are all repeated; ids do not depend on how often or where a row stands."""
    once, twice = read(connector, stream), read(connector, stream, copies=2)

    assert twice.table().equals(once.table())
    assert twice.lines.equals(once.lines)
    assert sum(count.rows_kept for count in twice.counts) == once.table().num_rows


@pytest.mark.parametrize(("connector", "stream"), STREAMS, ids=NAMES)
def test_the_raw_row_is_kept(connector: Connector, stream: Stream) -> None:
    """Nothing that the vendor sent is lost, known column or not."""
    found = read(connector, stream)
    raw = export_of(connector, stream)

    first = found.table()["raw"][0].as_py()

    assert all(f'"{header}":' in first for header in raw.headers if header)


@pytest.mark.parametrize("connector", CONNECTORS, ids=[one.name for one in CONNECTORS])
def test_a_connector_knows_the_headers_it_is_told_by(connector: Connector) -> None:
    """Names are lower-case and unique, every stream can be recognised and names its records."""
    names = [stream.name for stream in connector.streams]

    assert connector.name == connector.name.lower()
    assert len(names) == len(set(names))
    assert all(
        stream.formats and (stream.key or stream.identifying) if not stream.readings or stream.key else stream.path_key
        for stream in connector.streams
    )
