"""The supplier master of one seed as an exam: ``supplier_exam(count, seed)``."""

from itertools import count as numbers

import numpy as np
import pyarrow as pa

from benchmarks.matching.exam import Exam
from benchmarks.matching.suppliers.companies import Market, Supplier
from benchmarks.matching.suppliers.records import COLUMNS, Record, written

ROLES = {"razon_social": "name", "nif": "id", "direccion": "street", "cp": "postcode", "poblacion": "city",
         "telefono": "phone", "movil": "phone", "email": "email", "web": "domain"}  # fmt: skip
_LEDGER_COUNTS = (1,) * 74 + (2,) * 20 + (3,) * 6
_BUYERS_COUNTS = (0,) * 38 + (1,) * 47 + (2,) * 12 + (3,) * 3


def supplier_exam(count: int, seed: int) -> Exam:
    """Return ``count`` records of suppliers in the order of chance, and which of them are one party."""
    market = Market(seed)
    records: list[Record] = []
    truth: list[int] = []
    party = numbers()
    for group in market.groups():
        for supplier in group:
            number = next(party)
            for record in _records(market, supplier):
                records.append(record)
                truth.append(number)
        if len(records) >= count:
            break
    order = np.random.default_rng([seed, 20]).permutation(count)
    shuffled = [records[row] for row in order]
    table = pa.table(
        {
            "record_key": [f"{number:06d}" for number in range(100_001, 100_001 + count)],
            "side": pa.array(["l"] * count),
            **{name: pa.array([record[name] for record in shuffled], pa.string()) for name in COLUMNS},
        }
    )
    things = np.array(truth, dtype=np.int64)[order]
    return Exam(f"suppliers {count:,}, seed {seed}", "party", table, things, ROLES, headers={"record_key": "codigo"})


def _records(market: Market, supplier: Supplier) -> list[Record]:
    """Return the records of one party in both systems."""
    ledger, buyers = market.one(_LEDGER_COUNTS), market.one(_BUYERS_COUNTS)
    found: list[Record] = []
    facts: list[set[str]] = []
    for is_ledger in [True] * ledger + [False] * buyers:
        record, told = written(market.dice, supplier, facts, is_ledger=is_ledger)
        found.append(record)
        facts.append(told)
    return found
