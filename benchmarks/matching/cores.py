"""What ``dedupe`` takes on one core and on all of them: wall and CPU seconds and memory, beside another checkout.

Usage: ``python -m benchmarks.matching.cores [COUNT] [--rounds N] [--beside CHECKOUT]``. The commands take turns, so that
what else the machine does meets all of them; of each the least is shown. Wall time says something on an idle machine only.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import pyarrow.csv as pc_csv

from benchmarks.matching.generated.parties import CACHE, party_exam
from benchmarks.matching.generated.writing import COLUMNS
from benchmarks.measured import OWN_CHECKOUT, Measured, measured

_CORES = "INTEGRATION_AUDIT_CORES"


def on_cores(source: Path, folder: Path, package: Path, cores: str) -> Measured:
    """Return what a run of ``dedupe`` takes.

    Parameters
    ----------
    source
        A CSV file of records.
    folder
        Where its files are written; not there yet.
    package
        The checkout whose package runs.
    cores
        How many may work; empty for all.

    Raises
    ------
    RuntimeError
        The command failed; the message is what it printed.
    """
    os.environ[_CORES] = cores
    try:
        # Where the file is: a checkout in the current folder would be found before ``package``.
        run = measured(
            [sys.executable, "-m", "toolkit", "dedupe", source, "--out", folder], folder=source.parent, package=package
        )
    finally:
        del os.environ[_CORES]
    if run.exit_code:
        raise RuntimeError(run.output)
    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--beside", type=Path, help="another checkout")
    parser.add_argument("--folder", type=Path, default=CACHE, help="where generated parties are kept")
    asked = parser.parse_args()
    ways = {"one core": (OWN_CHECKOUT, "1"), "all cores": (OWN_CHECKOUT, "")}
    if asked.beside:
        ways = {"beside": (asked.beside.resolve(), ""), **ways}
    runs: dict[str, list[Measured]] = {way: [] for way in ways}
    exam = party_exam(asked.count, 1, asked.folder)
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "parties.csv"
        pc_csv.write_csv(exam.table.select(["record_key", *COLUMNS]), source)
        for number in range(asked.rounds):
            for place, (way, (package, cores)) in enumerate(ways.items()):
                runs[way].append(on_cores(source, Path(name) / f"out-{number}-{place}", package, cores))
    first = next(iter(runs.values()))
    print(f"{asked.count:,} parties{'':20} {'wall s':>8} {'CPU s':>8} {'peak MB':>8} {'wall':>7} {'CPU':>7}")
    for way, own in runs.items():
        wall, cpu = (min(getattr(run, name) for run in own) for name in ("wall_s", "cpu_s"))
        before = [min(getattr(run, name) for run in first) for name in ("wall_s", "cpu_s")]
        peak = max(run.peak_mb for run in own)
        print(f"{way:30} {wall:8.2f} {cpu:8.2f} {peak:8.0f} {wall / before[0]:7.2f} {cpu / before[1]:7.2f}")


if __name__ == "__main__":
    main()
