"""Tables of business parties with known truth, the same for the same count and seed, kept as Parquet once made.

Usage: ``python -m benchmarks.matching.generated.parties COUNT [--seed N] [--folder PATH]``.
"""

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.matching.exam import Exam
from benchmarks.matching.generated.entities import World
from benchmarks.matching.generated.writing import COLUMNS, Row, Writer

CACHE = Path(tempfile.gettempdir()) / "generated-parties"
PARTY_ROLES = {
    "name": "name",
    "given_name": "given",
    "family_name": "family",
    "company_name": "company",
    "email": "email",
    "phone": "phone",
    "website": "domain",
    "street": "street",
    "city": "city",
    "region": "region",
    "postcode": "postcode",
    "tax_id": "id",
}
_CHUNK_COUNT = 50_000
_VERSION = 7


def generated_parties(count: int, seed: int = 1) -> tuple[pa.Table, pa.Array]:
    """Return ``count`` party records in no order, and the true party (an integer) of each.

    Companies and persons of the US, GB and DE in four systems; look-alikes that are not the same are planted: sister
    companies, branches and franchises, parents and subsidiaries, tenants of one building, households, colleagues.

    Parameters
    ----------
    count
        Number of records.
    seed
        Seed of every draw; another seed is another world.

    Returns
    -------
    tuple
        A table with ``record_key`` and the text columns of PARTY, and the number of the true party beside each row.
    """
    world = World(seed, chain_count=max(12, count // 700))
    writer = Writer(world.random, world.factors)
    chunks: list[pa.Table] = []
    rows: list[Row] = []
    truth: list[int] = []
    entity = 0
    for group in world.groups():
        for party in group:
            written = writer.records(party)
            rows += written
            truth += [entity] * len(written)
            entity += 1
        if len(rows) >= _CHUNK_COUNT or len(truth) >= count:
            chunks.append(_table(rows))
            rows = []
            if len(truth) >= count:
                break
    table = pa.concat_tables(chunks).slice(0, count)
    order = pa.array(np.random.default_rng(seed).permutation(count))
    table = table.take(order).combine_chunks()
    numbers = pa.array(range(count)).cast(pa.string())
    keys = pc.binary_join_element_wise(table["system"].combine_chunks(), pa.scalar("parties"), numbers, "/")
    return table.add_column(0, "record_key", keys), pa.array(truth[:count], pa.int64()).take(order)


def cached_parties(count: int, seed: int = 1, folder: Path = CACHE) -> tuple[pa.Table, pa.Array]:
    """Return ``generated_parties``, read from a folder when an earlier run left them there."""
    path = folder / f"parties-{_VERSION}-{count}-{seed}.parquet"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        table, truth = generated_parties(count, seed)
        unfinished = path.with_suffix(".unfinished")
        pq.write_table(table.append_column("truth", truth), unfinished)
        unfinished.rename(path)
    table = pq.read_table(path)
    return table.drop_columns(["truth"]), table["truth"].combine_chunks()


def party_exam(count: int, seed: int = 1, folder: Path = CACHE) -> Exam:
    """Return ``generated_parties`` as an exam."""
    table, truth = cached_parties(count, seed, folder)
    table = table.append_column("side", pa.array(["l"]).take(pa.array(np.zeros(count, np.int8))))
    return Exam(f"parties {count:,}, seed {seed}", "party", table, truth.to_numpy(), PARTY_ROLES)


def _table(rows: list[Row]) -> pa.Table:
    columns = zip(*rows, strict=True)
    return pa.table({name: pa.array(column, pa.string()) for name, column in zip(COLUMNS, columns, strict=True)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=CACHE)
    asked = parser.parse_args()
    began_s = time.process_time()
    table, truth = cached_parties(asked.count, asked.seed, asked.folder)
    print(
        f"{table.num_rows} records of {pc.count_distinct(truth).as_py()} parties, {time.process_time() - began_s:.1f} s CPU"
    )


if __name__ == "__main__":
    main()
