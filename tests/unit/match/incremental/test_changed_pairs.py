"""A new snapshot matched by its changes gives what a full run with the same model gives."""

import random
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from toolkit.errors import InputError
from toolkit.match.incremental.changed_pairs import incrementally_matched, with_increment
from toolkit.match.incremental.growing_tables import Grown, packed_keys
from toolkit.match.incremental.match_state import MatchState
from toolkit.match.linkage.blocking import POSITION_BITS
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


def test_a_record_that_says_what_another_says_needs_no_profile_of_its_own() -> None:
    """Also where that other is the very first."""
    before = parties(300, seed=19)
    first = matched_parties(before, keep_state=True)
    assert first.state is not None
    rows = before.to_pylist()
    after = pa.Table.from_pylist([*rows, {**rows[0], "record_key": "crm/parties/9000"}], schema=before.schema)

    step = incrementally_matched(first.state, after, kinds=PARTY_KINDS, model=first.model, frequencies=first.frequencies)

    assert step.state.profiles.num_rows == first.state.profiles.num_rows
    profiles = step.state.records["profile"].to_pylist()
    assert profiles[-1] == profiles[0]


def test_a_record_that_came_alone_is_found_by_its_twin_of_the_next_month() -> None:
    """Its keys are kept, though it was the first of all new ones."""
    last = parties(400, seed=23)
    rows = last.to_pylist()
    new = {**rows[0], "name": "Quillon Bearings", "phone": "415 201 4410", "street": "9 Elm Row"}
    months = [
        rows,
        [*rows, {**new, "record_key": "crm/parties/9000"}],
        [
            *rows,
            {**new, "record_key": "crm/parties/9000"},
            {**new, "record_key": "crm/parties/9001", "name": "Quillon Bearing"},
        ],
    ]
    tables = [pa.Table.from_pylist(month, schema=last.schema) for month in months]
    first = matched_parties(tables[0], keep_state=True)
    assert first.state is not None
    state = first.state
    for table in tables[1:]:
        state = incrementally_matched(
            state, table, kinds=PARTY_KINDS, model=first.model, frequencies=first.frequencies
        ).state

    assert frozenset({"crm/parties/9000", "crm/parties/9001"}) in grouped(kept_clusters(state))


def test_a_key_may_grow_to_eight_times_its_cap() -> None:
    """One more, and the model has to be fitted anew."""
    before = parties(600, seed=29)
    first = matched_parties(before, keep_state=True)
    assert first.state is not None
    new = {**before.to_pylist()[0], "record_key": "crm/parties/9000", "name": "Quillon Bearings", "phone": "415 201 4410"}
    after = pa.concat_tables([before, pa.Table.from_pylist([new], schema=before.schema)])
    options = {"kinds": PARTY_KINDS, "model": first.model, "frequencies": first.frequencies}
    found = incrementally_matched(first.state, after, **options)
    key = found.state.keys.later["key"].to_numpy()[:1] >> np.uint64(POSITION_BITS) << np.uint64(POSITION_BITS)
    most = 8 * first.frequencies.max_block

    def matched_with(holders: int) -> int:
        index = Grown.of(packed_keys(np.repeat(key, holders), np.arange(holders) % 400))
        return incrementally_matched(replace(first.state, keys=index), after, **options).clusters.num_rows

    assert matched_with(most) == found.clusters.num_rows
    with pytest.raises(InputError, match="outgrown"):
        matched_with(most + 1)
