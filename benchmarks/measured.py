"""What a command takes: wall time, CPU time and memory of it and of every process that it starts."""

import os
import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

OWN_CHECKOUT = Path(__file__).resolve().parents[1]
_PAUSE_S = 0.05


@dataclass(frozen=True, slots=True)
class Measured:
    """One run; ``peak_mb`` adds the resident memory of all processes at one moment, shared pages several times."""

    exit_code: int
    wall_s: float
    cpu_s: float
    peak_mb: float
    largest_mb: float
    output: str

    def row(self, label: str) -> str:
        """Return the run as a line of a table."""
        return (
            f"{label:<34}{self.wall_s:>9.2f} s{self.cpu_s:>9.2f} s{self.peak_mb:>10,.0f} MB{self.largest_mb:>10,.0f} MB"
            f"{self.exit_code:>7}"
        )


HEAD = f"{'what':<34}{'wall':>11}{'CPU':>11}{'peak tree':>13}{'largest':>13}{'exit':>7}"


def measured(command: Sequence[str | Path], *, folder: Path | None = None, package: Path = OWN_CHECKOUT) -> Measured:
    """Run ``command`` and return what it took; processes that nobody waited for count with their memory only.

    Parameters
    ----------
    command
        What a user types, word by word.
    folder
        Where it is run; here without.
    package
        The checkout whose package runs.
    """
    environment = {**os.environ, "PYTHONPATH": str(package)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(
        [str(one) for one in command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    peak = 0
    while True:
        peak = max(peak, _tree_bytes(process.pid))
        try:
            output, _ = process.communicate(timeout=_PAUSE_S)
            break
        except subprocess.TimeoutExpired:
            continue
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # Kept since the first run of this process: the largest of all runs until now.
    largest = after.ru_maxrss / 1024
    return Measured(process.returncode, wall, cpu, peak / 2**20, largest, output)


def _tree_bytes(pid: int) -> int:
    try:
        root = psutil.Process(pid)
        processes = [root, *root.children(recursive=True)]
    except psutil.Error:
        return 0
    total = 0
    for one in processes:
        try:
            total += one.memory_info().rss
        except psutil.Error:
            continue
    return total
