"""What a handoff did not carry over is entered once, for the right customer, and so that it is known again."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.sync_records import (
    DEAL_TO_INVOICE,
    ORDER_TO_INVOICE,
    RULES,
    SPRING,
    TODAY,
    counterpart,
    document,
    golden,
    missing_invoice,
    one_change,
    pair,
    party,
    plus_rows,
    reasons,
    snapshot,
    tables,
    walk,
    with_rows,
)
from toolkit.changes import LeftOut, lines_of, maker_of
from toolkit.plan import document_fields as fields
from toolkit.plan import missing_documents as missing
from toolkit.plan import named_parties as named
from toolkit.plan import new_parties as new
from toolkit.plan import target_parties as targets
from toolkit.plan.document_fields import line_values
from toolkit.plan.missing_documents import missing_documents
from toolkit.plan.planned import Planned
from toolkit.plan.sync_rules import SyncHandoff, SyncRules
from toolkit.plan.sync_tables import SyncTables


def planned(known: SyncTables, rules: SyncRules = RULES, system: str = "ledger") -> Planned:
    """Return what is to be entered in a system."""
    return missing_documents(system, known, rules, TODAY)


def changed_deal(**values: object) -> SyncTables:
    """Return the missing invoice's tables with a deal that says something else."""
    known = missing_invoice()
    rows = known.documents.to_pylist()
    return with_rows(known, documents=[{**rows[0], **values}, *rows[1:]])


def test_a_deal_without_invoice_gets_one_for_its_customer() -> None:
    """The number is left to the ledger; what quotes the deal makes it known again; it is due as the others were."""
    made = one_change(planned(missing_invoice()))

    assert (made.action, made.stream, made.natural_key, made.target_id) == ("create", "invoices", "crm/deals/1", None)
    assert made.after == {
        "amount_minor": "50000",
        "currency": "USD",
        "reference": "1",
        "description": "Lobby (deal 1)",
        "issued_on": "2026-10-05",
        "due_on": "2026-11-04",
        "party_ref": "Acme",
        "party_name": "Acme",
    }
    assert (made.before, made.reversibility, made.precondition, made.depends_on) == ({}, "R1", None, ())
    assert made.evidence.reasons == (
        "ledger has no invoice for this deal",
        "dated as of this plan: it was not issued when it was due",
    )
    assert (made.evidence.from_key, made.evidence.cluster_id, made.evidence.probability) == ("crm/deals/1", "g", "1.0000")


def test_a_list_that_keeps_references_has_the_source_there_and_no_words_added() -> None:
    """The description stays as people wrote it."""
    known = missing_invoice()
    rows = known.documents.to_pylist()
    known = with_rows(known, documents=[*rows[:2], {**rows[2], "reference": "2"}])

    made = one_change(planned(known))

    assert (made.after["reference"], made.after["description"]) == ("1", "Lobby")


@pytest.mark.parametrize("status", ["waiting", "not_due", "in_order", "extra"])
def test_what_waits_or_is_not_due_is_nobodys_work(status: str) -> None:
    """Nothing is planned, and nothing is said."""
    known = with_rows(missing_invoice(), counterparts=[counterpart("deal_to_invoice", "crm/deals/1", status)])

    assert planned(known) == Planned()


@pytest.mark.parametrize(("status", "reason"), [("ambiguous", missing.AMBIGUOUS), ("unknown", missing.UNKNOWN)])
def test_what_nobody_can_tell_waits_for_a_person(status: str, reason: str) -> None:
    """Entered without a word, it might be entered twice."""
    known = with_rows(missing_invoice(), counterparts=[counterpart("deal_to_invoice", "crm/deals/1", status)])

    assert planned(known) == Planned((), (LeftOut("invoice for a deal", ("crm/deals/1",), reason),))


@pytest.mark.parametrize("status", ["missing", "waiting", "ambiguous", "unknown"])
def test_a_persons_word_enters_it(status: str) -> None:
    """The ruling stands above what comparing found."""
    said = counterpart("deal_to_invoice", "crm/deals/1", status, decision="enter")

    made = one_change(planned(with_rows(missing_invoice(), counterparts=[said])))

    assert made.evidence.reasons[0] == "a person said that the invoice for this deal is to be entered"


