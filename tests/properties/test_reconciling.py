"""Laws of reconciling: sums hold, a document has one counterpart at most, and the order of rows changes nothing."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.handoff_counterparts import handoff_counterparts
from toolkit.landscape.handoffs import Handoff
from toolkit.match.documents.amounts import EQUAL, amount_relations, have_one_other_digit, have_swapped_digits
from toolkit.match.documents.mentions import folded_number
from toolkit.reconcile.coverage import coverage
from toolkit.reconcile.crosswalk import crosswalk
from toolkit.reconcile.measures import handoff_measures, months_of
from toolkit.reconcile.survivorship import golden_records
from toolkit.reconcile.truth import SourceOfTruth
from toolkit.tables import CLUSTER, CROSSWALK, DOCUMENT, PAIR, PARTY

AS_OF = date(2026, 10, 5)
HANDOFF = Handoff("billed", "Won deals invoiced", "crm", "deals", "deal", "ledger", "invoices", "invoice", grace_days=30)
FIRST = datetime(2026, 5, 1, 12, tzinfo=UTC)

_document = st.tuples(
    st.integers(0, 3), st.integers(0, 60), st.sampled_from([10_000, 12_345, 12_354, 100_000, 7_777, None]),
    st.sampled_from([None, "Deal 101", "Deal 102", "lobby", "101"]),
)  # fmt: skip


def _documents(drawn: list[tuple[Any, ...]], *, is_source: bool) -> pa.Table:
    rows = []
    for number, (company, days, amount, text) in enumerate(drawn, 101):
        at = FIRST + timedelta(days=days)
        system, stream = ("crm", "deals") if is_source else ("ledger", "invoices")
        row = {
            "record_key": f"{system}/{stream}/{number}", "system": system, "stream": stream, "record_id": str(number),
            "entity": "deal" if is_source else "invoice", "state": "active", "amount_minor": amount, "description": text,
            "party_key": f"{system}/c/{company}", "currency": "USD",
        }  # fmt: skip
        rows.append({**row, **({"is_won": True, "closed_at": at} if is_source else {"issued_on": at.date()})})
    return DOCUMENT.from_rows(rows)


def _walk() -> pa.Table:
    return CROSSWALK.from_rows(
        {
            "record_key": f"{system}/c/{one}", "golden_id": f"g{one}", "account_id": f"g{one}", "system": system,
            "stream": "c", "record_id": str(one), "match_probability": 1.0, "decided_by": "model",
        }
        for system in ("crm", "ledger") for one in range(4)
    )  # fmt: skip


def _found(left: pa.Table, right: pa.Table) -> pa.Table:
    return handoff_counterparts(HANDOFF, left, right, _walk(), as_of=AS_OF, time_zone="America/Chicago")


@settings(max_examples=12, deadline=None)
@given(st.lists(_document, max_size=9), st.lists(_document, min_size=1, max_size=9), st.randoms())
def test_each_source_stands_once_each_target_at_most_once_in_any_row_order(
    sources: list[Any], targets: list[Any], dice: Random
) -> None:
    """No document has two counterparts but as their sum, none is lost, and shuffled rows give the same answer."""
    left, right = _documents(sources, is_source=True), _documents(targets, is_source=False)

    rows = _found(left, right).to_pylist()

    keys_l = [row["key_l"] for row in rows if row["key_l"] is not None]
    # One payment may settle several invoices; each of those rows says so.
    keys_r = [row["key_r"] for row in rows if row["key_r"] is not None and "of the amount" not in (row["basis"] or "")]
    keys_r = [key for key in keys_r if not any(row["key_r"] == key and "sum of" in (row["basis"] or "") for row in rows)]
    first_target = min(right["issued_on"].to_pylist())
    due = [row["record_key"] for row in left.to_pylist() if row["closed_at"].date() + timedelta(days=30) >= first_target]
    assert sorted(keys_l) == sorted(due)
    assert len(keys_r) == len(set(keys_r))
    order_l, order_r = list(range(left.num_rows)), list(range(right.num_rows))
    dice.shuffle(order_l)
    dice.shuffle(order_r)
    again = _found(left.take(pa.array(order_l, pa.int64())), right.take(pa.array(order_r, pa.int64())))
    assert again.to_pylist() == rows


@settings(max_examples=10, deadline=None)
@given(st.lists(_document, min_size=1, max_size=9), st.lists(_document, min_size=1, max_size=9))
def test_months_add_up_to_the_items_and_shares_stay_shares(sources: list[Any], targets: list[Any]) -> None:
    """Every dated item is in one month, with one fate; limits enclose the share."""
    found = _found(_documents(sources, is_source=True), _documents(targets, is_source=False))

    months = months_of(found, as_of=AS_OF).to_pylist()

    assert sum(row["items"] for row in months) == sum(row["key_l"] is not None for row in found.to_pylist())
    fates = ("found", "missing", "waiting", "ambiguous", "unknown")
    assert all(row["items"] == sum(row[fate] for fate in fates) for row in months)
    for row in handoff_measures(HANDOFF, found, as_of=AS_OF).to_pylist():
        if row["unit"] == "share" and row["value"] is not None:
            assert 0 <= row["low"] <= row["value"] <= row["high"] <= 1


_parties = st.lists(
    st.tuples(
        st.sampled_from(["crm", "ledger", "shop"]), st.sampled_from(["company", "person", "unknown"]),
        st.integers(0, 4), st.sampled_from([None, "customer", "vendor"]), st.sampled_from([None, "Acme", "Birch", "n/a"]),
    ),
    max_size=14,
)  # fmt: skip


def _party_tables(drawn: list[tuple[Any, ...]]) -> tuple[pa.Table, pa.Table]:
    rows = [
        {
            "record_key": f"{system}/c/{number}", "system": system, "stream": "c", "record_id": str(number),
            "entity": "party", "state": "active", "kind": kind, "roles": [role] if role else None, "name": name,
        }
        for number, (system, kind, _, role, name) in enumerate(drawn)
    ]  # fmt: skip
    clusters = [{"record_key": row["record_key"], "cluster_id": f"c{one[2]}"} for row, one in zip(rows, drawn, strict=True)]
    return PARTY.from_rows(rows), CLUSTER.from_rows(clusters)


@settings(max_examples=40, deadline=None)
@given(_parties)
def test_the_crosswalk_holds_every_record_once_and_coverage_adds_up(drawn: list[Any]) -> None:
    """Parties in both, in one only and open ones are all the parties of the two systems."""
    parties, clusters = _party_tables(drawn)

    walk = crosswalk(parties, clusters, PAIR.empty())

    assert sorted(walk["record_key"].to_pylist()) == sorted(parties["record_key"].to_pylist())
    assert set(walk["account_id"].to_pylist()) <= set(walk["golden_id"].to_pylist())
    rows = walk.to_pylist()
    for row in coverage(parties, walk, PAIR.empty()).to_pylist():
        if row["role"] == "any":
            held = {one["golden_id"] for one in rows if one["system"] in {row["system_l"], row["system_r"]}}
            assert row["both"] + row["only_l"] + row["only_r"] + row["ambiguous"] == len(held)


@settings(max_examples=40, deadline=None)
@given(_parties)
def test_a_golden_value_stands_in_the_record_it_names(drawn: list[Any]) -> None:
    """Nothing in a golden record is made up, and no filler survives."""
    parties, clusters = _party_tables(drawn)
    names = dict(zip(parties["record_key"].to_pylist(), parties["name"].to_pylist(), strict=True))

    golden = golden_records(
        parties, crosswalk(parties, clusters, PAIR.empty()), SourceOfTruth({"party": {"default": "crm"}})
    )

    for row in golden.to_pylist():
        assert row["value"] == names[row["record_key"]] != "n/a"


@given(st.integers(10, 10**9), st.integers(10, 10**9))
def test_swapped_digits_are_symmetric(one: int, other: int) -> None:
    """If one amount is the other with two digits swapped, so is the other."""
    first, second = np.array([float(one)]), np.array([float(other)])

    assert have_swapped_digits(first, second).tolist() == have_swapped_digits(second, first).tolist()


@given(st.integers(1, 10**14), st.integers(0, 13), st.integers(0, 9), st.sampled_from([1, -1]))
def test_one_other_digit_is_what_the_written_amounts_show(one: int, place: int, digit: int, sign: int) -> None:
    """As a comparison of the written numbers, digit by digit, tells it; whatever the sign, and nothing is no amount."""
    text = str(one)
    at = place % len(text)
    others = [int(f"{text[:at]}{digit}{text[at + 1 :]}"), one + digit, one + 10 ** (place + 1), 9 * one]
    values = np.full(len(others), float(one)), sign * np.array(others, dtype=np.float64)

    expected = [
        other > 0 and len(str(other)) == len(text) and sum(a != b for a, b in zip(str(other), text, strict=True)) == 1
        for other in others
    ]

    assert have_one_other_digit(*values).tolist() == expected
    assert have_one_other_digit(*values[::-1]).tolist() == expected


@given(st.integers(-(10**12), 10**12))
def test_an_amount_equals_itself_whatever_tax_and_fee(amount: int) -> None:
    """Equality comes before every other relation."""
    value, tax = np.array([float(amount)]), np.array([5.0])

    assert amount_relations(value, value, tax_l=tax, tax_r=tax, fee_l=tax, fee_r=tax).tolist() == [EQUAL]


@given(st.text(max_size=30))
def test_a_folded_number_folds_to_itself(text: str) -> None:
    """Folding twice is folding once, for any text."""
    assert folded_number(folded_number(text)) == folded_number(text)
