"""What tests of a vendor's connector begin with: an engagement that asks a server on loopback in the vendor's place."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.fault_server import Given, VirtualClock
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.pull.asked_jobs import Asking
from toolkit.audit.pull.asked_streams import AskedPull, pull_asked
from toolkit.store.snapshots import read_snapshot

KEY = "CANARY-key-of-harbor-4711"
"""What the systems are asked with; tests set it as ``HARBOR_KEY``."""

BEARER: Mapping[str, Any] = {"way": "bearer", "token": "env:HARBOR_KEY"}


@contextmanager
def asking(folder: Path, connector: str, url: str, sign_in: Mapping[str, Any] = BEARER) -> Iterator[Engagement]:
    """Yield an engagement whose system ``sys`` is asked at an address of this machine."""
    system = {"connector": connector, "api": {"url": url}, "sign_in": dict(sign_in)}
    settings = {"client": "Harbor", "country": "US", "currency": "USD", "systems": {"sys": system}}
    (folder / "engagement.yaml").write_text(json.dumps(settings), "utf-8")
    engagement = open_engagement(folder)
    try:
        yield engagement
    finally:
        engagement.close()


def pulled(folder: Path, connector: str, url: str, sign_in: Mapping[str, Any] = BEARER, **more: Any) -> AskedPull:
    """Return what a pull says."""
    with asking(folder, connector, url, sign_in) as engagement:
        return pull_asked(engagement, asking=Asking(clock=VirtualClock(), **more))


def held(folder: Path, stream: str) -> dict[str, dict[str, Any]]:
    """Return the records of a stream's newest snapshot by their id, each with what it has."""
    engagement = open_engagement(folder)
    try:
        rows = engagement.store.snapshots(all_streams=True).to_pylist()
    finally:
        engagement.close()
    [row] = [row for row in rows if row["stream"] == stream]
    table = read_snapshot(folder / row["path"], row["entity"])
    return {one["record_id"]: {name: value for name, value in one.items() if value is not None} for one in table.to_pylist()}


def lines_of(folder: Path, stream: str, key: str) -> list[dict[str, Any]]:
    """Return the lines of one document, each with what it has."""
    engagement = open_engagement(folder)
    try:
        found = engagement.store.side_tables("lines")["sys", stream].to_pylist()
    finally:
        engagement.close()
    rows = [one for one in found if one["record_key"] == f"sys/{stream}/{key}"]
    return [{name: value for name, value in one.items() if value is not None} for one in rows]


def page_of(records: list[Any], size: int, cursor: str) -> tuple[list[Any], str]:
    """Return the page that begins at a cursor, and the cursor of the next one; empty behind the last."""
    first = int(cursor.removeprefix("c") or 0) if cursor else 0
    behind = first + size
    return records[first:behind], f"c{behind}" if behind < len(records) else ""


def refused(status: int, body: Any = None, **headers: str) -> Given:
    """Return an answer that says no."""
    return Given(body or {"message": "no"}, status, headers)