def test_handoffs_of_others_and_those_switched_off_enter_nothing() -> None:
    """A plan is for one system."""
    off = SyncRules(handoffs=(replace(DEAL_TO_INVOICE, creates=False),))

    assert planned(missing_invoice(), system="crm") == Planned() == planned(missing_invoice(), off)


def test_f32_a_target_that_could_not_be_read_in_full_gets_nothing_but_what_a_person_said() -> None:
    """What looks missing in a list that was cut short may be there."""
    known = with_rows(missing_invoice(), snapshots=[snapshot("ledger", "invoices", is_complete=False)])
    said = [counterpart("deal_to_invoice", "crm/deals/1", decision="enter")]

    assert reasons(planned(known)) == [missing.INCOMPLETE]
    assert len(planned(with_rows(known, counterparts=said)).operations) == 1


def test_f31_an_empty_source_enters_and_takes_away_nothing() -> None:
    """No document, no change."""
    known = with_rows(missing_invoice(), documents=[], counterparts=[])

    assert planned(known) == Planned()


def test_f32_what_a_shrunken_source_still_holds_is_entered() -> None:
    """Additions may go on; nothing else follows from what is gone."""
    known = missing_invoice()
    rows = known.documents.to_pylist()

    assert len(planned(with_rows(known, documents=[rows[0], rows[2]])).operations) == 1


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"state": "archived"}, fields.IS_GONE),
        ({"status": "Cancelled"}, fields.IS_VOID),
        ({"status": "Closed Lost"}, fields.IS_VOID),
        ({"amount_minor": None}, fields.NO_AMOUNT),
        ({"amount_minor": 0}, fields.NOT_POSITIVE),
        ({"amount_minor": -1}, fields.NOT_POSITIVE),
        ({"currency": None}, fields.NO_CURRENCY),
        ({"party_key": None}, targets.UNRESOLVED),
        ({"party_key": "crm/companies/nobody"}, targets.UNRESOLVED),
        ({"record_key": "crm/deals/5", "record_id": "5"}, missing.NO_SOURCE),
    ],
)
def test_an_invoice_that_nobody_would_sign_is_not_entered(values: dict[str, object], reason: str) -> None:
    """No amount, no customer, or a sale that did not happen."""
    assert reasons(planned(changed_deal(**values))) == [reason]


def test_the_smallest_amount_is_one() -> None:
    """At the bound."""
    assert one_change(planned(changed_deal(amount_minor=1))).after["amount_minor"] == "1"


def test_a_payment_is_never_entered_for_an_order_nor_a_bank_line_for_anything() -> None:
    """An order tells what is owed, not that money came."""
    order = SyncHandoff("order_to_payment", "shop", "orders", "order", "payments", "payments", "payment")
    bank = SyncHandoff("bill_to_bank", "ledger", "bills", "bill", "bank", "transactions", "bank_line")
    known = tables(
        documents=[document("shop/orders/1", "order"), document("ledger/bills/1", "bill")],
        counterparts=[counterpart("order_to_payment", "shop/orders/1"), counterpart("bill_to_bank", "ledger/bills/1")],
    )
    rules = SyncRules(handoffs=(order, bank))

    assert reasons(planned(known, rules, "payments")) == [fields.NOT_ENTERED] == reasons(planned(known, rules, "bank"))


