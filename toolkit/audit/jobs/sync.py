"""Bringing one system up to date, from the newest run and the rules of the settings."""

from collections.abc import Iterator, Mapping, Sequence

from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.written_streams import written_streams
from toolkit.audit.records import Records
from toolkit.audit.stages.handoffs import engagement_handoffs
from toolkit.audit.stages.reconcile import sources_of_truth
from toolkit.changes import Operation
from toolkit.errors import UnknownNameError
from toolkit.landscape.handoffs import Handoff
from toolkit.plan.planned import Planned
from toolkit.plan.sync_rules import PairRule, PartyRule, StaleRule, StatusRule, SyncHandoff, SyncRules
from toolkit.plan.sync_tables import SyncTables
from toolkit.settings import MissingSettings, PairSettings, PartySettings, SyncSettings
from toolkit.store import Run
from toolkit.store.sync_base import keep_base, kept_base
from toolkit.tables import PARTY


def planned_sync(engagement: Engagement, run: Run, records: Records, system: str) -> Planned:
    """Return what brings a system up to date.

    Parameters
    ----------
    engagement, run, records
        Settings, the tables of a whole run, and the newest records.
    system
        The client's name of it.
    """
    from toolkit.plan.sync import sync

    return sync(system, sync_tables(engagement, run, records), sync_rules(engagement), engagement.as_of())


def sync_tables(engagement: Engagement, run: Run, records: Records) -> SyncTables:
    """Return what syncing looks at.

    Parameters
    ----------
    engagement, run, records
        The tables of a whole run, and the newest records.
    """
    from toolkit.reconcile.references import with_parent_keys, with_party_keys

    references = run.table("reference")
    return SyncTables(
        parties=with_parent_keys(records.parties, references),
        documents=with_party_keys(records.documents, references),
        lines=records.lines,
        crosswalk=run.table("crosswalk"),
        golden=run.table("golden"),
        pairs=run.table("pair"),
        mismatches=run.table("mismatch"),
        counterparts=run.table("counterpart"),
        findings=run.table("finding"),
        snapshots=engagement.store.snapshots(),
        base=kept_base(engagement.store),
        taken=_taken(engagement),
    )


def _taken(engagement: Engagement) -> dict[tuple[str, str], frozenset[str]]:
    """Return the columns that a new record takes in each list that is written over an interface."""
    return {
        (system, name): frozenset(
            (
                *(one.column for one in writing.fields if not one.actions or "create" in one.actions),
                *(theirs for _, theirs in (writing.lines.whole if writing.lines is not None else ())),
            )
        )
        for system in engagement.settings.systems
        for name, (_, writing) in written_streams(engagement, system).items()
        if writing.create is not None
    }


def keep_settled(engagement: Engagement, run: Run, records: Records) -> None:
    """Keep what two systems hold where they are alike now, so that a later sync knows which of them changed.

    Parameters
    ----------
    engagement, run, records
        With the right to write; the tables of a whole run, and the newest records.
    """
    from toolkit.plan.sync_base import settled_base

    rules = sync_rules(engagement)
    if rules.pairs:
        keep_base(engagement.store, settled_base(sync_tables(engagement, run, records), rules))


def keep_written(engagement: Engagement, written: Sequence[Operation], system: str) -> None:
    """Keep what a sync has written to a system.

    Parameters
    ----------
    engagement
        With the right to write.
    written
        Changes that were confirmed.
    system
        Whose records they changed.
    """
    from toolkit.plan.sync_base import base_with_writes

    rules = sync_rules(engagement)
    if rules.pairs and written:
        keep_base(engagement.store, base_with_writes(kept_base(engagement.store), written, system, rules))


def sync_rules(engagement: Engagement) -> SyncRules:
    """Return the rules of syncing, as the settings say them.

    Raises
    ------
    UnknownNameError
        They name a handoff or a system that is not there.
    """
    given = engagement.settings.sync
    handoffs = {one.handoff_id: one for one in engagement_handoffs(engagement)}
    systems = {row["system"] for row in engagement.store.snapshots().to_pylist()}
    _refuse_unknown(given, handoffs, systems)
    truth = sources_of_truth(engagement)
    return SyncRules(
        handoffs=tuple(_handoff(one, given.missing.get(name, MissingSettings())) for name, one in handoffs.items()),
        parties=tuple(_parties(one) for one in given.parties),
        stale=tuple(StaleRule(name, one.columns, one.formatting) for name, one in given.fields.items()),
        statuses=tuple(StatusRule(one.handoff, one.change, one.values, one.only_from) for one in given.status),
        pairs=tuple(
            _pair(one, handoffs, {name: truth.system_for("party", name) or "" for name in one.columns})
            for one in given.two_way
        ),
        closed_until=given.closed_until,
        min_probability=given.min_probability,
    )


def _handoff(one: Handoff, given: MissingSettings) -> SyncHandoff:
    return SyncHandoff(
        one.handoff_id,
        one.system_l,
        one.stream_l,
        one.entity_l,
        one.system_r,
        one.stream_r,
        one.entity_r,
        creates=given.create,
        corrects=given.correct,
        dated=given.dated,
        payment_days=given.payment_days,
        party_stream=given.party_stream,
        creates_parties=given.new_parties,
        values=given.values,
    )


def _parties(one: PartySettings) -> PartyRule:
    system, stream = one.to.split(".", 1)
    return PartyRule(one.from_, system, stream, one.roles, one.level)


def _pair(one: PairSettings, handoffs: Mapping[str, Handoff], truth: Mapping[str, str]) -> PairRule:
    handoff = handoffs[one.handoff] if one.handoff is not None else None
    is_one_way = one.from_ is not None
    if is_one_way:
        sides = (one.from_ or "", one.to or "")
    elif one.systems is not None:
        sides = one.systems
    else:
        sides = (handoff.system_l, handoff.system_r) if handoff is not None else ("", "")
    return PairRule(
        *sides,
        one.columns,
        is_one_way=is_one_way,
        handoff_id=one.handoff,
        blank=one.blank,
        deletes=one.deletes,
        truth={name: system for name, system in truth.items() if system},
    )


def _refuse_unknown(given: SyncSettings, handoffs: Mapping[str, Handoff], systems: set[str]) -> None:
    for name in (*given.missing, *(one.handoff for one in given.status), *_paired(given)):
        if name not in handoffs:
            raise UnknownNameError("handoff", name, handoffs)
    named = [one.from_ for one in given.parties] + [one.to.split(".", 1)[0] for one in given.parties]
    named += [*given.fields, *(one.change for one in given.status)]
    named += [side for one in given.two_way for side in (one.from_, one.to, *(one.systems or ())) if side is not None]
    for name in named:
        if name not in systems:
            raise UnknownNameError("system", name, systems)
    for name in (column for one in given.fields.values() for column in one.columns or ()):
        if name not in PARTY.names:
            raise UnknownNameError("column of customers or suppliers", name, PARTY.names)


def _paired(given: SyncSettings) -> Iterator[str]:
    for one in given.two_way:
        if one.handoff is not None:
            yield one.handoff
