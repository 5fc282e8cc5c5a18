"""Every exam, ours beside the peers, in one table: ``python -m benchmarks.matching.run [--small|--all] [--peers]``.

Scores are end to end with default settings: a pair never looked at is a miss. Without an option 10,000 and 100,000
generated parties and all other exams are run; ``--small`` leaves out 100,000, ``--all`` adds 1,000,000. With ``--peers``
the other tools answer too: all of them up to 10,000 records, splink on everything (with lean rules at a million).
CPU and wall time are those of matching alone, peak memory that of the whole process tree.
"""

import argparse
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.matching.exam import Exam
from benchmarks.matching.generated.papers import papers
from benchmarks.matching.generated.parties import CACHE, party_exam
from benchmarks.matching.generated.persons import persons
from benchmarks.matching.generated.products import products
from benchmarks.matching.generated.small import small_parties
from benchmarks.matching.labelled import labelled_exams
from benchmarks.matching.peers.running import ENVIRONMENT, PEERS, peer, peers_packages, peers_python
from benchmarks.matching.report import HEAD, Answered, calibration, ours

_EVERY_PEER_COUNT = 12_000
_LEAN_COUNT = 500_000


def exams(sizes: Iterable[int], seeds: Iterable[int], folder: Path) -> Iterator[Exam]:
    """Yield the exams, others' first, then the generated ones by size."""
    yield from labelled_exams(peers_packages() if ENVIRONMENT.exists() else None)
    yield persons(10_000)
    yield papers(2_500)
    yield products(1_100)
    yield small_parties(range(1, 41))
    for size in sizes:
        for seed in seeds if size <= _EVERY_PEER_COUNT else (1,):
            yield party_exam(size, seed, folder)


def answers(exam: Exam, *, with_peers: bool) -> Iterator[Answered]:
    """Yield our answer, then those of the peers that can be asked."""
    yield ours(exam)
    if not with_peers or "part" in exam.table.column_names:
        return
    count = len(exam.truth)
    tools = PEERS if count <= _EVERY_PEER_COUNT else ["splink"]
    for tool in tools:
        yield peer(exam, tool, *(["--lean"] if count >= _LEAN_COUNT else []))


def ratios(found: list[Answered]) -> list[str]:
    """Return how often splink takes our CPU time and memory, and by how much our F1 is higher, per exam."""
    lines = []
    for one in found:
        other = next((answer for answer in found if answer.exam.name == one.exam.name and answer.tool == "splink"), None)
        if one.tool == "ours" and other is not None and not other.failure and not one.failure:
            lines.append(
                f"{one.exam.name:32} CPU {other.cpu_s / one.cpu_s:6.2f} x, wall {other.wall_s / one.wall_s:6.2f} x, "
                f"memory {other.peak_mb / one.peak_mb:5.2f} x, F1 {one.pairs.f1 - other.pairs.f1:+.4f}"
            )
    return lines


def growth(found: list[Answered]) -> list[str]:
    """Return the exponent of growth of our CPU time between the sizes of generated parties."""
    of_size = {len(one.exam.truth): one for one in found if one.exam.name.startswith("parties") and not one.failure
               and one.tool == "ours"}  # fmt: skip
    sizes = sorted(of_size)
    return [
        f"{small:,} to {large:,}: CPU time grows with the power "
        f"{math.log(of_size[large].cpu_s / of_size[small].cpu_s) / math.log(large / small):.2f}"
        for small, large in {(sizes[0], size) for size in sizes[1:]}
    ] if len(sizes) > 1 else []  # fmt: skip


def limits(found: list[Answered]) -> list[str]:
    """Return what the raw rapidfuzz calls took of our CPU time."""
    return [
        f"{one.exam.name:32} {one.spent['raw_count']:12,.0f} pairs scored in {one.spent['raw_cpu_s']:6.2f} s of "
        f"{one.cpu_s:7.2f} s: {one.spent['raw_cpu_s'] / one.cpu_s:6.1%}"
        for one in found
        if one.tool == "ours" and not one.failure
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="generated parties of 10,000 records only")
    parser.add_argument("--all", action="store_true", help="generated parties of 1,000,000 records too")
    parser.add_argument("--peers", action="store_true", help="run the other tools beside ours")
    parser.add_argument("--only", default="", help="only exams whose name contains this")
    parser.add_argument("--seeds", type=int, default=3, help="worlds of 10,000 records")
    parser.add_argument("--folder", type=Path, default=CACHE, help="where generated parties are kept")
    asked = parser.parse_args()
    if asked.peers:
        peers_python()
    sizes = [10_000] + ([] if asked.small else [100_000]) + ([1_000_000] if asked.all else [])
    found: list[Answered] = []
    print(HEAD, flush=True)
    for exam in exams(sizes, range(1, asked.seeds + 1), asked.folder):
        if asked.only not in exam.name:
            continue
        for one in answers(exam, with_peers=asked.peers):
            found.append(one)
            print(one.row(), flush=True)
    generated = [one for one in found if one.tool == "ours" and one.exam.name.startswith("parties") and not one.failure]
    sections = {
        "splink against ours": ratios(found),
        "Growth of our CPU time": growth(found),
        "The limit: raw rapidfuzz calls inside our CPU time": limits(found),
        "Calibration on generated parties: pairs with p in [.05, .95], ten bins of one size": (
            [calibration(generated)] if generated else []
        ),
    }
    for title, lines in sections.items():
        if lines:
            print(f"\n{title}", *lines, sep="\n")
    sys.exit(any(one.tool == "ours" and one.failure for one in found))


if __name__ == "__main__":
    main()