class TestDates:
    """When a new document is dated, and when it is due."""

    def test_nothing_is_dated_in_a_closed_period(self) -> None:
        """The last closed day is closed, the next one is open."""
        event = replace(DEAL_TO_INVOICE, dated="event")
        rules = SyncRules(handoffs=(event,), closed_until=SPRING)

        assert reasons(planned(missing_invoice(), rules)) == [fields.CLOSED_PERIOD]
        assert one_change(planned(missing_invoice(), replace(rules, closed_until=date(2026, 3, 1)))).after["issued_on"] == (
            "2026-03-02"
        )

    def test_an_event_without_a_day_dates_nothing(self) -> None:
        """An invoice needs a date."""
        undated = with_rows(missing_invoice(), counterparts=[counterpart("deal_to_invoice", "crm/deals/1", event_on=None)])
        event = SyncRules(handoffs=(replace(DEAL_TO_INVOICE, dated="event"),))

        assert reasons(planned(undated, event)) == [fields.NO_DATE]
        assert one_change(planned(undated)).after["issued_on"] == "2026-10-05"

    def test_days_to_pay_are_the_rules_own_or_those_that_were_always_given(self) -> None:
        """Unlike terms so far say nothing."""
        known = missing_invoice()
        again = document(
            "ledger/invoices/91", "invoice", party_key="ledger/customers/Acme", issued_on=SPRING, due_on=SPRING
        )  # fmt: skip
        mixed = plus_rows(
            plus_rows(known, documents=[again, document("crm/deals/3", "deal", amount_minor=1)]),
            counterparts=[counterpart("deal_to_invoice", "crm/deals/3", "found", key_r="ledger/invoices/91")],
        )
        ten = SyncRules(handoffs=(replace(DEAL_TO_INVOICE, payment_days=0),))

        assert "due_on" not in one_change(planned(mixed)).after
        assert one_change(planned(mixed, ten)).after["due_on"] == "2026-10-05"
        with pytest.raises(ValueError, match="payment_days"):
            replace(DEAL_TO_INVOICE, payment_days=-1)

    def test_a_new_customer_has_the_terms_that_all_have(self) -> None:
        """Where each of them has the same."""
        known = new_customer()

        assert planned(known).operations[1].after["due_on"] == "2026-11-04"


def new_customer(**values: object) -> SyncTables:
    """Return the tables of a won deal of a customer whom the ledger lacks."""
    known = missing_invoice()
    deal = document(
        "crm/deals/1", "deal", name="Lobby", amount_minor=50_000, party_key="crm/companies/8", party_name="Birch"
    )
    return plus_rows(
        with_rows(known, documents=[deal, *known.documents.to_pylist()[1:]]),
        parties=[party("crm/companies/8", "Birch Ltd", city="Bonn", phone="0228 1234567", **values)],
        crosswalk=[walk("crm/companies/8", "b")],
        golden=[
            golden("b", "name", "Birch Ltd", "crm/companies/8"),
            golden("b", "phone", "0228 1234567", "crm/companies/8"),
        ],
    )


