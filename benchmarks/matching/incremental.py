"""What matching a new snapshot by its changes costs, against matching it in full with the same model.

Usage: ``python -m benchmarks.matching.incremental COUNT [--share 0.01] [--seed 1] [--mixed]``; of COUNT records a share is
new, and with ``--mixed`` half as many are changed and half as many removed. What is kept is written and read in the figure.
"""

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.matching.generated.parties import cached_parties
from toolkit.match.incremental.changed_pairs import Increment, incrementally_matched, with_increment
from toolkit.match.incremental.match_state import MatchState
from toolkit.match.incremental.record_changes import changes
from toolkit.match.linkage.frequencies import Frequencies
from toolkit.match.parties import PARTY_KINDS, Matching, matched_parties


def cluster_numbers(keys: pa.ChunkedArray, clusters: pa.ChunkedArray) -> np.ndarray:
    """Return the cluster of each record in the order of keys, numbered by first occurrence."""
    table = pa.table({"key": keys, "cluster": clusters}).sort_by("key")
    return np.asarray(table["cluster"].combine_chunks().dictionary_encode().indices)


def write(tables: dict[str, pa.Table], folder: Path, kept: dict[str, pa.Table] | None = None) -> None:
    """Write tables as they stand in memory, but those that are as they were in ``kept``."""
    for name, table in tables.items():
        if kept is None or table is not kept[name]:
            with pa.ipc.new_file(str(folder / f"{name}.arrow"), table.schema) as writer:
                writer.write_table(table)


def read(folder: Path, name: str) -> pa.Table:
    """Return a table mapped into memory."""
    with pa.memory_map(str(folder / f"{name}.arrow")) as source, pa.ipc.open_file(source) as reader:
        return reader.read_all()


def months(count: int, share: float, seed: int, *, is_mixed: bool) -> tuple[pa.Table, pa.Table]:
    """Return the records of two months."""
    table, _ = cached_parties(count, seed)
    new = int(count * share)
    before, after = table.slice(0, count - new), table
    if is_mixed:
        after = table.slice(new // 2)
        is_changed = np.zeros(after.num_rows, dtype=bool)
        is_changed[np.random.default_rng(seed).choice(after.num_rows, new // 2, replace=False)] = True
        place = after.column_names.index("phone")
        phones = pc.if_else(pa.array(is_changed), pa.scalar(None, pa.string()), after["phone"])
        after = after.set_column(place, "phone", phones)
    return before, after


def by_changes(folder: Path, first: Matching, after: pa.Table) -> tuple[Increment, float]:
    """Return what matching by changes gives, and its CPU seconds from reading what was kept to writing it again."""
    began_s = time.process_time()
    frequencies = Frequencies.from_table(read(folder, "frequencies"))
    state = MatchState.from_tables(lambda name: read(folder, name))
    assert state is not None
    found = changes(state.cells, after.select(state.cells.column_names))
    step = incrementally_matched(state, after, kinds=PARTY_KINDS, model=first.model, frequencies=frequencies, changed=found)
    with tempfile.TemporaryDirectory() as other:
        write(step.state.as_tables(), Path(other), state.as_tables())
        return step, time.process_time() - began_s


def main() -> None:
    """Print both CPU times, their ratio, and whether clusters and pairs are equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--share", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mixed", action="store_true")
    asked = parser.parse_args()
    before, after = months(asked.count, asked.share, asked.seed, is_mixed=asked.mixed)
    first = matched_parties(before, keep_state=True)
    assert first.state is not None
    began_s = time.process_time()
    full = matched_parties(after, model=first.model, frequencies=first.frequencies)
    full_s = time.process_time() - began_s
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write({**first.state.as_tables(), "frequencies": first.frequencies.as_table()}, folder)
        runs = [by_changes(folder, first, after) for _ in range(2)]
        step = runs[-1][0]
        own = cluster_numbers(step.state.cells["record_key"], step.state.records["cluster"])
        is_equal = np.array_equal(own, cluster_numbers(*full.clusters.columns))
        pairs, _ = with_increment(first.pairs, first.pair_levels, step)
    own_s = min(seconds for _, seconds in runs)
    names = [pc.binary_join_element_wise(table["key_l"], table["key_r"], "\n") for table in (pairs, full.pairs)]
    shared = pc.sum(pc.is_in(names[0], value_set=names[1].combine_chunks())).as_py()
    print(f"full           {full_s:8.2f} s CPU, {full.candidates_count:,} pairs scored")
    print(f"by changes     {own_s:8.2f} s CPU, {step.scored_pairs:,} pairs scored, state read and written included")
    print(f"share          {own_s / full_s:8.1%}")
    print(f"clusters equal {is_equal}")
    print(f"pairs listed   {pairs.num_rows:,} and {full.pairs.num_rows:,}, {shared:,} in both")


if __name__ == "__main__":
    main()
