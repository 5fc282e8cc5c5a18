"""Rules that cannot hold are refused when they are made."""

import pytest

from toolkit.plan.sync_rules import PairRule, SyncRules
from toolkit.plan.three_way import Base, who_changed, winner


def test_an_unknown_rule_for_conflicts_is_refused() -> None:
    """With the known ones."""
    with pytest.raises(ValueError, match="known: manual, newest, source_of_truth"):
        PairRule("crm", "ledger", {"phone": "oldest"})  # type: ignore[dict-item]


@pytest.mark.parametrize("column", ["party_ref", "number", "record_id", "deal_ref"])
def test_what_means_something_in_its_own_system_only_is_not_kept_alike(column: str) -> None:
    """Numbers and references."""
    with pytest.raises(ValueError, match="its own system only"):
        PairRule("crm", "ledger", {column: "manual"})


def test_a_probability_is_above_zero_and_at_most_one() -> None:
    """At the bounds."""
    assert SyncRules(min_probability=1).min_probability == 1
    for wrong in (0, 1.01):
        with pytest.raises(ValueError, match="min_probability"):
            SyncRules(min_probability=wrong)


def test_a_field_that_nobody_changed_keeps_what_it_has() -> None:
    """Both sides may always have differed."""
    change = who_changed(("a",), ("b",), Base(("a",), ("b",)))

    assert change == "nobody"
    assert winner(change, "newest", newer="other", truth="other", is_own_followed=False) == "own"
