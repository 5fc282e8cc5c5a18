"""The landscape's registers on the sample client: what they tell is what its audit measured."""

import pytest

from toolkit.audit.audited_folder import Audit
from toolkit.audit.register import Row
from toolkit.audit.register_verbs import registers, show_register


def rows_of(audit: Audit, name: str) -> list[Row]:
    """Return a register's rows."""
    return list(show_register(audit.engagement, name).table.to_pylist())


@pytest.mark.parametrize("name", list(registers()))
def test_every_register_answers_for_the_sample_client(harbor_pine: Audit, name: str) -> None:
    """With a sentence that ends, and no number that is none."""
    found = show_register(harbor_pine.engagement, name)

    assert found.sentence.endswith(".")
    assert not {"nan", "inf", "None"} & set(repr(found).split())


def test_the_lanes_hold_the_items_that_the_audit_compared(harbor_pine: Audit) -> None:
    """Won deals without an invoice are those that the audit calls missing."""
    lanes = [row for row in rows_of(harbor_pine, "lanes") if row["handoff_id"] == "deal_to_invoice"]
    compared = [row for row in harbor_pine.run.table("counterpart").to_pylist() if row["handoff_id"] == "deal_to_invoice"]
    missing = sum(row["status"] == "missing" for row in compared)

    assert sum(row["items"] for row in lanes if row["because"] == "settled on the left, nothing on the right") == missing
    assert sum(row["items"] for row in lanes) == len(compared)


def test_the_clients_handoffs_are_known_as_patterns(harbor_pine: Audit) -> None:
    """A sale is handed over, and card payments are entered; nothing else is claimed to be there."""
    there = {row["pattern"] for row in rows_of(harbor_pine, "patterns") if row["standing"] == "there"}

    assert {"deal_to_delivery", "payment_to_entry", "shop_orders_with_fees"} <= there
    assert "customer_360" not in there


def test_where_the_usual_first_three_cost_little_here_that_is_said(harbor_pine: Audit) -> None:
    """The costs of the audit rank them."""
    found = {row["kind"]: row for row in rows_of(harbor_pine, "first_candidates")}

    assert all(row["is_present"] for row in found.values())
    assert found["bank feed"]["best_rank"] > 3
    assert "look at that before following the rule" in found["bank feed"]["said"]
