"""A room's modules and the tests that speak of it: ``tests/unit/<room>``, and the laws and contracts that import it."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from benchmarks.mutants.equivalents import listed_equivalents
from benchmarks.mutants.sites import Mutant, mutants_of
from benchmarks.mutants.trial import ROOT, Measures

# Half of the limit, so that tests which are stopped take at least twice what they take without a fault.
_SHARE_OF_LIMIT = 0.5
_QUICK_S = 0.05


@dataclass(frozen=True, slots=True)
class RoomTests:
    """What the tests of a room take and run."""

    measures: Measures

    def has_seen(self, mutant: Mutant) -> bool:
        """Return whether the line was seen to run, if only when its module was loaded."""
        lines = self.measures["by_file"].get(mutant.file, {})
        return any(str(line) in lines for line in range(mutant.lines[0], mutant.lines[1] + 1))

    def of(self, mutant: Mutant, *, max_cpu_s: float) -> list[str]:
        """Return the tests that run the line, the module's own file first, then the quickest.

        What runs at import time, as a number of a rule does, may be read by any test of the room: those of the module come
        before others that take long. Beside a cache every test of the module counts as one that runs the line, also where
        no test was seen to run it: what another library's thread runs is not seen.
        """
        cpu_s = self.measures["cpu_s"]
        names = list(cpu_s)
        lines = self.measures["by_file"].get(mutant.file, {})
        ran = [lines[str(line)] for line in range(mutant.lines[0], mutant.lines[1] + 1) if str(line) in lines]
        here = {names[test] for tests in ran for test in tests}
        near = here or {names[test] for tests in lines.values() for test in tests}
        if ran and not here:
            here = set(names)
        elif mutant.is_beside_cache or not self.has_seen(mutant):
            here = near = {names[test] for tests in lines.values() for test in tests}
        mirror = f"test_{Path(mutant.file).stem}.py"
        ranked = sorted(
            here, key=lambda test: (mirror not in test, test not in near and cpu_s[test] > _QUICK_S, cpu_s[test], test)
        )
        chosen, spent = [], 0.0
        for test in ranked:
            spent += cpu_s[test]
            if spent > max_cpu_s * _SHARE_OF_LIMIT and chosen:
                break
            chosen.append(test)
        return chosen


def test_paths(room: str) -> list[str]:
    """Return the tests of a room: a folder of ``toolkit/``, or one within it such as ``match/comparisons``."""
    top = Path(room).parts[0]
    folder = ROOT / "tests" / "unit" / top
    around = sorted([*(ROOT / "tests" / "properties").glob("test_*.py"), *(ROOT / "tests" / "contract").glob("test_*.py")])
    speaking = [one for one in around if f"toolkit.{top}" in one.read_text(encoding="utf-8")]
    return [str(one.relative_to(ROOT)) for one in [folder, *speaking]]


def _modules(room: str) -> list[Path]:
    """Return the modules of a room; a room may be a single one, such as ``store/journal``."""
    place = ROOT / "toolkit" / room
    single = place.with_suffix(".py")
    return [single] if single.is_file() else sorted(place.rglob("*.py"))


def sampled_mutants(room: str, seed: int, count: int) -> tuple[list[Mutant], list[Mutant]]:
    """Return the sample of a room, without and with those listed as changing nothing.

    A mutant's place in the draw depends on the seed and on itself alone: code that is added elsewhere, or a file that moves,
    leaves the others of the sample as they are. A place in the text is drawn once at most.
    """
    drawn: dict[tuple[str, int, int], tuple[str, Mutant]] = {}
    for path in _modules(room):
        file = str(path.relative_to(ROOT))
        seen: dict[tuple[str, ...], int] = {}
        for mutant in mutants_of(path.read_text(encoding="utf-8"), file):
            seen[mutant.key] = seen.get(mutant.key, 0) + 1
            rank = sha256(repr((seed, mutant.key, seen[mutant.key])).encode()).hexdigest()
            place = (file, mutant.start, mutant.end)
            drawn[place] = min(drawn.get(place, (rank, mutant)), (rank, mutant), key=lambda one: one[0])
    chosen = [mutant for _, mutant in sorted(drawn.values(), key=lambda one: one[0])[:count]]
    equivalent = listed_equivalents()
    return [one for one in chosen if one.key not in equivalent], [one for one in chosen if one.key in equivalent]
