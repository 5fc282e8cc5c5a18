"""Records are archived as stale only where the rules name them, and whatever is open, recent or undated keeps them."""

from datetime import date
from typing import Any

import pytest

from tests.cleanup_records import Client, at, document, only, party, told
from toolkit.plan.cleanup_rules import CleanupRules
from toolkit.plan.planned import Planned
from toolkit.plan.stale import cutoff_us

OWN, OTHER, LEDGER = "crm/companies/1", "crm/companies/2", "ledger/customers/9"
OLD = at("2023-01-01")
RULES = CleanupRules(stale_months={"companies": 24}, standardise=frozenset())
"""On 5 October 2026 what has not changed since 5 October 2024 is stale."""


def cleaned(
    *others: dict[str, Any], rules: CleanupRules = RULES, own: dict[str, Any] | None = None, **tables: Any
) -> Planned:
    """Return the plan for an old company and what is beside it."""
    return Client([party(OWN, **{"updated_at": OLD, **(own or {})}), *others], **tables).planned(rules)


def is_archived(planned: Planned) -> bool:
    """Return whether the company is archived."""
    return "1" in [one.target_id for one in only(planned, "archive")]


@pytest.mark.parametrize(
    ("day", "hour", "expected"), [("2024-10-04", 23, True), ("2024-10-05", 0, False), ("2024-10-05", 1, False)]
)
def test_month_bound(day: str, hour: int, expected: bool) -> None:  # noqa: FBT001
    """What changed before the day two years ago is stale; what changed as that day began is not."""
    assert is_archived(cleaned(own={"updated_at": at(day, hour)})) == expected


@pytest.mark.parametrize(
    ("day", "months", "begins"),
    [
        (date(2026, 10, 5), 24, date(2024, 10, 5)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
        (date(2026, 12, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 31), 2, date(2026, 10, 31)),
    ],
)
def test_months_are_of_the_calendar(day: date, months: int, begins: date) -> None:
    """The same day of an earlier month, or its last day."""
    assert cutoff_us(day, months) == (begins - date(1970, 1, 1)).days * 86_400_000_000


def test_reason_and_rules() -> None:
    """Only the streams that the rules name; the reason says how long, and the change can be taken back."""
    (archive,) = only(cleaned(), "archive")
    assert archive.evidence.reasons == (
        "Nobody has changed it for 24 months, and it has no open or recent documents, in no system.",
    )
    assert archive.reversibility == "R0"
    assert not is_archived(cleaned(rules=CleanupRules()))
    assert not is_archived(cleaned(rules=CleanupRules(stale_months={"contacts": 1})))
    assert not is_archived(cleaned(rules=CleanupRules(stale_months={"companies": 24}, excluded=frozenset([OWN]))))


def test_record_that_was_never_changed_counts_from_when_it_was_made() -> None:
    """Without a time of change the time of making counts; without either nothing is known, and the record stays."""
    assert is_archived(cleaned(own={"updated_at": None, "created_at": OLD}))
    assert not is_archived(cleaned(own={"updated_at": None, "created_at": at("2026-01-01")}))
    assert not is_archived(cleaned(own={"updated_at": None}))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"created_at": OLD, "is_won": False}, True),
        ({"created_at": OLD, "closed_at": OLD}, True),
        ({"created_at": OLD, "completed_at": OLD}, True),
        ({"created_at": OLD, "status": "Closed Lost"}, True),
        ({"issued_on": date(2023, 1, 1), "amount_minor": 500, "paid_minor": 500}, True),
        ({"issued_on": date(2023, 1, 1), "amount_minor": 500, "paid_minor": 499}, False),
        ({"created_at": OLD}, False),
        ({"created_at": OLD, "status": "In progress"}, False),
        ({"created_at": OLD, "is_won": True, "due_on": date(2024, 10, 5)}, False),
        ({"created_at": OLD, "is_won": True, "due_on": date(2024, 10, 4)}, True),
        ({"created_at": OLD, "updated_at": at("2026-09-01"), "is_won": True}, False),
        ({"is_won": True}, False),
        ({"entity": "payment", "paid_at": OLD}, True),
        ({"entity": "bank_line", "posted_on": date(2023, 1, 1)}, True),
    ],
)
def test_document_that_keeps_a_record(values: dict[str, Any], expected: bool) -> None:  # noqa: FBT001
    """A document that is over and old does not; one that is open, recent or undated does."""
    assert is_archived(cleaned(documents=[document("crm/deals/70", OWN, **values)])) == expected


def test_other_systems_keep_a_record() -> None:
    """A customer whom the ledger still bills, or whose record there was changed, is not stale in the CRM."""
    bill = document("ledger/invoices/5", LEDGER, issued_on=date(2026, 9, 1), amount_minor=1, paid_minor=1)
    old, new = party(LEDGER, updated_at=OLD), party(LEDGER)
    cluster = {"g1": [OWN, LEDGER]}
    assert is_archived(cleaned(old, clusters=cluster))
    assert not is_archived(cleaned(old, clusters=cluster, documents=[bill]))
    assert not is_archived(cleaned(new, clusters=cluster))
    assert not is_archived(cleaned(party(LEDGER, updated_at=at("2024-10-05", 0)), clusters=cluster))
    assert is_archived(cleaned(party(LEDGER, updated_at=at("2024-10-04", 23)), clusters=cluster))
    assert is_archived(cleaned(new, documents=[bill]))


def test_record_that_was_not_matched_is_judged_alone() -> None:
    """A record that no matching has seen yet has only its own documents."""
    client = Client([party(OWN, updated_at=OLD)], documents=[document("crm/deals/7", OWN, created_at=OLD)])
    nothing = client.tables["crosswalk"].slice(0, 0)
    assert not is_archived(client.planned(RULES, crosswalk=nothing))
    assert is_archived(client.planned(RULES, crosswalk=nothing, documents=client.tables["documents"].slice(0, 0)))


def contact(number: int, parent: str, **values: Any) -> dict[str, Any]:
    """Return a contact of a company."""
    return party(f"crm/contacts/{number}", parent_ref="1", parent_key=parent, **values)


def test_contact_that_is_not_stale_keeps_its_company() -> None:
    """A company is archived only with all that belong to it, and after them."""
    both = CleanupRules(stale_months={"companies": 24, "contacts": 24}, standardise=frozenset())
    assert not is_archived(cleaned(contact(5, OWN, updated_at=OLD)))
    assert not is_archived(cleaned(contact(5, OWN), rules=both))
    planned = cleaned(contact(5, OWN, updated_at=OLD), rules=both)
    person, company = sorted(only(planned, "archive"), key=lambda one: one.stream, reverse=True)
    assert (person.target_id, company.target_id) == ("5", "1")
    assert company.depends_on == (person.op_id,)


def test_what_is_kept_keeps_what_it_belongs_to() -> None:
    """A contact keeps its company, and that company the one above it."""
    both = CleanupRules(stale_months={"companies": 24, "contacts": 24}, standardise=frozenset())
    middle = party(OTHER, updated_at=OLD, parent_ref="1", parent_key=OWN)
    assert told(cleaned(middle, contact(5, OTHER), rules=both)) == []
    assert [one[1] for one in told(cleaned(middle, contact(5, OTHER, updated_at=OLD), rules=both))] == ["1", "2", "5"]


def test_duplicates_are_not_archived_as_stale() -> None:
    """A record that has duplicates is merged or left out first."""
    planned = cleaned(party(OTHER, updated_at=OLD), clusters={"g1": [OWN, OTHER]})
    assert planned.operations == ()
