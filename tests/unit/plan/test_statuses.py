"""A status follows its counterpart's by the rules' own mapping, and only where the two are surely one event."""

from dataclasses import replace

import pytest

from tests.sync_records import DEAL_TO_INVOICE, counterpart, document, plus_rows, reasons, tables, with_rows
from toolkit.changes import LeftOut
from toolkit.plan import statuses as rules_of
from toolkit.plan.statuses import statuses
from toolkit.plan.sync_rules import StatusRule, SyncRules
from toolkit.plan.sync_tables import SyncTables
from toolkit.plan.updates import Update

PAID = StatusRule("deal_to_invoice", "crm", {"Paid": "Invoice paid", "Void": "Lost"})
RULES = SyncRules(handoffs=(DEAL_TO_INVOICE,), statuses=(PAID,))


def known(deal: str | None, *invoices: str | None, probability: float | None = 1.0) -> SyncTables:
    """Return a deal and its invoices in these statuses."""
    keys = [f"ledger/invoices/{number}" for number in range(len(invoices))]
    return tables(
        documents=[
            document("crm/deals/1", "deal", status=deal),
            *(document(key, "invoice", status=status) for key, status in zip(keys, invoices, strict=True)),
        ],
        counterparts=[
            counterpart(
                "deal_to_invoice", "crm/deals/1", "found", key_r=keys[0], more_keys_r=keys[1:] or None,
                probability=probability,
            ),
            counterpart("deal_to_invoice", "crm/deals/2"),
        ],
    )  # fmt: skip


def planned(found: SyncTables, rules: SyncRules = RULES, system: str = "crm") -> list[Update | LeftOut]:
    """Return what becomes of a system's statuses."""
    return list(statuses(system, found, rules))


def test_a_paid_invoice_changes_its_deal() -> None:
    """In whatever case the status is written."""
    [found] = planned(known("Closed Won", "PAID"))

    assert found == Update(
        "crm/deals/1", {"status": "Closed Won"}, {"status": "Invoice paid"},
        "the status of its counterpart in the other system (deal_to_invoice)", "ledger/invoices/0", None, 1.0,
    )  # fmt: skip
    assert planned(known(None, "Paid"))[0].before == {"status": None}


@pytest.mark.parametrize("invoices", [("Open",), (None,), ("Paid", "Open")])
def test_a_status_that_the_mapping_does_not_name_asks_for_nothing(invoices: tuple[str | None, ...]) -> None:
    """A deal is paid when all its invoices are."""
    assert planned(known("Closed Won", *invoices)) == []


def test_all_of_several_invoices_must_ask_for_one_status() -> None:
    """Else a person looks."""
    assert [one.from_key for one in planned(known("Closed Won", "Paid", "paid")) if isinstance(one, Update)] == [
        "ledger/invoices/0"
    ]
    assert planned(known("Closed Won", "Paid", "Void")) == [
        LeftOut(rules_of.STATUS, ("crm/deals/1", "ledger/invoices/0", "ledger/invoices/1"), rules_of.SEVERAL_STATUSES)
    ]


def test_what_stands_already_or_may_not_be_overwritten_stays() -> None:
    """Only the statuses that the rule names are left."""
    only = replace(RULES, statuses=(replace(PAID, only_from=("closed won",)),))

    assert planned(known("invoice PAID", "Paid")) == []
    assert planned(known("Refunded", "Paid"), only) == [] != planned(known("Closed Won", "Paid"), only)


@pytest.mark.parametrize(("probability", "count"), [(0.9, 0), (0.8999, 1), (None, 1)])
def test_an_unsure_counterpart_changes_no_status(probability: float | None, count: int) -> None:
    """Nine in ten is enough."""
    assert reasons(planned(known("Closed Won", "Paid", probability=probability))) == [rules_of.UNSURE_LINK] * count


def test_statuses_also_go_forward() -> None:
    """Of an invoice for two deals both must agree."""
    forward = replace(RULES, statuses=(StatusRule("deal_to_invoice", "ledger", {"Lost": "Void"}),))

    assert planned(known("Lost", "Open"), forward, "ledger")[0].after == {"status": "Void"}


@pytest.mark.parametrize(("probability", "result"), [(0.95, 0.95), (0.89, rules_of.UNSURE_LINK)])
def test_of_an_invoice_for_two_deals_the_less_sure_link_counts(probability: float, result: float | str) -> None:
    """It says how sure the change is, and whether it is made."""
    forward = replace(RULES, statuses=(StatusRule("deal_to_invoice", "ledger", {"Lost": "Void"}),))
    found = known("Lost", "Open", probability=0.99)
    both = plus_rows(
        found,
        documents=[document("crm/deals/3", "deal", status="Lost")],
        counterparts=[
            counterpart("deal_to_invoice", "crm/deals/3", "found", key_r="ledger/invoices/0", probability=probability)
        ],
    )

    [one] = planned(both, forward, "ledger")

    assert (one.probability if isinstance(one, Update) else one.reason) == result


def test_records_that_are_gone_and_rules_of_others_change_nothing() -> None:
    """Nor a rule for a handoff that is not there."""
    rows = known("Closed Won", "Paid").documents.to_pylist()
    archived = with_rows(known("Closed Won", "Paid"), documents=[{**rows[0], "state": "archived"}, rows[1]])

    assert planned(archived) == []
    assert planned(with_rows(archived, documents=[rows[1]])) == []
    assert planned(with_rows(archived, documents=[rows[0]])) == []
    assert planned(known("Closed Won", "Paid"), system="ledger") == []
    assert planned(known("Closed Won", "Paid"), replace(RULES, handoffs=())) == []
