"""Handoffs are proposed from what was recognised, and say what is still to be asked."""

import pytest

from toolkit.landscape.handoffs import Handoff, StreamInfo, handoff_table, proposed_handoffs
from toolkit.landscape.layout import landscape_map
from toolkit.landscape.systems import System
from toolkit.settings import HandoffSettings

STREAMS = [
    StreamInfo("crm", "companies", "party", "crm"), StreamInfo("crm", "deals", "deal", "crm"),
    StreamInfo("asana", "projects", "project", "projects"), StreamInfo("books", "invoices", "invoice", "ledger"),
    StreamInfo("books", "customers", "party", "ledger"), StreamInfo("books", "payments", "payment", "ledger"),
    StreamInfo("stripe", "payments", "payment", "payments"), StreamInfo("bank", "lines", "bank_line", "bank"),
    StreamInfo("shop", "orders", "order", "shop"),
]  # fmt: skip


def test_the_usual_chain_is_proposed() -> None:
    """Deals, projects, invoices, payments and the bank: each handoff once, none of them confirmed."""
    proposed = proposed_handoffs(STREAMS)

    assert [one.handoff_id for one in proposed] == [
        "company_to_customer", "deal_to_project", "deal_to_invoice", "order_to_invoice", "payment_to_ledger",
        "payment_to_bank",
    ]  # fmt: skip
    assert all(one.is_proposed for one in proposed)


def test_the_order_of_streams_does_not_matter() -> None:
    """The same systems give the same proposals."""
    assert proposed_handoffs(STREAMS[::-1]) == proposed_handoffs(STREAMS)


def test_a_second_shop_gets_a_handoff_of_its_own() -> None:
    """Ids stay unique with two systems of one kind."""
    two = [*STREAMS, StreamInfo("shop2", "orders", "order", "shop")]

    assert "order_to_invoice_shop2_books" in [one.handoff_id for one in proposed_handoffs(two)]


def test_card_refunds_are_not_looked_for_among_the_payments_of_a_ledger() -> None:
    """What was given back stands there in many ways: only payments are proposed."""
    cards = [StreamInfo("cards", name, "payment", "payments") for name in ("payments", "refunds")]
    proposed = proposed_handoffs([*cards, StreamInfo("books", "payments", "payment", "ledger")])

    assert [(one.handoff_id, one.stream_l) for one in proposed] == [("payment_to_ledger", "payments")]


def test_what_keeps_a_cost_from_being_complete_is_named() -> None:
    """Nothing unknown counts as zero: it is listed."""
    known = Handoff(
        "a", "A", "crm", "deals", "deal", "books", "invoices", "invoice", by="Dana", trigger="status_change", carrier="copy"
    )

    [row] = handoff_table([known], {"a": {"minutes_per_item"}}).to_pylist()

    assert row["missing"] == ["minutes to mend one error"]


def test_an_unknown_trigger_is_refused() -> None:
    """Only the triggers of the list exist."""
    with pytest.raises(ValueError, match="not a trigger"):
        Handoff("a", "A", "crm", "deals", "deal", "books", "invoices", "invoice", trigger="whim")  # type: ignore[arg-type]


def test_a_trigger_and_a_carrier_that_nobody_gave_are_asked_for() -> None:
    """Neither "by hand" nor "copied" is made up where the settings say nothing."""
    given = HandoffSettings.model_validate({"from": "crm.deals", "to": "books.invoices", "by": "Dana, Grace"})

    assert (given.trigger, given.carrier) == (None, None)
    handoff = Handoff("a", "A", "crm", "deals", "deal", "books", "invoices", "invoice", by=given.by, trigger=given.trigger)
    [row] = handoff_table([handoff]).to_pylist()
    assert {"what starts it", "how it is carried"} <= set(row["missing"])


def test_two_people_in_one_cell_stand_on_the_map_as_two() -> None:
    """The handoff goes through each of them."""
    both = Handoff("a", "A", "crm", "deals", "deal", "books", "invoices", "invoice", by="Dana, Grace")

    drawn = landscape_map([System("crm"), System("books")], [both])

    assert {box.node_id for box in drawn.boxes} == {"system:crm", "system:books", "person:Dana", "person:Grace"}
    assert len(drawn.paths) == 4


def test_two_handoffs_of_one_kind_are_called_after_their_systems() -> None:
    """Of two companies each sends its deals to its own ledger: no line of the report can mean either."""
    streams = [
        StreamInfo(f"{kind}_{company}", stream, entity, kind)
        for company in "ab"
        for kind, stream, entity in (("crm", "deals", "deal"), ("ledger", "invoices", "invoice"))
    ]

    labels = [one.label for one in proposed_handoffs(streams)]

    assert labels == [
        f"Won deals invoiced (Crm {left} to Ledger {right})" for left in "ab" for right in "ab"
    ]  # fmt: skip


def test_two_lists_of_one_system_tell_its_handoffs_apart() -> None:
    """Where one ledger has two lists of invoices, the list is named too."""
    lists = [StreamInfo("ledger", name, "invoice", "ledger") for name in ("old_invoices", "sales_invoices")]

    labels = [one.label for one in proposed_handoffs([StreamInfo("crm", "deals", "deal", "crm"), *lists])]

    assert labels == [f"Won deals invoiced (Crm to Ledger {name} invoices)" for name in ("old", "sales")]
    assert [one.label for one in proposed_handoffs([StreamInfo("crm", "deals", "deal", "crm"), lists[0]])] == [
        "Won deals invoiced",
    ]
