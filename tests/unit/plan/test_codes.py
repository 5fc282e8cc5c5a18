"""Codes become what the client says, in parties, documents and items; a code that nobody knows is told."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.cleanup_records import NOTHING_WRITTEN, Client, at, document, only, party, reasons
from toolkit.errors import InputError
from toolkit.plan.cleanup_rules import CleanupRules

LEDGER_CHECK = "crm.bills.gl_code.reference"


def rules(codes: dict[str, dict[str, str]], **given: frozenset[str]) -> CleanupRules:
    """Return rules that only map codes."""
    return CleanupRules(codes=codes, standardise=frozenset(), **given)  # type: ignore[arg-type]


def bill(number: int, code: str | None, stream: str = "bills") -> dict[str, object]:
    """Return a bill with a ledger account."""
    return document(f"crm/{stream}/{number}", gl_code=code)


def test_code_of_documents_is_mapped() -> None:
    """Each bill with the code is updated, and no other; what it was stands beside."""
    client = Client([], documents=[bill(1, "6100"), bill(2, "6200"), bill(3, None), bill(4, "61001")])
    (update,) = client.planned(rules({"gl_code": {"6100": "6105"}})).operations
    assert (update.target_id, update.before, update.after) == ("1", {"gl_code": "6100"}, {"gl_code": "6105"})
    assert update.evidence.reasons == ("The rules say what this code becomes.",)


def test_code_of_one_stream() -> None:
    """A mapping may hold for one stream only."""
    client = Client([], documents=[bill(1, "6100"), bill(2, "6100", "expenses")])
    planned = client.planned(rules({"expenses.gl_code": {"6100": "6105"}}))
    assert [one.target_id for one in planned.operations] == ["2"]
    assert client.planned(rules({"gl_code": {}})).operations == ()


def test_codes_of_parties_and_items() -> None:
    """A country of a company and the category of a product, by the same rules; archived ones are left."""
    item = {"system": "crm", "stream": "products", "entity": "product", "state": "active", "kind": "lamp"}
    items = [{**item, "record_key": f"crm/products/{number}", "record_id": str(number)} for number in (1, 2)]
    items[1]["state"] = "archived"
    client = Client([party("crm/companies/1", country="Holland")], items=items)
    planned = client.planned(rules({"country": {"Holland": "Netherlands"}, "kind": {"lamp": "Lamps"}}))
    assert sorted(
        (one.stream, dict(one.after)["country" if one.stream == "companies" else "kind"]) for one in planned.operations
    ) == [
        ("companies", "Netherlands"),
        ("products", "Lamps"),
    ]


def test_archived_and_excluded_records_keep_their_codes() -> None:
    """What is archived by the plan, and what the rules exclude, is not touched."""
    keys = ["crm/companies/1", "crm/companies/2"]
    parties = [party(keys[0], country="Holland"), party(keys[1], country="Holland", updated_at=at("2026-01-01"))]
    client = Client(parties, clusters={"g1": keys}, documents=[bill(1, "6100")])
    planned = client.planned(
        rules({"country": {"Holland": "NL"}, "gl_code": {"6100": "6105"}}, excluded=frozenset(["crm/bills/1"]))
    )
    assert [(one.action, one.target_id) for one in planned.operations] == [("update", "1"), ("archive", "2")]


@pytest.mark.parametrize("mapped", [{"6100": "6105", "6105": "6110"}, {"a": "b", "b": "a"}])
def test_chain_of_codes_is_refused(mapped: dict[str, str]) -> None:
    """A second cleanup would change the codes again, so each must say what it becomes in the end."""
    with pytest.raises(InputError, match="say at once what each code becomes"):
        CleanupRules(codes={"gl_code": mapped})
    CleanupRules(codes={"gl_code": {"6100": "6105", "6105": "6105"}})


def test_unknown_codes_are_told() -> None:
    """Records whose code is in no list of the system, by code; those that are mapped, and other systems' are not told."""
    client = Client(
        [],
        documents=[bill(1, "9999"), bill(2, "9999"), bill(3, "8888"), bill(4, None), document("crm/bills/5", name="x")],
        findings=[
            {"check_id": check, "record_key": key, "column": column, "value": value, "reason": "It is in no list."}
            for check, key, column, value in (
                (LEDGER_CHECK, "crm/bills/2", "gl_code", "9999"),
                (LEDGER_CHECK, "crm/bills/1", "gl_code", "9999"),
                (LEDGER_CHECK, "crm/bills/3", "gl_code", "8888"),
                (LEDGER_CHECK, "crm/bills/4", "gl_code", None),
                (LEDGER_CHECK, "crm/bills/gone", "gl_code", "7777"),
                ("crm.bills.name.reference", "crm/bills/5", "name", "x"),
                ("crm.bills.gl_code.required", "crm/bills/5", "gl_code", None),
                ("ledger.bills.gl_code.reference", "ledger/bills/1", "gl_code", "9999"),
            )
        ],
    )
    told = client.planned(rules({"gl_code": {"8888": "6105"}})).left_out
    assert [(one.subject, one.record_keys) for one in told] == [
        ("codes", ("crm/bills/4",)),
        ("codes", ("crm/bills/1", "crm/bills/2")),
    ]
    assert {one.reason for one in told} == {
        "The system has no such ledger account, and the rules do not say what it becomes."
    }


