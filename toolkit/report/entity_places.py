"""Which system keeps which kind of record and how it comes there, in a client's words, as the chart takes it."""

import pyarrow as pa

from toolkit.landscape.entry_points import entry_points
from toolkit.reconcile.nouns import NOUNS
from toolkit.report.run import RunTables

RECORD_WORDS = {**NOUNS, "party": "customers, suppliers and contacts", "deal": "deals"}
_SHORT = {"party": "Customers, suppliers, contacts"}
_PLACE = pa.schema([("entity", pa.string()), ("system", pa.string()), ("records", pa.int64()), ("arrival", pa.string())])


def entity_places(run: RunTables) -> pa.Table:
    """Return kinds of records by system: how many there are and how they come there; columns as the chart names them.

    What one system keeps alone, and no handoff brings or takes, is left out.
    """
    found = entry_points(run.table("snapshot").to_pylist(), run.table("handoff").to_pylist(), least_systems=1)
    rows = [
        {
            "entity": _SHORT.get(one.entity) or RECORD_WORDS.get(one.entity, one.entity.replace("_", " ")).capitalize(),
            "system": run.label(kept.system),
            "records": kept.records,
            "arrival": kept.arrival,
        }
        for one in found
        if len(one.kept) > 1 or one.at("begins", "entered", "file", "proposed")
        for kept in one.kept
    ]
    return pa.Table.from_pylist(rows, _PLACE)
