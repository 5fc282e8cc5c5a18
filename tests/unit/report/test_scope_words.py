"""What the report says of connecting: open advice, questions in a client's words, what is not done, what matters most."""

from typing import Any

import pyarrow.compute as pc

from tests.contract.test_sections import text_of
from tests.unit.report.sample_run import sample_run, sample_tables
from toolkit.report.approach_words import asked_lines, shown_approach
from toolkit.report.entity_places import entity_places
from toolkit.report.run import RunTables
from toolkit.tables import RESULTS


def run_with(**changed: list[dict[str, Any]]) -> RunTables:
    """Return the sample run with other rows of some tables."""
    tables = sample_tables()
    return sample_run(tables={**tables, **{name: RESULTS[name].from_rows(rows) for name, rows in changed.items()}})


def rows_of(name: str) -> list[dict[str, Any]]:
    """Return the rows of a table of the sample run."""
    found: list[dict[str, Any]] = sample_run().table(name).to_pylist()
    return found


def test_an_open_advice_names_what_is_possible_and_how_many_more() -> None:
    """Three by name, the others counted: none is promised."""
    [row] = [one for one in rows_of("approach") if one["approach"] is None]

    assert shown_approach(row) == (
        "open: the vendors’ own connector; or a flow on a simple platform; or a connection built for it; or another way"
    )


def test_a_question_is_asked_once_in_a_clients_words() -> None:
    """Without keys; about all handoffs it says so, and what decides comes first."""
    rows = rows_of("approach")
    for row in rows:
        row |= {"asked_beside_keys": [f"handoffs.{row['handoff_id']}.approach.needed_within"], "asked_beside": ["?"]}
    lines = asked_lines(run_with(approach=rows))

    assert lines == [
        "Does one of both vendors offer a connection to the other? (Card payment to ledger)",
        "How soon must it arrive: within minutes, within the hour, or is a day soon enough? (all handoffs)",
    ]


def test_the_ways_stand_side_by_side_with_their_cost() -> None:
    """Money once and running, with the work that is left; and how they fail."""
    text = text_of(sample_run(), "approach")

    assert "For 3 of 4 handoffs the way is clear; 1 of them stays by hand, and 1 waits for an answer from you." in text
    assert "11,480 USD" in text
    assert "from 1,001 items a month on (now 32): a flow on an advanced platform" in text
    assert "a step fails and is repeated" in text


def test_where_nothing_is_answered_no_table_of_unknowns_is_shown() -> None:
    """The page asks, and does not list what it does not know."""
    rows = [{**row, "approach": None} for row in rows_of("approach")]
    ways = [{**row, "total": None, "is_chosen": False} for row in rows_of("approach_way")]
    text = text_of(run_with(approach=rows, approach_way=ways), "approach")

    assert "hangs on answers that only you can give" in text
    assert "The advice, and what it costs" not in text
    assert "What each way costs" not in text


def test_every_handoff_that_is_not_connected_has_its_reason() -> None:
    """By its name, not by ours; what is missing is named."""
    text = text_of(sample_run(), "roadmap")

    assert "Shop order to invoice: by hand. It needs “Won deal to invoice”, which is not done." in text
    assert "Card payment to ledger: not known yet." in text
    assert "Missing: minutes." in text
    assert "deal_to_invoice" not in text


def test_a_plan_names_days_persons_in_short_and_what_must_hold() -> None:
    """No command stands in a client's report, and nobody is responsible unless somebody said so."""
    text = text_of(sample_run(), "roadmap")

    assert "D. Miller" in text
    assert "not named yet" in text
    assert "The records that it touches (deal): " in text
    assert "integration-audit" not in text
    assert "How much may be spent once?" in text


def test_without_anything_planned_the_roadmap_says_why() -> None:
    """Where nothing is known yet, it does not read as advice against connecting."""
    unknown = [
        {"handoff_id": row["handoff_id"], "label": row["label"], "state": "unknown", "reason": "Nothing can be said."}
        for row in rows_of("roadmap")
    ]
    text = text_of(run_with(roadmap=unknown), "roadmap")

    assert "Nothing can be planned yet" in text
    assert "is to be connected" not in text


def test_three_lists_say_where_it_matters_most() -> None:
    """What is wrong or missing, people's hours, and what is still under way; at most three handoffs in each."""
    text = text_of(sample_run(), "handoffs")

    assert "Most that is wrong or missing in reports" in text
    assert "items under way at any time" in text
    # 31.5 items a month, of which 4.1 % are wrong and 1.2 % never arrive.
    assert "1.7" in text


def test_the_grid_leaves_out_what_one_system_keeps_alone() -> None:
    """A list that no handoff touches says nothing about entering twice."""
    snapshot = [
        {**rows_of("snapshot")[0], "system": system, "stream": stream, "entity": entity}
        for system, stream, entity in (
            ("crm", "deals", "deal"), ("crm", "contacts", "party"), ("ledger", "customers", "party"),
            ("ledger", "accounts", "account"),
        )
    ]  # fmt: skip
    found = entity_places(run_with(snapshot=snapshot))

    assert set(found["entity"].to_pylist()) == {"Customers, suppliers, contacts"}
    assert pc.unique(found["arrival"]).to_pylist() == ["unknown"]
