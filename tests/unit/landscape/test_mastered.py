"""Records that begin in several systems."""

from toolkit.landscape.entry_points import Arrival, EntryPoints, Kept
from toolkit.landscape.mastered import mastered_twice


def party(**arrivals: Arrival) -> EntryPoints:
    """Return where customers are kept, with how they come there."""
    return EntryPoints("party", tuple(Kept("party", name, ("customers",), 5, how, ()) for name, how in arrivals.items()))


def test_records_that_begin_in_two_systems_are_mastered_twice() -> None:
    """Who decides is said where somebody said so, and open where nobody did."""
    [open_one] = mastered_twice([party(crm="begins", shop="begins", ledger="entered")])
    [decided] = mastered_twice([party(crm="begins", shop="begins")], {"party": "crm"})

    assert (open_one.systems, open_one.decided_by) == (("crm", "shop"), "")
    assert decided.decided_by == "crm"


def test_records_that_are_typed_in_again_begin_once() -> None:
    """They are re-entry, which is counted elsewhere; what nobody told is not taken for a beginning."""
    assert mastered_twice([party(crm="begins", ledger="entered", sheet="unknown")]) == ()
    assert mastered_twice([]) == ()
