"""Folders of a client in a few rows, pulled on the command line as a consultant does, twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.command_line import Called, call
from tests.unit.audit.client_folders import folder_of
from toolkit.audit.engagement import open_engagement

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Pulled:
    """What the first pull said, and what is kept: rows by ``system/stream``, those put aside, and what each file gave."""

    called: Called
    records: dict[str, Rows]
    entities: dict[str, str]
    aside: list[tuple[str, int, str]]
    intake: Rows
    home: tuple[str, str]

    @property
    def said(self) -> str:
        """All that was printed."""
        return self.called.out + self.called.err

    def rows(self, entity: str) -> Rows:
        """Return the records of an entity, of all streams but the names that documents gave."""
        return [row for stream, kept in self.records.items() if self.entities[stream] == entity for row in kept]

    def counts(self) -> dict[str, int]:
        """Return how many records there are of each entity."""
        return {entity: len(self.rows(entity)) for entity in sorted(set(self.entities.values()))}

    def amounts(self, entity: str) -> dict[str, int]:
        """Return the amount of each record by its number or id."""
        return {row["number"] or row["record_id"]: row["amount_minor"] for row in self.rows(entity)}


def pulled(folder: Path, files: Mapping[str, str | bytes]) -> Pulled:
    """Write files below a folder and pull them; a second pull of the unchanged folder must find the same."""
    client = folder_of(folder / "client", files)
    first = _kept(client, call("pull", client))
    second = _kept(client, call("pull", client))
    assert (second.records, second.aside, second.intake) == (first.records, first.aside, first.intake)
    assert second.called.code == first.called.code
    return first


def _kept(client: Path, called: Called) -> Pulled:
    engagement = open_engagement(client)
    intake, quarantine = engagement.store.intake()
    stored = {key: table for key, table in engagement.store.records().items() if key[1] != "names"}
    entities = {f"{one['system']}/{one['stream']}": one["entity"] for one in engagement.store.snapshots().to_pylist()}
    home = (engagement.settings.country, engagement.settings.currency)
    engagement.close()
    records = {"/".join(key): table.to_pylist() for key, table in stored.items()}
    aside = sorted((one["file"], one["line"] or 0, one["reason"]) for one in quarantine.to_pylist())
    facts = ("file", "part", "status", "system", "stream", "rows_kept", "rows_repeated", "sum_minor", "currency", "message")
    rows = [{name: one[name] for name in facts} for one in intake.to_pylist()]
    return Pulled(called, records, {name: entities[name] for name in records}, aside, rows, home)
