"""Facts of each system's interface, and whether its busiest minute leaves room below its limit."""

from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.interface_facts import KnownInterface, known_interfaces
from toolkit.audit.register import Register, RegisterAnswer, register_answer
from toolkit.audit.systems import peak_loads
from toolkit.connector.scorecard import per_minute
from toolkit.landscape.peak_load import PeakLoad
from toolkit.tables.registers import INTERFACE
from toolkit.values.counted import counted, listed

_SHOWN = {
    "system": "system", "interface": "interface", "methods": "methods", "formats": "formats", "stateless": "stateless",
    "limit_a_minute": "limit a minute", "peak_a_minute": "peak a minute", "is_flagged": "too near",
}  # fmt: skip


def read(engagement: Engagement) -> RegisterAnswer:
    """Return one row a system: how it is asked, and its peak against its limit."""
    loads = {system: load for found in peak_loads(engagement).values() for system, load in found}
    rows = [_row(one, loads.get(one.system)) for one in known_interfaces(engagement)]
    near = [f"{row['system']} ({row['peak_share']:.0%})" for row in rows if row["is_flagged"]]
    unknown = [row["system"] for row in rows if row["interface"] is None]
    return register_answer(
        f"{counted(len(rows), 'system')}; the busiest minute of {len(near)} is above 80 % of what its interface takes"
        + (f": {listed(near)}." if near else "."),
        INTERFACE,
        rows,
        _SHOWN,
        notes=["A peak counts one request a record; moments without a time of day tell no minute."],
        gaps=[f"How it is asked is not known of {listed(unknown)}."] if unknown else (),
    )


def _row(one: KnownInterface, load: PeakLoad | None) -> dict[str, Any]:
    api = one.connector.api if one.connector is not None else None
    product = one.product
    limit = per_minute(api) if api is not None else None
    return {
        "system": one.system,
        "product": product.label if product is not None else None,
        "interface": one.card.criteria[0].answer or None,
        "methods": list(product.methods) if product is not None else None,
        "formats": list(product.formats) if product is not None else None,
        "stateless": product.stateless if product is not None else None,
        "limit_a_minute": limit,
        "peak_a_minute": load.records if load is not None else None,
        "peak_share": load.share if load is not None else None,
        "is_flagged": load.is_flagged if load is not None and load.share is not None else None,
        "source": one.source or None,
        "as_of": product.as_of if product is not None else None,
    }


REGISTER = Register("how each system is asked, and its peak against its limit", read)
