"""What the tests of the connectors share: the records of an export written in the test."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit.connector import Connector
from toolkit.discovery import discovered
from toolkit.files.canonical import CanonicalStream, canonical_stream
from toolkit.files.read import raw_tables
from toolkit.files.recognise import known_headers, recognised, routed

FIXTURES = Path(__file__).resolve().parents[3] / "sample_data" / "fixtures"
CONNECTORS = [one for one in discovered("toolkit.connectors", "CONNECTOR").values() if isinstance(one, Connector)]

Streams = Callable[..., dict[str, CanonicalStream]]


@pytest.fixture
def fixture_streams() -> Streams:
    """Return a function that reads a fixture, e.g. ``xero/invoices``, into its streams."""

    def streams(name: str, country: str = "US") -> dict[str, CanonicalStream]:
        return _streams(FIXTURES / f"{name}.csv", country)

    return streams


@pytest.fixture
def export_streams(tmp_path: Path) -> Streams:
    """Return a function that writes an export and reads it into its streams."""

    def streams(text: str, name: str = "export.csv", country: str = "US") -> dict[str, CanonicalStream]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return _streams(tmp_path / name, country)

    return streams


def _streams(path: Path, country: str) -> dict[str, CanonicalStream]:
    found: dict[str, CanonicalStream] = {}
    options: dict[str, Any] = {"system": "sys", "country": country, "time_zone": "America/Chicago", "currency": "USD"}
    for raw in raw_tables(path, root=path.parent, known_headers=known_headers(CONNECTORS)):
        recognition = recognised(raw, CONNECTORS)
        for stream, part in routed(raw, recognition) if recognition.is_recognised else ():
            found[stream.name] = canonical_stream([part], stream, **options)
    return found
