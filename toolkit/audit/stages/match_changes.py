"""A matching that goes on from the one before: only what changed since is matched, where that gives the same.

It does as long as model, version and decisions are those of the matching before, its state and results are still there, and
little changed. In any other case, and for one-to-one links, everything is matched in full with the saved model.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.stages.lasting_names import FIRST_NAMES, with_names
from toolkit.errors import InputError, ToolkitError
from toolkit.match.clustering.decisions import Decided, decided_pairs, exclusions
from toolkit.match.incremental.changed_pairs import incrementally_matched, with_increment
from toolkit.match.incremental.match_state import MatchState
from toolkit.match.incremental.record_changes import Changes, changes
from toolkit.match.linkage.frequencies import Frequencies
from toolkit.match.linkage.weights import MatchModel
from toolkit.match.parties import PARTY_KINDS
from toolkit.store import Run
from toolkit.store.matchings import KeptMatching
from toolkit.store.store import Store
from toolkit.version import __version__

MAX_CHANGED_SHARE = 0.1
"""From this share of changed records on a full run is as quick."""

MAX_WORN_SHARE = 0.5
"""From this share of profiles without a record on, the state is made anew."""

_TOLD_TABLE = "told"


@dataclass(frozen=True, slots=True)
class Told:
    """What persons decided about records that are there, and which clusters (by id) they barred records from."""

    decided: Decided
    excluded: tuple[tuple[str, str], ...]

    def as_table(self) -> pa.Table:
        """Return all of it as one table, in order."""
        sorts = {"same": self.decided.same, "apart": self.decided.apart, "contradicted": self.decided.contradicted}
        rows = [(word, *pair) for word, pairs in {**sorts, "excluded": self.excluded}.items() for pair in pairs]
        columns = [pa.array([row[place] for row in rows], pa.string()) for place in range(3)]
        return pa.Table.from_arrays(columns, names=["word", "key_l", "key_r"])


@dataclass(frozen=True, slots=True)
class MatchedChanges:
    """What a matching by changes found.

    Attributes
    ----------
    pairs, pair_levels
        Tables PAIR and PAIR_LEVEL of all records.
    clusters
        Table CLUSTER of the records whose cluster was decided anew.
    gone
        Keys of records that are no more.
    model, frequencies
        The saved ones, which it used.
    state
        What to keep for the next matching.
    carried
        Files of those of its tables that are as they were.
    changed_count
        Records that were new or changed.
    """

    pairs: pa.Table
    pair_levels: pa.Table
    clusters: pa.Table
    gone: pa.StringArray
    model: MatchModel
    frequencies: Frequencies
    state: MatchState
    carried: Mapping[str, Path]
    changed_count: int


@dataclass(frozen=True, slots=True)
class _Past:
    """What the matching before left."""

    run: Run
    state: MatchState
    changed: Changes


def matched_changes(  # noqa: PLR0917 - all that a full run takes
    store: Store,
    before: KeptMatching | None,
    parties: pa.Table,
    told: Told,
    model: MatchModel | None,
    frequencies: Frequencies | None,
) -> MatchedChanges | None:
    """Return what matching by changes finds, or nothing where a full run is called for.

    Parameters
    ----------
    store
        For the state of the last matching and the run it was found in.
    before, model, frequencies
        The last matching with its model and the frequencies of its values; a null asks for a full run.
    parties
        All PARTY records of today.
    told
        What persons decided about them; where the last matching knew something else, a full run is called for.
    """
    if before is None or model is None or frequencies is None or before.damaged_files():
        return None
    past = _past(store, before, parties, told)
    if past is None:
        return None
    try:
        step = incrementally_matched(
            past.state,
            parties,
            kinds=PARTY_KINDS,
            model=model,
            frequencies=frequencies,
            decided=told.decided,
            changed=past.changed,
        )
    except InputError:
        # A block outgrew what the model planned for; a full run says what to do, or copes.
        return None
    state, old = step.state, past.state.as_tables()
    first = past.run.facts.get(FIRST_NAMES, {})
    return MatchedChanges(
        *with_increment(with_names(past.run.table("pair"), first), with_names(past.run.table("pair_level"), first), step),
        step.clusters,
        step.gone,
        model,
        frequencies,
        state,
        {name: before.file(name) for name, table in state.as_tables().items() if table is old[name]},
        len(past.changed.added),
    )


def told_about(decisions: pa.Table, pairwise: pa.Table, records: pa.Table) -> Told:
    """Return what persons decided about records that are there.

    Parameters
    ----------
    decisions
        All DECISION rows, which may name clusters too.
    pairwise
        The same decisions as pairs of records (`pairwise_decisions`).
    records
        Any table with ``record_key``: decisions about others wait.
    """
    named = pa.array({*pairwise["key_l"].to_pylist(), *pairwise["key_r"].to_pylist()}, pa.string())
    keys = records["record_key"]
    there = frozenset(keys.filter(pc.is_in(keys, value_set=named)).to_pylist())
    return Told(decided_pairs(pairwise, there), tuple(sorted(exclusions(decisions))))


def state_tables(state: MatchState | None, told: Told, carried: Mapping[str, Path]) -> dict[str, pa.Table | Path]:
    """Return what to keep for the next matching; tables that are as they were are ``carried`` over by their files.

    Parameters
    ----------
    state
        Null where the matching left none: then nothing is kept.
    told
        Kept beside it, to see what was decided since.
    carried
        Name to file of the last matching's table, for those tables of the state that are as they were.
    """
    return {_TOLD_TABLE: told.as_table(), **state.as_tables(), **carried} if state else {}


def _past(store: Store, before: KeptMatching, parties: pa.Table, told: Told) -> _Past | None:
    state = MatchState.from_tables(before.table)
    told_before = before.table(_TOLD_TABLE)
    try:
        run = store.run(before.run_id)
    except ToolkitError:
        return None
    if state is None or told_before is None or not told_before.equals(told.as_table()):
        return None
    is_same_version = run.facts["versions"]["toolkit"] == __version__
    has_columns = set(state.cells.column_names) <= set(parties.column_names)
    if not is_same_version or not has_columns or not run.has("pair") or not run.has("pair_level") or run.damaged_tables():
        return None
    changed = changes(state.cells, parties.select(state.cells.column_names))
    is_small = changed.share < MAX_CHANGED_SHARE and state.worn_share < MAX_WORN_SHARE
    return _Past(run, state, changed) if is_small else None
