"""Every exam, ours beside the peers, in one table: ``python -m benchmarks.matching.run [--small|--all] [--peers]``.

Ours is the ``dedupe`` command as a new user types it (``commanded.py``): CSV files with all their columns in, no setting,
CSV files out; CPU, wall time and memory are those of the whole command, while those of a peer are of matching alone. Scores
are end to end: a pair never looked at is a miss. ``--against DIR`` answers with another checkout as well, in the same run.
``--inside`` asks the functions of the package instead of the command, for who looks for where the time goes.

Without an option 10,000 and 100,000 generated parties and all other exams for tuning are run; ``--small`` leaves out
100,000, ``--all`` adds 1,000,000. With ``--peers`` the other tools answer too: all of them up to 10,000 records, splink on
everything (with lean rules at a million); ``--peers splink`` asks that one alone. ``--judging`` runs what nothing is tuned
on: the suppliers and the contacts, the public sets that were set aside, and seeds of their own of the other exams.
"""

import argparse
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.matching.commanded import commanded
from benchmarks.matching.contacts.exam import contact_exam
from benchmarks.matching.crm.exam import EXPORTS, crm
from benchmarks.matching.exam import Exam
from benchmarks.matching.generated.papers import papers
from benchmarks.matching.generated.parties import CACHE, party_exam
from benchmarks.matching.generated.persons import persons
from benchmarks.matching.generated.products import products
from benchmarks.matching.generated.small import small_parties
from benchmarks.matching.labelled import labelled_exams
from benchmarks.matching.names_alone import names_alone, shown_names
from benchmarks.matching.peers.running import PEERS, peer, peers_python
from benchmarks.matching.public.exams import public_exams
from benchmarks.matching.public.sets import for_tuning, judging
from benchmarks.matching.report import HEAD, Answered, calibration, ours, shown_precision
from benchmarks.matching.suppliers.exam import supplier_exam
from benchmarks.measured import OWN_CHECKOUT

_EVERY_PEER_COUNT = 12_000
_LEAN_COUNT = 500_000
_SMALL_RECALL = 0.85
JUDGING_SEEDS = (41, 42, 43)
TUNING_SEEDS = (11, 12)


def exams(sizes: Iterable[int], seeds: Iterable[int], folder: Path) -> Iterator[Exam]:
    """Yield the exams that may be tuned on, others' first, then the generated ones by size."""
    seeds = tuple(seeds)
    yield from labelled_exams()
    yield from public_exams(for_tuning())
    yield from _small_exams(seeds, range(1, 41), range(1, 21))
    for size in sizes:
        for seed in seeds if size <= _EVERY_PEER_COUNT else seeds[:1]:
            yield party_exam(size, seed, folder)
            yield from (crm(size, seed, export) for export in EXPORTS if size <= _EVERY_PEER_COUNT)


def judging_exams(sizes: Iterable[int], folder: Path) -> Iterator[Exam]:
    """Yield the exams that judge once, at the end."""
    yield from labelled_exams()
    yield from public_exams(judging())
    yield from _small_exams(JUDGING_SEEDS, range(3_201, 3_241), range(3_101, 3_201))
    for size in sizes:
        for seed in JUDGING_SEEDS:
            if size <= 100_000:
                yield supplier_exam(size, seed)
                yield contact_exam(size, seed)
            yield party_exam(size, seed, folder)


def _small_exams(seeds: Iterable[int], tables: range, names: range) -> Iterator[Exam]:
    for seed in seeds:
        yield persons(10_000, seed)
        yield papers(2_500, seed)
        yield products(1_100, seed)
    yield small_parties(tables)
    yield names_alone(names)


def answers(exam: Exam, *, tools: Iterable[str], checkouts: Iterable[Path], is_inside: bool) -> Iterator[Answered]:
    """Yield our answer, those of other checkouts, then those of the peers that can be asked."""
    yield ours(exam) if is_inside else commanded(exam, package=OWN_CHECKOUT)
    for checkout in checkouts:
        yield commanded(exam, tool=checkout.resolve().name, package=checkout)
    if "part" in exam.table.column_names:
        return
    count = len(exam.truth)
    for tool in tools:
        if tool == "splink" or count <= _EVERY_PEER_COUNT:
            yield peer(exam, tool, *(["--lean"] if count >= _LEAN_COUNT else []))


