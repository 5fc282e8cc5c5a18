"""``python -m benchmarks.clients [--clients 200] [--spoilt 20] [--seed 1001] [--jobs 1]``: prints the table of the proof."""

import argparse
import sys

from benchmarks.clients.proof import Pool, clean, lines, spoil
from benchmarks.clients.spoiling import WAYS


def main() -> None:
    """Draw, audit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200, help="clean clients")
    parser.add_argument("--spoilt", type=int, default=20, help="spoiled clients of each kind")
    parser.add_argument("--kinds", default=",".join(WAYS), help="ways to spoil, with commas")
    parser.add_argument("--seed", type=int, default=1001)
    parser.add_argument("--first", type=int, default=0, help="number of the first client")
    parser.add_argument("--jobs", type=int, default=1, help="so many clients, or kinds of spoiling, at once")
    parser.add_argument("--misses", type=int, default=0, help="also print so many cases of each kind that went wrong")
    parser.add_argument("--quiet", action="store_true", help="say nothing of single clients")
    given = parser.parse_args()
    pool = Pool()

    def say(text: str) -> None:
        if not given.quiet:
            print(text, file=sys.stderr, flush=True)

    clean(given.seed, range(given.first, given.first + given.clients), pool, say, jobs=given.jobs)
    spoil(given.seed, given.spoilt, given.kinds.split(","), pool, say, jobs=given.jobs)
    print("\n".join(lines(pool)))
    if given.misses:
        print("\n".join(_misses(pool, given.misses)))


def _misses(pool: Pool, count: int) -> list[str]:
    """Return cases that went wrong, by kind, to be looked at."""
    missed = [one for one in pool.intervals if not one.is_inside]
    found = []
    for kind in dict.fromkeys(one.kind for one in missed):
        found += [str(one) for one in missed if one.kind == kind][:count]
    found += [str(one) for one in pool.volumes if one.shown != one.true][:count]
    found += [str(one) for one in pool.held][:count]
    false = [one for one in pool.findings if not one.is_true]
    for rule in dict.fromkeys(one.rule for one in false):
        found += [str(one) for one in false if one.rule == rule][:count]
    for kind in dict.fromkeys(one.kind for one in pool.outcomes):
        bad = [one for one in pool.outcomes if one.kind == kind and (one.alarms or not (one.is_named or one.is_harmless))]
        found += [str(one) for one in bad][:count]
    return found + pool.incomplete[:count]


if __name__ == "__main__":
    main()
