"""Stage: how records really arrive in the next system, inferred from the records and held against what people said."""

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.handoffs import engagement_handoffs
from toolkit.audit.stages.stage import Stage
from toolkit.landscape.handoffs import Handoff
from toolkit.store import Run
from toolkit.tables import INFERRED_FLOW, INFERRED_FLOW_EVIDENCE, PARTY_ENTITIES

_MADE_OF_DOCUMENTS = "names"


def results(engagement: Engagement, run: Run, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage.

    Parameters
    ----------
    engagement, run, records
        Read as `STAGE` says: the handoffs, what became of their items, and the records of both sides.
    """
    from toolkit.reconcile.arrivals.flow_rows import flow_rows
    from toolkit.reconcile.arrivals.pairs import arrivals_of

    zone = engagement.settings.time_zone
    found = []
    for handoff, counterparts, is_named in _flows(engagement, run, records):
        left, right = (_stream(records, handoff, side) for side in "lr")
        arrivals = arrivals_of(handoff, counterparts, left, right, time_zone=zone)
        is_dated = right["created_at"].null_count * 2 < max(right.num_rows, 1)
        found.append(flow_rows(handoff, arrivals, is_named=is_named, is_entry_dated=is_dated))
    return {
        "inferred_flow": INFERRED_FLOW.from_rows(one.flow for one in found),
        "inferred_flow_evidence": INFERRED_FLOW_EVIDENCE.from_rows(row for one in found for row in one.evidence),
    }


def _flows(engagement: Engagement, run: Run, records: Records) -> Iterator[tuple[Handoff, pa.Table, bool]]:
    """Give each handoff with what became of its items, then each two lists of parties that no handoff joins."""
    from toolkit.reconcile.arrivals.unnamed import runs_backwards, turned, unnamed_flows
    from toolkit.reconcile.party_counterparts import party_counterparts
    from toolkit.reconcile.sides import stream_documents

    handoffs, counterparts = engagement_handoffs(engagement), run.table("counterpart")
    for one in handoffs:
        yield one, counterparts.filter(pc.equal(counterparts["handoff_id"], one.handoff_id)), True
    lists = [
        (row["system"], row["stream"], row["entity"])
        for row in engagement.store.snapshots().to_pylist()
        if row["entity"] in PARTY_ENTITIES and row["stream"] != _MADE_OF_DOCUMENTS
    ]
    for flow in unnamed_flows(lists, handoffs):
        for tried in (flow, turned(flow)):
            left, right = (
                stream_documents(records.parties, getattr(tried, f"system_{side}"), getattr(tried, f"stream_{side}"))
                for side in "lr"
            )
            zone = engagement.settings.time_zone
            own = party_counterparts(tried, left, right, run.table("crosswalk"), as_of=engagement.as_of(), time_zone=zone)
            if not runs_backwards(own):
                yield tried, own, False
                break


def _stream(records: Records, handoff: Handoff, side: str) -> pa.Table:
    table = records.parties if getattr(handoff, f"entity_{side}") in PARTY_ENTITIES else records.documents
    is_own = pc.and_(
        pc.equal(table["system"], getattr(handoff, f"system_{side}")),
        pc.equal(table["stream"], getattr(handoff, f"stream_{side}")),
    )
    return table.filter(is_own)


STAGE = Stage(
    "flows",
    "Telling how records arrive",
    ("inferred_flow", "inferred_flow_evidence"),
    results,
    reads=("counterpart", "crosswalk"),
    records=("parties", "documents"),
    settings=("handoff_sides", "systems", "as_of", "time_zone"),
)
