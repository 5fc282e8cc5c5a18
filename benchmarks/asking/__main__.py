"""Pulls a list of many pages from loopback in every way, and prints CPU seconds (of the work alone, too) and peak memory.

    python -m benchmarks.asking [--pages 1000] [--size 100] [--dlt PYTHON] [--rounds 3]

``--dlt`` names the Python of an environment that has ``dlt[parquet]``; without it, that way is left out. Every way runs in a
process of its own, in turn, and its best round counts. The server's work is in none of them.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def measured(command: list[str], folder: Path) -> tuple[float, float, float, str]:
    """Return CPU seconds, seconds and peak megabytes of a command, and what it printed."""
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "HOME": str(folder)})
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1024, said.strip()


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--dlt", default="")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    others = str(ROOT / "benchmarks" / "asking" / "others.py")
    ways = {
        "httpx and json, nothing kept": [sys.executable, others, "bare"],
        "ours, durable raw pages": [sys.executable, "-m", "benchmarks.asking.ours", "pages"],
        "ours, snapshot": [sys.executable, "-m", "benchmarks.asking.ours", "snapshot"],
    }
    if given.dlt:
        ways["dlt, Parquet"] = [given.dlt, others, "dlt"]
    best: dict[str, tuple[float, float, float, str]] = {}
    server = [sys.executable, "-m", "benchmarks.asking.server", str(given.pages), str(given.size)]
    with (
        tempfile.TemporaryDirectory() as home,
        subprocess.Popen(server, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as serving,
    ):
        assert serving.stdout is not None
        assert serving.stdin is not None
        url = serving.stdout.readline().strip()
        for number in range(given.rounds):
            for name, command in ways.items():
                folder = Path(home) / f"{number}-{name[:4]}{len(name)}"
                found = measured([*command, url, str(folder)], Path(home))
                best[name] = min(found, best.get(name, found))
        serving.stdin.close()
    print(f"{given.pages:,} pages of {given.size} records")
    for name, (cpu_s, wall_s, peak_mb, said) in best.items():
        count, work_s = said.split()
        print(
            f"{name:30} {cpu_s:6.2f} s CPU, {float(work_s):6.2f} s after start-up {wall_s:7.2f} s {peak_mb:6.0f} MB  "
            f"{int(count):,} records"
        )


if __name__ == "__main__":
    main()
