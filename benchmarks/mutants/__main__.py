"""Ask which faults the tests notice: ``python -m benchmarks.mutants --seed 8 --count 300``.

The count is shared evenly by the rooms. Each mutant runs the tests that run its line, those of its module's own test file
first, for at most ``--seconds`` of the processor; a mutant that no longer ends is noticed too.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.mutants.rooms import sampled_mutants
from benchmarks.mutants.running import Verdict, verdicts_of
from benchmarks.mutants.sites import Mutant

ROOMS = "match,roi,reconcile,quality,files,changes,plan,apply"
_SURVIVED = ("passed", "never run", "stood still")
_OUTCOMES = ("failed", "timed out", *_SURVIVED)
_REMARKS = {"never run": " (no test runs it)", "stood still": " (ended by the clock: says nothing)"}


def main() -> None:
    options = _options()
    rooms = options.rooms.split(",")
    counts = [options.count // len(rooms) + (place < options.count % len(rooms)) for place in range(len(rooms))]
    print(
        f"{'room':<20}{'made':>7}{'killed':>8}{'timed out':>11}{'survived':>10}{'equivalent':>12}{'killed of the rest':>20}"
    )
    survivors: list[Verdict] = []
    kept: list[str] = []
    for room, count in zip(rooms, counts, strict=True):
        began = time.perf_counter()
        mutants, equivalent = sampled_mutants(room, options.seed, count)
        if options.again:
            mutants = _kept(mutants, options.again)
        verdicts = []
        measured = options.measured / f"{room.replace('/', '-')}.json" if options.measured else None
        found = verdicts_of(
            room, mutants, seconds=options.seconds, jobs=options.jobs, measured=measured, chosen=options.tests.split()
        )
        for verdict in found:
            verdicts.append(verdict)
            if options.save and verdict[1] in _SURVIVED:
                kept.append(json.dumps({**asdict(verdict[0]), "outcome": verdict[1]}))
                options.save.write_text("\n".join(kept), encoding="utf-8")
            print(f"\r{room}: {len(verdicts)} of {len(mutants)}", end="\r", file=sys.stderr, flush=True)
        print(_row(room, verdicts, len(equivalent)), f"  {time.perf_counter() - began:>6.0f} s", flush=True)
        survivors += [one for one in verdicts if one[1] in _SURVIVED]
    print(f"\n{len(survivors)} survived:")
    for mutant, outcome in sorted(survivors, key=lambda one: (one[0].file, one[0].line)):
        remark = _REMARKS.get(outcome, "")
        print(f"{mutant.file}:{mutant.line}  {mutant.kind}{remark}\n    {mutant.before}\n    {mutant.after}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument(
        "--rooms", default=ROOMS, help="folders of toolkit/, with commas between; also match/comparisons, store/journal"
    )
    parser.add_argument("--tests", default="", help="files that are asked instead of the room's own, with spaces between")
    parser.add_argument("--seconds", type=int, default=60, help="of the processor, for one mutant")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--save", type=Path, help="keeps the survivors in this file")
    parser.add_argument("--again", type=Path, help="runs only the mutants of the sample that a saved file names")
    parser.add_argument("--measured", type=Path, help="keeps in this folder what tests take and run, while nothing changes")
    return parser.parse_args()


def _kept(mutants: Iterable[Mutant], saved: Path) -> list[Mutant]:
    named = [json.loads(line) for line in saved.read_text(encoding="utf-8").splitlines()]
    keys = {(Path(one["file"]).name, one["function"], one["before"], one["after"]) for one in named}
    return [one for one in mutants if one.key in keys]


def _row(room: str, verdicts: Sequence[Verdict], equivalent: int) -> str:
    counted = Counter(outcome for _, outcome in verdicts)
    failed, timed_out, *survived = (counted[one] for one in _OUTCOMES)
    share = f"{(failed + timed_out) / len(verdicts):.1%}" if verdicts else "-"
    made = len(verdicts) + equivalent
    return f"{room:<20}{made:>7}{failed + timed_out:>8}{timed_out:>11}{sum(survived):>10}{equivalent:>12}{share:>20}"


if __name__ == "__main__":
    main()
