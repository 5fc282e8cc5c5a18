"""What every stand-in keeps to: what it serves is read back as what the snapshot held, to those who are signed in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fault_server import VirtualClock
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.practice import served_systems
from toolkit.audit.pull.asked_jobs import Asking
from toolkit.audit.pull.asked_streams import pull_asked
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.connector import Connector, Stream, asked_stream
from toolkit.discovery import discovered
from toolkit.sandbox.excerpt import engagement_excerpt
from toolkit.sandbox.exchange import Asked
from toolkit.sandbox.running import Running, running, stand_ins
from toolkit.sandbox.served import ServedSystem
from toolkit.settings import lent_secrets

FIXTURES = Path(__file__).resolve().parents[2] / "sample_data" / "fixtures"
BY_VENDOR = pytest.mark.parametrize("vendor", sorted(stand_ins()))

Rows = dict[str, dict[str, Any]]


@contextmanager
def exports_of(vendor: str, folder: Path) -> Iterator[ServedSystem]:
    """Yield a vendor's example exports, read, as a stand-in serves them."""
    home = folder / "files"
    (home / "exports" / "sys").mkdir(parents=True)
    for path in sorted((FIXTURES / vendor).iterdir()):
        shutil.copy(path, home / "exports" / "sys" / path.name)
    settings = f"client: Harbor\ncurrency: USD\ncountry: US\nsystems:\n  sys:\n    connector: {vendor}\n"
    (home / "engagement.yaml").write_text(settings, encoding="utf-8")
    engagement = open_engagement(home)
    try:
        pull_snapshots(engagement)
        [system] = [one for one in served_systems(engagement) if one.connector == vendor]
        yield system
    finally:
        engagement.close()


@contextmanager
def pulled_live(system: ServedSystem, folder: Path) -> Iterator[tuple[Engagement, Running, tuple[str, ...]]]:
    """Yield an engagement that was pulled from the stand-in of a system, and what is missing."""
    home = folder / "live"
    home.mkdir()
    clock = VirtualClock()
    with running([system], is_unattended=True, now=clock.monotonic_s) as found:
        text = engagement_excerpt(found, "Harbor", system.currency)
        (home / "engagement.yaml").write_text(f"{text}country: US\n", encoding="utf-8")
        engagement = open_engagement(home)
        try:
            with lent_secrets(found[0].secrets):
                pulled = pull_asked(engagement, asking=Asking(clock=clock))
            yield engagement, found[0], pulled.missing
        finally:
            engagement.close()


def rows_by_id(system: ServedSystem, stream: str) -> Rows:
    """Return the rows of a stream by every id that they have."""
    rows = system.streams[stream].rows() if stream in system.streams else []
    found: Rows = {}
    for row in rows:
        for name in (row["record_id"], *(row.get("alt_ids") or ())):
            found.setdefault(str(name), dict(row))
    return found


def names_of(row: Any, stream: Stream) -> list[str]:
    """Return what a record is found again by: its ids, or what it says of itself, where an export gives it none."""
    own = [] if stream.key else [said_of(row, stream)]
    return [row["record_id"], *(row.get("alt_ids") or ()), *own]


def said_of(row: Any, stream: Stream) -> str:
    """Return what identifies a record to which an export gives no id."""
    return repr([row.get(column) for column in stream.identifying if column != "account"])


@BY_VENDOR
def test_what_is_served_is_read_back_as_it_was(vendor: str, tmp_path: Path) -> None:
    """Every record that a list of the vendor's holds comes back, and what its columns held."""
    connector = discovered("toolkit.connectors", "CONNECTOR")[vendor]
    assert isinstance(connector, Connector)
    with exports_of(vendor, tmp_path) as system, pulled_live(system, tmp_path) as (engagement, one, missing):
        assert missing == ()
        [back] = served_systems(engagement)
        lost, wrong = [], []
        for stream in connector.streams:
            if not stream.readings or stream.name not in system.streams:
                continue
            refs, columns = one.machine.stand_in.refs, asked_stream(stream).fields
            found = rows_by_id(back, stream.name)
            if not stream.key:
                # No column names such a record; what identifies it does.
                found |= {said_of(row, stream): row for row in found.values()}
            for row in system.streams[stream.name].rows():
                same = next((found[name] for name in names_of(row, stream) if name in found), None)
                if same is None:
                    lost.append(f"{stream.name}/{row['record_id']}")
                    continue
                wrong += [
                    f"{stream.name}/{row['record_id']}: {column} was {row[column]!r}, is {same.get(column)!r}"
                    for column in columns
                    if column in row and column not in {"state", *refs} and not alike(row[column], same.get(column))
                ]
        assert (lost, wrong) == ([], [])


def alike(before: Any, after: Any) -> bool:
    """Return whether a value came back: a moment on its day, where the vendor has no time of day."""
    if isinstance(before, datetime) and isinstance(after, datetime):
        return abs(before - after).total_seconds() < 1 or (
            before.date() == after.date() and not (after.hour or after.minute)
        )
    return bool(before == after)


@BY_VENDOR
def test_nothing_is_given_without_a_sign_in(vendor: str, tmp_path: Path) -> None:
    """Neither a list nor the account."""
    with exports_of(vendor, tmp_path) as system, running([system]) as [one]:
        api = one.machine.connector.api
        assert api is not None
        readings = [reading for stream in one.machine.connector.streams for reading in stream.readings]
        home = one.url.removeprefix(one.machine.url)
        for reading in readings:
            asked = Asked(reading.method, f"{home}{reading.path}", dict(reading.query), {}, reading.body.encode())
            assert one.machine.answer(asked).status == 401
        if api.account is not None:
            assert one.machine.answer(Asked("GET", f"{home}{api.account.path}")).status == 401


@BY_VENDOR
def test_the_same_record_has_the_same_id_every_time(vendor: str, tmp_path: Path) -> None:
    """Who stops the sandbox and starts it again finds the records that were there."""
    with exports_of(vendor, tmp_path) as system:
        made = stand_ins()[vendor].made_id
        for name, stream in system.streams.items():
            first, again = ([made(name, row) for row in stream.rows()] for _ in range(2))
            assert first == again
            assert len(set(first)) == len(first)
