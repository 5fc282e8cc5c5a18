"""A sync of one system as a whole: parties first, a record once, what was decided and what was not."""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from tests.sync_records import (
    DEAL_TO_INVOICE,
    ORDER_TO_INVOICE,
    SPRING,
    TODAY,
    counterpart,
    document,
    golden,
    mismatch,
    missing_invoice,
    party,
    plus_rows,
    reasons,
    walk,
    with_rows,
)
from toolkit.changes import Operation, Target, made_plan
from toolkit.errors import TableError
from toolkit.plan import corrected_documents as corrected
from toolkit.plan.namesakes import WAITS
from toolkit.plan.new_parties import NAME_TWICE
from toolkit.plan.planned import Planned
from toolkit.plan.sync import CLOSED_BOOKS, sync
from toolkit.plan.sync_base import base_with_writes, settled_base
from toolkit.plan.sync_rules import PairRule, PartyRule, StaleRule, StatusRule, SyncRules
from toolkit.plan.sync_tables import SyncTables
from toolkit.plan.updates import CONTRADICTING, Update, updates_of
from toolkit.tables import PARTY

ALL = SyncRules(
    handoffs=(DEAL_TO_INVOICE,),
    parties=(PartyRule("crm", "ledger", "customers", ("customer",)),),
    stale=(StaleRule("ledger"), StaleRule("crm")),
    statuses=(StatusRule("deal_to_invoice", "crm", {"Open": "Invoiced"}),),
)


def busy_client() -> SyncTables:
    """Return the tables of a client who needs a customer, an invoice, a telephone number and a status."""
    return plus_rows(
        missing_invoice(),
        parties=[party("crm/companies/8", "Birch Ltd"), party("ledger/customers/C", "Cedar", phone="1")],
        documents=[document("crm/deals/8", "deal", name="Roof", amount_minor=9, party_key="crm/companies/8")],
        crosswalk=[walk("crm/companies/8", "b"), walk("ledger/customers/C", "c")],
        golden=[golden("b", "name", "Birch Ltd", "crm/companies/8"), golden("g", "phone", "2", "crm/companies/7")],
        counterparts=[counterpart("deal_to_invoice", "crm/deals/8")],
        mismatches=[
            mismatch(
                "phone", "crm/companies/7", "ledger/customers/Acme", "2", None, proposed_value="2", proposed_system="crm"
            ),
            mismatch("email", "crm/companies/7", "ledger/customers/Acme", "a@x.example", "b@x.example"),
        ],
    )


def plan_of(system: str, tables: SyncTables, rules: SyncRules = ALL) -> tuple[Operation, ...]:
    """Return a plan's changes in the order in which they are done."""
    found = sync(system, tables, rules, TODAY)
    made = made_plan(
        "sync", engagement_id="e", target=Target(system, "table"), snapshot_ids={}, rules_hash="r",
        operations=found.operations, record_counts={}, left_out=found.left_out,
    )  # fmt: skip
    return made.operations


def test_a_plan_has_what_is_missing_stale_and_to_be_carried_back() -> None:
    """A party that two rules need is made once, and before its invoice."""
    into_ledger = plan_of("ledger", busy_client())

    assert [(one.action, one.stream, one.natural_key or one.target_id) for one in into_ledger] == [
        ("create", "customers", "crm/companies/8"),
        ("update", "customers", "Acme"),
        ("create", "invoices", "crm/deals/1"),
        ("create", "invoices", "crm/deals/8"),
    ]
    assert into_ledger[3].depends_on == (into_ledger[0].op_id,)
    assert into_ledger[1].after == {"phone": "2"}
    [back] = plan_of("crm", busy_client())
    assert (back.target_id, back.after) == ("2", {"status": "Invoiced"})
    assert len(reasons(sync("ledger", busy_client(), ALL, TODAY))) == 1


def test_without_rules_and_without_tables_nothing_is_planned() -> None:
    """No default changes anything."""
    assert sync("ledger", busy_client(), SyncRules(), TODAY) == Planned() == sync("ledger", SyncTables(), ALL, TODAY)


