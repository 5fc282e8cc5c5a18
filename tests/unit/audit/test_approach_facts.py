"""What decides how a handoff is connected, gathered from the settings and from what connectors tell."""

from typing import Any

import pytest

from toolkit.audit.approach_facts import HandoffFacts, Landscape, handoff_delivery, handoff_facts
from toolkit.connectors import connector_of
from toolkit.settings import Settings

ROW = {
    "handoff_id": "deal_to_invoice",
    "system_l": "crm",
    "entity_l": "deal",
    "system_r": "ledger",
    "entity_r": "invoice",
}
CONNECTORS = {"crm": "hubspot", "ledger": "quickbooks", "sheet": "table", "other_ledger": "xero", "erp": "rest"}


def landscape(*rows: dict[str, str], **given: Any) -> Landscape:
    handoffs = {"deal_to_invoice": {"from": "crm.deals", "to": "ledger.invoices", **given.pop("handoff", {})}}
    settings = Settings.model_validate({"client": "Acme", "handoffs": handoffs, **given})
    return Landscape(
        settings,
        {name: connector_of(one) for name, one in CONNECTORS.items()},
        {"crm": "crm", "ledger": "ledger", "other_ledger": "ledger", "sheet": "sheet"},
        [ROW, *rows],
    )


def gathered(of: Landscape | None = None, **row: str) -> HandoffFacts:
    return handoff_facts({**ROW, **row}, of or landscape(), steps_per_run=3)


def test_what_nobody_said_is_unknown() -> None:
    """Not one of the facts that only people know has a value; what connectors and counting tell has one."""
    known = gathered().known
    told = {name: value for name, value in known.items() if value is not None}

    assert told == {
        "api_available_both": True,
        "file_available": True,
        "is_within_one_system": False,
        "same_category_platforms": 1,
        "systems_in_landscape": 5,
        "flows_in_landscape": 1,
    }


def test_what_is_said_is_known() -> None:
    """Of the handoff, of its systems, and of all."""
    said = {
        "needed_within": "hour",
        "critical": True,
        "logic": "own",
        "purpose": "sync",
        "requires": ["audit_trail", "embedded"],
        "process_agreed": False,
    }
    systems = {name: {"has_platform_connector": True} for name in ("crm", "ledger")}
    found = gathered(landscape(handoff={"approach": said}, systems=systems, approach={"in_house_developer": False}))

    assert {name: found.known[name] for name in found.known if found.known[name] is True} == dict.fromkeys(
        (
            "api_available_both", "connector_both_sides", "file_available", "complex_logic", "audit_trail_required",
            "is_embedded", "critical", "real_time_needed",
        ),
        True,
    )  # fmt: skip
    assert found.is_soon is True
    assert not any(
        found.known[name]
        for name in ("linear", "is_reporting_only", "versioned_codebase_required", "process_aligned", "in_house_developer")
    )


@pytest.mark.parametrize(
    ("system", "given", "has_api"),
    [("sheet", {}, None), ("sheet", {"has_api": False}, False), ("sheet", {"has_api": True}, True), ("erp", {}, True)],
)
def test_a_system_without_a_connector_that_tells_is_asked_about(
    system: str, given: dict[str, bool], *, has_api: bool | None
) -> None:
    """A sheet may be behind an interface; nobody has said."""
    found = gathered(landscape(systems={system: given}), system_r=system)

    assert found.known["api_available_both"] is has_api
    assert found.unknown_of["api_available_both"] == (() if has_api is not None else (system,))


def test_one_side_without_an_interface_is_enough() -> None:
    """Whatever the other is."""
    found = gathered(landscape(systems={"crm": {"has_api": False}}), system_r="sheet")

    assert found.known["api_available_both"] is False


def test_files_are_asked_about_where_there_may_be_no_interface() -> None:
    """A list that came as a file gives files; whether it takes them is for people to say."""
    as_source, as_target = gathered(system_l="sheet"), gathered(system_r="sheet")

    assert as_source.known["file_available"] is True
    assert as_target.known["file_available"] is None
    assert as_target.unknown_of["file_available"] == ("sheet",)
    assert gathered(landscape(systems={"sheet": {"has_files": True}}), system_r="sheet").known["file_available"] is True


def test_coverage_comes_from_the_field_map() -> None:
    """And a field that is carried says that there is a connector."""
    fields = {"amount": {"carried": "there", "weight": 3}, "tax id": {"must_have": True}}
    found = gathered(landscape(handoff={"approach": {"native": {"fields": fields}}}))

    assert found.coverage.share == 0.75
    assert (found.known["native_exists"], found.known["native_coverage"]) == (True, 0.75)
    assert found.known["must_have_missing"] is True


def test_a_native_build_that_is_planned_says_that_there_is_a_connector() -> None:
    """It is told as an assumption; where somebody says the contrary, both are named."""
    planned, denied = (
        gathered(landscape(handoff={"build": {"class": "native"}, "approach": {"steps_per_run": 2, **more}}))
        for more in ({}, {"native": {"exists": False}})
    )

    assert (planned.known["native_exists"], denied.known["native_exists"]) == (True, False)
    assert planned.remarks == ("Assumed: a vendor offers a connector, since build.class is native.",)
    assert [one.partition(",")[0] for one in denied.remarks] == ["build.class is native"]
    assert gathered().remarks == ("Assumed: an item takes 3 steps, unless approach.steps_per_run says otherwise.",)


def test_an_effort_that_follows_from_the_feasibility_is_told() -> None:
    """As long as nobody gave a class."""
    answers = {"documented_api": "no", "open_format": "no", "full_access": "no"}
    found = gathered(landscape(handoff={"approach": {"steps_per_run": 2, "feasibility": answers}}))

    assert found.remarks == ("Assumed: it is complex to build, by its feasibility, unless build.class says otherwise.",)


def test_two_ledgers_that_take_the_same_are_of_one_kind() -> None:
    """Deals that become invoices in two ledgers; another way over is another matter."""
    second = {**ROW, "handoff_id": "second", "system_r": "other_ledger"}
    other = {**second, "entity_l": "order"}

    assert gathered(landscape(second)).known["same_category_platforms"] == 2
    assert gathered(landscape(other)).known["same_category_platforms"] == 1


def test_sheets_are_no_systems_of_one_kind() -> None:
    """Nobody offers one interface to them."""
    to_sheets = [{**ROW, "system_r": name} for name in ("sheet", "second_sheet")]

    assert gathered(landscape(*to_sheets), system_r="sheet").known["same_category_platforms"] == 1


def test_what_the_source_can_do_decides_how_it_is_listened_to() -> None:
    """HubSpot sends messages; of a sheet nobody knows."""
    soon = landscape(handoff={"approach": {"needed_within": "real_time"}})
    facts = gathered(soon)

    assert handoff_delivery(ROW, soon, facts, 40.0).way == "webhook"
    assert handoff_delivery({**ROW, "system_l": "sheet"}, soon, facts, None).asked == "webhooks"
