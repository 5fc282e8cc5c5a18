"""An engagement with planted pairs of which the truth is known: two systems, a run that compared them, nothing decided.

Of each pair that is one the second record is the first one's, written otherwise; of each that is two it is a neighbour's
with a name alike. A person can tell them by the tax number.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toolkit.store.store import Store
from toolkit.tables import CLUSTER, PAIR, PAIR_LEVEL, PARTY, Schema

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_TAKEN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
_FIRST = ("Amber", "Birch", "Cedar", "Delta", "Elm", "Foxglove", "Granite", "Harbor", "Iris", "Juniper", "Kestrel", "Lumen")
_SECOND = ("Bakery", "Cycling", "Dental", "Electric", "Florist", "Glass", "Interiors", "Joinery", "Law", "Motors", "Optics")
_FORM = ("LLC", "Inc.", "Ltd", "Co", "Partners")
HOSTILE = '<img src=x onerror="window.hurt=1"> $x$ =1+1'
_START_BITS = -9.0
_BITS = {"company name": 5.0, "e-mail": 2.0, "phone": 1.5, "location": 1.0}


def planted_client(folder: Path, count: int, seed: int = 7) -> dict[tuple[str, str], bool]:
    """Write an engagement with ``count`` pairs that wait for a person; return whether each is one, by its keys.

    Parameters
    ----------
    folder
        Where; it must not exist.
    count, seed
        How many pairs, and what draws them.
    """
    rng = np.random.default_rng(seed)
    is_one = rng.random(count) < 0.5
    folder.mkdir(parents=True)
    text = f"client: Planted {count}\ncurrency: USD\ncountry: US\ntime_zone: UTC\n"
    text += "systems:\n  crm: {connector: hubspot}\n  ledger: {connector: quickbooks}\n"
    (folder / "engagement.yaml").write_text(text, "utf-8")
    numbers = np.arange(count)
    with Store(folder) as store:
        for system, stream, is_right in (("crm", "companies", False), ("ledger", "customers", True)):
            records = _records(system, stream, numbers, is_one, is_right=is_right)
            store.add_snapshot(
                system=system, stream=stream, entity="party", connector="table", records=[records], taken_at=_TAKEN
            )
        pairs, levels = _pairs(numbers, rng)
        keys = [*pairs["key_l"].to_pylist(), *pairs["key_r"].to_pylist()]
        clusters = {"record_key": sorted(keys), "cluster_id": [f"g-{number:012x}" for number in range(len(keys))]}
        with store.new_run(_TAKEN, {}) as run:
            run.write("snapshot", store.snapshots())
            run.write("pair", pairs)
            run.write("pair_level", levels)
            run.write("cluster", pa.table(clusters, CLUSTER.arrow))
    both = zip(pairs["key_l"].to_pylist(), pairs["key_r"].to_pylist(), strict=True)
    return dict(zip(both, is_one.tolist(), strict=True))


def _records(system: str, stream: str, numbers: Ints, is_one: Flags, *, is_right: bool) -> pa.Table:
    names, emails, phones, streets, taxes = [], [], [], [], []
    for number in numbers.tolist():
        other = is_right and not is_one[number]
        first, second = _FIRST[number % 12], _SECOND[(number // 12) % 11]
        form = _FORM[(number + is_right) % 5]
        names.append(f"{first}{'e' if other else ''} {second.upper() if is_right else second} {form} {number}")
        emails.append(f"office@{first.lower()}-{number + (1 if other else 0)}.example")
        phones.append(f"(312) 555-{number % 10_000:04d}" if is_right else f"312555{number % 10_000:04d}")
        streets.append(f"{100 + number % 900} West {second} {'St.' if is_right else 'Street'}")
        taxes.append(f"{10 + number % 80}-{1_000_000 + number + (500_000 if other else 0)}")
    # What a client's text may do to a page is part of what is planted.
    names[0] = HOSTILE
    ids = [f"{number:06d}" for number in numbers.tolist()]
    count = len(ids)
    columns = {
        "record_key": [f"{system}/{stream}/{one}" for one in ids],
        "system": [system] * count,
        "stream": [stream] * count,
        "record_id": ids,
        "entity": ["party"] * count,
        "state": ["active"] * count,
        "kind": ["company"] * count,
        "name": names,
        "email": emails,
        "phone": phones,
        "street": streets,
        "city": ["Chicago"] * count,
        "region": ["IL"] * count,
        "tax_id": taxes,
    }
    return _whole(columns, PARTY)


def _pairs(numbers: Ints, rng: np.random.Generator) -> tuple[pa.Table, pa.Table]:
    """Return PAIR and PAIR_LEVEL; what the model says has nothing to do with the truth."""
    count = len(numbers)
    left, right = ([f"{place}/{number:06d}" for number in numbers] for place in ("crm/companies", "ledger/customers"))
    # Doubtful ones: from a tenth to a half.
    probability = 0.1 + 0.39 * rng.random(count)
    weight = np.log2(probability / (1 - probability))
    rest = weight - _START_BITS - sum(_BITS.values())
    nothing = pa.nulls(count, pa.string())
    pairs = {
        "key_l": left,
        "key_r": right,
        "match_weight": weight,
        "match_probability": probability,
        "decision": ["review"] * count,
        "decided_by": ["model"] * count,
        "reason": ["Not sure enough to merge."] * count,
        "start_bits": np.full(count, _START_BITS),
        "rival_bits": rest,
        "group_bits": np.zeros(count),
        "link_l": nothing,
        "link_r": nothing,
    }
    facts = sorted(_BITS)
    levels = {
        "key_l": [key for key in left for _ in facts],
        "key_r": [key for key in right for _ in facts],
        "comparison": facts * count,
        "level": ["alike"] * (len(facts) * count),
        "bits": [_BITS[one] for one in facts] * count,
    }
    return _whole(pairs, PAIR), _whole(levels, PAIR_LEVEL)


def _whole(columns: dict[str, Any], schema: Schema) -> pa.Table:
    """Return columns as a table of a schema; what is not named is null."""
    count = len(next(iter(columns.values())))
    arrays = [
        pa.array(columns[one.name], one.type) if one.name in columns else pa.nulls(count, one.type) for one in schema.columns
    ]
    return pa.Table.from_arrays(arrays, schema=schema.arrow)
