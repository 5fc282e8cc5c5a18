"""CPU time and memory of a whole audit, first and again, beside another build: every goal of the engagement in one table.

``python -m benchmarks.engagement [--beside FOLDER] [--rows NAME,…] [--times N]``. ``FOLDER`` is the checkout of another
build; both are run in turn as a user runs them, by the command line, in processes of their own. CPU is user and system time
of a command and of all that it starts, memory what these processes hold together at the worst moment; a line is the median
of its runs. Rows: ``sample`` (first audit of the sample client), ``second`` (the same again), ``one_row`` (again with one
more company), ``tiny`` (a client's file of one row), ``x16`` and ``x64`` (the sample client so many times), ``documents``
and ``million`` (three systems of 320,000 and 1,000,000 documents each). Without ``--rows`` those that take seconds.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.large_client import write_copies, write_documents
from benchmarks.measured import OWN_CHECKOUT, Measured, measured

SAMPLE = OWN_CHECKOUT / "sample_data" / "harbor-pine"
SMALL = ("sample", "second", "one_row", "tiny")
_COMPANIES = "exports/crm/hubspot-crm-exports-all-companies-2026-10-05.csv"
_NEW_COMPANY = (
    "20300400500,Larkspur Bindery LLC,larkspur-bindery.example,Tasha Greenwood,2026-10-01 09:12,3125550198,2026-10-04,"
    "Chicago,United States,PRINTING,larkspur-bindery.example,118 North Wells Street,IL,60606,Lead,2026-10-04 09:12\n"
)
_ONE_ROW = "Company ID,Company name,Phone,City,Created\n1,Larkspur Bindery LLC,312-555-0198,Chicago,2026-10-01\n"
_ELSEWHERE = """
Other goals have a benchmark of their own:
  python -m benchmarks.quality --package FOLDER   quality by the number of rows       at most 11 times for 10 times the rows
  python -m benchmarks.workbook --beside FOLDER   cells of the workbooks              .25 of the CPU
  python -m benchmarks.pull --polars PYTHON       pull beside polars                  4 times for CSV, 4.5 for JSON lines
  python -m benchmarks.simulation 30 20000        trials of 30 handoffs               .5 of the CPU, .25 of the memory
  python -m benchmarks.mutants --seed 8           seeded faults that the tests kill   .9"""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: of this build, of the build beside where there is one, and the share of it that is asked for."""

    what: str
    ours: float
    beside: float | None
    unit: str
    goal: float | None = None

    def __str__(self) -> str:
        beside = "" if self.beside is None else f"{self.beside:,.2f} {self.unit}"
        share = "" if not self.beside else f"{self.ours / self.beside:.2f}"
        goal = "" if self.goal is None else f"{self.goal:.2f}"
        return f"{self.what:<58}{f'{self.ours:,.2f} {self.unit}':>14}{beside:>14}{share:>8}{goal:>7}"


@dataclass(frozen=True, slots=True)
class Whole:
    """A generated engagement, the shares of CPU and memory asked for, and how many times it is audited."""

    what: str
    write: Callable[[Path], None]
    cpu_goal: float
    memory_goal: float
    times: int = 1


HEAD = f"{'what':<58}{'this build':>14}{'beside':>14}{'share':>8}{'goal':>7}"
Runs = Mapping[Path, Sequence[Measured]]
"""What every build took, each of its times."""


def audited(folder: Path, package: Path) -> Measured:
    """Audit an engagement with the package of a checkout; how it ended is said when it ended without an audit."""
    # From the folder in which it is run Python takes a package before all others: never from a checkout.
    one = measured([sys.executable, "-m", "toolkit", "audit", folder], folder=folder.parent, package=package)
    if one.exit_code not in {0, 4}:
        print(f"audit of {folder.name} by {package} ended with {one.exit_code}:\n{one.output[-600:]}", flush=True)
    return one


def sample_lines(builds: Sequence[Path], work: Path, times: int, rows: Sequence[str]) -> list[str]:
    """Return the figures of the sample client: audited first, again with nothing changed, again with one company more."""
    first, second, changed = ({one: [] for one in builds} for _ in range(3))
    again = ""
    for number in range(times):
        for build in builds:
            folder = work / f"sample-{number}-{builds.index(build)}"
            shutil.copytree(SAMPLE, folder, copy_function=shutil.copyfile)
            first[build].append(audited(folder, build))
            if "second" in rows:
                second[build].append(audited(folder, build))
            if "one_row" in rows:
                before = _stage_keys(folder)
                with (folder / _COMPANIES).open("a", encoding="utf-8", newline="") as lines:
                    lines.write(_NEW_COMPANY)
                changed[build].append(audited(folder, build))
                again = again or _ran_again(before, _stage_keys(folder))
            shutil.rmtree(folder)
    lines = []
    if "sample" in rows:
        lines.append(_line("first audit of the sample client, CPU", first, first, _cpu_s, 0.6))
        lines.append(_line("first audit of the sample client, wall", first, first, _wall_s, 0.5))
    if "second" in rows:
        lines.append(_line("nothing changed, of the first audit beside", second, first, _cpu_s, 0.15))
        lines.append(_line("nothing changed, of the same beside", second, second, _cpu_s))
    if "one_row" in rows:
        lines.append(_line("one row of one file changed, of the first audit beside", changed, first, _cpu_s, 0.35))
        lines.append(_line("one row of one file changed, of the same beside", changed, changed, _cpu_s))
    return [*map(str, lines), *([f"  stages that ran again for it: {again}"] if "one_row" in rows else [])]


