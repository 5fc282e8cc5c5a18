"""What the tests of the readers share: a folder that a client's files arrive in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.connector import Stream
from toolkit.files.canonical import CanonicalStream, canonical_stream
from toolkit.files.raw import RawTable
from toolkit.files.read import raw_tables

Read = Callable[..., list[RawTable]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that writes bytes under a name and reads every table of them."""

    def tables(name: str, data: bytes, known_headers: frozenset[str] = frozenset()) -> list[RawTable]:
        (tmp_path / name).write_bytes(data)
        return list(raw_tables(tmp_path / name, root=tmp_path, known_headers=known_headers))

    return tables


@pytest.fixture
def read_one(read: Read) -> Callable[..., RawTable]:
    """Return the same for a file of one table."""

    def table(name: str, data: bytes, known_headers: frozenset[str] = frozenset()) -> RawTable:
        [only] = read(name, data, known_headers)
        return only

    return table


@pytest.fixture
def cells() -> Callable[[RawTable], list[tuple[str | None, ...]]]:
    """Return a function that gives the rows of a table as tuples, without their lines."""
    return lambda table: [tuple(row.values())[1:] for row in table.rows.to_pylist()]


@pytest.fixture
def reasons() -> Callable[[RawTable], list[tuple[int | None, str]]]:
    """Return a function that gives line and reason of every row put aside."""
    return lambda table: [(row["line"], row["reason"]) for row in table.quarantine.to_pylist()]


@pytest.fixture
def stream_of(read_one: Callable[..., RawTable]) -> Callable[..., CanonicalStream]:
    """Return a function that reads several files, oldest first, as one stream."""

    def canonical(stream: Stream, *files: bytes) -> CanonicalStream:
        raws = [read_one(f"file{number}.csv", data) for number, data in enumerate(files)]
        return canonical_stream(raws, stream, system="sys", country="CA", currency="CAD")

    return canonical
