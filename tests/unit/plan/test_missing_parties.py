"""Customers and suppliers that a system lacks are entered once, unless they may be there already."""

from dataclasses import replace

import pytest

from tests.sync_records import (
    counterpart,
    document,
    finding,
    golden,
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
from toolkit.changes import LeftOut
from toolkit.plan import named_parties as named
from toolkit.plan import new_parties as new
from toolkit.plan import target_parties as targets
from toolkit.plan.missing_parties import missing_parties
from toolkit.plan.planned import Planned
from toolkit.plan.sync_rules import PartyRule, SyncHandoff, SyncRules
from toolkit.plan.sync_tables import SyncTables

RULE = PartyRule("crm", "ledger", "customers", ("customer",))
RULES = SyncRules(parties=(RULE,))


def birch(**values: object) -> SyncTables:
    """Return the tables of a customer that the CRM has and the ledger lacks."""
    return tables(
        parties=[
            party("crm/companies/8", "Birch Ltd", **values),
            party("ledger/customers/Acme", "Acme", email="a@acme.example", city="Ulm", street="Weg 1", region="BW",
                  postcode="89073", country="DE", website="acme.example"),
        ],
        crosswalk=[walk("crm/companies/8", "b"), walk("ledger/customers/Acme", "a")],
        golden=[golden("b", "name", "Birch Ltd", "crm/companies/8"), golden("b", "owner", "Ann", "crm/companies/8")],
    )  # fmt: skip


def planned(known: SyncTables, rules: SyncRules = RULES, system: str = "ledger") -> Planned:
    """Return the parties to be entered in a system."""
    return missing_parties(system, known, rules)


def test_a_customer_that_the_ledger_lacks_is_entered_with_the_chosen_values() -> None:
    """Of the columns that its list keeps; who looks after it in the CRM is no matter of the ledger."""
    made = one_change(planned(birch()))

    assert (made.action, made.stream, made.natural_key) == ("create", "customers", "crm/companies/8")
    assert made.after == {"name": "Birch Ltd"}
    assert (made.reversibility, made.evidence.cluster_id, made.evidence.from_key) == ("R1", "b", "crm/companies/8")
    assert made.evidence.reasons == ("ledger has no record of it", "filled with the values chosen for it over all systems")
    assert planned(birch(), system="crm") == Planned()


def test_other_roles_names_and_records_that_are_gone_are_not_entered() -> None:
    """Only what the rule names."""
    rows = birch().parties.to_pylist()
    for values in ({"roles": ["vendor"]}, {"roles": None}, {"state": "archived"}):
        assert planned(with_rows(birch(), parties=[{**rows[0], **values}, rows[1]])) == Planned()
    mentioned = replace(RULE, system_l="bank")
    known = plus_rows(birch(), parties=[party("bank/names/X", "X")], crosswalk=[walk("bank/names/X", "x")])

    assert planned(known, SyncRules(parties=(mentioned,))) == Planned()


def test_the_crm_s_own_duplicates_make_one_customer() -> None:
    """Two records of one party."""
    known = plus_rows(birch(), parties=[party("crm/companies/9", "Birch")], crosswalk=[walk("crm/companies/9", "b")])

    assert one_change(planned(known)).natural_key == "crm/companies/8"


def test_a_contact_of_a_customer_is_there_at_the_level_of_accounts_and_not_as_a_person() -> None:
    """A rule for persons asks for each of them."""
    person = party("crm/contacts/1", "Ann Li", kind="person", roles=["contact"])
    known = plus_rows(
        birch(),
        parties=[person],
        crosswalk=[walk("crm/contacts/1", "p", account_id="a")],
        golden=[golden("p", "name", "Ann Li", "crm/contacts/1")],
    )
    contacts = replace(RULE, roles=("contact",))

    assert planned(known, SyncRules(parties=(contacts,))) == Planned()
    assert one_change(planned(known, SyncRules(parties=(replace(contacts, level="party"),)))).after["name"] == "Ann Li"


def test_what_may_be_there_waits_for_a_person() -> None:
    """An open pair, an archived record, a party that nobody knows."""
    open_pair = with_rows(birch(), pairs=[pair("crm/companies/8", "ledger/customers/Acme")])
    rows = birch().parties.to_pylist()
    archived = with_rows(
        birch(),
        parties=[rows[0], {**rows[1], "state": "archived"}],
        crosswalk=[walk("crm/companies/8", "b"), walk("ledger/customers/Acme", "b")],
    )
    unknown = with_rows(birch(), crosswalk=[])

    slashed = with_rows(
        birch(),
        parties=[rows[0], {**rows[1], "record_key": "ledger/customers/A/B", "record_id": "A/B"}],
        crosswalk=[walk("crm/companies/8", "b"), walk("ledger/customers/A/B", "a")],
        pairs=[pair("crm/companies/8", "ledger/customers/A/B")],
    )

    assert planned(slashed).left_out == (
        LeftOut(new.NEW_PARTY, ("crm/companies/8", "ledger/customers/A/B"), targets.UNDECIDED),
    )
    assert planned(open_pair) == Planned(
        (), (LeftOut(new.NEW_PARTY, ("crm/companies/8", "ledger/customers/Acme"), targets.UNDECIDED),)
    )
    assert reasons(planned(archived)) == [targets.ARCHIVED]
    assert reasons(planned(unknown)) == [targets.UNRESOLVED]


def test_open_pairs_of_others_hold_nobody_back() -> None:
    """Within one party, in another list, or of strangers."""
    known = plus_rows(
        birch(),
        parties=[party("crm/companies/9", "Birch"), party("ledger/vendors/V", "V")],
        crosswalk=[walk("crm/companies/9", "b"), walk("ledger/vendors/V", "v")],
        pairs=[
            pair("crm/companies/8", "crm/companies/9"),
            pair("crm/companies/8", "ledger/vendors/V"),
            pair("ledger/customers/Acme", "ledger/vendors/V"),
            pair("crm/companies/9", "ledger/customers/Acme", "different"),
        ],
    )

    assert len(planned(known).operations) == 1


def test_a_customer_who_is_there_twice_or_not_for_sure_is_not_missing() -> None:
    """There is nothing to enter, and nothing to say."""
    twice = with_rows(
        birch(),
        parties=[*birch().parties.to_pylist(), party("ledger/customers/B", "Birch")],
        crosswalk=[walk(key, "b") for key in ("crm/companies/8", "ledger/customers/Acme", "ledger/customers/B")],
    )

    assert planned(twice) == Planned()


def test_f32_a_list_that_was_cut_short_gets_no_customers() -> None:
    """Whoever looks missing may be there."""
    known = with_rows(birch(), snapshots=[snapshot("ledger", "customers", is_complete=False), snapshot("crm", "companies")])

    assert planned(known).left_out == (LeftOut(new.NEW_PARTY, ("crm/companies/8",), named.CUT_SHORT),)


def test_a_handoff_of_parties_enters_what_it_found_missing() -> None:
    """And what a person said; not what is not due."""
    handoff = SyncHandoff("to_ledger", "crm", "companies", "party", "ledger", "customers", "party")
    rules = SyncRules(handoffs=(handoff,))
    off = SyncRules(handoffs=(replace(handoff, creates=False),))
    row = counterpart("to_ledger", "crm/companies/8")

    assert len(planned(with_rows(birch(), counterparts=[row]), rules).operations) == 1
    assert (
        len(planned(with_rows(birch(), counterparts=[row | {"status": "waiting", "decision": "enter"}]), rules).operations)
        == 1
    )
    assert planned(with_rows(birch(), counterparts=[row | {"status": "waiting"}]), rules) == Planned()
    assert planned(with_rows(birch(), counterparts=[row | {"status": "not_due", "decision": "enter"}]), rules) == Planned()
    assert planned(with_rows(birch(), counterparts=[row]), off) == Planned()


@pytest.mark.parametrize(
    ("column", "value", "other"),
    [
        ("email", "info@acme.example", None),
        ("website", "https://www.acme.example/about", None),
        ("street", "WEG 1", "89073-1234"),
    ],
)
def test_a_shared_domain_or_address_may_be_the_same_customer(column: str, value: str, other: str | None) -> None:
    """Or a person of a company that is there."""
    added = [golden("b", column, value, "crm/companies/8")]
    added += [golden("b", "postcode", other, "crm/companies/8")] if other else []

    [left_out] = planned(plus_rows(birch(), golden=added)).left_out

    assert left_out == LeftOut(new.NEW_PARTY, ("crm/companies/8", "ledger/customers/Acme"), new.ALIKE)


@pytest.mark.parametrize(
    ("column", "value"), [("email", "birch@gmail.com"), ("phone", "123456"), ("street", "Weg 1"), ("postcode", "89073")]
)
def test_what_everybody_may_have_is_no_trait(column: str, value: str) -> None:
    """A free mailbox, half a number, a street without its town."""
    known = plus_rows(birch(), golden=[golden("b", column, value, "crm/companies/8")])
    rows = known.parties.to_pylist()
    known = with_rows(known, parties=[rows[0], {**rows[1], "email": "acme@gmail.com", "phone": "9123456"}])

    assert len(planned(known).operations) == 1


def test_a_number_of_seven_digits_is_a_trait() -> None:
    """At the bound."""
    known = plus_rows(birch(), golden=[golden("b", "phone", "555-1234", "crm/companies/8")])
    rows = known.parties.to_pylist()

    assert reasons(planned(with_rows(known, parties=[rows[0], {**rows[1], "phone": "5551234"}]))) == [new.ALIKE]


def test_numbers_that_differ_in_the_ninth_digit_from_the_right_are_two() -> None:
    """What stands before those nine is the country."""
    known = plus_rows(birch(), golden=[golden("b", "phone", "1 23456 7890", "crm/companies/8")])
    rows = known.parties.to_pylist()

    assert len(planned(with_rows(known, parties=[rows[0], {**rows[1], "phone": "193456 7890"}])).operations) == 1
    assert reasons(planned(with_rows(known, parties=[rows[0], {**rows[1], "phone": "+49 234567890"}]))) == [new.ALIKE]


def test_a_customer_whose_name_is_not_settled_is_not_entered() -> None:
    """Nor one who has none, or is known only by a name in a document."""
    unsettled = with_rows(birch(), golden=[golden("b", "name", "Birch", "crm/companies/8", "most complete, times unknown")])
    handoff = SyncHandoff("to_ledger", "bank", "names", "party", "ledger", "customers", "party")
    mentioned = tables(
        parties=[party("bank/names/BIRCH", "BIRCH")],
        crosswalk=[walk("bank/names/BIRCH", "b")],
        golden=[golden("b", "name", "BIRCH", "bank/names/BIRCH")],
        counterparts=[counterpart("to_ledger", "bank/names/BIRCH")],
    )

    assert reasons(planned(unsettled)) == [new.NO_NAME] == reasons(planned(with_rows(birch(), golden=[])))
    assert reasons(planned(mentioned, SyncRules(handoffs=(handoff,)))) == [new.ONLY_A_NAME]


def test_fields_that_wait_for_somebodys_word_are_left_empty() -> None:
    """Of an address all of it, since half of one is nobody's."""
    waits = "most complete, none is newer"
    known = plus_rows(
        birch(),
        golden=[
            golden("b", "city", "Bonn", "crm/companies/8", waits),
            golden("b", "street", "Allee 2", "crm/companies/8"),
            golden("b", "email", "b@birch.example", "crm/companies/8"),
        ],
    )

    made = one_change(planned(known))

    assert made.after == {"name": "Birch Ltd", "email": "b@birch.example"}
    assert made.evidence.reasons[-1] == (
        "fields that somebody has yet to decide, or whose value fails its check, are left empty"
    )
    assert one_change(planned(with_rows(known, findings=[finding("crm/companies/8", "email")]))).after == {
        "name": "Birch Ltd"
    }


def test_a_customer_whose_documents_stand_there_under_another_name_may_be_that_one() -> None:
    """The invoice of a deal is there: its customer is, too."""
    known = plus_rows(
        birch(),
        documents=[
            document("crm/deals/1", "deal", party_key="crm/companies/8"),
            document("crm/deals/2", "deal"),
            document("ledger/invoices/1", "invoice", party_key="ledger/customers/Acme"),
            document("ledger/invoices/2", "invoice"),
        ],
        counterparts=[
            counterpart("deal_to_invoice", "crm/deals/1", "found", key_r="ledger/invoices/1"),
            counterpart("deal_to_invoice", "crm/deals/2", "found", key_r="ledger/invoices/2"),
        ],
    )
    told = with_rows(known, pairs=[pair("crm/companies/8", "ledger/customers/Acme", "related", "person")])

    assert planned(known).left_out == (LeftOut(new.NEW_PARTY, ("crm/companies/8", "ledger/customers/Acme"), new.KNOWN_AS),)
    assert len(planned(told).operations) == 1


def test_an_account_whose_own_records_are_gone_is_not_made() -> None:
    """A contact is there; the company that it belongs to was archived."""
    rows = birch().parties.to_pylist()
    person = party("crm/contacts/1", "Ann Li", kind="person")
    known = plus_rows(
        with_rows(birch(), parties=[{**rows[0], "state": "archived"}, rows[1]]),
        parties=[person],
        crosswalk=[walk("crm/contacts/1", "p", account_id="b")],
    )

    assert reasons(planned(known)) == [new.GONE]


def test_an_empty_list_takes_all_columns() -> None:
    """Nothing tells what it keeps."""
    known = with_rows(birch(), parties=[birch().parties.to_pylist()[0]], crosswalk=[walk("crm/companies/8", "b")])
    known = plus_rows(known, golden=[golden("b", "tax_id", "DE1", "crm/companies/8")])

    assert one_change(planned(known)).after == {"name": "Birch Ltd", "tax_id": "DE1"}


def test_two_new_customers_of_one_name_wait_both() -> None:
    """They may be one."""
    known = plus_rows(
        birch(),
        parties=[party("crm/companies/9", "BIRCH LTD")],
        crosswalk=[walk("crm/companies/9", "c")],
        golden=[golden("c", "name", "BIRCH LTD", "crm/companies/9")],
    )

    assert reasons(planned(known)) == [new.NAME_TWICE] * 2


def test_a_company_is_not_entered_in_a_list_of_persons() -> None:
    """A help desk's users, say."""
    rows = birch().parties.to_pylist()
    persons = with_rows(birch(), parties=[rows[0], {**rows[1], "kind": "person"}])
    unsure = with_rows(persons, parties=[{**rows[0], "kind": "unknown"}, {**rows[1], "kind": "person"}])

    assert reasons(planned(persons)) == [new.NOT_A_PERSON]
    assert len(planned(unsure).operations) == 1


def test_the_first_of_those_who_have_the_name_already_is_named() -> None:
    """Whoever decides looks at one record, and finds the others beside it."""
    known = plus_rows(
        birch(),
        parties=[party(f"ledger/customers/{record_id}", "Birch Ltd") for record_id in ("B2", "B1", "B3")],
        crosswalk=[walk(f"ledger/customers/{record_id}", record_id) for record_id in ("B2", "B1", "B3")],
    )

    assert planned(known).left_out == (LeftOut(new.NEW_PARTY, ("crm/companies/8", "ledger/customers/B1"), new.NAME_TAKEN),)


def test_of_lists_that_are_named_as_often_the_first_by_name_comes_first() -> None:
    """Neither is clearly the list of the documents; what is said of them has one order on any machine."""
    documents = [
        document(f"ledger/invoices/{number}", "invoice", party_key=f"ledger/{stream}/1")
        for number, stream in enumerate(("members", "customers", "members", "customers", "agents"))
    ]

    found = targets.party_streams(tables(documents=documents), "ledger", "invoices")

    assert (found.names, found.is_clear) == (("customers", "members", "agents"), False)
