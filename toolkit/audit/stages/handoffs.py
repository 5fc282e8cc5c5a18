"""Stage: what people carry from system to system, measured on matched records."""

from collections.abc import Collection, Mapping, Sequence

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.reconcile import system_categories
from toolkit.audit.stages.stage import Stage
from toolkit.errors import UnknownNameError
from toolkit.landscape.handoffs import Handoff, StreamInfo, handoff_table, proposed_handoffs
from toolkit.report.systems import system_labels
from toolkit.settings import HANDOFF_CARD, HANDOFF_FACTS, HandoffSettings
from toolkit.store import Run
from toolkit.store.catalogue import RETIRED
from toolkit.tables import COUNTERPART, HANDOFF_JUDGEMENT, HANDOFF_MEASURE
from toolkit.tables.rulings import EXTRA, MISSING, WRONG

RULED = (MISSING, EXTRA, WRONG)
"""Findings here on which persons have the last word."""


def results(engagement: Engagement, run: Run, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage.

    Parameters
    ----------
    engagement, run, records
        Read as `STAGE` says: the handoffs, REFERENCE, CROSSWALK and DOCUMENT_LINK of the run, parties and
        documents, and what persons said of items without a counterpart.
    """
    # A run that is still true asks for none of these.
    from toolkit.audit.unread_dates import UnreadDates
    from toolkit.reconcile.counterparts import carried_documents
    from toolkit.reconcile.entered_by_jobs import without_delays_of
    from toolkit.reconcile.judging.findings import believed_findings
    from toolkit.reconcile.judging.judgement import judgement
    from toolkit.reconcile.measures import months_of
    from toolkit.reconcile.passed_on import upstream_first, with_passed_on, wrong_documents
    from toolkit.reconcile.references import with_party_keys
    from toolkit.reconcile.sides import Streams
    from toolkit.store.made_records import made_records

    handoffs = engagement_handoffs(engagement)
    as_of, walk = engagement.as_of(), run.table("crosswalk")
    streams = Streams(with_party_keys(records.documents, run.table("reference")), records.parties)
    links, zone = run.table("document_link"), engagement.settings.time_zone
    connectors = {row["system"]: row["connector"] for row in engagement.store.snapshots().to_pylist()}
    labels = system_labels(connectors, {name: one.label for name, one in engagement.settings.systems.items()})
    found, measures, judged = {}, {}, {}
    wrong = pa.array([], pa.string())
    said, unread_dates = engagement.store.rulings(RULED), UnreadDates(engagement, records)
    ordered, made = upstream_first(handoffs), made_records(engagement.store)
    for carried in carried_documents(ordered, streams, walk, links, as_of=as_of, time_zone=zone, rulings=said):
        name = carried.handoff.handoff_id
        both = streams.both(carried.handoff)
        unread = unread_dates.of(carried.handoff, both) if carried.sides is not None else (None, None)
        own = judgement(carried, both, links, as_of=as_of, labels=labels, unread=unread)
        told = carried._replace(counterparts=without_delays_of(with_passed_on(carried.counterparts, wrong), made))
        found[name], measures[name] = believed_findings(told, own, as_of=as_of)
        judged[name] = own
        wrong = pa.concat_arrays([wrong, wrong_documents(found[name])])
    names = [one.handoff_id for one in handoffs]
    all_found = pa.concat_tables([COUNTERPART.empty(), *(found[name] for name in names)])
    given = {name: given_inputs(one) for name, one in engagement.settings.handoffs.items()}
    return {
        "handoff": handoff_table(handoffs, given),
        "counterpart": all_found,
        "handoff_measure": pa.concat_tables([HANDOFF_MEASURE.empty(), *(measures[name] for name in names)]),
        "handoff_month": months_of(all_found, as_of=as_of),
        "handoff_judgement": pa.concat_tables([HANDOFF_JUDGEMENT.empty(), *(judged[name] for name in names)]),
    }


def engagement_handoffs(engagement: Engagement) -> Sequence[Handoff]:
    """Return the handoffs that the settings name, or without any, those that streams like these usually need.

    Raises
    ------
    UnknownNameError
        A handoff names a system or stream that has no snapshot and no connector to know it by.
    """
    entities = {(row["system"], row["stream"]): row["entity"] for row in engagement.store.snapshots().to_pylist()}
    if not engagement.settings.handoffs:
        categories = system_categories(engagement)
        streams = [StreamInfo(system, stream, entity, categories[system]) for (system, stream), entity in entities.items()]
        return proposed_handoffs(streams)
    # A stream that was retired, or left out, is no slip of the pen.
    known = set(engagement.store.presences())
    handoffs = engagement.settings.handoffs.items()
    return [_handoff(name, one, entities) for name, one in handoffs if _is_pulled(one, entities, known)]


def unmeasured_handoffs(engagement: Engagement, *, with_proposed: bool = True) -> list[str]:
    """Return a sentence for every handoff of the settings that lacks the snapshots to measure it.

    One of which a person retired a side is not missing. Without ``with_proposed`` nor is one that the toolkit proposed and
    nobody has confirmed: the page names it, and an audit is not less than whole for a guess.
    """
    held = engagement.store.presences()
    retired = {f"{one.system}.{one.stream}" for one in held.values() if one.presence == RETIRED}
    entities = {(row["system"], row["stream"]) for row in engagement.store.snapshots().to_pylist()}
    sentences = []
    for name, one in engagement.settings.handoffs.items():
        lacking = [side for side in (one.from_, one.to) if tuple(side.split(".", 1)) not in entities]
        is_meant = with_proposed or not one.is_proposed
        if lacking and is_meant and not retired & {*lacking}:
            sentences.append(f"Handoff {name} could not be measured: nothing was pulled for {' and '.join(lacking)}.")
    return sentences


def given_inputs(one: HandoffSettings) -> set[str]:
    """Return the names of the cost inputs that the settings give for a handoff."""
    costs = HandoffSettings.model_fields.keys() - HANDOFF_FACTS - HANDOFF_CARD
    return {name for name in costs if getattr(one, name) is not None}


def _is_pulled(one: HandoffSettings, entities: Mapping[tuple[str, str], str], known: Collection[tuple[str, str]]) -> bool:
    systems = {system for system, _ in entities}
    for side in (one.from_, one.to):
        system, stream = side.split(".", 1)
        if (system, stream) in entities:
            continue
        if system in systems and (system, stream) not in known:
            raise UnknownNameError(f"stream of {system}", stream, [name for owner, name in entities if owner == system])
        return False
    return True


def _handoff(name: str, one: HandoffSettings, entities: Mapping[tuple[str, str], str]) -> Handoff:
    system_l, stream_l = one.from_.split(".", 1)
    system_r, stream_r = one.to.split(".", 1)
    return Handoff(
        handoff_id=name,
        label=one.label or name.replace("_", " ").capitalize(),
        system_l=system_l,
        stream_l=stream_l,
        entity_l=entities[system_l, stream_l],
        system_r=system_r,
        stream_r=stream_r,
        entity_r=entities[system_r, stream_r],
        by=one.by,
        trigger=one.trigger,
        carrier=one.carrier,
        grace_days=one.grace_days,
        is_proposed=one.is_proposed,
        is_source_required=one.is_source_required,
    )


STAGE = Stage(
    "handoffs",
    "Measuring the handoffs",
    ("handoff", "counterpart", "handoff_measure", "handoff_month", "handoff_judgement"),
    results,
    reads=("reference", "crosswalk", "document_link"),
    records=("parties", "documents", "written"),
    settings=("handoffs", "systems", "as_of"),
    rulings=RULED,
)
