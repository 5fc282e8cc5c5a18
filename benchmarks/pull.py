"""CPU time and peak memory of ``pull``, beside polars reading the same file as text and writing it as Parquet.

Run ``python -m benchmarks.pull [ROWS] [--polars PYTHON]``: a ledger of ROWS rows and 20 columns as CSV, and a tenth of it as
JSON lines. PYTHON is an interpreter that has polars, which is no dependency of ours; where there is none, its columns say
so. The files are made in a temporary folder and removed afterwards; what is measured runs in a process of its own: the
whole ``pull`` counts, from the start of the interpreter to the snapshot. Asked for: 4 times polars' CPU for CSV, 4.5 times
for JSON lines; 25 s and 1.5 GB for CSV.
"""

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measured import Measured, measured
from benchmarks.snapshot_million_rows import SETTINGS, write_engagement

_POLARS = """\
import json, sys
import polars
source, target = sys.argv[1:]
if source.endswith(".csv"):
    table = polars.read_csv(source, infer_schema=False)
else:
    with open(source, encoding="utf-8") as lines:
        names = list(json.loads(next(lines)))
    table = polars.read_ndjson(source, schema=dict.fromkeys(names, polars.String))
table.write_parquet(target)
"""
_NUMBERS = ("Net amount", "VAT amount")


def write_json_lines(folder: Path, source: Path) -> Path:
    """Write the CSV file ``source`` as an engagement with JSON lines: two columns of numbers, the others texts or null."""
    exports = folder / "exports" / "ledger"
    exports.mkdir(parents=True)
    (folder / "engagement.yaml").write_text(SETTINGS.replace("*.csv", "*.jsonl"), encoding="utf-8")
    target = exports / "bills.jsonl"
    with source.open(encoding="utf-8", newline="") as rows, target.open("w", encoding="utf-8") as out:
        for row in csv.DictReader(rows):
            values = {name: float(cell) if name in _NUMBERS else cell or None for name, cell in row.items()}
            out.write(json.dumps(values, ensure_ascii=False) + "\n")
    return target


def has_polars(python: str) -> bool:
    """Return whether an interpreter can load polars."""
    command = [python, "-c", "import polars"]
    return shutil.which(python) is not None and subprocess.run(command, capture_output=True, check=False).returncode == 0


def row(label: str, ours: Measured, theirs: Measured | None) -> str:
    """Return one file as a line of the table."""
    beside = "no polars here" if theirs is None else f"{theirs.cpu_s:>12.2f} s{ours.cpu_s / theirs.cpu_s:>9.1f} times"
    return f"{label:<32}{ours.cpu_s:>9.2f} s{ours.peak_mb:>8,.0f} MB   {beside}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--polars", default=sys.executable, metavar="PYTHON")
    arguments = parser.parse_args()
    can_compare = has_polars(arguments.polars)
    with tempfile.TemporaryDirectory() as name:
        wide, tenth, lines = (Path(name) / part for part in ("csv", "tenth", "lines"))
        for folder, count in ((wide, arguments.rows), (tenth, arguments.rows // 10)):
            folder.mkdir()
            write_engagement(folder, count)
        csv_file = wide / "exports" / "ledger" / "bills.csv"
        lines_file = write_json_lines(lines, tenth / "exports" / "ledger" / "bills.csv")
        print(f"{'file':<32}{'our CPU':>11}{'peak':>11}   {'polars CPU':>14}{'ratio':>15}")
        for folder, file, count in ((wide, csv_file, arguments.rows), (lines, lines_file, arguments.rows // 10)):
            beside = [arguments.polars, "-c", _POLARS, file, Path(name) / "polars.parquet"]
            theirs = measured(beside) if can_compare else None
            ours = measured([sys.executable, "-m", "toolkit", "pull", folder])
            print(row(f"{count:,} x 20 {file.suffix}, {file.stat().st_size / 1e6:,.0f} MB", ours, theirs))


if __name__ == "__main__":
    main()
