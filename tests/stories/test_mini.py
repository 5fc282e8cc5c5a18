"""The hand-written client: small enough to check by eye, so everything must be exact (tests/golden/mini/README.md)."""

import statistics

import pytest

from tests.stories import truth
from tests.stories.truth import GOLDEN
from toolkit.audit.engagement import Engagement
from toolkit.store import Run

TRUTH = GOLDEN / "mini" / "truth"

Mini = tuple[Engagement, Run]


def test_record_counts_and_sums_are_exact(mini: Mini) -> None:
    """Every document is read, to the cent."""
    intake = mini[1].table("intake").to_pylist()
    seen = {(row["system"], row["stream"]): (row["rows_kept"], row["sum_minor"]) for row in intake}

    for row in truth.rows(TRUTH / "totals.csv"):
        records, sum_minor = seen[row["system"], row["stream"]]
        assert records == int(row["records"])
        assert not row["sum_minor"] or sum_minor == int(row["sum_minor"])


def test_companies_are_brought_together_and_kept_apart_exactly(mini: Mini) -> None:
    """One duplicate in the CRM; a branch and a sister company stay what they are."""
    cluster = {row["record_key"]: row["cluster_id"] for row in mini[1].table("cluster").to_pylist()}
    entity = {truth.key(row) or "": row["entity_id"] for row in truth.rows(TRUTH / "parties.csv")}

    assert truth.pairs(cluster, entity) == truth.pairs(entity, entity)


def test_every_handoff_is_followed_exactly(mini: Mini) -> None:
    """Found, missing, waiting or extra; how late; right or wrong, and how."""
    names = ("handoff_id", "l", "r", "status", "lag_days", "is_error", "error_kind")
    expected = {
        (
            row["handoff_id"], truth.key(row, "_l"), truth.key(row, "_r"), row["status"],
            float(row["lag_days"]) if row["lag_days"] else None, row["is_error"] == "true",
            row["error_kind"] if row["is_error"] == "true" else None,
        )
        for row in truth.rows(TRUTH / "handoffs.csv")
        if row["status"] != "extra"
    }  # fmt: skip
    seen = {
        (
            row["handoff_id"], row["key_l"], row["key_r"], row["status"], row["lag_days"], row["is_error"],
            row["error_kind"],
        )
        for row in mini[1].table("counterpart").to_pylist()
        if row["status"] != "extra"
    }  # fmt: skip

    assert sorted(map(str, seen - expected)) == [], names
    assert sorted(map(str, expected - seen)) == [], names


def test_an_invoice_posted_twice_is_extra(mini: Mini) -> None:
    """The second posting has no deal of its own."""
    extra = {row["key_r"] for row in mini[1].table("counterpart").to_pylist() if row["status"] == "extra"}

    assert "ledger/invoices/1010" in extra


@pytest.mark.parametrize("row", truth.rows(TRUTH / "measures.csv"), ids=lambda row: f"{row['handoff_id']}.{row['measure']}")
def test_measures_are_those_counted_by_hand(mini: Mini, row: dict[str, str]) -> None:
    """Volume, lag and error rate are plain arithmetic on the list above."""
    run = mini[1]
    rows = [one for one in run.table("counterpart").to_pylist() if one["handoff_id"] == row["handoff_id"]]
    measured = {
        one["measure"]: one for one in run.table("handoff_measure").to_pylist() if one["handoff_id"] == row["handoff_id"]
    }

    if row["measure"] == "missing_count":
        assert sum(one["status"] == "missing" for one in rows) == int(row["value"])
        assert measured["missing_share"]["n"] == int(row["n"])
    elif row["measure"] == "lag_median_days":
        assert statistics.median(one["lag_days"] for one in rows if one["status"] == "found") == float(row["value"])
    else:
        assert measured[row["measure"]]["value"] == pytest.approx(float(row["value"]))
        if row["x"]:
            assert (measured[row["measure"]]["x"], measured[row["measure"]]["n"]) == (int(row["x"]), int(row["n"]))


def test_monthly_volumes_are_exact(mini: Mini) -> None:
    """Months without any item count as months."""
    seen = {(row["handoff_id"], f"{row['month']:%Y-%m}"): row["items"] for row in mini[1].table("handoff_month").to_pylist()}
    expected = {(row["handoff_id"], row["month"]): int(row["count"]) for row in truth.rows(TRUTH / "volumes.csv")}

    assert {month: seen.get(month, 0) for month in expected} == expected


def test_differences_between_systems_are_exact(mini: Mini) -> None:
    """Different values are told from mere formatting; what only one side has is told apart too."""
    seen = {
        (frozenset((row["key_l"], row["key_r"])), row["column"], row["kind"])
        for row in mini[1].table("mismatch").to_pylist()
        if row["kind"] in {"different", "formatting"}
    }
    expected = {
        (frozenset((truth.key(row, "_l"), truth.key(row, "_r"))), row["column"], row["kind"])
        for row in truth.rows(TRUTH / "mismatches.csv")
    }

    assert sorted(map(str, seen - expected)) == []
    assert sorted(map(str, expected - seen)) == []


def test_planted_errors_are_found(mini: Mini) -> None:
    """A bad address, a swapped date and a customer that does not exist."""
    found = {row["record_key"] for row in mini[1].table("finding").to_pylist()}

    assert {truth.key(row) for row in truth.rows(TRUTH / "errors.csv")} <= found
