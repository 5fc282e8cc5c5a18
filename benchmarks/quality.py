"""CPU seconds and peak memory of the checks of data quality, by the number of rows.

Run ``python benchmarks/quality.py [ROWS ...] [--package FOLDER]``. The rows are bills with 20 filled columns whose numbers
end alike ("000123/2026"), with slips of four sorts in a thousandth each, beside their suppliers. ``--package`` names the
folder of another commit, to stand beside it. Every size runs in a process of its own, and making the rows does not count.
Asked for: 1,000,000 rows take at most 11 times what 100,000 take.
"""

import argparse
import os
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SEED = 20261129
SIZES = (100_000, 200_000, 1_000_000)
PARTIES = 40_000
_DAY_US = 86_400_000_000
_STATUSES = ("Paid", "Open", "Part paid", "Disputed", "Void")
_TEXTS = ("Monthly service charge", "Timber and fixings", "Replacement pump", "Cleaning of offices", "Consultancy fees")


def ledger(row_count: int) -> dict[tuple[str, str], pa.Table]:
    """Return bills and their suppliers, the same ones for the same number of rows."""
    from toolkit.tables import DOCUMENT, PARTY

    rng = np.random.default_rng(SEED)
    party = rng.integers(0, PARTIES, row_count)
    day = 19_700 + np.arange(row_count) * 700 // row_count + rng.integers(0, 5, row_count)
    gross = np.round(np.exp(rng.normal(10 + party % 7, 0.1))).astype(np.int64) + 100
    is_slip = [rng.random(row_count) < 0.001 for _ in range(4)]
    gross = np.where(is_slip[0], 10 * gross, gross)
    numbers = pa.array(np.arange(row_count))
    number = pc.utf8_lpad(numbers.cast(pa.string()), 7, "0")
    instants = pa.array(day * _DAY_US, pa.timestamp("us", "UTC"))
    bills = {
        **_common("bills", "bill", number),
        "created_at": instants,
        "updated_at": instants,
        "number": pc.binary_join_element_wise(number, "2026", "/"),
        "name": pc.binary_join_element_wise("Bill", number, " "),
        "party_ref": _coded(np.where(is_slip[1], party + PARTIES, party), 8),
        "party_name": pc.binary_join_element_wise("Supplier", pa.array(party).cast(pa.string()), "Ltd", " "),
        "description": _one_of(_TEXTS, rng, row_count),
        "reference": pc.binary_join_element_wise("PO", _coded(rng.integers(0, row_count, row_count), 7), "-"),
        "amount_minor": gross,
        "net_minor": gross - gross // 6,
        "tax_minor": gross // 6,
        "paid_minor": np.where(is_slip[2], 2 * gross, gross),
        "currency": _one_of(("GBP",), rng, row_count),
        "gl_code": _coded(rng.integers(0, 900, row_count), 6),
        "department": _coded(rng.integers(0, 40, row_count), 3),
        "status": _one_of(_STATUSES, rng, row_count),
        "issued_on": pa.array(day.astype(np.int32), pa.date32()),
        "due_on": pa.array(np.where(is_slip[3], day - 7, day + 30).astype(np.int32), pa.date32()),
    }
    listed = pa.array(np.arange(PARTIES))
    suppliers = {
        **_common("suppliers", "party", _coded(np.arange(PARTIES), 8)),
        "kind": pa.repeat("company", PARTIES),
        "name": pc.binary_join_element_wise("Supplier", listed.cast(pa.string()), "Ltd", " "),
    }
    return {
        ("ledger", "bills"): _table(DOCUMENT, bills, row_count),
        ("ledger", "suppliers"): _table(PARTY, suppliers, PARTIES),
    }


def _common(stream: str, entity: str, ids: pa.Array) -> dict[str, pa.Array]:
    constants = {"system": "ledger", "stream": stream, "entity": entity, "state": "active"}
    columns = {name: pa.repeat(text, len(ids)) for name, text in constants.items()}
    return {**columns, "record_id": ids, "record_key": pc.binary_join_element_wise("ledger", stream, ids, "/")}


def _coded(numbers: np.ndarray, width: int) -> pa.Array:
    return pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, "0")


def _one_of(texts: tuple[str, ...], rng: np.random.Generator, row_count: int) -> pa.Array:
    return pa.array(texts).take(pa.array(rng.integers(0, len(texts), row_count)))


def _table(schema: object, columns: dict[str, object], row_count: int) -> pa.Table:
    arrays = [
        pa.array(columns[one.name], one.type) if one.name in columns else pa.nulls(row_count, one.type)
        for one in schema.columns  # type: ignore[attr-defined]
    ]
    return pa.Table.from_arrays(arrays, schema=schema.arrow)  # type: ignore[attr-defined]


def run_checks(row_count: int) -> None:
    """Check a ledger once in this process and print CPU seconds, peak memory before and after in MB, and findings."""
    from toolkit.quality import checked_records

    records = ledger(row_count)
    before = resource.getrusage(resource.RUSAGE_SELF)
    found = checked_records(records, country="GB", as_of=date(2026, 11, 29))
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(cpu_s, before.ru_maxrss / 1024, after.ru_maxrss / 1024, found.findings.num_rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=SIZES)
    parser.add_argument("--package", type=Path, default=Path(__file__).resolve().parents[1])
    parser.add_argument("--once", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.once:
        run_checks(given.once)
        return
    print(f"{'rows':>10}{'CPU s':>10}{'records MB':>12}{'peak MB':>10}{'findings':>10}{'ratio':>8}")
    first = None
    for row_count in given.rows:
        done = subprocess.run(
            [sys.executable, __file__, "--once", str(row_count)],
            env={**os.environ, "PYTHONPATH": str(given.package)},
            check=True,
            capture_output=True,
            text=True,
        )
        cpu_s, before_mb, peak_mb, findings = map(float, done.stdout.split())
        first = first or cpu_s
        print(f"{row_count:>10,}{cpu_s:>10.2f}{before_mb:>12,.0f}{peak_mb:>10,.0f}{findings:>10,.0f}{cpu_s / first:>8.1f}")


if __name__ == "__main__":
    main()
