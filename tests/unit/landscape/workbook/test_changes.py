"""What answers change in the settings' tree, from literal settings and literal rows."""

from typing import Any

import pytest

from toolkit.landscape.workbook.answers import LandscapeAnswers
from toolkit.landscape.workbook.changes import landscape_changes
from toolkit.landscape.workbook.differences import Changes
from toolkit.landscape.workbook.form import FORM_SHEETS
from toolkit.landscape.workbook.known import PulledSystems, known_landscape

KEYS = {form.key: [column.key for column in form.columns] for form in FORM_SHEETS}
FIGURES = ("minutes_per_item", "rework_minutes", "volume_per_month", "error_rate", "delay_days")
PULLED = PulledSystems(
    {"crm": {"deals": "deal", "companies": "party"}, "books": {"invoices": "invoice"}},
    {"crm": "hubspot", "books": "quickbooks"},
    {"crm": "crm", "books": "ledger"},
)


def handoff(**given: Any) -> dict[str, Any]:
    """Return a handoff as the settings hold it."""
    texts = dict.fromkeys(("label", "by", "note"), "")
    sides = {"from": "crm.deals", "to": "books.invoices", "trigger": None, "carrier": None, "is_proposed": False}
    return {**texts, **sides, **dict.fromkeys(FIGURES), **given}


def figure(value: Any) -> dict[str, Any]:
    """Return a figure as the settings hold it."""
    return {"value": value, "evidence": "document", "who": "Jo", "on": None, "source": "contract"}


def changed(
    written: dict[str, Any] | None = None, pulled: PulledSystems = PULLED, **sheets: list[dict[str, Any]]
) -> Changes:
    """Return what the rows of ``sheets`` change beside the handoffs that are written; cells not named are empty."""
    settings = {"systems": {}, "handoffs": written or {}, "people": {}, "questions": {}}
    rows = {key: tuple(dict.fromkeys(KEYS[key]) | row for row in given) for key, given in sheets.items()}
    return landscape_changes(known_landscape(settings, pulled, {}), LandscapeAnswers(**rows), {"HubSpot": "hubspot"})


def after(found: Changes) -> dict[str, Any]:
    """Return the changed settings, by their place with points."""
    return {".".join(one.keys): one.after for one in found.changes}


def test_a_new_system_is_added_once_with_the_connector_of_its_product() -> None:
    """A second row of the same name says nothing; what we cannot name a vendor of is a plain table."""
    rows = [{"name": "Sales desk", "product": "HubSpot"}, {"name": "sales  DESK", "owner": "Jo"}, {"name": "log"}]

    assert after(changed(systems=rows)) == {
        "systems.sales_desk.connector": "hubspot",
        "systems.sales_desk.label": "Sales desk",
        "systems.sales_desk.product": "HubSpot",
        "systems.log.connector": "table",
    }


def test_what_a_system_was_read_with_counts_more_than_what_somebody_calls_it() -> None:
    """A client may name a product that sent other files."""
    found = changed(systems=[{"name": "books", "product": "HubSpot"}, {"name": "crm"}])

    assert after(found) == {"systems.books.connector": "quickbooks", "systems.books.product": "HubSpot"}


def test_one_handoff_in_two_rows_is_taken_from_the_first() -> None:
    """The second is named, not lost without a word."""
    given = {"deal": handoff(label="Deals")}
    found = changed(given, handoffs=[{"label": "deals", "by": "Dana"}, {"handoff_id": "DEAL", "by": "Grace"}])

    assert after(found) == {"handoffs.deal.label": "deals", "handoffs.deal.by": "Dana"}
    assert found.problems == ("Handoffs: 'deal' stands there twice; its first row was taken.",)


def test_a_handoff_that_goes_elsewhere_now_is_asked_about() -> None:
    """Which stream it goes to then, only a person knows."""
    row = {"handoff_id": "deal", "label": "Deals", "system_l": "CRM", "system_r": "crm"}

    found = changed({"deal": handoff(label="Deals")}, handoffs=[row])

    assert found.changes == ()
    assert [one[:59] for one in found.problems] == ["Handoffs: 'deal' now goes to 'crm' instead of 'books'. If t"]


def test_new_minutes_do_not_keep_the_old_witness() -> None:
    """Who said 10 has not said 12; who says 10 again confirms it, and the source stays."""
    given = {"deal": handoff(label="Deals", minutes_per_item=figure(10.0))}
    row = {"handoff_id": "deal", "label": "Deals"}

    new = changed(given, handoffs=[{**row, "minutes_likely": 12.0}])
    confirmed = changed(given, handoffs=[{**row, "minutes_likely": 10.0, "who": "Dana"}])
    same = changed(given, handoffs=[{**row, "minutes_likely": 10.0}])

    assert after(new) == {"handoffs.deal.minutes_per_item": {"value": 12.0, "evidence": "interview"}}
    assert after(confirmed)["handoffs.deal.minutes_per_item"] == {
        "value": 10.0, "evidence": "document", "who": "Dana", "source": "contract",
    }  # fmt: skip
    assert same.changes == ()


@pytest.mark.parametrize(
    ("measured", "held", "is_taken"),
    [
        ({}, None, False),
        ({"deal": {"volume_per_month": 31.0}}, None, False),
        ({"deal": {}}, None, True),
        ({}, figure(9.0), True),
    ],
)
def test_a_count_is_taken_where_no_file_counts_it_or_the_settings_hold_one(
    measured: dict[str, dict[str, float | None]], held: Any, *, is_taken: bool
) -> None:
    """Before the first run, streams that were pulled are going to be counted."""
    pulled = PulledSystems(PULLED.streams, PULLED.connectors, PULLED.categories, measured)
    given = {"deal": handoff(label="Deals", volume_per_month=held)}

    found = changed(given, pulled, handoffs=[{"handoff_id": "deal", "label": "Deals", "volume_per_month": 40.0}])

    assert bool(found.changes) == is_taken
    assert bool(found.notes) != is_taken


def test_answering_one_proposal_writes_all_that_are_still_in_the_workbook() -> None:
    """One handoff in the settings ends the proposing: the others would vanish."""
    pulled = PulledSystems(
        {**PULLED.streams, "shop": {"orders": "order"}}, PULLED.connectors, {**PULLED.categories, "shop": "shop"}
    )
    rows = [{"handoff_id": "deal_to_invoice", "by": "Grace"}, {"handoff_id": "order_to_invoice"}]

    found = after(changed(None, pulled, handoffs=rows))

    assert found["handoffs.deal_to_invoice.is_proposed"] is False
    assert found["handoffs.order_to_invoice.is_proposed"] is True
    assert found["handoffs.order_to_invoice.from"] == "shop.orders"


def test_a_person_of_whom_only_the_name_is_known_is_added() -> None:
    """An empty row of one who is known changes nothing."""
    found = changed({"deal": handoff(by="Grace")}, people=[{"name": "Luis"}, {"name": "grace"}, {"name": "LUIS"}])

    assert after(found) == {"people.Luis.role": ""}
