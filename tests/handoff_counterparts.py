"""The counterparts of one handoff from its records, by way of the document links, as an audit finds them."""

from datetime import date

import pyarrow as pa

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.counterparts import carried_documents
from toolkit.reconcile.document_links import linked_documents
from toolkit.reconcile.sides import Streams
from toolkit.tables import DOCUMENT, PARTY, PARTY_ENTITIES


def handoff_counterparts(
    handoff: Handoff, left: pa.Table, right: pa.Table, walk: pa.Table, *, as_of: date, time_zone: str = "UTC"
) -> pa.Table:
    """Return the COUNTERPART rows of one handoff."""
    records = pa.concat_tables([left, right])
    is_of_parties = handoff.entity_l in PARTY_ENTITIES
    streams = Streams(DOCUMENT.empty(), records) if is_of_parties else Streams(records, PARTY.empty())
    links = linked_documents([handoff], streams, walk, time_zone=time_zone).links
    [carried] = carried_documents([handoff], streams, walk, links, as_of=as_of, time_zone=time_zone)
    return carried.counterparts
