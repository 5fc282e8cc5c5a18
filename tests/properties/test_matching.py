"""Laws of matching: symmetry, missing is no evidence, row order is nothing, and a person's word holds."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.match.clustering.decisions import pairwise_decisions
from toolkit.match.comparison import Comparison
from toolkit.match.comparisons import all_comparisons
from toolkit.match.parties import matched_parties
from toolkit.tables import DECISION

WORDS = (
    "Acme Ltd,ACME limited,Brown Bros,Brown Brothers Mfg,Jane Roe,John Smith,12 Oak St,12 Oak Street,60612,"
    "jo@acme.com,info@acme.com,acme.com,312 644 2671,644-2671,1956-04-09,09/04/1956,36-1234567,12.50"
)
CELLS = st.one_of(st.sampled_from(WORDS.split(",")), st.text(max_size=12))


@pytest.mark.parametrize("comparison", all_comparisons(), ids=lambda one: one.name)
@settings(max_examples=25, deadline=None)
@given(cells=st.lists(CELLS, min_size=2, max_size=6))
def test_a_comparison_is_symmetric_and_a_value_agrees_most_with_itself(comparison: Comparison, cells: list[str]) -> None:
    """Left and right may swap, no pair of two values is missing, and nothing is more like a value than itself."""
    columns = [comparison.standardised({kind: pa.array(cells, pa.string())}) for kind in comparison.reads]
    texts = pa.chunked_array(columns).combine_chunks().drop_null().unique()
    values = comparison.prepared(texts, None)
    left, right = (np.array(side, dtype=np.int64) for side in np.indices((len(texts),) * 2).reshape(2, -1))

    levels = comparison.graded(values, left, right)

    assert np.array_equal(levels, comparison.graded(values, right, left))
    assert np.all(levels <= len(comparison.levels))
    own = levels[left == right]
    if comparison.fills_in_for:
        assert not own.any()
        return
    assert np.all(levels >= 1)
    assert np.all(levels <= own[left])
    # The mailbox of a whole desk, a tax number with wrong check digits, a town without its street and one size prove less.
    if comparison.name not in {"e-mail", "tax number", "location", "size and number"}:
        assert np.all(own == len(comparison.levels))


def parties(rows: list[tuple[str, str, str]]) -> pa.Table:
    """Return parties of name, phone and postcode."""
    keys = [f"{'crm' if number % 2 else 'ledger'}/c/{number:02}" for number in range(len(rows))]
    return pa.table(
        {
            "record_key": keys,
            "system": [key.split("/")[0] for key in keys],
            **{
                name: pa.array([row[i] or None for row in rows], pa.string())
                for i, name in enumerate(("name", "phone", "postcode"))
            },
        }
    )


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Acme Ltd", "Acme", "Acme Widgets", "Brown Bros", "Brown Brothers", "Zorro", ""]),
        st.sampled_from(["312 644 2671", "3126442671", "415 201 4410", ""]),
        st.sampled_from(["60612", "60613", ""]),
    ),
    min_size=2,
    max_size=9,
)


@settings(max_examples=12, deadline=None)
@given(rows=ROWS, order=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[tuple[str, str, str]], order) -> None:  # noqa: ANN001
    """The same records in any order give the same pairs and clusters."""
    table = parties(rows)
    places = list(range(table.num_rows))
    order.shuffle(places)

    first, second = matched_parties(table), matched_parties(table.take(places))

    assert first.pairs.equals(second.pairs)
    assert first.clusters.equals(second.clusters)


NAMES = st.permutations(["alpha", "beta", "crm", "zeta"])


def renamed(table: pa.Table, names: dict[str, str]) -> pa.Table:
    """Return records with their systems under other names."""
    keys = [f"{names[key.split('/')[0]]}/{key.split('/', 1)[1]}" for key in table["record_key"].to_pylist()]
    systems = [names[name] for name in table["system"].to_pylist()]
    return table.set_column(0, "record_key", pa.array(keys)).set_column(1, "system", pa.array(systems))


@settings(max_examples=15, deadline=None)
@given(rows=ROWS, names=NAMES, is_link=st.booleans())
def test_what_systems_are_called_changes_nothing(rows: list[tuple[str, str, str]], names: list[str], is_link: bool) -> None:  # noqa: FBT001
    """The same pairs with the same probabilities, and the same groups: ties are decided by what records say."""
    table, called = parties(rows), dict(zip(("crm", "ledger"), names, strict=False))
    first, second = matched_parties(table, is_link=is_link), matched_parties(renamed(table, called), is_link=is_link)
    back = {name: old for old, name in called.items()}

    def old_key(key: str) -> str:
        system, _, rest = key.partition("/")
        return f"{back[system]}/{rest}"

    assert {frozenset(map(old_key, group)) for group in groups(second.clusters)} == groups(first.clusters)
    listed = [
        {
            (frozenset((named(row["key_l"]), named(row["key_r"]))), row["decision"], row["match_probability"])
            for row in found.pairs.to_pylist()
        }
        for found, named in ((first, str), (second, old_key))
    ]
    assert listed[0] == listed[1]


@settings(max_examples=25, deadline=None)
@given(rows=ROWS, is_link=st.booleans())
def test_the_terms_of_a_pair_end_at_its_probability(rows: list[tuple[str, str, str]], is_link: bool) -> None:  # noqa: FBT001
    """Start, facts, look-alikes and group add up to the weight; what is held to be the same reaches the threshold."""
    found = matched_parties(parties(rows), is_link=is_link)
    facts: dict[tuple[str, str], float] = {}
    for row in found.pair_levels.to_pylist():
        pair = (row["key_l"], row["key_r"])
        facts[pair] = facts.get(pair, 0.0) + row["bits"]

    for row in found.pairs.to_pylist():
        told = row["start_bits"] + facts.get((row["key_l"], row["key_r"]), 0.0) + row["rival_bits"] + row["group_bits"]
        assert told == pytest.approx(row["match_weight"], abs=1e-9)
        assert 1 / (1 + 2**-told) == pytest.approx(row["match_probability"], abs=1e-9)
        assert (row["link_l"] is not None) == (row["decision"] == "same" and row["group_bits"] > 0)
        assert row["decision"] != "same" or row["match_probability"] >= found.model.min_match_probability


def decided(*words: tuple[str, str, str]) -> pa.Table:
    """Return decisions in the order of entry."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return DECISION.from_rows(
        {"sequence": number, "key_l": one, "key_r": other, "decision": word, "decided_at": at}
        for number, (one, other, word) in enumerate(words, start=1)
    )