class TestParties:
    """The customer that a new document names."""

    def test_a_customer_whom_the_target_lacks_comes_first(self) -> None:
        """The invoice waits for it, and refers to what it makes; what the list does not keep is not filled."""
        customer, invoice = planned(new_customer()).operations

        assert (customer.stream, customer.natural_key, dict(customer.after)) == (
            "customers", "crm/companies/8", {"name": "Birch Ltd"},
        )  # fmt: skip
        assert invoice.depends_on == (customer.op_id,)
        assert maker_of(invoice.after["party_ref"], invoice.depends_on) == customer.op_id
        assert invoice.after["party_name"] == "Birch Ltd"

    def test_two_documents_of_a_new_customer_make_it_once(self) -> None:
        """Also when two handoffs need it."""
        known = plus_rows(
            new_customer(),
            documents=[
                document("crm/deals/4", "deal", name="Roof", amount_minor=9, party_key="crm/companies/8"),
                document("shop/orders/4", "order", amount_minor=9, party_key="crm/companies/8"),
            ],
            counterparts=[
                counterpart("deal_to_invoice", "crm/deals/4"),
                counterpart("order_to_invoice", "shop/orders/4"),
            ],
        )
        both = SyncRules(handoffs=(DEAL_TO_INVOICE, ORDER_TO_INVOICE))

        assert [one.stream for one in planned(known, both).operations].count("customers") == 1
        assert len(planned(known, both).operations) == 4

    def test_none_is_made_where_the_rules_forbid_it_or_the_list_was_cut_short(self) -> None:
        """The invoice waits too."""
        forbidden = SyncRules(handoffs=(replace(DEAL_TO_INVOICE, creates_parties=False),))
        cut = with_rows(new_customer(), snapshots=[snapshot("ledger", "customers", is_complete=False)])

        assert reasons(planned(new_customer(), forbidden)) == [named.MISSING_PARTY]
        assert reasons(planned(cut)) == [named.CUT_SHORT]

    def test_of_several_lists_the_rules_name_the_one_where_a_customer_is_made(self) -> None:
        """Where no document tells which list the target uses."""
        known = new_customer()
        rows = [{**row, "party_key": None} if row["system"] == "ledger" else row for row in known.documents.to_pylist()]
        unused = plus_rows(with_rows(known, documents=rows), parties=[party("ledger/vendors/Z", "Zed")])
        rules = SyncRules(handoffs=(replace(DEAL_TO_INVOICE, party_stream="customers"),))

        assert reasons(planned(unused)) == [named.WHICH_LIST]
        assert [one.stream for one in planned(unused, rules).operations] == ["customers", "invoices"]

    def test_of_two_lists_in_use_a_customer_is_made_where_most_are(self) -> None:
        """A document that names a supplier does not make suppliers of customers."""
        more = [
            document("ledger/invoices/92", "invoice", party_key="ledger/agents/Z"),
            document("ledger/invoices/93", "invoice", party_key="ledger/customers/Acme"),
        ]
        known = plus_rows(new_customer(), documents=more, parties=[party("ledger/agents/Z", "Zed")])
        tied = plus_rows(new_customer(), documents=more[:1], parties=[party("ledger/agents/Z", "Zed")])
        cut = with_rows(known, snapshots=[snapshot("ledger", "agents", is_complete=False)])

        assert planned(known).operations[0].stream == "customers" == planned(cut).operations[0].stream
        assert reasons(planned(tied)) == [named.WHICH_LIST]

    def test_a_systems_only_list_is_the_one_where_a_customer_is_made(self) -> None:
        """Though no document refers to it."""
        known = new_customer()
        rows = [{**row, "party_key": None} if row["system"] == "ledger" else row for row in known.documents.to_pylist()]

        assert planned(with_rows(known, documents=rows)).operations[0].stream == "customers"

    def test_two_lists_that_are_little_used_take_nothing_from_the_one_that_is_used_most(self) -> None:
        """Only the first place must be clear."""
        more = [
            document("ledger/invoices/92", "invoice", party_key="ledger/agents/Z"),
            document("ledger/invoices/93", "invoice", party_key="ledger/brokers/Z"),
            document("ledger/invoices/94", "invoice", party_key="ledger/customers/Acme"),
        ]

        assert planned(plus_rows(new_customer(), documents=more)).operations[0].stream == "customers"

    def test_an_open_pair_keeps_a_customer_from_being_made_again(self) -> None:
        """A person decides first; both records are named."""
        known = with_rows(new_customer(), pairs=[pair("crm/companies/8", "ledger/customers/Acme")])

        assert planned(known).left_out == (
            LeftOut("invoice for a deal", ("crm/deals/1", "ledger/customers/Acme"), targets.UNDECIDED),
        )

    @pytest.mark.parametrize(
        ("values", "reason"),
        [
            ({"name": "birch, LTD"}, new.NAME_TAKEN),
            ({"phone": "+49 228 1234567"}, new.ALIKE),
        ],
    )
    def test_a_look_alike_keeps_a_customer_from_being_made(self, values: dict[str, object], reason: str) -> None:
        """One name, telephone, mailbox, company domain or address: it may be the same."""
        other = party("ledger/customers/Y", "Ypsilon") | values
        known = plus_rows(new_customer(), parties=[other])

        [left_out] = planned(known).left_out

        assert (left_out.reason, left_out.record_keys) == (reason, ("crm/deals/1", "crm/companies/8", "ledger/customers/Y"))

    def test_a_look_alike_that_a_person_told_apart_is_none(self) -> None:
        """Two firms in one house, as somebody said."""
        known = plus_rows(new_customer(), parties=[party("ledger/customers/Y", "Ypsilon", phone="+49 228 1234567")])
        told = with_rows(known, pairs=[pair("crm/companies/8", "ledger/customers/Y", "different", "person")])

        assert len(planned(told).operations) == 2

    def test_an_archived_customer_is_not_written_to(self) -> None:
        """Nor entered a second time."""
        known = missing_invoice()
        rows = known.parties.to_pylist()
        archived = with_rows(known, parties=[rows[0], {**rows[1], "state": "archived"}])

        assert reasons(planned(archived)) == [targets.ARCHIVED]

    def test_a_customer_kept_twice_is_cleaned_up_first(self) -> None:
        """Which of the two is meant is not guessed."""
        known = plus_rows(
            missing_invoice(),
            parties=[party("ledger/customers/ACME", "ACME")],
            crosswalk=[walk("ledger/customers/ACME", "g")],
        )

        [left_out] = planned(known).left_out

        assert left_out.reason == targets.DUPLICATED
        assert left_out.record_keys == ("crm/deals/1", "ledger/customers/ACME", "ledger/customers/Acme")

    @pytest.mark.parametrize(("probability", "count"), [(0.9, 1), (0.8999, 0), (None, 0)])
    @pytest.mark.parametrize("side", [0, 1])
    def test_a_match_that_is_not_sure_enough_is_not_written_by(
        self, probability: float | None, count: int, side: int
    ) -> None:
        """Nine in ten is enough, on both sides; less is asked."""
        rows = [walk("crm/companies/7", "g"), walk("ledger/customers/Acme", "g")]
        rows[side] |= {"decided_by": "model", "match_probability": probability}
        found = planned(with_rows(missing_invoice(), crosswalk=rows))

        assert len(found.operations) == count
        assert reasons(found) == [targets.UNSURE] * (1 - count)

    def test_of_a_company_and_its_contacts_the_one_that_is_named_is_meant(self) -> None:
        """The account joins them; the deal names the company."""
        known = plus_rows(
            missing_invoice(),
            parties=[party("ledger/customers/Ann", "Ann Li", kind="person")],
            crosswalk=[walk("ledger/customers/Ann", "p", account_id="g")],
        )

        assert one_change(planned(known)).after["party_ref"] == "Acme"

    def test_the_only_contact_of_a_company_stands_for_it(self) -> None:
        """Where the company itself has no record."""
        rows = [walk("crm/companies/7", "g"), walk("ledger/customers/Acme", "p", account_id="g")]

        assert one_change(planned(with_rows(missing_invoice(), crosswalk=rows))).after["party_ref"] == "Acme"

    def test_a_system_without_a_list_takes_the_name(self) -> None:
        """A tracker that only writes names: its own spelling, else the one chosen, else as the deal has it."""
        tracker = SyncHandoff("deal_to_project", "crm", "deals", "deal", "tracker", "jobs", "project")
        rules = SyncRules(handoffs=(tracker,))
        known = tables(
            parties=[party("crm/companies/8", "Birch Ltd"), party("tracker/names/X", "X")],
            documents=[
                document("crm/deals/1", "deal", name="Lobby", party_key="crm/companies/8", party_name="Birch"),
                document("tracker/jobs/1", "project", name="Old", party_key="tracker/names/X", started_at=_at(2)),
            ],
            crosswalk=[walk("crm/companies/8", "b"), walk("tracker/names/X", "x")],
            counterparts=[counterpart("deal_to_project", "crm/deals/1")],
        )
        chosen = with_rows(known, golden=[golden("b", "name", "Birch Limited", "crm/companies/8")])
        own = plus_rows(known, parties=[party("tracker/names/BIRCH", "BIRCH")], crosswalk=[walk("tracker/names/BIRCH", "b")])
        nobody = with_rows(
            known, documents=[document("crm/deals/1", "deal", name="Lobby"), *known.documents.to_pylist()[1:]]
        )

        names = [one_change(planned(one, rules, "tracker")).after["party_name"] for one in (known, chosen, own)]
        assert names == ["Birch", "Birch Limited", "BIRCH"]
        assert one_change(planned(known, rules, "tracker")).after == {
            "name": "Lobby", "reference": "1", "party_ref": "Birch", "party_name": "Birch",
        }  # fmt: skip
        assert reasons(planned(nobody, rules, "tracker")) == [targets.UNRESOLVED]

    def test_a_name_beside_a_listed_record_is_not_a_second_one(self) -> None:
        """A name that a document mentions is no record."""
        known = plus_rows(
            missing_invoice(),
            parties=[party("ledger/names/Acme Inc.", "Acme Inc.")],
            documents=[document("ledger/invoices/95", "invoice", party_key="ledger/names/Acme Inc.")],
            crosswalk=[walk("ledger/names/Acme Inc.", "g")],
        )

        assert one_change(planned(known)).after["party_ref"] == "Acme"


