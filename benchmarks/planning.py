"""CPU seconds and peak memory of planning a cleanup, by the number of changes, up to the bytes of the plan's file.

Run ``python benchmarks/planning.py [CHANGES ...] [--package FOLDER]``. The client has a CRM with one company for each change
that is wanted, a ledger with as many customers, and a deal for every fourth company; a third of the CRM are duplicates of
another record, phones are written in four ways, a tenth of the names in capitals, a quarter lacks a web site that the ledger
knows. Every size runs in a process of its own, and making the tables does not count. Asked for: 100,000 changes in 20 s CPU
and 1 GB.
"""

import argparse
import os
import resource
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SEED = 20261130
SIZES = (10_000, 100_000)
_DAY_US = 86_400_000_000
_WORDS = (
    "Harbor",
    "Pine",
    "Cedar",
    "Summit",
    "Granite",
    "Willow",
    "Prairie",
    "Falcon",
    "Juniper",
    "Maple",
    "Copper",
    "Aspen",
)
_TRADES = ("Dental", "Foods", "Bakery", "Tile", "Realty", "Staffing", "Florist", "Logistics", "Imaging", "Capital")


def client(count: int) -> dict[str, pa.Table]:
    """Return the tables of a client, the same ones for the same number."""
    from toolkit.tables import CROSSWALK, DECISION, DOCUMENT, FINDING, GOLDEN, ITEM, PAIR, PARTY

    rng = np.random.default_rng(SEED)
    number = np.arange(count)
    # Every third company is the one before it once more.
    firm = np.where(number % 3 == 2, number - 1, number)
    # Ten digits, of which the first three are an area that exists.
    digits = pc.utf8_lpad(pa.array(2_000_000 + firm * 7).cast(pa.string()), 7, "0")
    name = _joined(
        pa.array(_WORDS).take(pa.array(firm % 12)), _joined(pa.array(_TRADES).take(pa.array(firm % 10)), _text(firm))
    )
    loud = pc.if_else(pa.array(number % 10 == 0), pc.utf8_upper(name), name)
    phones = [pc.binary_join_element_wise(front, digits, "") for front in ("(312) ", "312.", "1 312 ", "+1 312 ")]
    phone = pc.choose(pa.array(number % 4), *phones)
    site = pc.binary_join_element_wise("firm", _text(firm), ".example", "")
    changed = pa.array(20_000 * _DAY_US + rng.permutation(count) * 1_000_000, pa.timestamp("us", "UTC"))
    own = {
        **_common("crm", "companies", "party", number),
        "updated_at": changed,
        "created_at": changed,
        "kind": pa.repeat("company", count),
        "name": loud,
        "phone": phone,
        "website": pc.if_else(pa.array(number % 4 == 1), None, site),
        "region": pa.array(("IL", "IL", "Illinois")).take(pa.array(number % 3)),
    }
    other = {
        **_common("ledger", "customers", "party", number),
        "kind": pa.repeat("company", count),
        "name": name,
        "website": site,
    }
    parties = pa.concat_tables([_table(PARTY, own, count), _table(PARTY, other, count)])
    cluster = pc.binary_join_element_wise("g", pc.utf8_lpad(_text(firm), 8, "0"), "-")
    walk = pa.table({
        **{name: parties[name] for name in ("record_key", "system", "stream", "record_id")},
        "golden_id": pa.concat_arrays([cluster, cluster]),
        "account_id": pa.concat_arrays([cluster, cluster]),
        "match_probability": pa.nulls(2 * count, pa.float64()),
        "decided_by": pa.repeat("model", 2 * count),
    })  # fmt: skip
    deals = np.arange(0, count, 4)
    documents = {
        **_common("crm", "deals", "deal", deals),
        "party_ref": pc.utf8_lpad(_text(deals), 8, "0"),
        "party_key": _keys("crm", "companies", deals),
    }
    return {
        "parties": parties,
        "documents": _table(DOCUMENT, documents, len(deals)),
        "items": ITEM.empty(),
        "crosswalk": walk.select(CROSSWALK.names).cast(CROSSWALK.arrow),
        "golden": _golden(cluster, site, number).cast(GOLDEN.arrow),
        "pairs": _pairs(PAIR, number),
        "decisions": DECISION.empty(),
        "findings": FINDING.empty(),
    }


def _golden(cluster: pa.Array, site: pa.Array, number: np.ndarray) -> pa.Table:
    first = pa.array(number[number % 3 != 2])
    known = cluster.take(first)
    return pa.table({
        "golden_id": known,
        "column": pa.repeat("website", len(known)),
        "value": site.take(first),
        "record_key": _keys("ledger", "customers", number).take(first),
        "reason": pa.repeat("only value", len(known)),
    })  # fmt: skip


