"""Our own answer to an exam, with default settings, timed in a process of its own.

Usage: ``python -m benchmarks.matching.ours EXAM FOLDER``. Parties go through ``matched_parties``, files of any other
shape through ``matched_tables``, as a consultant would hand them over; imports and reading are not timed. The time and
number of raw rapidfuzz calls are taken as they happen, at the door of the package.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from rapidfuzz import process


class Calls:
    """CPU time and number of scored pairs of rapidfuzz's whole-column functions."""

    def __init__(self) -> None:
        self.cpu_s = 0.0
        self.pair_count = 0

    def counted(self, name: str) -> Callable[..., Any]:
        real = getattr(process, name)

        def call(queries: Any, choices: Any, *args: Any, **options: Any) -> Any:
            began_s = time.process_time()
            result = real(queries, choices, *args, **options)
            self.cpu_s += time.process_time() - began_s
            self.pair_count += len(queries) if name == "cpdist" else len(queries) * len(choices)
            return result

        return call

    def watch(self) -> None:
        for name in ("cpdist", "cdist"):
            setattr(process, name, self.counted(name))


def _parties(table: pa.Table) -> tuple[pa.Table, pa.Table, int]:
    from toolkit.match.parties import matched_parties

    found = matched_parties(table.drop_columns([name for name in ("side", "part") if name in table.column_names]))
    pairs = pa.table({"key_l": found.pairs["key_l"], "key_r": found.pairs["key_r"],
                      "probability": found.pairs["match_probability"], "decision": found.pairs["decision"]})  # fmt: skip
    clusters = pa.table({"key": found.clusters["record_key"], "cluster": found.clusters["cluster_id"]})
    return pairs, clusters, found.candidates_count


def _files(table: pa.Table) -> tuple[pa.Table, pa.Table, int]:
    from toolkit.audit.dedupe.matched_tables import matched_tables

    columns = [name for name in table.column_names if name not in {"side", "record_key"}]
    sides = []
    for side in ("l", "r"):
        rows = table.filter(pc.equal(table["side"], side))
        sides.append(rows.select(columns).add_column(0, "id", rows["record_key"]))
    is_link = bool(sides[1].num_rows)
    tables = {"file": sides[0], "against": sides[1]} if is_link else {"file": sides[0]}
    found = matched_tables(tables, is_link=is_link)
    pairs = pa.table({"key_l": found.pairs["id_l"], "key_r": found.pairs["id_r"],
                      "probability": found.pairs["match_probability"]})  # fmt: skip
    pairs = pairs.append_column("decision", pa.array(["same"] * pairs.num_rows, pa.string()))
    clusters = pa.table({"key": found.clusters["record_id"], "cluster": found.clusters["cluster_id"]})
    return pairs, clusters, found.matching.candidates_count


def answered(table: pa.Table) -> tuple[pa.Table, pa.Table, int]:
    """Return pairs (keys, probability, decision), clusters (key, cluster) and the number of candidate pairs."""
    find = _parties if "system" in table.column_names else _files
    if "part" not in table.column_names:
        return find(table)
    found = [
        find(table.filter(pc.equal(table["part"], part)).combine_chunks()) for part in np.unique(table["part"].to_numpy())
    ]
    marked = [
        clusters.set_column(1, "cluster", pc.binary_join_element_wise(clusters["cluster"], str(part), "/"))
        for part, (_, clusters, _) in enumerate(found)
    ]
    return pa.concat_tables([pairs for pairs, _, _ in found]), pa.concat_tables(marked), sum(count for _, _, count in found)


def _cpu_s() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main() -> None:
    calls = Calls()
    calls.watch()
    import toolkit.audit.dedupe.matched_tables
    import toolkit.match.parties  # noqa: F401 - imports are not part of the time

    path, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    # The table is the worker's own: the truth never reaches it.
    table = pq.read_table(path).drop_columns(["truth"]).replace_schema_metadata(None).combine_chunks()
    wall_s, cpu_s = time.perf_counter(), _cpu_s()
    pairs, clusters, candidates_count = answered(table)
    spent = {"wall_s": time.perf_counter() - wall_s, "cpu_s": _cpu_s() - cpu_s, "candidates_count": candidates_count,
             "raw_cpu_s": calls.cpu_s, "raw_count": calls.pair_count}  # fmt: skip
    pq.write_table(pairs, folder / "pairs.parquet")
    pq.write_table(clusters, folder / "clusters.parquet")
    (folder / "spent.json").write_text(json.dumps(spent), encoding="utf-8")


if __name__ == "__main__":
    main()
