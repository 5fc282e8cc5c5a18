"""Tables of 60 records of people and companies with sparse fields, as small clients have them: one per seed."""

import numpy as np
import pyarrow as pa

from benchmarks.matching.exam import Exam
from benchmarks.matching.generated.parties import PARTY_ROLES, generated_parties

_KEPT = ("name", "company_name", "email", "phone", "street", "city")
_RECORD_COUNT = 60


def small_parties(seeds: range) -> Exam:
    """Return tables of 60 records as the parts of one exam; only name, e-mail, phone, street and town are known."""
    tables, truths = [], []
    for part, seed in enumerate(seeds):
        table, truth = generated_parties(_RECORD_COUNT, seed)
        keys = pa.array([f"{part}/{key}" for key in table["record_key"].to_pylist()])
        table = table.select(["record_key", "system", "kind", *_KEPT]).set_column(0, "record_key", keys)
        tables.append(table.append_column("part", pa.array([part] * _RECORD_COUNT)))
        truths.append(truth.to_numpy() + part * _RECORD_COUNT)
    pooled = pa.concat_tables(tables).combine_chunks()
    pooled = pooled.append_column("side", pa.array(["l"] * pooled.num_rows))
    name = f"60 sparse records, {len(seeds)} tables"
    return Exam(name, "party", pooled, np.concatenate(truths), {name: PARTY_ROLES[name] for name in _KEPT})
