"""Stage: whose each document is, and which documents of two systems are one event."""

from collections.abc import Mapping

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.handoffs import engagement_handoffs
from toolkit.audit.stages.stage import Stage
from toolkit.reconcile.crosswalk import crosswalk
from toolkit.reconcile.document_links import linked_documents
from toolkit.reconcile.references import resolved_references
from toolkit.reconcile.sides import Streams
from toolkit.store import Run


def results(engagement: Engagement, run: Run, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage.

    Parameters
    ----------
    engagement, run, records
        Read as `STAGE` says: the handoffs' sides, PAIR and CLUSTER of the run, parties and documents.
    """
    resolved = resolved_references(records.documents, records.parties)
    walk = crosswalk(resolved.parties, run.table("cluster"), run.table("pair"))
    streams = Streams(resolved.documents, resolved.parties)
    found = linked_documents(engagement_handoffs(engagement), streams, walk, time_zone=engagement.settings.time_zone)
    return {"reference": resolved.references, "crosswalk": walk, "document_pair": found.pairs, "document_link": found.links}


STAGE = Stage(
    "documents",
    "Linking the documents",
    ("reference", "crosswalk", "document_pair", "document_link"),
    results,
    reads=("pair", "cluster"),
    records=("parties", "documents"),
    settings=("handoff_sides", "systems", "time_zone"),
)
