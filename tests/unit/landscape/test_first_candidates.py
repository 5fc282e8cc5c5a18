"""The three connections that usually pay first, where the client has them, and where its own costs say otherwise."""

from toolkit.landscape.first_candidates import first_candidates
from toolkit.landscape.pattern_matches import Carried, Held

HELD = Held(
    {"bank": "bank", "books": "ledger", "crm": "crm"},
    handoffs=(Carried("check", "books", "bill", "bank", "bank_line"), Carried("bill", "crm", "deal", "books", "invoice")),
)


def test_they_are_shown_where_the_client_has_the_systems() -> None:
    """A client without a payment processor is told so."""
    bank, processor, sales = first_candidates(HELD)

    assert (bank.is_present, bank.handoffs) == (True, ("check",))
    assert (processor.is_present, processor.said) == (False, "not here: a system of the kind is lacking")
    assert sales.handoffs == ("bill",)


def test_where_the_costs_rank_them_lower_that_is_said() -> None:
    """The rule is not followed blindly; without costs nothing is claimed."""
    bank, _, sales = first_candidates(HELD, {"check": 6, "bill": 1})

    assert bank.said.startswith("usually done first, but number 6 by what it costs here")
    assert sales.said == "worth doing first, and number 1 by what it costs here"
    assert "not known yet" in first_candidates(HELD)[0].said
