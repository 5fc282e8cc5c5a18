"""A document that arrived wrong is corrected on a person's word, and never where the books would suffer."""

from dataclasses import replace
from datetime import date

import pytest

from tests.sync_records import (
    DEAL_TO_INVOICE,
    RULES,
    counterpart,
    document,
    missing_invoice,
    party,
    plus_rows,
    walk,
    with_rows,
)
from toolkit.changes import LeftOut
from toolkit.plan import corrected_documents as corrected
from toolkit.plan import document_fields as fields
from toolkit.plan.corrected_documents import corrected_documents
from toolkit.plan.sync_rules import SyncHandoff, SyncRules
from toolkit.plan.sync_tables import SyncTables
from toolkit.plan.updates import Update


def wrong(invoice: dict[str, object] | None = None, deal: dict[str, object] | None = None, **row: object) -> SyncTables:
    """Return a deal of 700 whose invoice says 7,000, and a person who said that the deal is right."""
    known = missing_invoice()
    rows = known.documents.to_pylist()
    facts = {"is_error": True, "error_columns": ["amount_minor"], "decision": "left", "error_kind": "factor"}
    said = counterpart("deal_to_invoice", "crm/deals/2", "found", key_r="ledger/invoices/90", **facts)
    changed = [rows[0], {**rows[1], **(deal or {})}, {**rows[2], "amount_minor": 700_000, **(invoice or {})}]
    return with_rows(known, documents=changed, counterparts=[{**said, **row}])


def planned(known: SyncTables, rules: SyncRules = RULES) -> list[Update | LeftOut]:
    """Return what becomes of the ledger's documents."""
    return list(corrected_documents("ledger", known, rules))


def test_a_ruled_amount_is_taken_from_the_source() -> None:
    """Before and after are shown; the deal is where it comes from."""
    assert planned(wrong()) == [
        Update(
            "ledger/invoices/90", {"amount_minor": "700000"}, {"amount_minor": "70000"},
            "a person said that the source is right", "crm/deals/2",
        )
    ]  # fmt: skip


def test_what_nobody_ruled_on_is_left_out_and_counted() -> None:
    """Each with both documents."""
    assert planned(wrong(decision=None)) == [
        LeftOut("invoice for a deal, wrong there", ("crm/deals/2", "ledger/invoices/90"), corrected.UNRULED)
    ]


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (wrong(decision="neither"), corrected.BOTH_WRONG),
        (wrong(decision=None, is_passed_on=True), corrected.SOURCE_WRONG),
        (wrong(is_passed_on=True), corrected.SOURCE_WRONG),
        (wrong(more_keys_r=["ledger/invoices/91"]), corrected.SEVERAL),
        (wrong(error_columns=["currency"]), corrected.OTHER_CURRENCY),
        (wrong(error_columns=["party_key"], deal={"party_key": None}), corrected.PARTY_NOT_THERE),
        (wrong({"paid_minor": 1}), corrected.PAID),
        (wrong({"state": "archived"}), fields.IS_GONE),
        (wrong(key_l="crm/deals/gone"), fields.IS_GONE),
        (wrong(key_r="ledger/invoices/gone"), fields.IS_GONE),
        (wrong(deal={"amount_minor": None}), corrected.NO_VALUE),
        (
            plus_rows(wrong(), lines=[{"record_key": "ledger/invoices/90", "line_no": 1, "amount_minor": 5}]),
            corrected.HAS_LINES,
        ),
    ],
)
def test_what_is_not_to_be_corrected_by_a_program_stays(known: SyncTables, reason: str) -> None:
    """A paid invoice gets a credit note; lines, currencies and several documents are for a person."""
    assert [one.reason for one in planned(known)] == [reason]


def test_an_invoice_with_nothing_paid_is_open() -> None:
    """Also where the list does not say."""
    assert isinstance(planned(wrong({"paid_minor": None}))[0], Update)


