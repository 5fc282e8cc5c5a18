"""Field maps of a small client: what is proposed, what the settings change, what survives on its records."""

from typing import Any

import pytest

import toolkit
from tests.unit.audit.scope.conftest import Client
from toolkit.audit.scope.field_targets import stream_fields, target_fields
from toolkit.connectors import connectors
from toolkit.settings import Settings, SystemSettings


def maps(client: Client, more: str = "") -> dict[tuple[str, str], dict[str, Any]]:
    found = toolkit.check_field_maps(client(more))
    return {(row["handoff_id"], row["target_column"]): row for row in found.table.to_pylist()}


def test_a_customer_becomes_the_contact_and_an_order_total_the_invoice_amount(client: Client) -> None:
    """The names are those that both vendors' people see, each field with both types and its transform."""
    found = maps(client)

    customer = found["deal_to_invoice", "party_name"]
    assert (customer["source_fields"], customer["target_field"], customer["transform"]) == (
        ["Associated Company (Primary)"], "Customer", "join",
    )  # fmt: skip
    amount = found["deal_to_invoice", "amount_minor"]
    assert (amount["source_types"], amount["target_type"], amount["transform"]) == (["amount"], "amount", "currency")
    day = found["deal_to_invoice", "issued_on"]
    assert (day["source_types"], day["target_type"], day["options"]) == (
        ["moment"], "day", "as %m/%d/%Y, without the time of day",
    )  # fmt: skip
    assert all(row["is_proposed"] for row in found.values())


def test_required_fields_that_nothing_fills_are_open_until_they_are_named(client: Client) -> None:
    """A source, a default, or the word that the target gives it itself: each closes one."""
    before = maps(client)
    after = maps(
        client, "field_maps: {deal_to_invoice: {number: {made_there: true}, due_on: {default: 30 days after the date}}}"
    )

    assert {column for (_, column), row in before.items() if row["is_open"]} == {"number", "due_on"}
    assert [row for row in after.values() if row["is_open"]] == []
    assert after["deal_to_invoice", "due_on"]["default"] == "30 days after the date"
    assert not after["deal_to_invoice", "number"]["is_proposed"]


def test_what_a_person_says_goes_before_what_is_proposed(client: Client) -> None:
    """Fields, transform and how it is told; and a field that nobody proposed comes in."""
    more = (
        "field_maps: {deal_to_invoice: {description: {from: [name, number], transform: concatenation, separator: ' / '}, "
        "reference: {from: [number], required: true}, issued_on: {form: '%d.%m.%Y'}}}"
    )

    found = maps(client, more)

    joined = found["deal_to_invoice", "description"]
    assert (joined["source_columns"], joined["transform"], joined["why"]) == (
        ["name", "number"],
        "concatenation",
        "as agreed",
    )
    assert joined["survived"] == joined["rows"] > 0
    assert found["deal_to_invoice", "reference"]["is_required"]
    assert found["deal_to_invoice", "issued_on"]["options"].startswith("as %d.%m.%Y")


def test_what_does_not_survive_is_shown_with_a_record(client: Client) -> None:
    """A name that the separator cuts in three does not come back, and one of its records is named."""
    more = "field_maps: {deal_to_invoice: {description: {from: [name, status], transform: concatenation}}}"

    found = toolkit.check_field_maps(client(more))

    lost = [row for row in found.examples.to_pylist() if row["target_column"] == "description" and row["kind"] == "changed"]
    assert lost
    assert lost[0]["reason"].startswith("It comes back in ")
    assert lost[0]["record_key"].startswith("crm/deals/")
    assert lost[0]["came_back"] is None


def test_a_field_that_is_another_in_the_target_today_is_held_against_it(client: Client) -> None:
    """Of matched records: how many say the same today, and an example of one that does not."""
    row = maps(client)["deal_to_invoice", "amount_minor"]

    assert 0 < row["agreed"] < row["compared"] <= row["rows"]
    examples = toolkit.check_field_maps(client("")).examples.to_pylist()
    assert [one for one in examples if one["kind"] == "differs" and one["target_column"] == "amount_minor"]


def test_a_list_of_the_clients_own_has_its_own_headers_and_nobody_knows_what_it_requires() -> None:
    """A sheet has no import of a vendor's: its fields are called as the settings say, and required is unknown."""
    given = Settings.model_validate(
        {
            "client": "A",
            "systems": {
                "log": {"streams": {"jobs": {"entity": "project", "fields": {"name": "Job", "amount_minor": "Sum"}}}}
            },
        }
    )

    there = stream_fields(given.systems["log"], None, "jobs", "project")
    found = target_fields(there, {"name", "amount_minor", "state"})

    assert [(one.column, one.name, one.is_required) for one in found] == [
        ("name", "Job", None), ("amount_minor", "Sum", None),
    ]  # fmt: skip


def test_the_name_is_the_header_that_the_client_sees() -> None:
    """Of several headers a vendor has used, the one of the client's own file."""
    asana = next(one for one in connectors() if one.name == "asana")

    usual = stream_fields(SystemSettings(), asana, "projects", "project")
    seen = stream_fields(SystemSettings(), asana, "projects", "project", headers=("Task ID", "Name"))

    assert usual.name("number") != "Task ID"
    assert seen.name("number") == "Task ID"


@pytest.mark.parametrize(("vendor", "stream", "entity"), [("quickbooks", "invoices", "invoice"), ("xero", "bills", "bill")])
def test_every_field_that_a_vendors_import_requires_is_on_the_map(vendor: str, stream: str, entity: str) -> None:
    """Also where no record of the client fills it, and before the others."""
    known = next(one for one in connectors() if one.name == vendor)
    there = stream_fields(SystemSettings(), known, stream, entity)

    found = target_fields(there, {"status", "description"})

    assert {one.column for one in found if one.is_required} == there.required
    assert [bool(one.is_required) for one in found] == sorted([bool(one.is_required) for one in found], reverse=True)
