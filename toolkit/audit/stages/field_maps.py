"""Stage: which field of one system becomes which of another, whether that survives, and what to test it with."""

from collections.abc import Mapping

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.reconcile import sources_of_truth
from toolkit.audit.stages.stage import Stage
from toolkit.store import Run


def results(engagement: Engagement, run: Run, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage.

    Parameters
    ----------
    engagement, run, records
        Read as `STAGE` says: systems and maps of the settings, handoffs, counterparts and unusual records of the run, and
        the records of both sides.
    """
    from toolkit.audit.scope.case_table import case_table
    from toolkit.audit.scope.field_map_tables import field_map_tables
    from toolkit.audit.scope.handoff_maps import handoff_maps
    from toolkit.audit.scope.two_sides import Basis
    from toolkit.connectors import connectors

    settings = engagement.settings
    known = {one.name: one for one in connectors()}
    read = {row["system"]: row["connector"] for row in engagement.store.snapshots().to_pylist()}
    named = {**read, **{name: one.connector for name, one in settings.systems.items()}}
    own = {system: known.get(connector) for system, connector in named.items()}
    maps = handoff_maps(Basis(run, settings, own, records.documents_of, records.parties, records.written))
    return {
        **field_map_tables(maps, sources_of_truth(engagement), settings.currency),
        "test_case": case_table(maps, run.table("edge_case"), settings.currency),
    }


STAGE = Stage(
    "field_maps",
    "Mapping fields",
    ("field_map", "field_map_example", "test_case"),
    results,
    reads=("handoff", "column_profile", "counterpart", "reference", "crosswalk", "edge_case"),
    records=("documents_of", "parties", "written"),
    settings=("systems", "field_maps", "handoffs", "sources_of_truth", "currency", "as_of"),
)
