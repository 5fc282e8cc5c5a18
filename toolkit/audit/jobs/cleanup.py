"""A cleanup of one system, from the newest run and the rules of the settings."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.targets import target_connector, writable_columns, writings_of
from toolkit.audit.jobs.written_streams import written_streams
from toolkit.audit.records import Records
from toolkit.changes import LeftOut
from toolkit.connector import Connector, Writing
from toolkit.errors import InputError, UnknownNameError
from toolkit.plan.cleanup_rules import CleanupRules, VendorMerge
from toolkit.plan.merge_choices import MergeChoices, merge_choices
from toolkit.plan.planned import Planned
from toolkit.plan.sync_tables import NAMES
from toolkit.rest.soap import refuse_without_reader
from toolkit.settings import CleanupSettings
from toolkit.store import Run
from toolkit.tables.rulings import MERGES

_NOT_THERE = "The rules exclude it, and this system has no such record, and there is no such cluster: it keeps nothing out."


def planned_cleanup(engagement: Engagement, run: Run, records: Records, system: str) -> Planned:
    """Return what cleans a system up.

    Parameters
    ----------
    engagement, run, records
        Settings and decisions, the tables of a whole run, and the newest records.
    system
        The client's name of it.

    Raises
    ------
    UnknownNameError
        The rules name a system or a list that is not there.
    """
    from toolkit.plan.cleanup import cleanup

    inputs = cleanup_inputs(engagement, run, records, system)
    planned = cleanup(system, **inputs.tables, rules=inputs.rules, choices=inputs.choices)
    planned = replace(planned, left_out=(*planned.left_out, *inputs.unknown))
    if inputs.keeps_names:
        return planned
    # Who is known only by a name on documents has no record: the documents get the better name, and that is all.
    return replace(planned, operations=tuple(one for one in planned.operations if one.stream != NAMES))


@dataclass(frozen=True, slots=True)
class CleanupInputs:
    """What a cleanup of one system rests on: its rules, what persons chose, and all else that it takes.

    ``unknown`` tells of rules that keep out what is not there; ``keeps_names`` whether names on documents are records.
    """

    rules: CleanupRules
    choices: MergeChoices
    tables: Mapping[str, Any]
    unknown: tuple[LeftOut, ...]
    keeps_names: bool


def cleanup_inputs(engagement: Engagement, run: Run, records: Records, system: str) -> CleanupInputs:
    """Return what a cleanup of one system rests on.

    Parameters
    ----------
    engagement, run, records
        As `planned_cleanup` takes them.
    system
        The client's name of it.

    Raises
    ------
    UnknownNameError
        The rules name a system or a list that is not there.
    """
    from toolkit.reconcile.references import with_parent_keys, with_party_keys

    settings = engagement.settings
    rows = engagement.store.snapshots().to_pylist()
    [connector] = {row["connector"] for row in rows if row["system"] == system}
    target = target_connector(engagement, system, connector)
    given = settings.cleanup.get(system, CleanupSettings())
    _refuse_unknown("system", settings.cleanup, {*settings.systems, *(row["system"] for row in rows)})
    pulled = records.parties.filter(pc.equal(records.parties["system"], system))["stream"].unique().to_pylist()
    lists = {*pulled, *(one.name for one in target.streams if one.entity == "party")}
    _refuse_unknown(f"list of parties of {system}", (*(given.merge or ()), *given.stale), lists)
    listed = (records.parties, records.documents, records.items)
    excludable = {key for one in listed for key in one["record_key"].to_pylist() if key.startswith(f"{system}/")}
    excludable |= set(run.table("crosswalk")["golden_id"].to_pylist())
    unknown = tuple(LeftOut("exclude", (key,), _NOT_THERE) for key in sorted({*given.exclude} - excludable))
    references = run.table("reference")
    tables: dict[str, Any] = {
        "parties": with_parent_keys(records.parties, references),
        "documents": with_party_keys(records.documents, references),
        "items": records.items,
        "crosswalk": run.table("crosswalk"),
        "golden": run.table("golden"),
        "pairs": run.table("pair"),
        "decisions": engagement.store.decisions(),
        "findings": run.table("finding"),
        "as_of": engagement.as_of(),
        "opted_out": _opted_out(run.table("crosswalk"), records, system),
    }
    rules = replace(
        given.rules(settings.country, writable_columns(target, _written(engagement, system))),
        closed_until=settings.sync.closed_until,
        vendor_merges=_vendor_merges(engagement, system, target) if given.merge_by == "vendor" else {},
    )
    keeps_names = any(one.name == NAMES for one in target.streams)
    return CleanupInputs(rules, merge_choices(engagement.store.rulings(MERGES)), tables, unknown, keeps_names)


def _written(engagement: Engagement, system: str) -> dict[str, Writing]:
    return {name: writing for name, (_, writing) in written_streams(engagement, system).items()}


def _vendor_merges(engagement: Engagement, system: str, target: Connector) -> dict[str, VendorMerge]:
    """Return the lists whose duplicates the system merges itself, and what that loses."""
    written = writings_of(engagement, system, target)
    found = {
        name: VendorMerge(one.merge.reversibility, one.merge.lost) for name, one in written.items() if one.merge is not None
    }
    if not found:
        raise InputError(
            f"cleanup: {system}: merge_by is vendor, but nothing says how {system} merges records over its interface. "
            f"Take 'merge_by: archive', or describe it under systems.{system}.streams.STREAM.write.merge in engagement.yaml."
        )
    if any(one.merge is not None and one.merge.call.form == "soap" for one in written.values()):
        refuse_without_reader()
    return found


def _refuse_unknown(kind: str, named: Iterable[str], known: Collection[str]) -> None:
    for name in named:
        if name not in known:
            raise UnknownNameError(kind, name, known)


def _opted_out(crosswalk: pa.Table, records: Records, system: str) -> frozenset[str]:
    """Return the duplicates of a system that say in a column of their own that no mail is wanted."""
    from toolkit.plan.opt_outs import opted_out_records

    own = crosswalk.filter(pc.equal(crosswalk["system"], system))
    counted = own["golden_id"].combine_chunks().value_counts()
    several = counted.field("values").filter(pc.greater(counted.field("counts"), 1))
    twice = own.filter(pc.is_in(own["golden_id"], value_set=several))
    found: set[str] = set()
    for stream in sorted(pc.unique(twice["stream"]).to_pylist()):
        keys = twice.filter(pc.equal(twice["stream"], stream))["record_key"].to_pylist()
        found |= opted_out_records(records.written(system, stream, keys))
    return frozenset(found)
