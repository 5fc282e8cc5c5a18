"""An engagement that is described by its settings alone, pulled as a consultant would, and what it holds then."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.audit.engagement import open_engagement
from toolkit.audit.pull.all_systems import pull_systems

SETTINGS = Path(__file__).resolve().parent / "settings"
MAX_LINES = 25
"""What a system without a file of ours may take of ``engagement.yaml``."""

Rows = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Held:
    """What a pull said, by stream every record that its newest snapshot holds, by id, and how many came this time."""

    missing: tuple[str, ...]
    notes: tuple[str, ...]
    rows: Mapping[str, Rows]
    lines: Mapping[str, list[dict[str, Any]]]
    came: Mapping[str, int]


def described(folder: Path, name: str, url: str) -> Path:
    """Return the folder of an engagement with settings of `settings/`, its system at an address."""
    text = (SETTINGS / f"{name}.yaml").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_LINES
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "engagement.yaml").write_text(re.sub(r"http://127\.0\.0\.1:\d+", url, text), encoding="utf-8")
    return folder


def pulled(folder: Path, *, is_full: bool = False) -> Held:
    """Pull an engagement, and return what it holds then; a record that stands there twice fails."""
    engagement = open_engagement(folder)
    try:
        found = pull_systems(engagement, is_full=is_full)
        tables = {stream: table.to_pylist() for (_, stream), table in engagement.store.records().items()}
        rows = {stream: {row["record_id"]: row for row in table} for stream, table in tables.items()}
        assert {stream: len(one) for stream, one in rows.items()} == {stream: len(one) for stream, one in tables.items()}
        lines = {stream: table.to_pylist() for (_, stream), table in engagement.store.side_tables("lines").items()}
        manifests = {path.parent.name: path for path in sorted((folder / "snapshots").glob("*/*/*.json"))}
        facts = {stream: json.loads(path.read_text(encoding="utf-8")).get("pull") for stream, path in manifests.items()}
        came = {stream: one["received"] for stream, one in facts.items() if one}
        return Held(found.missing, found.notes, rows, lines, came)
    finally:
        engagement.close()
