"""What the toolkit can do with each system, and, inside an engagement, what load the client's own bring."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.connector import Connector
from toolkit.connector.overview import overview
from toolkit.connector.scorecard import per_minute
from toolkit.discovery import discovered
from toolkit.errors import UnknownNameError
from toolkit.landscape.peak_load import PeakLoad, peak_load


def every_connector() -> list[Connector]:
    """Return every connector, by its name."""
    found = cast("Mapping[str, Connector]", discovered("toolkit.connectors", "CONNECTOR"))
    return sorted(found.values(), key=lambda one: one.name)


def connector_named(name: str) -> Connector:
    """Return a connector by its name.

    Raises
    ------
    UnknownNameError
        There is none; the message offers the nearest.
    """
    known = {one.name: one for one in every_connector()}
    if name not in known:
        raise UnknownNameError("system", name, known)
    return known[name]


def system_overviews(connectors: Iterable[Connector], engagement: Engagement | None = None) -> list[dict[str, Any]]:
    """Return what can be done with each system; with an engagement, beside it the busiest minute of the client's own.

    Parameters
    ----------
    connectors
        Which systems.
    engagement
        Whose snapshots tell the load; its systems stand in ``peak_loads`` of their connector.
    """
    loads = peak_loads(engagement) if engagement is not None else {}
    return [{**overview(one), "peak_loads": [_load(*pair) for pair in loads.get(one.name, ())]} for one in connectors]


def peak_loads(engagement: Engagement) -> dict[str, list[tuple[str, PeakLoad]]]:
    """Return the busiest minute of each system with times, by connector; systems that tell days only are not there.

    Raises
    ------
    DamagedError
        A snapshot is gone, or no longer what was written.
    """
    moments: dict[str, list[pa.ChunkedArray]] = {}
    for (system, _), table in engagement.store.records(("created_at", "updated_at")).items():
        moments.setdefault(system, []).extend(
            table[name] for name in ("created_at", "updated_at") if name in table.column_names
        )
    found: dict[str, list[tuple[str, PeakLoad]]] = {}
    for system, parts in sorted(moments.items()):
        given = engagement.settings.systems.get(system)
        if given is None:
            continue
        known = {one.name: one for one in every_connector()}
        api = known[given.connector].api if given.connector in known else None
        all_moments = pa.chunked_array([chunk for part in parts for chunk in part.chunks], parts[0].type)
        load = peak_load(all_moments, per_minute(api) if api is not None else None)
        if load is not None:
            found.setdefault(given.connector, []).append((system, load))
    return found


def _load(system: str, load: PeakLoad) -> dict[str, Any]:
    return {
        "system": system,
        "records_a_minute": load.records,
        "at": load.at,
        "limit_a_minute": load.limit,
        "share": load.share,
        "is_flagged": load.is_flagged,
    }