def whole_lines(row: Whole, builds: Sequence[Path], work: Path, times: int) -> list[str]:
    """Return CPU and memory of the first audit of a generated engagement."""
    made = work / "made"
    row.write(made)
    runs: dict[Path, list[Measured]] = {one: [] for one in builds}
    for _ in range(times):
        for build in builds:
            folder = work / "audited"
            shutil.copytree(made, folder, copy_function=shutil.copyfile)
            runs[build].append(audited(folder, build))
            shutil.rmtree(folder)
    shutil.rmtree(made)
    return [
        str(_line(f"{row.what}, CPU", runs, runs, _cpu_s, row.cpu_goal)),
        str(_line(f"{row.what}, memory", runs, runs, _peak_mb, row.memory_goal, unit="MB")),
    ]


def _write_one_row(folder: Path) -> None:
    path = folder / "exports" / "crm" / "companies.csv"
    path.parent.mkdir(parents=True)
    path.write_text(_ONE_ROW, encoding="utf-8")


WHOLE: Mapping[str, Whole] = {
    "tiny": Whole("a client's file of one row", _write_one_row, 0.4, 0.75, times=3),
    "x16": Whole("16 times the sample client", lambda folder: write_copies(folder, 16), 0.5, 0.65),
    "x64": Whole("64 times the sample client", lambda folder: write_copies(folder, 64), 0.5, 0.5),
    "documents": Whole("3 x 320,000 documents", lambda folder: write_documents(folder, 320_000), 0.35, 0.4),
    "million": Whole("3 x 1,000,000 documents", lambda folder: write_documents(folder, 1_000_000), 0.37, 0.4),
}


def _line(
    what: str, ours: Runs, beside: Runs, of: Callable[[Measured], float], goal: float | None = None, *, unit: str = "s"
) -> Line:
    own, *others = ours
    other = median(map(of, beside[others[0]])) if others else None
    return Line(what, median(map(of, ours[own])), other, unit, goal)


def _cpu_s(one: Measured) -> float:
    return one.cpu_s


def _wall_s(one: Measured) -> float:
    return one.wall_s


def _peak_mb(one: Measured) -> float:
    return one.peak_mb


def _stage_keys(folder: Path) -> dict[str, str]:
    """Return what each stage of the latest run rests on; nothing of a build that does not keep it."""
    latest = (folder / "results" / "latest").read_text(encoding="utf-8").strip()
    facts = json.loads((folder / "results" / latest / "run.json").read_text(encoding="utf-8"))
    return dict(facts.get("stage_keys", {}))


def _ran_again(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    again = [name for name, key in after.items() if before.get(name) != key]
    kept = [name for name in after if name not in again]
    return f"{', '.join(again) or 'none'}; taken over: {', '.join(kept) or 'none'}"


def main() -> None:
    """Print the table for the rows that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--beside", type=Path, metavar="FOLDER", help="checkout of another build")
    parser.add_argument("--rows", default=",".join(SMALL), help="names of rows, with commas between")
    parser.add_argument("--times", type=int, help="how often each is run (3; the large ones once)")
    options = parser.parse_args()
    rows = options.rows.split(",")
    unknown = set(rows) - {*SMALL, *WHOLE}
    if unknown:
        parser.error(f"no row {', '.join(sorted(unknown))}; rows: {', '.join(dict.fromkeys((*SMALL, *WHOLE)))}")
    builds = [OWN_CHECKOUT, *([options.beside.resolve()] if options.beside else [])]
    for build in builds:
        # Reading sources for the first time is no part of an audit.
        subprocess.run([sys.executable, "-m", "compileall", "-q", build / "toolkit"], check=False)
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory() as name:
        if set(rows) & {"sample", "second", "one_row"}:
            print(*sample_lines(builds, Path(name), options.times or 3, rows), sep="\n", flush=True)
        for row in (one for one in WHOLE if one in rows):
            times = options.times or WHOLE[row].times
            print(*whole_lines(WHOLE[row], builds, Path(name), times), sep="\n", flush=True)
    print(_ELSEWHERE)


if __name__ == "__main__":
    main()
