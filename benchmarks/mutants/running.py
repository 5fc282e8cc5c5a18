"""Gives each mutant to one of several processes, each with a copy of the checkout of its own."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.mutants.rooms import RoomTests, test_paths
from benchmarks.mutants.sites import Mutant
from benchmarks.mutants.trial import Measures, copied_checkout, first_failure, load_packages, measured_tests

Verdict = tuple[Mutant, str]

# The copy of the process that this module is loaded in.
_OWN: list[Path] = []


def verdicts_of(
    room: str,
    mutants: Sequence[Mutant],
    *,
    seconds: int,
    jobs: int,
    measured: Path | None = None,
    chosen: Sequence[str] = (),
) -> Iterator[Verdict]:
    """Yield each mutant with what the tests of its room said: as ``first_failure`` does, or ``never run``.

    Parameters
    ----------
    room
        A folder of ``toolkit/``.
    mutants
        Faults of its modules.
    seconds
        Of the processor, that the tests may take for one mutant.
    jobs
        Processes, each with a copy of the checkout.
    measured
        A file that keeps what the tests take and run, and is read where it is there: for code and tests that are as they
        were.
    chosen
        Test files that are asked instead of those of the room.
    """
    context = get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        with ProcessPoolExecutor(1, mp_context=context, initializer=load_packages) as pool:
            first = pool.submit(copied_checkout, Path(folder, "first")).result()
            if measured is None or not measured.is_file():
                measures = pool.submit(_measures, first, room, chosen or test_paths(room)).result()
            else:
                measures = json.loads(measured.read_text(encoding="utf-8"))
            tests = RoomTests(measures)
        if measured is not None:
            measured.write_text(json.dumps(measures), encoding="utf-8")
        with ProcessPoolExecutor(jobs, mp_context=context, initializer=_prepare, initargs=(first,)) as pool:
            wanted = [tests.of(mutant, max_cpu_s=seconds) for mutant in mutants]
            outcomes = pool.map(_outcome, mutants, wanted, [seconds] * len(mutants))
            for mutant, outcome in zip(mutants, outcomes, strict=True):
                yield mutant, "never run" if outcome == "passed" and not tests.has_seen(mutant) else outcome


def _measures(copy: Path, room: str, tests: Sequence[str]) -> Measures:
    # Coverage watches folders: of a single module the one that it is in.
    place = Path("toolkit", room)
    return measured_tests(copy, tests, [str(place if (copy / place).is_dir() else place.parent)])


def _prepare(first: Path) -> None:
    load_packages()
    own = Path(tempfile.mkdtemp(dir=first.parents[1]))
    # With the modules that the first run compiled.
    shutil.copytree(first, own / "checkout")
    if (shared := first.parent / "shared").exists():
        (own / "shared").symlink_to(shared.resolve())
    _OWN.append(own / "checkout")


def _outcome(mutant: Mutant, tests: Sequence[str], seconds: int) -> str:
    if not tests:
        return "never run"
    file = _OWN[0] / mutant.file
    whole = file.read_text(encoding="utf-8")
    was = file.stat()
    file.write_text(mutant.applied(whole), encoding="utf-8")
    try:
        return first_failure(_OWN[0], tests, max_cpu_s=seconds)
    finally:
        # With its old time, by which Python finds what it compiled.
        file.write_text(whole, encoding="utf-8")
        os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
