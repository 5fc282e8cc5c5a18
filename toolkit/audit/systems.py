"""What the toolkit can do with each system, and, inside an engagement, what load the client's own bring."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.connector import Connector
from toolkit.connector.overview import overview
from toolkit.connector.scorecard import per_minute
from toolkit.connectors import connector_of, connectors
from toolkit.errors import UnknownNameError
from toolkit.landscape.peak_load import PeakLoad, peak_load


def connector_named(name: str) -> Connector:
    """Return a connector by its name.

    Raises
    ------
    UnknownNameError
        There is none; the message offers the nearest.
    """
    found = connector_of(name)
    if found is None:
        raise UnknownNameError("system", name, [one.name for one in connectors()])
    return found


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
        known = connector_of(given.connector)
        api = known.api if known is not None else None
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