def test_column_that_the_target_does_not_take() -> None:
    """What an import has no field for is told, by stream and column, and not planned; other streams take all."""
    client = Client([party("crm/companies/1", phone="(312) 555-0147", country="Holland")], documents=[bill(1, "6100")])
    given = {
        "codes": {"country": {"Holland": "NL"}, "gl_code": {"6100": "6105"}},
        "writable": {"companies": frozenset(["country"])},
        "home_country": "US",
    }
    planned = client.planned(CleanupRules(**given, standardise=frozenset(["spaces"])))  # type: ignore[arg-type]
    assert [dict(one.after) for one in planned.operations] == [{"country": "NL"}, {"gl_code": "6105"}]
    given["writable"] = {"companies": frozenset(["phone"]), "bills": frozenset()}
    planned = client.planned(CleanupRules(**given, standardise=frozenset(["spaces"])))  # type: ignore[arg-type]
    assert planned.operations == ()
    told = "The value of {} would change, but what the system takes in for {} has no such field. Change it by hand."
    assert reasons(planned) == [told.format("country", "companies"), told.format("gl code", "bills")]


def test_name_that_is_the_key_is_not_rewritten() -> None:
    """Where a list knows its records by name, a file with another name would make new ones."""
    rows = [party("crm/companies/ACME FOODS", name="ACME FOODS", phone="(312) 555-0147")]
    others = [party(f"crm/companies/{number}", name="Acme Foods") for number in (1, 2)]
    planned = Client([*rows, *others]).planned(CleanupRules(home_country="US"))
    assert [dict(one.after) for one in only(planned, "update")] == [{"phone": "+13125550147"}]
    assert [one.record_keys for one in planned.left_out] == [("crm/companies/ACME FOODS",)]
    assert "it is what the system knows them by" in reasons(planned)[0]
    assert Client(others).planned(NOTHING_WRITTEN).left_out == ()


def test_change_that_ends_as_it_began_is_none() -> None:
    """A code that is mapped and then written as the system mostly writes it may end as it stood: nothing is planned."""
    rows = [party(f"crm/companies/{number}", region=region) for number, region in enumerate(("IL", "TX", "NY"))]
    given = CleanupRules(codes={"region": {"IL": "Illinois"}}, standardise=frozenset(["region"]), home_country="US")
    assert Client(rows).planned(given).operations == ()


@pytest.mark.parametrize(
    ("values", "is_changed"),
    [
        ({"entity": "bill", "issued_on": date(2026, 6, 30)}, False),
        ({"entity": "bill", "issued_on": date(2026, 7, 1)}, True),
        ({"entity": "bill"}, False),
        ({"entity": "deal", "closed_at": at("2026-06-01")}, True),
        ({"entity": "payment", "paid_at": at("2026-07-01", 11)}, False),
        ({"entity": "payment", "paid_at": at("2026-07-01", 12)}, True),
        ({"entity": "journal_line", "posted_on": date(2026, 6, 30)}, False),
        ({"entity": "expense", "created_at": at("2026-06-30")}, False),
    ],
)
def test_closed_books_are_not_changed(values: dict[str, Any], is_changed: bool) -> None:  # noqa: FBT001
    """Up to the last closed day nothing is mapped; a document may be undated, and a moment counts for its earliest day."""
    client = Client([], documents=[{**bill(1, "6100"), **values}])
    planned = client.planned(replace(rules({"gl_code": {"6100": "6105"}}), closed_until=date(2026, 6, 30)))
    assert len(planned.operations) == is_changed
    assert reasons(planned) == (
        []
        if is_changed
        else ["The gl code of these bills would change, but their books are closed, and nothing in them is changed."]
    )
    assert len(client.planned(rules({"gl_code": {"6100": "6105"}})).operations) == 1
