"""A new snapshot matched by what changed in it: only pairs with new or changed records are scored.

What was standardised and which keys it has are kept per snapshot. With the saved model and its frequencies the clusters are
those of a full run with that model: no old pair's keys, levels or weights depend on the new records.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.clustering.decisions import NOTHING_DECIDED, Decided
from toolkit.match.clustering.listed_pairs import MAX_RELATED, MAX_REVIEW
from toolkit.match.incremental.growing_tables import with_keys
from toolkit.match.incremental.match_state import MatchState, pairs_table
from toolkit.match.incremental.merged_snapshot import merged_snapshot
from toolkit.match.incremental.new_pairs import NewPairs
from toolkit.match.incremental.record_changes import Changes, changes
from toolkit.match.linkage.blocking import Blocks
from toolkit.match.linkage.frequencies import Frequencies
from toolkit.match.linkage.weights import MatchModel
from toolkit.match.records.profiles import Profiles
from toolkit.match.steps import Terms, matched

_SORTED_BY = ("key_l", "key_r", "comparison")


@dataclass(frozen=True, slots=True)
class Increment:
    """What changed.

    Attributes
    ----------
    clusters
        Table CLUSTER of the records whose cluster was decided anew; that of every other record is as it was.
    pairs, pair_levels
        Tables PAIR and PAIR_LEVEL of the pairs in which one of those stands; they replace every older row in which one of
        them, or one in ``gone``, does.
    gone
        Keys of records that are no more.
    scored_pairs
        Pairs scored.
    state
        What to keep for the next snapshot.
    """

    clusters: pa.Table
    pairs: pa.Table
    pair_levels: pa.Table
    gone: pa.StringArray
    scored_pairs: int
    state: MatchState


def incrementally_matched(
    state: MatchState,
    records: pa.Table,
    *,
    kinds: Mapping[str, str],
    model: MatchModel,
    frequencies: Frequencies,
    decided: Decided = NOTHING_DECIDED,
    country: str | None = None,
    changed: Changes | None = None,
) -> Increment:
    """Return the clusters after some records came, changed or went.

    Parameters
    ----------
    state
        What was kept of the last snapshot.
    records
        All records of the new one, with the columns of ``state.cells``.
    kinds
        Kind of each column that takes part.
    model, frequencies
        The saved model and its counts.
    decided
        What persons decided about records that are there, which must be what it was for the last snapshot.
    country
        Two letters: how a calling code without ``+`` is read.
    changed
        ``changes(state.cells, records)``, where that is known.

    Raises
    ------
    InputError
        A key has grown to many times what it was when the model was fitted: match in full, and fit the model anew.
    """
    # Columns that take part now and did not before would change what old records say: only a full run takes those in.
    table = records.select(state.cells.column_names)
    found = changes(state.cells, table) if changed is None else changed
    added = table.take(pa.array(found.added))
    chosen = {name: kind for name, kind in kinds.items() if name in added.column_names}

    # Two snapshots can only be put together once the new records are standardised, which is a step of its own.
    def pairing(new: Profiles, blocks: Blocks) -> NewPairs:
        return NewPairs.of(merged_snapshot(state, table, found, added, new), blocks, decided, model, frequencies)

    step = matched(added, Terms(chosen, decided, model, frequencies, country=country), pairing)
    opened = step.opened
    touched = table["record_key"].take(pa.array(opened.rows)).combine_chunks()
    # At the far end of an open pair stand profiles of groups in which nothing changed. They take part in the weighing, but
    # not with all their pairs: what comes out for their own clusters means nothing and is left out.
    clusters = step.clusters.filter(pc.is_in(step.clusters["record_key"], value_set=touched))
    merged = opened.paired.merged
    kept = MatchState(
        table,
        pa.table({"profile": merged.profile.astype(np.int32), "cluster": merged.clusters(clusters, touched, opened.rows)}),
        merged.profiles,
        with_keys(state.keys, opened.paired.keys),
        pairs_table(opened.left, opened.right, opened.weight),
    )
    return Increment(
        clusters,
        _rows_with(step.pairs, touched),
        _rows_with(step.pair_levels, touched),
        merged.gone_keys(table),
        len(step.graded.left),
        kept,
    )


def with_increment(pairs: pa.Table, pair_levels: pa.Table, step: Increment) -> tuple[pa.Table, pa.Table]:
    """Return the tables PAIR and PAIR_LEVEL of the last snapshot with an increment's rows instead of those they replace.

    No more pairs are put to a person or listed as related than by a full run; where the limit is reached, pairs that it left
    out before do not come back for those that went.

    Parameters
    ----------
    pairs, pair_levels
        Tables PAIR and PAIR_LEVEL of the last snapshot.
    step
        What changed since.
    """
    # Whole clusters are replaced: which pairs are listed, and why, depends on all their members.
    replaced = pa.chunked_array([step.clusters["record_key"].combine_chunks(), step.gone]).combine_chunks()
    now, levels = (
        pa.concat_tables([before.filter(pc.invert(_has_any(before, replaced))), rows]).sort_by(
            [(name, "ascending") for name in before.column_names if name in _SORTED_BY]
        )
        for before, rows in ((pairs, step.pairs), (pair_levels, step.pair_levels))
    )
    is_listed = _is_listed(now)
    if is_listed.all():
        return now, levels
    left_out = _pair_names(now.filter(pa.array(~is_listed))).combine_chunks()
    return now.filter(pa.array(is_listed)), levels.filter(pc.invert(pc.is_in(_pair_names(levels), value_set=left_out)))


def _is_listed(pairs: pa.Table) -> npt.NDArray[np.bool_]:
    """Return which pairs a full run would list: the strongest of each decision, as far as its limit goes."""
    result = np.ones(pairs.num_rows, dtype=bool)
    weight = pairs["match_weight"].to_numpy()
    by_model = pc.equal(pairs["decided_by"], "model")
    for word, limit in (("review", MAX_REVIEW), ("related", MAX_RELATED)):
        own = np.flatnonzero(np.asarray(pc.and_(by_model, pc.equal(pairs["decision"], word))))
        # Stable, for equal weights stand in the order of keys in a full run too.
        result[own[np.argsort(-weight[own], kind="stable")[limit:]]] = False
    return result


def _pair_names(pairs: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(pairs["key_l"], pairs["key_r"], "\n")


def _rows_with(pairs: pa.Table, keys: pa.StringArray) -> pa.Table:
    """Return the rows of a table PAIR or PAIR_LEVEL in which one of ``keys`` stands."""
    return pairs.filter(_has_any(pairs, keys))


def _has_any(pairs: pa.Table, keys: pa.StringArray) -> pa.ChunkedArray:
    return pc.or_(pc.is_in(pairs["key_l"], value_set=keys), pc.is_in(pairs["key_r"], value_set=keys))