def test_f32_an_empty_source_takes_nothing_away_whatever_the_rules() -> None:
    """Not a change that archives or empties, of fifty sources that lost some or all of their rows."""
    rules = replace(ALL, pairs=(PairRule("crm", "ledger", {"email": "newest"}, deletes="archive", blank="overwrite"),))
    full = busy_client()
    full = with_rows(full, base=_base(full, rules).to_pylist())
    ours = [row for row in full.parties.to_pylist() if row["system"] == "ledger"]
    theirs = [row for row in full.parties.to_pylist() if row["system"] == "crm"]
    documents = full.documents.to_pylist()

    for kept in range(50):
        lost = with_rows(
            full,
            parties=[*ours, *(row for number, row in enumerate(theirs) if kept >> number & 1)],
            documents=[row for number, row in enumerate(documents) if row["system"] == "ledger" or kept >> number & 4],
        )
        assert not any(one.is_destructive for one in plan_of("ledger", lost, rules))


def _base(tables: SyncTables, rules: SyncRules) -> pa.Table:
    return settled_base(tables, rules)


def test_a_wrong_document_is_corrected_beside_a_changed_status() -> None:
    """One change of the record; where two rules write one field, it stays."""
    facts = {"is_error": True, "error_columns": ["amount_minor"], "decision": "left"}
    known = missing_invoice()
    rows = known.documents.to_pylist()
    found = counterpart("deal_to_invoice", "crm/deals/2", "found", key_r="ledger/invoices/90", **facts)
    known = with_rows(known, documents=[*rows[:2], {**rows[2], "amount_minor": 7}], counterparts=[found])
    forward = replace(ALL, statuses=(StatusRule("deal_to_invoice", "ledger", {"Won": "Sent"}),), parties=())
    two = replace(forward, statuses=(*forward.statuses, StatusRule("deal_to_invoice", "ledger", {"Won": "Approved"})))

    [made] = plan_of("ledger", known, forward)
    assert made.after == {"amount_minor": "70000", "status": "Sent"}
    assert plan_of("ledger", known, two)[0].after == {"amount_minor": "70000"}
    assert reasons(sync("ledger", known, two, TODAY)) == [CONTRADICTING]
    assert corrected.UNRULED in reasons(
        sync("ledger", with_rows(known, counterparts=[{**found, "decision": None}]), forward, TODAY)
    )


def test_new_customers_of_one_name_wait_though_different_rules_ask_for_them() -> None:
    """They may be one; what they were to be named on waits with them, all else goes on."""
    known = plus_rows(
        busy_client(),
        parties=[party("shop/customers/5", "BIRCH LTD")],
        documents=[document("shop/orders/5", "order", amount_minor=9, party_key="shop/customers/5")],
        crosswalk=[walk("shop/customers/5", "h")],
        golden=[golden("h", "name", "BIRCH LTD", "shop/customers/5")],
        counterparts=[counterpart("order_to_invoice", "shop/orders/5")],
    )
    rules = replace(ALL, handoffs=(DEAL_TO_INVOICE, ORDER_TO_INVOICE))

    assert [one.natural_key or one.target_id for one in plan_of("ledger", known, rules)] == ["Acme", "crm/deals/1"]
    found = reasons(sync("ledger", known, rules, TODAY))
    assert (found.count(NAME_TWICE), found.count(WAITS)) == (2, 2)


def test_nothing_of_closed_books_is_changed() -> None:
    """The last closed day is closed, by whatever rule; an invoice that nobody dated may be of then; a deal is no booking."""
    facts = {"is_error": True, "error_columns": ["amount_minor"], "decision": "left"}
    rows = missing_invoice().documents.to_pylist()
    found = counterpart("deal_to_invoice", "crm/deals/2", "found", key_r="ledger/invoices/90", **facts)
    known = with_rows(
        missing_invoice(), documents=[*rows[:2], {**rows[2], "amount_minor": 7, "issued_on": SPRING}], counterparts=[found]
    )
    undated = with_rows(known, documents=[*rows[:2], {**rows[2], "amount_minor": 7, "issued_on": None}])
    forward = replace(ALL, statuses=(*ALL.statuses, StatusRule("deal_to_invoice", "ledger", {"Won": "Sent"})), parties=())
    closed = replace(forward, closed_until=SPRING)

    assert plan_of("ledger", known, closed) == () == plan_of("ledger", undated, closed)
    assert reasons(sync("ledger", known, closed, TODAY)) == [CLOSED_BOOKS]
    assert len(plan_of("ledger", known, replace(forward, closed_until=date(2026, 3, 1)))) == 1
    assert len(plan_of("crm", known, closed)) == 1


