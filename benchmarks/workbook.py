"""CPU seconds of writing ``work_through.xlsx`` and ``review.xlsx``: for the sample client, and with 100,000 rows a sheet.

Run ``python benchmarks/workbook.py [--rows N] [--beside FOLDER]``. The tables are those of an audit of the sample client and
of ``dedupe`` over its companies, repeated until every sheet has its rows. With the checkout of another version in ``FOLDER``
that one audits and writes the same client, and the share of its CPU is printed. A first small workbook, which pays the
imports, is not counted.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

HERE = Path(__file__).resolve().parents[1]
ROWS = 100_000
KEYS = ("record_key", "key_l", "key_r", "cluster_id", "figure_id")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of each sheet of the large workbooks")
    parser.add_argument("--beside", type=Path, help="checkout of the version to compare with")
    parser.add_argument("--client", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.client:
        print(json.dumps(seconds(given.client, given.rows)))
        return
    with tempfile.TemporaryDirectory() as name:
        found = []
        for tree in (HERE, *([given.beside.resolve()] if given.beside else [])):
            # A version reads only the runs that it made.
            client = Path(name) / f"by-{len(found)}" / "client"
            client.parent.mkdir()
            answer(tree, ["-m", "toolkit", "demo", str(client)])
            command = [str(Path(__file__).resolve()), "--rows", str(given.rows), "--client", str(client)]
            found.append(json.loads(answer(tree, command)))
    for label, own in found[0].items():
        others = "".join(f"  {one[label]:8.2f} s beside, share {own / one[label]:.2f}" for one in found[1:])
        print(f"{label:<38}{own:8.2f} s{others}")


def answer(tree: Path, command: list[str]) -> str:
    """Return what a Python of its own prints, with the package of ``tree``."""
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    done = subprocess.run(
        [sys.executable, *command], cwd=tree, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def seconds(client: Path, rows: int) -> dict[str, float]:
    """Return CPU seconds by what was written."""
    from toolkit.audit.dedupe.matched_tables import matched_tables
    from toolkit.report import run_tables, write_review_workbook
    from toolkit.report.dedupe_workbook import write_dedupe_workbook

    run = run_tables(client)
    companies = run.table("party").select(["record_key", "name", "email", "phone", "street", "city", "postcode"])
    found = matched_tables({"companies.csv": companies})
    many = replace(run, tables={name: repeated(table, rows) for name, table in run.tables.items()})
    pairs = found.matching.pairs
    larger = replace(
        found,
        clusters=repeated(found.clusters, rows, ()),
        matching=replace(
            found.matching,
            pairs=pa.concat_tables(
                repeated(pairs.filter(pc.equal(pairs["decision"], one)), rows, ()) for one in ("review", "same")
            ),
        ),
    )
    out = client.parent
    write_review_workbook(out / "first.xlsx", run, max_rows=1)
    write_dedupe_workbook(out / "first.xlsx", found, max_rows=1)
    return {
        "work_through.xlsx, sample client": cpu_s(lambda: write_review_workbook(out / "a.xlsx", run)),
        "review.xlsx, sample client": cpu_s(lambda: write_dedupe_workbook(out / "a.xlsx", found)),
        f"work_through.xlsx, {rows:,} rows": cpu_s(lambda: write_review_workbook(out / "a.xlsx", many, max_rows=rows)),
        f"review.xlsx, {rows:,} rows": cpu_s(lambda: write_dedupe_workbook(out / "a.xlsx", larger, max_rows=rows)),
    }


def repeated(table: pa.Table, rows: int, keys: tuple[str, ...] = KEYS) -> pa.Table:
    """Return a table with at least ``rows`` rows, if it has any; a repeated row has keys of its own."""
    parts = [table]
    for number in range(1, -(-rows // table.num_rows) if table.num_rows else 1):
        part = table
        for place, name in enumerate(table.column_names):
            if name in keys:
                own = pc.binary_join_element_wise(table[name].cast(pa.string()), str(number), "~")
                part = part.set_column(place, name, own.cast(table.schema.field(name).type))
        parts.append(part)
    return pa.concat_tables(parts).combine_chunks()


def cpu_s(write: Callable[[], object]) -> float:
    began = time.process_time()
    write()
    return time.process_time() - began


if __name__ == "__main__":
    main()