def _pairs(schema: object, number: np.ndarray) -> pa.Table:
    twice = number[number % 3 == 2]
    crm, ledger = _keys("crm", "companies", number), _keys("ledger", "customers", number)
    sides = (
        (crm, crm, twice - 1, twice),
        (ledger, ledger, twice - 1, twice),
        (crm, ledger, number, number),
        (crm, ledger, twice - 1, twice),
        (crm, ledger, twice, twice - 1),
    )
    left, right = (pa.concat_arrays([side[place].take(pa.array(side[place + 2])) for side in sides]) for place in (0, 1))
    columns = {
        "key_l": left,
        "key_r": right,
        "match_weight": pa.array(np.full(len(left), 9.0)),
        "match_probability": pa.array(np.full(len(left), 0.99)),
        "decision": pa.repeat("same", len(left)),
        "decided_by": pa.repeat("model", len(left)),
    }
    return _table(schema, columns, len(left))


def _common(system: str, stream: str, entity: str, number: np.ndarray) -> dict[str, pa.Array]:
    constants = {"system": system, "stream": stream, "entity": entity, "state": "active"}
    columns = {name: pa.repeat(text, len(number)) for name, text in constants.items()}
    return {**columns, "record_id": pc.utf8_lpad(_text(number), 8, "0"), "record_key": _keys(system, stream, number)}


def _keys(system: str, stream: str, number: np.ndarray) -> pa.Array:
    return pc.binary_join_element_wise(system, stream, pc.utf8_lpad(_text(number), 8, "0"), "/")


def _text(number: np.ndarray) -> pa.Array:
    return pa.array(number).cast(pa.string())


def _joined(one: pa.Array, other: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(one, other, " ")


def _table(schema: object, columns: dict[str, pa.Array], row_count: int) -> pa.Table:
    arrays = [
        columns[one.name].cast(one.type) if one.name in columns else pa.nulls(row_count, one.type)
        for one in schema.columns  # type: ignore[attr-defined]
    ]
    return pa.Table.from_arrays(arrays, schema=schema.arrow)  # type: ignore[attr-defined]


def plan_once(count: int) -> None:
    """Plan in this process and print CPU seconds, peak memory before and after in MB, changes, and bytes of the file."""
    from toolkit.changes import Target, made_plan, plan_file_bytes, saved_plan
    from toolkit.plan.cleanup import cleanup
    from toolkit.plan.cleanup_rules import CleanupRules

    tables = client(count)
    before = resource.getrusage(resource.RUSAGE_SELF)
    planned = cleanup("crm", **tables, rules=CleanupRules(home_country="US"), as_of=date(2026, 11, 30))
    decided = resource.getrusage(resource.RUSAGE_SELF)
    plan = made_plan(
        "cleanup",
        engagement_id="benchmark",
        target=Target("crm", "hubspot"),
        snapshot_ids={},
        rules_hash="",
        operations=planned.operations,
        record_counts={"companies": count},
        left_out=planned.left_out,
    )
    size = len(plan_file_bytes(saved_plan(plan, datetime(2026, 11, 30, tzinfo=UTC), "benchmark")))
    after = resource.getrusage(resource.RUSAGE_SELF)
    seconds = [one.ru_utime + one.ru_stime for one in (before, decided, after)]
    print(
        seconds[1] - seconds[0],
        seconds[2] - seconds[0],
        before.ru_maxrss / 1024,
        after.ru_maxrss / 1024,
        len(plan.operations),
        size / 1e6,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("changes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--package", type=Path, default=Path(__file__).resolve().parents[1])
    parser.add_argument("--once", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.once:
        plan_once(given.once)
        return
    print(f"{'changes':>10}{'deciding s':>12}{'CPU s':>8}{'tables MB':>11}{'peak MB':>9}{'file MB':>9}")
    for count in given.changes:
        done = subprocess.run(
            [sys.executable, __file__, "--once", str(count)],
            env={**os.environ, "PYTHONPATH": str(given.package)},
            check=True,
            capture_output=True,
            text=True,
        )
        deciding_s, cpu_s, before_mb, peak_mb, changes, file_mb = map(float, done.stdout.split())
        print(f"{changes:>10,.0f}{deciding_s:>12.2f}{cpu_s:>8.2f}{before_mb:>11,.0f}{peak_mb:>9,.0f}{file_mb:>9,.1f}")


if __name__ == "__main__":
    main()