def ratios(found: list[Answered]) -> list[str]:
    """Return how often each other answer takes our CPU time and memory, and by how much our F1 is higher, per exam."""
    own = {one.exam.name: one for one in found if one.tool == "ours" and not one.failure}
    lines = []
    for other in found:
        one = own.get(other.exam.name)
        if one is None or other.tool == "ours" or other.failure:
            continue
        lines.append(
            f"{one.exam.name:38} {other.tool:14} CPU {other.cpu_s / one.cpu_s:6.2f} x, "
            f"wall {other.wall_s / one.wall_s:6.2f} x, memory {other.peak_mb / one.peak_mb:5.2f} x, "
            f"F1 {one.pairs.f1 - other.pairs.f1:+.4f}"
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
    """Return what the raw rapidfuzz calls took of our CPU time, where the answer was asked for inside."""
    return [
        f"{one.exam.name:38} {one.spent['raw_count']:12,.0f} pairs scored in {one.spent['raw_cpu_s']:6.2f} s of "
        f"{one.cpu_s:7.2f} s: {one.spent['raw_cpu_s'] / one.cpu_s:6.1%}"
        for one in found
        if "raw_count" in one.spent
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="generated data of 10,000 records only")
    parser.add_argument("--all", action="store_true", help="generated parties of 1,000,000 records too")
    parser.add_argument("--judging", action="store_true", help="what nothing is tuned on, once, at the end")
    parser.add_argument("--peers", nargs="*", choices=[*PEERS], help="run the other tools beside ours, all or those named")
    parser.add_argument(
        "--against", type=Path, action="append", default=[], metavar="DIR", help="another checkout to answer"
    )
    parser.add_argument("--inside", action="store_true", help="ask the package instead of the command")
    parser.add_argument("--only", action="append", default=[], help="only exams whose name contains this; may be repeated")
    parser.add_argument("--seeds", type=int, nargs="+", default=TUNING_SEEDS, help="seeds of generated data, for tuning")
    parser.add_argument("--folder", type=Path, default=CACHE, help="where generated parties are kept")
    asked = parser.parse_args()
    tools = [] if asked.peers is None else asked.peers or [*PEERS]
    if tools:
        peers_python()
    if set(asked.seeds) & set(JUDGING_SEEDS):
        parser.error(f"Seeds {JUDGING_SEEDS} judge at the end: --judging.")
    sizes = [10_000] + ([] if asked.small else [100_000]) + ([1_000_000] if asked.all else [])
    chosen = judging_exams(sizes, asked.folder) if asked.judging else exams(sizes, asked.seeds, asked.folder)
    found: list[Answered] = []
    print(HEAD, flush=True)
    for exam in chosen:
        if asked.only and not any(part in exam.name for part in asked.only):
            continue
        for one in answers(exam, tools=tools, checkouts=asked.against, is_inside=asked.inside):
            found.append(one)
            print(one.row(), flush=True)
    _show_sections(found)
    sys.exit(any(one.tool == "ours" and one.failure for one in found))


def _show_sections(found: list[Answered]) -> None:
    generated = [one for one in found if one.tool == "ours" and one.exam.name.startswith("parties") and not one.failure]
    sections = {
        "The others against ours": ratios(found),
        "Names alone": [shown_names(one) for one in found if one.exam.name.startswith("names alone") and not one.failure],
        "Small tables, pooled": [
            shown_precision(one, _SMALL_RECALL) for one in found if one.exam.name.startswith("60 ") and not one.failure
        ],
        "Growth of our CPU time": growth(found),
        "The limit: raw rapidfuzz calls inside our CPU time": limits(found),
        "Calibration on generated parties: pairs with p in [.05, .95], ten bins of one size": (
            [calibration(generated)] if generated else []
        ),
    }
    for title, lines in sections.items():
        if lines:
            print(f"\n{title}", *lines, sep="\n")


if __name__ == "__main__":
    main()
