"""Stage: which party records are one party, within a system and across systems.

The first matching fits a model. From then on the saved one is used, until somebody fits it anew and says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.records import Records
from toolkit.audit.stages.lasting_names import FIRST_NAMES, first_names, with_names
from toolkit.audit.stages.stage import Stage
from toolkit.errors import ToolkitError
from toolkit.match.identity.lasting_ids import Identified, Identity, identified, remembered_clusters
from toolkit.settings import user_name
from toolkit.store import Run
from toolkit.store.matchings import HISTORY_TABLE, KeptMatching, NewModel
from toolkit.store.store import Store
from toolkit.tables import PARTY_ENTITIES

if TYPE_CHECKING:
    from toolkit.audit.stages.match_changes import MatchedChanges
    from toolkit.match.linkage.drift import Seen
    from toolkit.match.linkage.frequencies import Frequencies
    from toolkit.match.parties import Matching

SUBJECT = "parties"
"""What is matched here, in the store."""

FIRST_FIT = "first matching"
_MODEL_LOST = {"by": "", "reason": "the saved model was damaged"}
FREQUENCIES_TABLE = "frequencies"


@dataclass(frozen=True, slots=True)
class Refit:
    """The wish to fit the model anew: who, and why."""

    by: str
    reason: str

    def as_facts(self) -> dict[str, str]:
        """Return the wish as a run's facts hold it."""
        return {"by": self.by, "reason": self.reason}


def results(engagement: Engagement, run: Run, records: Records) -> Mapping[str, pa.Table]:
    """Return the tables of the stage, and keep model and cluster ids for the next run.

    Parameters
    ----------
    engagement, run, records
        Read as `STAGE` says: the decisions, what the store keeps of the last matching, and parties.
        ``run.facts["refit"]`` holds the wish to fit the model anew.

    Raises
    ------
    InputError
        The saved model does not go with this version's comparisons.
    """
    # A run that is still true asks for none of these.
    from toolkit.audit.stages.match_changes import MatchedChanges, matched_changes, state_tables, told_about
    from toolkit.audit.stages.names_to_match import names_to_match
    from toolkit.match.clustering.decisions import pairwise_decisions
    from toolkit.match.identity.changed_ids import identified_changes
    from toolkit.match.linkage.drift import drift, seen_in
    from toolkit.match.linkage.saved_model import read_model
    from toolkit.match.parties import PARTY_KINDS, matched_parties

    store = engagement.store
    before = store.matching(SUBJECT)
    is_lost = before is not None and bool(before.model.damaged_files())
    wish = run.facts.get("refit") or (_MODEL_LOST if is_lost else None)
    saved = None if before is None or wish else read_model(before.model.content())
    first = system_names(store)
    identity = _remembered(store)
    for sentence in _damage(before):
        run.facts.setdefault("mended", []).append(sentence)
    decisions = with_names(store.decisions(), first)
    parties = names_to_match(with_names(records.parties, first))
    pairwise = pairwise_decisions(decisions, identity.record_keys)
    told = told_about(decisions, pairwise, parties)
    model, frequencies = (saved.model, _kept_frequencies(before)) if saved else (None, None)
    by_changes = matched_changes(store, before, parties, told, model, frequencies)
    found = by_changes or matched_parties(parties, decisions=pairwise, model=model, frequencies=frequencies, keep_state=True)
    run.facts["matching"] = _way(by_changes, parties)
    run.facts[FIRST_NAMES] = first
    named = (
        identified_changes(found.clusters, found.gone, identity, run_id=run.run_id, excluded=told.excluded)
        if isinstance(found, MatchedChanges)
        else identified(found.clusters, identity, run_id=run.run_id, excluded=told.excluded)
    )
    seen = seen_in(parties, PARTY_KINDS, named.clusters, found.pairs, found.pair_levels)
    streams = tuple(sorted(_first_named(name, first) for name in party_streams(engagement)))
    moved = (*_new_streams(before, streams), *drift(saved.seen, seen)) if before and saved else ()
    notes = (*found.model.doubts, *moved)
    tables = _tables(found, named, {name: now for now, name in first.items()})
    if engagement.is_trial:
        # What is only tried must not be what the next audit starts from.
        return tables
    store.keep_matching(
        SUBJECT,
        run.run_id,
        model=before.model if before and saved else _new_model(found, seen, streams, wish),
        tables=_kept_tables(named),
        mapped_tables=state_tables(found.state, told, by_changes.carried if by_changes else {}),
        notes=notes,
    )
    return tables


