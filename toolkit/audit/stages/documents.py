"""Stage: whose each document is, and which documents of two systems are one event.

Only handoffs of which a side changed, or whose its documents are, are linked again.
"""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.handoffs import engagement_handoffs
from toolkit.audit.stages.stage import Stage, StageRun
from toolkit.reconcile.crosswalk import crosswalk
from toolkit.reconcile.document_links import DocumentTables, Known, linked_documents
from toolkit.reconcile.references import resolved_references
from toolkit.reconcile.sides import Streams
from toolkit.version import __version__

_FACTS = "linked_handoffs"


def results(engagement: Engagement, run: StageRun, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage.

    Parameters
    ----------
    engagement, run, records
        Read as `STAGE` says: the handoffs' sides, PAIR and CLUSTER of the run, parties and documents; of
        ``run.before`` what did not change.
    """
    resolved = resolved_references(records.documents, records.parties)
    walk = crosswalk(resolved.parties, run.table("cluster"), run.table("pair"))
    streams = Streams(resolved.documents, resolved.parties)
    references = _in_codes(resolved.references)
    # Held until the end, of a million documents it would take some 400 MB while these are linked.
    del resolved
    found = linked_documents(
        engagement_handoffs(engagement), streams, walk, time_zone=engagement.settings.time_zone, known=_known(run)
    )
    run.facts[_FACTS] = {"version": __version__, "keys": dict(found.keys)}
    return {"reference": references, "crosswalk": walk, "document_pair": found.pairs, "document_link": found.links}


def _in_codes(references: pa.Table) -> pa.Table:
    """Return the same texts, each kept once; the records are all different."""
    names = [name for name in references.column_names if name != "record_key"]
    coded = {name: references[name].combine_chunks().dictionary_encode() for name in names}
    return pa.table({name: coded.get(name, references[name]) for name in references.column_names})


def _known(run: StageRun) -> Known:
    """Return what finds the links of a handoff in the run before."""
    before = run.before
    facts = before.facts.get(_FACTS, {}) if before is not None else {}
    if before is None or facts.get("version") != __version__:
        return lambda _handoff_id, _key: None
    pairs, links = before.table("document_pair"), before.table("document_link")

    def known(handoff_id: str, key: str) -> DocumentTables | None:
        if facts["keys"].get(handoff_id) != key:
            return None
        return DocumentTables(*(table.filter(pc.equal(table["handoff_id"], handoff_id)) for table in (pairs, links)))

    return known


STAGE = Stage(
    "documents",
    "Linking the documents",
    ("reference", "crosswalk", "document_pair", "document_link"),
    results,
    reads=("pair", "cluster"),
    records=("parties", "documents"),
    settings=("handoff_sides", "systems", "time_zone"),
    facts=(_FACTS,),
)