def _at(day: int) -> datetime:
    return datetime(2026, 3, day, 8, tzinfo=UTC)


class TestOneEvent:
    """One sale is entered once, whatever documents it left."""

    PROJECT = SyncHandoff("deal_to_project", "crm", "deals", "deal", "tracker", "jobs", "project")
    PROJECT_TO_INVOICE = SyncHandoff("project_to_invoice", "tracker", "jobs", "project", "ledger", "invoices", "invoice")

    def both(self, *invoiced: dict[str, object]) -> SyncTables:
        """Return a deal and its project, each without an invoice but for what is named."""
        return plus_rows(
            missing_invoice(),
            documents=[
                document("tracker/jobs/1", "project", name="Lobby", amount_minor=50_000, party_key="crm/companies/7"),
            ],
            counterparts=[
                counterpart("deal_to_project", "crm/deals/1", "found", key_r="tracker/jobs/1"),
                counterpart("project_to_invoice", "tracker/jobs/1"),
                *invoiced,
            ],
        )

    def test_a_deal_and_its_project_are_invoiced_once(self) -> None:
        """The handoff named first enters it, the other is listed."""
        rules = SyncRules(handoffs=(self.PROJECT, self.PROJECT_TO_INVOICE, DEAL_TO_INVOICE))

        found = planned(self.both(), rules)

        assert one_change(found).natural_key == "tracker/jobs/1"
        assert found.left_out == (LeftOut("invoice for a deal", ("crm/deals/1", "tracker/jobs/1"), missing.ENTERED_ONCE),)

    def test_a_project_whose_deal_is_invoiced_is_not_invoiced_again(self) -> None:
        """The deal stands for it."""
        known = self.both()
        rows = [row for row in known.counterparts.to_pylist() if row["key_l"] != "crm/deals/1" or row["key_r"]]
        invoiced = counterpart("deal_to_invoice", "crm/deals/1", "found", key_r="ledger/invoices/90")
        rules = SyncRules(handoffs=(self.PROJECT_TO_INVOICE,))
        rows = [row for row in rows if row["key_l"] != "crm/deals/2"]

        assert reasons(planned(with_rows(known, counterparts=[*rows, invoiced]), rules)) == [missing.ALREADY_THERE]

    def test_one_payment_of_two_orders_does_not_make_them_one(self) -> None:
        """What stands for several joins none of them."""
        payment = SyncHandoff("order_to_payment", "shop", "orders", "order", "payments", "payments", "payment")
        orders = [
            document(f"shop/orders/{one}", "order", amount_minor=9, party_key="crm/companies/7", status="paid")
            for one in "12"
        ]
        known = plus_rows(
            missing_invoice(),
            documents=orders,
            counterparts=[
                *(
                    counterpart("order_to_payment", f"shop/orders/{one}", "found", key_r="payments/payments/1")
                    for one in "12"
                ),
                *(counterpart("order_to_invoice", f"shop/orders/{one}") for one in "12"),
            ],
        )

        assert len(planned(known, SyncRules(handoffs=(payment, ORDER_TO_INVOICE))).operations) == 2

    def test_a_deal_a_project_and_a_sheet_are_one_event(self) -> None:
        """However long the way from one to the next."""
        known = plus_rows(
            self.both(),
            documents=[document("sheet/jobs/1", "project", amount_minor=50_000, party_key="crm/companies/7")],
            counterparts=[
                counterpart("project_to_sheet", "tracker/jobs/1", "found", key_r="sheet/jobs/1"),
                counterpart("sheet_to_crm", "sheet/jobs/1", "found", key_r="crm/deals/0"),
                counterpart("sheet_to_invoice", "sheet/jobs/1"),
            ],
        )
        sheet = SyncHandoff("sheet_to_invoice", "sheet", "jobs", "project", "ledger", "invoices", "invoice")

        found = planned(known, SyncRules(handoffs=(sheet, DEAL_TO_INVOICE, self.PROJECT_TO_INVOICE)))

        assert one_change(found).natural_key == "sheet/jobs/1"
        assert reasons(found) == [missing.ENTERED_ONCE] * 2

    def test_a_document_is_entered_once_though_two_handoffs_name_its_list(self) -> None:
        """One handoff said twice."""
        twice = replace(DEAL_TO_INVOICE, handoff_id="again")
        known = plus_rows(missing_invoice(), counterparts=[counterpart("again", "crm/deals/1")])

        found = planned(known, SyncRules(handoffs=(DEAL_TO_INVOICE, twice)))

        assert (len(found.operations), reasons(found)) == (1, [missing.ENTERED_ONCE])