def test_a_missed_tax_makes_the_amount_whole() -> None:
    """And the tax itself where the list shows it."""
    known = wrong({"amount_minor": 60_000, "tax_minor": 1}, {"tax_minor": 10_000}, error_columns=["tax_minor"])
    untaxed = wrong({"amount_minor": 60_000}, {"tax_minor": 10_000}, error_columns=["tax_minor"])

    assert planned(known)[0].after == {"amount_minor": "70000", "tax_minor": "10000"}
    assert planned(untaxed)[0].after == {"amount_minor": "70000"}


def test_the_wrong_customer_is_replaced_by_the_right_one_if_the_ledger_has_it() -> None:
    """One that must be entered first is not corrected to."""
    known = plus_rows(
        wrong({"party_key": "ledger/customers/B", "party_ref": "B", "party_name": "B"}, error_columns=["party_key"]),
        parties=[party("ledger/customers/B", "B"), party("crm/companies/8", "Cedar")],
        crosswalk=[walk("ledger/customers/B", "b"), walk("crm/companies/8", "c")],
    )
    rows = known.documents.to_pylist()
    other = with_rows(known, documents=[rows[0], {**rows[1], "party_key": "crm/companies/8"}, rows[2]])
    known_golden = with_rows(
        other,
        golden=[
            {"golden_id": "c", "column": "name", "value": "Cedar", "record_key": "crm/companies/8", "reason": "only value"}
        ],
    )

    [found] = planned(known)

    assert isinstance(found, Update)
    assert (found.before, found.after) == (
        {"party_ref": "B", "party_name": "B"}, {"party_ref": "Acme", "party_name": "Acme"},
    )  # fmt: skip
    assert [one.reason for one in planned(known_golden)] == [corrected.PARTY_NOT_THERE]


def test_a_payment_or_bank_line_is_what_happened() -> None:
    """A charge is not corrected to what should have been paid."""
    handoff = SyncHandoff("order_to_payment", "shop", "orders", "order", "ledger", "payments", "payment")
    known = plus_rows(
        missing_invoice(),
        documents=[
            document("shop/orders/1", "order", amount_minor=5),
            document("ledger/payments/1", "payment", amount_minor=4),
        ],
        counterparts=[
            counterpart("order_to_payment", "shop/orders/1", "found", key_r="ledger/payments/1", is_error=True,
                        error_columns=["amount_minor"], decision="left"),
        ],
    )  # fmt: skip

    assert [one.reason for one in planned(known, SyncRules(handoffs=(handoff,)))] == [corrected.NOT_CORRECTED]


def test_a_payment_is_corrected_from_a_payment_and_a_project_has_no_day_in_the_books() -> None:
    """Neither is paid off, nor dated in a period."""
    payment = SyncHandoff("to_ledger", "payments", "payments", "payment", "ledger", "receipts", "payment")
    project = SyncHandoff("to_project", "crm", "deals", "deal", "ledger", "jobs", "project")
    facts = {"is_error": True, "error_columns": ["amount_minor"], "decision": "left"}
    known = plus_rows(
        missing_invoice(),
        documents=[
            document("payments/payments/1", "payment", amount_minor=5),
            document("ledger/receipts/1", "payment", amount_minor=4, paid_minor=4),
            document("ledger/jobs/1", "project", amount_minor=4),
        ],
        counterparts=[
            counterpart("to_ledger", "payments/payments/1", "found", key_r="ledger/receipts/1", **facts),
            counterpart("to_project", "crm/deals/1", "found", key_r="ledger/jobs/1", **facts),
        ],
    )
    rules = SyncRules(handoffs=(payment, project), closed_until=date(2026, 9, 30))

    assert [one.after for one in planned(known, rules) if isinstance(one, Update)] == [
        {"amount_minor": "5"}, {"amount_minor": "50000"},
    ]  # fmt: skip


def test_handoffs_switched_off_into_others_or_of_parties_correct_nothing() -> None:
    """A plan is for one system."""
    off = SyncRules(handoffs=(replace(DEAL_TO_INVOICE, corrects=False), replace(DEAL_TO_INVOICE, entity_l="party")))

    assert planned(wrong(), off) == [] == list(corrected_documents("crm", wrong(), RULES))
