"""A new snapshot matched by its changes gives what a full run with the same model gives."""

import random

import pyarrow as pa

from toolkit.match.incremental.changed_pairs import incrementally_matched, with_increment
from toolkit.match.incremental.match_state import MatchState
from toolkit.match.parties import PARTY_KINDS, matched_parties

_HEADS = ("Arbel", "Corvin", "Danley", "Farholt", "Garmin", "Hollis", "Jarrow", "Kelmor", "Linton", "Morvale")
_TRADES = ("Roofing", "Dental", "Foods", "Marine", "Optics", "Textiles")
_STREETS = ("Oak Street", "Pine Road", "Mill Lane", "Lake Avenue")


def parties(count: int, seed: int) -> pa.Table:
    """Return records of companies, some of which occur more than once with a slip of the hand."""
    generator = random.Random(seed)
    rows = []
    for number in range(count):
        if rows and generator.random() < 0.35:
            row = dict(generator.choice(rows))
            if generator.random() < 0.5:
                row["name"] = row["name"].replace("e", "", 1)
            if generator.random() < 0.3:
                row["phone"] = None
        else:
            name = f"{generator.choice(_HEADS)}{generator.choice(_HEADS).lower()} {generator.choice(_TRADES)} Ltd"
            row = {
                "name": name,
                "phone": f"312 555 {generator.randint(1000, 9999)}",
                "street": f"{generator.randint(1, 400)} {generator.choice(_STREETS)}",
                "city": "Chicago",
            }
        rows.append({**row, "record_key": f"crm/parties/{number:04}", "system": "crm"})
    return pa.Table.from_pylist(rows)


def grouped(clusters: pa.Table) -> set[frozenset[str]]:
    """Return the clusters as sets of record keys."""
    groups: dict[str, set[str]] = {}
    for row in clusters.to_pylist():
        groups.setdefault(row["cluster_id"], set()).add(row["record_key"])
    return {frozenset(members) for members in groups.values()}


def kept_clusters(state: MatchState) -> pa.Table:
    """Return the cluster of every record, as a state has it."""
    return pa.table({"record_key": state.cells["record_key"], "cluster_id": state.records["cluster"].cast(pa.string())})


def assert_same_as_full(before: pa.Table, after: pa.Table) -> None:
    first = matched_parties(before, keep_state=True)
    assert first.state is not None
    step = incrementally_matched(first.state, after, kinds=PARTY_KINDS, model=first.model, frequencies=first.frequencies)
    full = matched_parties(after, model=first.model, frequencies=first.frequencies)
    assert grouped(kept_clusters(step.state)) == grouped(full.clusters)
    pairs, levels = with_increment(first.pairs, first.pair_levels, step)
    assert pairs.equals(full.pairs)
    assert levels.equals(full.pair_levels)


def test_new_records_are_matched_as_in_a_full_run() -> None:
    """Ten records more: nobody has to wait for the other six hundred."""
    after = parties(610, seed=3)

    assert_same_as_full(after.slice(0, 600), after)


def test_a_small_table_is_matched_as_in_a_full_run() -> None:
    """A list that is compared in full stays so when it grows a little."""
    after = parties(120, seed=5)

    assert_same_as_full(after.slice(0, 100), after)


def test_changed_and_removed_records_are_matched_as_in_a_full_run() -> None:
    """A record that was mended, one that is gone and one that is new are all taken in."""
    before = parties(600, seed=7)
    rows = before.to_pylist()
    rows[5]["name"] = rows[17]["name"]
    rows[5]["phone"] = rows[17]["phone"]
    after = pa.Table.from_pylist([*rows[:40], *rows[60:]], schema=before.schema)

    assert_same_as_full(before, after)


def test_two_steps_give_what_one_full_run_gives() -> None:
    """Month after month of changes leads to the same clusters as matching the last month in full."""
    last = parties(640, seed=17)
    first = matched_parties(last.slice(0, 600), keep_state=True)
    assert first.state is not None
    state = first.state
    for count in (620, 640):
        months = incrementally_matched(
            state, last.slice(0, count), kinds=PARTY_KINDS, model=first.model, frequencies=first.frequencies
        )
        state = months.state

    full = matched_parties(last, model=first.model, frequencies=first.frequencies)

    assert grouped(kept_clusters(state)) == grouped(full.clusters)
