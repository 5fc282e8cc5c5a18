"""What is told of one flow, and how it is held against what people said."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.unit.reconcile.arrivals.conftest import Made
from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.arrivals.flow_rows import flow_rows
from toolkit.reconcile.arrivals.pairs import Arrivals
from toolkit.reconcile.arrivals.said import AGREES, CONTRADICTS, NOBODY_SAID, OPEN, agreement, said_of

FLOW = Handoff("billed", "Deals invoiced", "crm", "deals", "deal", "books", "invoices", "invoice", by="Dana", carrier="copy")
DAY = 1440


@pytest.fixture
def automated(arriving: Made) -> Arrivals:
    """Return 200 items that a program enters within the minute, at any hour."""
    rng = np.random.default_rng(1)
    began = np.sort(rng.integers(0, 60 * DAY, 200)).astype(float)
    numbers = [f"D-{n}" for n in range(200)]
    return arriving(
        began,
        began + 1,
        source={"number": numbers, "name": ["Roof repair"] * 200},
        target={"reference": numbers, "description": ["Roof repair"] * 200, "created_by": ["API"] * 200},
    )


def test_an_automation_that_nobody_knew_of_is_a_question(automated: Arrivals) -> None:
    """Dana is said to copy each one; the records look otherwise, and she is asked."""
    row, evidence = flow_rows(FLOW, automated, is_named=True, is_entry_dated=True)

    assert row["kind"] == "by_automation"
    assert row["agreement"] == CONTRADICTS
    assert "Ask Dana" in row["ask"]
    assert "handoffs.billed" in row["ask"]
    assert row["missing"] == []
    assert {one["evidence"] for one in evidence} >= {"at_once", "by_program", "carried_numbers"}


def test_reasons_lead_to_measures(automated: Arrivals) -> None:
    """Each sentence is one of a row of the evidence, and the log-odds add up to the probabilities."""
    row, evidence = flow_rows(FLOW, automated, is_named=True, is_entry_dated=True)

    assert {*row["reasons"], *row["doubts"]} <= {one["words"] for one in evidence}
    sums = {kind: sum(one[f"for_{kind}"] for one in evidence) for kind in ("by_automation", "by_hand")}
    assert sums["by_automation"] > sums["by_hand"]
    assert sum(row[f"p_{kind}"] for kind in ("by_hand", "by_file", "by_automation", "not_at_all")) == pytest.approx(1)


def test_without_times_and_with_few_items_it_stays_open(arriving: Made) -> None:
    """And the answer says what is missing."""
    few = arriving([0, DAY, 2 * DAY], [DAY, 2 * DAY, 3 * DAY], is_timed=False)

    row, _ = flow_rows(FLOW, few, is_named=True, is_entry_dated=False)

    assert row["kind"] is None
    assert row["agreement"] == OPEN
    assert "more items: 3 of 3 have a counterpart" in row["missing"]
    assert any("created_at" in one for one in row["missing"])
    assert any("created_by" in one for one in row["missing"])


def test_a_flow_of_which_nothing_is_known_has_no_number(arriving: Made) -> None:
    """Not a quarter for each kind: nothing at all, in words."""
    row, evidence = flow_rows(FLOW, arriving([], []), is_named=True, is_entry_dated=True)

    assert (row["kind"], row["likely"], row["probability"], row["p_by_hand"]) == (None, None, None, None)
    assert evidence == []
    assert row["ask"].startswith("The records do not tell")
    assert not any(isinstance(value, float) and not math.isfinite(value) for value in row.values())


def test_a_flow_that_nobody_named_is_asked_for(automated: Arrivals) -> None:
    """Two lists that no handoff joins."""
    row, _ = flow_rows(replace(FLOW, by="", carrier=None), automated, is_named=False, is_entry_dated=True)

    assert row["handoff_id"] is None
    assert row["ask"].startswith("No handoff from crm.deals to books.invoices is named")


@pytest.mark.parametrize(
    ("carrier", "by", "kind", "left", "held"),
    [
        ("reentry", "Dana", "by_hand", 0.9, AGREES),
        ("reentry", "Dana", "by_automation", 0.05, CONTRADICTS),
        ("reentry", "Dana", "by_automation", 0.15, OPEN),
        ("sheet", "", "by_file", 0.9, AGREES),
        ("file", "", "by_hand", 0.02, CONTRADICTS),
        (None, "Dana", "by_file", 0.9, AGREES),
        (None, "", "by_file", 0.9, NOBODY_SAID),
        ("copy", "", None, 0.5, OPEN),
    ],
)
def test_what_was_said_is_held_against_the_records(carrier: str, by: str, kind: str, left: float, held: str) -> None:
    """A contradiction needs a kind that is told, and too little left for what was said."""
    said = said_of(replace(FLOW, by=by, carrier=carrier))
    found = dict.fromkeys(("by_hand", "by_file", "by_automation", "not_at_all"), 0.0)
    found |= {said.kinds[0]: left} if said.kinds else {}

    assert agreement(said, kind, found) == held
