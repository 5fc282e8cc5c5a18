"""CPU time and peak memory of reading a CSV file of 1,000,000 rows and 20 columns (about 240 MB) into a raw table.

Run ``python benchmarks/read_million_rows.py [ROWS]``. The file is made in a temporary folder and removed afterwards; the
reading runs in a process of its own, so that making the file counts for nothing.
"""

import argparse
import multiprocessing
import random
import resource
import tempfile
import time
from pathlib import Path

COLUMNS = ("Invoice", "Customer", "E-mail", "Date", "Amount", "Street", "City", "Note", *(f"Field {n}" for n in range(12)))


def write_file(path: Path, row_count: int) -> None:
    """Write a file of invoices: some cells empty, some quoted with commas and line breaks."""
    rng = random.Random(20261120)
    notes = ("", "paid", '"late, twice"', '"two\nlines"', "called")
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(COLUMNS) + "\n")
        for number in range(row_count):
            fields = ",".join(str(rng.randrange(10**9)) for _ in range(12))
            out.write(
                f"INV-{number:07},Customer {number % 5000} Ltd,billing{number % 5000}@customer.example,"
                f"2026-{number % 12 + 1:02}-{number % 28 + 1:02},{number % 100_000 / 100:.2f},"
                f"{number % 900} Long Street North,Town of {number % 300},{notes[number % 5]},{fields}\n"
            )


def read_file(path: Path) -> None:
    """Read the file and print what it took."""
    from toolkit.files.read import raw_tables

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wall, cpu = time.perf_counter(), time.process_time()
    [table] = raw_tables(path, root=path.parent)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{table.rows.num_rows:,} rows x {len(table.headers)} columns, {path.stat().st_size / 1e6:,.0f} MB")
    print(f"CPU {cpu:.2f} s, wall {wall:.2f} s, peak RSS {peak:,.0f} MB ({before:,.0f} MB of them before reading)")


def main() -> None:
    """Make the file, read it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    row_count = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "invoices.csv"
        write_file(path, row_count)
        reader = multiprocessing.get_context("spawn").Process(target=read_file, args=(path,))
        reader.start()
        reader.join()


if __name__ == "__main__":
    main()