class TestFields:
    """What a new document says."""

    def order(self, lines: list[tuple[str, int | None]], **ledger: object) -> SyncTables:
        """Return a shop order of 1,100 with 100 of tax in it, without an invoice."""
        known = missing_invoice()
        rows = [{**row, **ledger} if row["entity"] == "invoice" else row for row in known.documents.to_pylist()]
        order = document("shop/orders/1", "order", amount_minor=1100, tax_minor=100, party_key="crm/companies/7")
        own = [
            {"record_key": "shop/orders/1", "line_no": number, "sku": sku, "quantity": 2.0, "amount_minor": amount}
            for number, (sku, amount) in enumerate(lines, 1)
        ]
        return with_rows(
            known, documents=[*rows, order], lines=own[::-1], counterparts=[counterpart("order_to_invoice", "shop/orders/1")]
        )

    RULES = SyncRules(handoffs=(ORDER_TO_INVOICE,))

    def test_an_order_is_dated_on_its_own_day_and_has_its_lines(self) -> None:
        """They add up to what is entered."""
        made = one_change(planned(self.order([("A", 600), ("B", 500)]), self.RULES))

        assert made.after["issued_on"] == "2026-03-02"
        assert made.after["description"] == "Order 1"
        assert lines_of(made.after) == (
            {"sku": "A", "quantity": "2", "amount_minor": "600"},
            {"sku": "B", "quantity": "2", "amount_minor": "500"},
        )
        assert made.evidence.reasons == ("ledger has no invoice for this order",)

    @pytest.mark.parametrize(
        ("lines", "ledger", "count"),
        [
            ([("A", 1000)], {}, 0),
            ([("A", 1000)], {"tax_minor": 5}, 1),
            ([("A", 1099)], {"tax_minor": 5}, 0),
            ([("A", None)], {}, 0),
        ],
    )
    def test_lines_that_do_not_add_up_are_one_amount(
        self, lines: list[tuple[str, int | None]], ledger: dict[str, int], count: int
    ) -> None:
        """Lines without tax do where the target shows the tax beside them."""
        made = one_change(planned(self.order(lines, **ledger), self.RULES))

        assert len(lines_of(made.after)) == count
        assert made.after["amount_minor"] == "1100"
        assert ("entered as one amount" in " ".join(made.evidence.reasons)) is (count == 0)

    def test_values_of_the_rules_stand_in_every_document(self) -> None:
        """The income account that the bookkeeper named."""
        rules = SyncRules(handoffs=(replace(DEAL_TO_INVOICE, values={"gl_code": "Sales"}),))

        assert one_change(planned(missing_invoice(), rules)).after["gl_code"] == "Sales"

    def test_a_payment_keeps_its_time_and_fee(self) -> None:
        """From a processor to the ledger."""
        handoff = SyncHandoff("to_ledger", "payments", "payments", "payment", "ledger", "receipts", "payment")
        known = plus_rows(
            missing_invoice(),
            documents=[
                document("payments/payments/ch_1", "payment", amount_minor=900, fee_minor=30, paid_at=_at(2),
                         party_key="crm/companies/7", status="Paid"),
                document("ledger/receipts/1", "payment", fee_minor=1, party_key="ledger/customers/Acme"),
            ],
            counterparts=[counterpart("to_ledger", "payments/payments/ch_1")],
        )  # fmt: skip

        made = one_change(planned(known, SyncRules(handoffs=(handoff,))))

        assert made.after == {
            "amount_minor": "900", "currency": "USD", "reference": "ch_1", "fee_minor": "30",
            "paid_at": "2026-03-02T08:00:00Z", "party_ref": "Acme", "party_name": "Acme",
        }  # fmt: skip

    def test_a_list_that_knows_days_only_gets_the_clients_day(self) -> None:
        """An evening in Chicago is the next day in UTC, and the last of a month is not the first of the next."""
        handoff = SyncHandoff("to_ledger", "payments", "payments", "payment", "ledger", "receipts", "payment")
        receipt = document("ledger/receipts/1", "payment", party_key="ledger/customers/Acme", paid_at=_at(1))
        known = plus_rows(
            missing_invoice(),
            documents=[
                document("payments/payments/ch_1", "payment", amount_minor=900, paid_at=_at(3), party_key="crm/companies/7"),
                receipt | {"date_only": ["paid_at"]},
                receipt | {"record_key": "ledger/receipts/3", "record_id": "3", "paid_at": None},
            ],
            counterparts=[counterpart("to_ledger", "payments/payments/ch_1")],
        )
        rules = SyncRules(handoffs=(handoff,))
        timed = plus_rows(known, documents=[receipt | {"record_key": "ledger/receipts/2", "record_id": "2"}])
        undated = with_rows(known, counterparts=[counterpart("to_ledger", "payments/payments/ch_1", event_on=None)])

        assert one_change(planned(known, rules)).after["paid_at"] == "2026-03-02"
        assert one_change(planned(timed, rules)).after["paid_at"] == "2026-03-03T08:00:00Z"
        assert reasons(planned(undated, rules)) == [fields.NO_DATE]

    def test_a_project_copied_from_a_project_keeps_its_days(self) -> None:
        """And one without a title is called after what it stands for."""
        handoff = SyncHandoff("to_sheet", "tracker", "jobs", "project", "sheet", "jobs", "project")
        known = plus_rows(
            missing_invoice(),
            documents=[
                document("tracker/jobs/1", "project", started_at=_at(2), due_on=SPRING, party_key="crm/companies/7"),
                document("sheet/jobs/1", "project", started_at=_at(1), name="Old", due_on=SPRING, party_key="sheet/names/X"),
            ],
            parties=[party("sheet/names/X", "X")],
            counterparts=[counterpart("to_sheet", "tracker/jobs/1")],
        )

        made = one_change(planned(known, SyncRules(handoffs=(handoff,)), "sheet"))

        assert made.after == {
            "name": "Project 1", "reference": "1", "started_at": "2026-03-02T08:00:00Z", "due_on": "2026-03-02",
            "party_ref": "Acme Inc", "party_name": "Acme Inc",
        }  # fmt: skip

    def test_an_invoice_of_a_ledger_says_which_deal_was_behind_it(self) -> None:
        """Where both lists keep it."""
        handoff = SyncHandoff("books", "old", "invoices", "invoice", "ledger", "invoices", "invoice")
        known = missing_invoice()
        rows = [{**row, "deal_ref": "2"} if row["entity"] == "invoice" else row for row in known.documents.to_pylist()]
        old = document("old/invoices/5", "invoice", amount_minor=5, deal_ref="77", party_key="crm/companies/7")
        known = with_rows(known, documents=[*rows, old], counterparts=[counterpart("books", "old/invoices/5")])

        assert one_change(planned(known, SyncRules(handoffs=(handoff,)))).after["deal_ref"] == "77"


def test_the_lines_of_a_document_are_numbered_from_one() -> None:
    """As people count them, and as the by-hand list names them."""
    lines = [
        {"sku": sku, "description": None, "gl_code": None, "quantity": "1", "amount_minor": amount}
        for sku, amount in (("A", "600"), ("B", "400"))
    ]

    found = line_values({"amount_minor": "1000", "net_minor": None, "tax_minor": None}, lines, frozenset())

    assert found is not None
    assert {name: value for name, value in found.items() if name.endswith("sku")} == {"line.1.sku": "A", "line.2.sku": "B"}
