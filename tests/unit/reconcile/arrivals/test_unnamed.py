"""Lists of customers that no handoff joins."""

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.arrivals.unnamed import runs_backwards, turned, unnamed_flows
from toolkit.tables import COUNTERPART

LISTS = [("crm", "companies", "party"), ("books", "customers", "party"), ("crm", "contacts", "party")]
NAMED = Handoff("new", "New customers", "books", "customers", "party", "crm", "companies", "party")


def test_lists_of_one_system_and_lists_that_a_handoff_joins_are_left_out() -> None:
    """In whichever direction the handoff goes."""
    assert [one.handoff_id for one in unnamed_flows(LISTS, [NAMED])] == ["books.customers>crm.contacts"]
    assert len(unnamed_flows(LISTS, [])) == 2


def test_a_flow_goes_from_the_list_that_was_first() -> None:
    """Where counterparts are older than their source, the other list was."""
    [flow] = unnamed_flows(LISTS[:2], [])
    found = COUNTERPART.from_rows(
        {"handoff_id": flow.handoff_id, "status": "found", "lag_days": days, "is_error": False}
        for days in (-3.0, -1.0, -2.0)
    )

    assert runs_backwards(found)
    assert turned(flow).handoff_id == "crm.companies>books.customers"
    assert not runs_backwards(found.slice(0, 2))
