"""The usual first three, held against what the client's handoffs cost."""

from toolkit.scoping.usual_first import Candidate, usual_first


def test_the_usual_three_are_shown_where_they_are_there() -> None:
    """With their rank, and whether the data agrees."""
    found = usual_first(
        [
            Candidate("feed", "bank", "ledger", 7, 0.02),
            Candidate("cards", "payments", "ledger", 3),
            Candidate("orders", "shop", "ledger", 4),
            Candidate("deals", "crm", "ledger", 1, 1.0),
        ]
    )

    assert [(one.kind, one.handoff_id, one.rank, one.agrees) for one in found] == [
        ("bank_feed", "feed", 7, False),
        ("payment_processor", "cards", 3, True),
        ("sales_or_billing", "deals", 1, True),
    ]
    assert "The data disagrees" in found[0].reason
    assert "in 2 % of the cases" in found[0].reason


def test_what_is_not_there_is_not_proposed() -> None:
    """Nor is what goes the other way, or past the ledger."""
    found = usual_first([Candidate("pay", "ledger", "bank", 1), Candidate("kickoff", "crm", "projects", 2)])

    assert {(one.handoff_id, one.agrees) for one in found} == {(None, None)}


def test_one_whose_cost_nobody_knows_is_not_judged() -> None:
    """And one that is known stands before it."""
    [_, cards, _] = usual_first([Candidate("cards", "payments", "ledger", None)])
    [_, known, _] = usual_first([Candidate("a", "payments", "ledger", None), Candidate("b", "payments", "ledger", 9)])

    assert (cards.handoff_id, cards.agrees) == ("cards", None)
    assert (known.handoff_id, known.agrees) == ("b", False)
