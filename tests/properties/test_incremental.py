"""A law of matching by changes: whatever comes, changes and goes, it gives what a full run with the same model gives."""

import random
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.match.clustering.decisions import decided_pairs
from toolkit.match.incremental.changed_pairs import incrementally_matched, with_increment
from toolkit.match.parties import PARTY_KINDS, matched_parties
from toolkit.tables import DECISION

COLUMNS = ("kind", "name", "email", "phone", "street", "city", "tax_id")
HEADS = [
    "Arbel",
    "Corvin",
    "Danley",
    "Farholt",
    "Garmin",
    "Hollis",
    "Jarrow",
    "Kelmor",
    "Linton",
    "Morvale",
    "Nash",
    "Ostrow",
]
GIVEN = ["Anna", "Bernard", "Clara", "Dora", "Edward", "Frances", "George"]
TRADES = ["Roofing", "Dental", "Foods", "Marine", "Optics", "Textiles"]
STREETS = ["Oak Street", "Pine Road", "Mill Lane", "Lake Avenue"]

DECIDED = range(8)
"""Records that persons decided about; they stay."""


def drawn_row(draw: random.Random) -> dict[str, str | None]:
    """Return a company, a person, or a record that says nothing."""
    if draw.random() < 0.05:
        return {"kind": "unknown"}
    head, other = draw.choice(HEADS), draw.choice(HEADS).lower()
    is_person = draw.random() < 0.4
    full = {
        "kind": "person" if is_person else "company",
        "name": f"{draw.choice(GIVEN)} {head}{other}" if is_person else f"{head}{other} {draw.choice(TRADES)} Ltd",
        "email": f"{head.lower()}@{other}.com",
        "phone": f"312 555 {draw.randint(1000, 1400)}",
        "street": f"{draw.randint(1, 60)} {draw.choice(STREETS)}",
        "city": draw.choice(["Chicago", "Leeds"]),
        "tax_id": f"36-12345{draw.randint(10, 99)}",
    }
    kept = {name: value if draw.random() < 0.7 else None for name, value in full.items()}
    return {**kept, "kind": full["kind"], "name": full["name"]}


def slipped(row: dict[str, str | None], draw: random.Random) -> dict[str, str | None]:
    """Return a record with a slip of the hand, or the very same."""
    changed = dict(row)
    if changed.get("name") and draw.random() < 0.5:
        changed["name"] = str(changed["name"]).replace("e", "", 1)
    if draw.random() < 0.4:
        changed[draw.choice(COLUMNS[2:])] = None
    return changed


def drawn_rows(draw: random.Random, known: list[dict[str, str | None]], count: int) -> list[dict[str, str | None]]:
    """Return new records, many of which are like one that is known."""
    rows = list(known)
    for _ in range(count):
        rows.append(slipped(draw.choice(rows), draw) if rows and draw.random() < 0.5 else drawn_row(draw))
    return rows[len(known) :]


def table_of(records: dict[int, dict[str, str | None]], draw: random.Random) -> pa.Table:
    """Return the records in no order."""
    keys = list(records)
    draw.shuffle(keys)
    columns = {name: pa.array([records[key].get(name) for key in keys], pa.string()) for name in COLUMNS}
    return pa.table({"record_key": [f"crm/parties/{key:05}" for key in keys], "system": ["crm"] * len(keys), **columns})


def next_month(records: dict[int, dict[str, str | None]], draw: random.Random) -> dict[int, dict[str, str | None]]:
    """Return the records after some were removed, some mended and some added; keys of old may come back."""
    gone = {key for key in records if key not in DECIDED and draw.random() < 0.04}
    left = {key: slipped(row, draw) if draw.random() < 0.04 else row for key, row in records.items() if key not in gone}
    new = drawn_rows(draw, list(records.values()), draw.randint(0, 12))
    free = [key for key in range(2 * len(records) + 40) if key not in left]
    return left | dict(zip(draw.sample(free, len(new)), new, strict=True))


def drawn_decisions(draw: random.Random) -> pa.Table:
    """Return what persons decided, some of it contradictory."""
    words = draw.choices(["same", "not_same"], k=draw.randint(0, 5))
    pairs = [sorted(draw.sample(DECIDED, 2)) for _ in words]
    return DECISION.from_rows([
        {
            "key_l": f"crm/parties/{left:05}",
            "key_r": f"crm/parties/{right:05}",
            "decision": word,
            "reviewer": "Dana",
            "decided_at": datetime(2026, 1, 5, tzinfo=UTC),
            "sequence": number,
        }
        for number, ((left, right), word) in enumerate(zip(pairs, words, strict=True))
    ])  # fmt: skip


def grouped(keys: pa.ChunkedArray, clusters: pa.ChunkedArray) -> set[frozenset[str]]:
    """Return clusters as sets of record keys."""
    groups: dict[object, set[str]] = {}
    for key, cluster in zip(keys.to_pylist(), clusters.to_pylist(), strict=True):
        groups.setdefault(cluster, set()).add(key)
    return {frozenset(members) for members in groups.values()}


@pytest.mark.parametrize("count", [40, 480], ids=["all compared", "blocked"])
@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_what_changed_is_matched_as_in_a_full_run(count: int, seed: int) -> None:
    """Two months of changes: clusters, pairs and levels are those of matching each month in full."""
    draw = random.Random(seed)
    records = dict(enumerate(drawn_rows(draw, [], count)))
    decisions, keys = drawn_decisions(draw), frozenset(f"crm/parties/{key:05}" for key in DECIDED)
    first = matched_parties(table_of(records, draw), decisions=decisions, keep_state=True)
    assert first.state is not None
    state, pairs, levels = first.state, first.pairs, first.pair_levels
    for _ in range(2):
        records = next_month(records, draw)
        table = table_of(records, draw)

        step = incrementally_matched(
            state,
            table,
            kinds=PARTY_KINDS,
            model=first.model,
            frequencies=first.frequencies,
            decided=decided_pairs(decisions, keys),
        )
        state = step.state
        pairs, levels = with_increment(pairs, levels, step)

        full = matched_parties(table, decisions=decisions, model=first.model, frequencies=first.frequencies)
        assert grouped(state.cells["record_key"], state.records["cluster"]) == grouped(*full.clusters.columns)
        assert pairs.equals(full.pairs)
        assert levels.equals(full.pair_levels)