def system_names(store: Store) -> dict[str, str]:
    """Return the first name of every system that has another one now."""
    changes = store.renames()
    return first_names(changes, set(store.snapshots()["system"].to_pylist())) if changes else {}


def _first_named(stream: str, first: Mapping[str, str]) -> str:
    system, _, name = stream.partition(".")
    return f"{first.get(system, system)}.{name}"


def _way(by_changes: "MatchedChanges | None", parties: pa.Table) -> dict[str, Any]:
    """Return how a run matched, as its facts hold it."""
    changed = parties.num_rows if by_changes is None else by_changes.changed_count
    return {"by_changes": by_changes is not None, "records": parties.num_rows, "records_matched": changed}


def kept_identity(store: Store) -> Identity:
    """Return what is remembered of records and clusters, by the names that systems have now; at first nothing."""
    first = system_names(store)
    identity = _remembered(store)
    return Identity(with_names(identity.members, {name: now for now, name in first.items()}), identity.names)


def _remembered(store: Store) -> Identity:
    """Return what is remembered by the first names of systems.

    Where the kept tables are gone or damaged, the ids are those of the newest run.
    """
    kept = store.matching(SUBJECT)
    members, names = (kept.table("members"), kept.table("names")) if kept else (None, None)
    if members is not None and names is not None:
        return Identity(members, names)
    try:
        run = store.run()
        names = run.facts.get(FIRST_NAMES, {})
        return remembered_clusters(with_names(run.table("cluster"), names)) if run.has("cluster") else Identity()
    except ToolkitError:
        return Identity()


def is_damaged(store: Store) -> bool:
    """Return whether something that the last matching kept is gone, or no longer what was written."""
    kept = store.matching(SUBJECT)
    return kept is not None and bool(kept.damaged_files() or kept.model.damaged_files())


def _damage(kept: KeptMatching | None) -> list[str]:
    """Return what of a kept matching is damaged, and what is done about it, in sentences."""
    if kept is None:
        return []
    said = [f"matching: {path.name} of the saved model was gone or damaged." for path in kept.model.damaged_files()]
    if said:
        said.append("The matching model was fitted anew on today's records: pairs may be judged differently than before.")
    lost = ", ".join(path.name for path in kept.damaged_files())
    return [*said, *([f"matching: {lost} was gone or damaged; everything was matched anew."] if lost else [])]


def party_streams(engagement: Engagement) -> tuple[str, ...]:
    """Return the streams that hold parties, as ``system.stream``."""
    rows = engagement.store.snapshots().to_pylist()
    return tuple(sorted(f"{row['system']}.{row['stream']}" for row in rows if row["entity"] in PARTY_ENTITIES))


def _kept_frequencies(kept: KeptMatching | None) -> "Frequencies | None":
    """Return how common words, values and keys were when the saved model was fitted."""
    from toolkit.match.linkage.frequencies import Frequencies

    table = kept.model.table(FREQUENCIES_TABLE) if kept else None
    return Frequencies.from_table(table) if table is not None else None


def _new_model(
    found: "Matching | MatchedChanges", seen: "Seen", streams: tuple[str, ...], wish: Mapping[str, str] | None
) -> NewModel:
    from toolkit.match.linkage.saved_model import SavedModel, saved_model_json

    return NewModel(
        content=saved_model_json(SavedModel(found.model, seen)),
        tables={FREQUENCIES_TABLE: found.frequencies.as_table()},
        fitted_at=datetime.now(UTC),
        fitted_by=wish["by"] if wish else user_name(),
        reason=wish["reason"] if wish else FIRST_FIT,
        streams=streams,
    )


def _new_streams(before: KeptMatching, streams: tuple[str, ...]) -> list[str]:
    added = sorted(set(streams) - set(before.model.streams))
    if not added:
        return []
    return [f"{', '.join(added)} came in after the model was fitted."]


def _kept_tables(named: Identified) -> dict[str, pa.Table]:
    return {"members": named.identity.members, "names": named.identity.names, HISTORY_TABLE: named.events}


def _tables(found: "Matching | MatchedChanges", named: Identified, now: Mapping[str, str]) -> dict[str, Any]:
    return {
        "pair": with_names(found.pairs, now),
        "pair_level": with_names(found.pair_levels, now),
        "cluster": with_names(named.clusters, now),
        "cluster_event": named.events,
    }


STAGE = Stage(
    "match",
    "Finding duplicates and links",
    ("pair", "pair_level", "cluster", "cluster_event"),
    results,
    records=("parties",),
    has_decisions=True,
    has_memory=True,
    facts=("matching", FIRST_NAMES),
)