def test_tables_that_are_none_are_refused() -> None:
    """Before anything is decided."""
    with pytest.raises(TableError, match="lacks column"):
        SyncTables(parties=PARTY.empty().drop_columns(["name"]))


class TestBase:
    """What both sides held when they were last alike."""

    RULES = SyncRules(
        pairs=(
            PairRule("crm", "ledger", {"phone": "manual", "city": "manual"}),
            PairRule("crm", "ledger", {"status": "manual"}, handoff_id="deal_to_invoice"),
        )
    )
    PAIR = ("crm/companies/7", "ledger/customers/Acme")

    def known(self, **rows: list[dict[str, object]]) -> SyncTables:
        """Return the client with rows of their own."""
        return with_rows(missing_invoice(), **rows)

    def test_it_holds_what_is_alike_and_keeps_what_is_not(self) -> None:
        """Formatting is alike, each as it writes it; a difference leaves the earlier base as it was."""
        parties = [
            party(self.PAIR[0], "Acme", phone="1-2", city="Bonn"),
            party(self.PAIR[1], "Acme", phone="12", city="Ulm"),
        ]
        rows = [mismatch("phone", *self.PAIR, "1-2", "12", kind="formatting"), mismatch("city", *self.PAIR, "Bonn", "Ulm")]
        earlier = {"key_l": self.PAIR[0], "key_r": self.PAIR[1], "column": "city", "value_l": "Kiel", "value_r": "Kiel"}
        known = self.known(parties=parties, mismatches=rows, base=[earlier])

        held = {row["column"]: (row["value_l"], row["value_r"]) for row in settled_base(known, self.RULES).to_pylist()}

        assert held == {
            "phone": ("1-2", "12"), "city": ("Kiel", "Kiel"),
            **dict.fromkeys(("street", "region", "postcode", "country"), (None, None)),
        }  # fmt: skip

    def test_documents_are_alike_where_they_are_equal(self) -> None:
        """And only of a sole counterpart that is there."""
        rows = [
            {**row, "status": "Open"} if row["record_key"] == "crm/deals/2" else row
            for row in missing_invoice().documents.to_pylist()
        ]
        alike = self.known(documents=rows, parties=[])
        other = self.known(parties=[])
        gone = self.known(parties=[], documents=rows[:2])
        ours = self.known(parties=[], documents=rows[2:])

        assert settled_base(alike, self.RULES).to_pylist() == [
            {"key_l": "crm/deals/2", "key_r": "ledger/invoices/90", "column": "status", "value_l": "Open", "value_r": "Open"}
        ]
        assert [settled_base(one, self.RULES).num_rows for one in (other, gone, ours)] == [0, 0, 0]

    def test_what_was_written_stands_in_it(self) -> None:
        """Of the fields of a pair, whichever side was written; what was made, archived or carried otherwise is no matter."""
        one = Update(self.PAIR[1], {"phone": "1", "email": "x"}, {"phone": "2", "email": "y"}, "said so", self.PAIR[0])
        two = Update(self.PAIR[0], {"city": None}, {"city": "Bonn"}, "said so", self.PAIR[1])
        elsewhere = one._replace(from_key="shop/customers/3")
        [into_ledger], _ = updates_of([one])
        [into_crm], _ = updates_of([two])
        [from_shop], _ = updates_of([elsewhere])
        made = plan_of("ledger", busy_client())[0]

        base = base_with_writes(settled_base(SyncTables(), self.RULES), [into_ledger, made, from_shop], "ledger", self.RULES)
        base = base_with_writes(base, [into_crm], "crm", self.RULES)

        assert base.to_pylist() == [
            {"key_l": self.PAIR[0], "key_r": self.PAIR[1], "column": column, "value_l": value, "value_r": value}
            for column, value in (("city", "Bonn"), ("phone", "2"))
        ]
