"""Where the same records are kept, and at how many places people enter them: what a change of address has to pass through.

What nobody said is not counted for a hand: a system may get its records by a connection that no one has named yet.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Arrival = Literal["begins", "entered", "file", "proposed", "unknown"]
"""How records of a kind come into a system: they begin there, are entered by hand, come as a file, come by a handoff that
nobody has confirmed, or in a way that nobody has told."""

_NAMES = "names"
"""The stream of names that appear inside other records: a list that no system keeps."""
_FILE = "file"


@dataclass(frozen=True, slots=True)
class Kept:
    """That a system keeps records of a kind: in which lists, how many, how they come there, and from which systems."""

    entity: str
    system: str
    streams: tuple[str, ...]
    records: int
    arrival: Arrival
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryPoints:
    """Of one kind of record, where it is kept, and at how many systems people enter it.

    ``least`` counts those where that is known, ``most`` also those of which nobody has told how records come there.
    """

    entity: str
    kept: tuple[Kept, ...]

    def at(self, *arrivals: Arrival) -> tuple[Kept, ...]:
        """Return where records come in one of these ways."""
        return tuple(one for one in self.kept if one.arrival in arrivals)

    @property
    def least(self) -> int:
        """Systems at which people are known to enter the records."""
        return len(self.at("begins", "entered"))

    @property
    def most(self) -> int:
        """Systems at which they may."""
        return len(self.at("begins", "entered", "proposed", "unknown"))


def entry_points(
    snapshots: Iterable[Mapping[str, Any]], handoffs: Iterable[Mapping[str, Any]], *, least_systems: int = 2
) -> tuple[EntryPoints, ...]:
    """Return every kind of record that several systems keep, those kept at most places first.

    Records begin at a system from which a handoff takes them and to which none brings them.

    Parameters
    ----------
    snapshots
        Rows of the schema SNAPSHOT.
    handoffs
        Rows of the schema HANDOFF.
    least_systems
        Kinds that fewer systems keep are left out.

    Examples
    --------
    >>> kept = [{"system": name, "stream": "customers", "entity": "party", "rows": 5} for name in ("crm", "ledger", "shop")]
    >>> typed = {"system_l": "crm", "entity_l": "party", "system_r": "ledger", "entity_r": "party", "carrier": "reentry"}
    >>> [found] = entry_points(kept, [{**typed, "is_proposed": False}])
    >>> [(one.system, one.arrival) for one in found.kept], found.least, found.most
    ([('crm', 'begins'), ('ledger', 'entered'), ('shop', 'unknown')], 2, 3)
    """
    held: dict[str, dict[str, list[Mapping[str, Any]]]] = {}
    for row in snapshots:
        if row["stream"] != _NAMES:
            held.setdefault(row["entity"], {}).setdefault(row["system"], []).append(row)
    handoffs = list(handoffs)
    found = [
        EntryPoints(entity, tuple(_kept(entity, system, rows, handoffs) for system, rows in sorted(systems.items())))
        for entity, systems in held.items()
        if len(systems) >= least_systems
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.kept), one.entity)))


def _kept(entity: str, system: str, rows: Collection[Mapping[str, Any]], handoffs: Collection[Mapping[str, Any]]) -> Kept:
    brought = [one for one in handoffs if one["system_r"] == system and one["entity_r"] == entity]
    is_source = any(one["system_l"] == system and one["entity_l"] == entity for one in handoffs)
    sources = tuple(sorted({one["system_l"] for one in brought}))
    streams = tuple(sorted({row["stream"] for row in rows}))
    return Kept(entity, system, streams, sum(row["rows"] for row in rows), _arrival(brought, is_source=is_source), sources)


def _arrival(brought: Collection[Mapping[str, Any]], *, is_source: bool) -> Arrival:
    told = [one for one in brought if not one["is_proposed"]]
    if any(one["carrier"] != _FILE for one in told):
        return "entered"
    if told:
        return "file"
    if brought:
        return "proposed"
    return "begins" if is_source else "unknown"
