"""Stage: whose each document is, and which documents of two systems are one event.

Only handoffs of which a side changed, or whose its documents are, are linked again.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.freed_memory import return_memory
from toolkit.audit.records import Records
from toolkit.audit.stages.handoffs import engagement_handoffs
from toolkit.audit.stages.stage import Stage, StageRun
from toolkit.tables import PARTY_ENTITIES
from toolkit.version import __version__

if TYPE_CHECKING:
    from toolkit.reconcile.document_links import DocumentTables, Known

_FACTS = "linked_handoffs"


def results(engagement: Engagement, run: StageRun, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage.

    Parameters
    ----------
    engagement, run, records
        Read as `STAGE` says: the handoffs' sides, PAIR and CLUSTER of the run, parties and documents; of
        ``run.before`` what did not change.
    """
    # A run that is still true asks for none of these.
    from toolkit.match.documents.side import sorted_by_key
    from toolkit.reconcile.crosswalk import crosswalk
    from toolkit.reconcile.document_links import linked_documents
    from toolkit.reconcile.references import NAMING_COLUMNS, found_references, with_parent_keys, with_party_keys
    from toolkit.reconcile.sides import DOCUMENT_COLUMNS, ReadStreams, stream_documents

    references = found_references(records.document_columns(NAMING_COLUMNS), records.parties)
    walk = crosswalk(with_parent_keys(records.parties, references), run.table("cluster"), run.table("pair"))
    references = _in_codes(references)

    def read(system: str, stream: str, entity: str) -> pa.Table:
        if entity in PARTY_ENTITIES:
            return stream_documents(records.parties, system, stream)
        own = references.filter(pc.and_(pc.equal(references["system"], system), pc.equal(references["stream"], stream)))
        return sorted_by_key(with_party_keys(records.documents_of(system, stream, DOCUMENT_COLUMNS), own))

    # Read stream by stream: all documents of a million in one table would take some 700 MB while they are linked.
    found = linked_documents(
        engagement_handoffs(engagement),
        ReadStreams(read),
        walk,
        time_zone=engagement.settings.time_zone,
        known=_known(run),
        return_memory=return_memory,
    )
    run.facts[_FACTS] = {"version": __version__, "keys": dict(found.keys)}
    return {"reference": references, "crosswalk": walk, "document_pair": found.pairs, "document_link": found.links}


def _in_codes(references: pa.Table) -> pa.Table:
    """Return the same texts, each kept once; the records are all different."""
    names = [name for name in references.column_names if name != "record_key"]
    coded = {name: references[name].combine_chunks().dictionary_encode() for name in names}
    return pa.table({name: coded.get(name, references[name]) for name in references.column_names})


def _known(run: StageRun) -> "Known":
    """Return what finds the links of a handoff in the run before."""
    from toolkit.reconcile.document_links import DocumentTables

    before = run.before
    facts = before.facts.get(_FACTS, {}) if before is not None else {}
    if before is None or facts.get("version") != __version__:
        return lambda _handoff_id, _key: None
    pairs, links = before.table("document_pair"), before.table("document_link")

    def known(handoff_id: str, key: str) -> "DocumentTables | None":
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
    records=("parties", "document_columns", "documents_of"),
    settings=("handoff_sides", "systems", "time_zone"),
    facts=(_FACTS,),
)