def groups(clusters: pa.Table) -> set[frozenset[str]]:
    """Return the records of each cluster."""
    members: dict[str, set[str]] = {}
    for row in clusters.to_pylist():
        members.setdefault(row["cluster_id"], set()).add(row["record_key"])
    return {frozenset(group) for group in members.values()}


@settings(max_examples=12, deadline=None)
@given(rows=ROWS)
def test_what_a_person_kept_apart_is_apart(rows: list[tuple[str, str, str]]) -> None:
    """Through any chain."""
    table = parties(rows)
    keys = table["record_key"].to_pylist()[:2]

    found = matched_parties(table, decisions=decided((*keys, "not_same")))

    cluster = dict(zip(found.clusters["record_key"].to_pylist(), found.clusters["cluster_id"].to_pylist(), strict=True))
    assert cluster[keys[0]] != cluster[keys[1]]


@settings(max_examples=8, deadline=None)
@given(rows=ROWS)
def test_weights_do_not_fall_as_agreement_grows(rows: list[tuple[str, str, str]]) -> None:
    """For every fact of every fitted model."""
    model = matched_parties(parties(rows)).model

    for part in model.parts:
        for fact in part.facts:
            assert np.all(np.diff(fact.bits[1:]) >= -1e-9)


@settings(max_examples=8, deadline=None)
@given(rows=ROWS)
def test_a_missing_fact_is_no_evidence(rows: list[tuple[str, str, str]]) -> None:
    """No level is listed, and no weight counted, for a fact that one side lacks."""
    table = parties(rows)
    filled = {row["record_key"]: row for row in table.to_pylist()}

    for row in matched_parties(table).pair_levels.to_pylist():
        column = {"company name": "name", "phone": "phone", "location": "postcode"}[row["comparison"]]
        assert filled[row["key_l"]][column]
        assert filled[row["key_r"]][column]


@settings(max_examples=12, deadline=None)
@given(rows=ROWS, data=st.data())
def test_a_record_that_was_taken_out_of_a_cluster_stays_out(rows: list[tuple[str, str, str]], data: st.DataObject) -> None:
    """It is with nobody who was in that cluster, whatever holds the others together."""
    table = parties([*rows, rows[0], rows[0]])
    [first, *_] = sorted(groups(matched_parties(table).clusters), key=lambda group: (-len(group), min(group)))
    record = data.draw(st.sampled_from(sorted(first)))
    words = pairwise_decisions(decided((record, "g-1", "exclude")), lambda _: first)

    again = groups(matched_parties(table, decisions=words).clusters)

    [own] = [group for group in again if record in group]
    assert own & first == {record}


@settings(max_examples=12, deadline=None)
@given(rows=ROWS, thresholds=st.tuples(st.floats(0.1, 0.999999), st.floats(0.1, 0.999999)))
def test_a_higher_threshold_only_parts_what_a_lower_one_joined(
    rows: list[tuple[str, str, str]], thresholds: tuple[float, float]
) -> None:
    """Every cluster at the higher threshold lies within one at the lower."""
    table = parties(rows)
    model = matched_parties(table).model

    low, high = (
        groups(matched_parties(table, model=replace(model, min_match_probability=threshold)).clusters)
        for threshold in sorted(thresholds)
    )

    assert all(any(group <= wider for wider in low) for group in high)
