"""Laws of matching: symmetry, missing is no evidence, row order is nothing, and a person's word holds."""

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.match.comparison import Comparison
from toolkit.match.comparisons import all_comparisons
from toolkit.match.parties import matched_parties
from toolkit.tables import DECISION

WORDS = (
    "Acme Ltd,ACME limited,Brown Bros,Brown Brothers Mfg,Jane Roe,John Smith,12 Oak St,12 Oak Street,60612,"
    "jo@acme.com,info@acme.com,acme.com,312 644 2671,644-2671,1956-04-09,09/04/1956,36-1234567,12.50"
)
CELLS = st.one_of(st.sampled_from(WORDS.split(",")), st.text(max_size=12))


def standardised(comparison: Comparison, cells: list[str]) -> list[str]:
    """Return the distinct comparable texts of cells, whatever their kind."""
    texts = [text for kind in comparison.reads for text in comparison.standardised({kind: cells})]
    return sorted({text for text in texts if text is not None})


@pytest.mark.parametrize("comparison", all_comparisons(), ids=lambda one: one.name)
@settings(max_examples=40, deadline=None)
@given(cells=st.lists(CELLS, min_size=2, max_size=6))
def test_a_comparison_is_symmetric_and_equal_values_agree_fully(comparison: Comparison, cells: list[str]) -> None:
    """Left and right may swap; a value agrees with itself; no pair of two values is missing."""
    values = standardised(comparison, cells)
    left, right = (np.array(side, dtype=np.int64) for side in np.indices((len(values),) * 2).reshape(2, -1))

    levels = comparison.graded(values, left, right)

    assert np.array_equal(levels, comparison.graded(values, right, left))
    assert np.all((levels >= 1) & (levels <= len(comparison.levels)))
    same = levels[left == right]
    shared_address = len(comparison.levels) - 1 if comparison.name == "e-mail" else len(comparison.levels)
    assert np.all(same >= shared_address)


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


@settings(max_examples=25, deadline=None)
@given(rows=ROWS, order=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[tuple[str, str, str]], order) -> None:  # noqa: ANN001
    """The same records in any order give the same pairs and clusters."""
    table = parties(rows)
    places = list(range(table.num_rows))
    order.shuffle(places)

    first, second = matched_parties(table), matched_parties(table.take(places))

    assert first.pairs.equals(second.pairs)
    assert first.clusters.equals(second.clusters)


@settings(max_examples=25, deadline=None)
@given(rows=ROWS)
def test_what_a_person_kept_apart_is_apart(rows: list[tuple[str, str, str]]) -> None:
    """Through any chain."""
    table = parties(rows)
    keys = table["record_key"].to_pylist()[:2]
    word = {
        "sequence": 1,
        "key_l": keys[0],
        "key_r": keys[1],
        "decision": "not_same",
        "decided_at": datetime(2026, 1, 1, tzinfo=UTC),
    }

    found = matched_parties(table, decisions=DECISION.from_rows([word]))

    cluster = dict(zip(found.clusters["record_key"].to_pylist(), found.clusters["cluster_id"].to_pylist(), strict=True))
    assert cluster[keys[0]] != cluster[keys[1]]


@settings(max_examples=15, deadline=None)
@given(rows=ROWS)
def test_weights_do_not_fall_as_agreement_grows(rows: list[tuple[str, str, str]]) -> None:
    """For every fact of every fitted model."""
    model = matched_parties(parties(rows)).model

    for part in model.parts:
        for fact in part.facts:
            assert np.all(np.diff(fact.bits[1:]) >= -1e-9)


@settings(max_examples=15, deadline=None)
@given(rows=ROWS)
def test_a_missing_fact_is_no_evidence(rows: list[tuple[str, str, str]]) -> None:
    """No level is listed, and no weight counted, for a fact that one side lacks."""
    table = parties(rows)
    filled = {row["record_key"]: row for row in table.to_pylist()}

    for row in matched_parties(table).pair_levels.to_pylist():
        column = {"company name": "name", "phone": "phone", "location": "postcode"}[row["comparison"]]
        assert filled[row["key_l"]][column]
        assert filled[row["key_r"]][column]
