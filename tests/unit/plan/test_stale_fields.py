"""A party's fields follow the chosen value: whole facts from one record, never an empty value over a filled one."""

from dataclasses import replace

import pytest

from tests.sync_records import finding, golden, mismatch, party, plus_rows, reasons, tables, walk, with_rows
from toolkit.changes import LeftOut
from toolkit.plan import stale_fields as stale
from toolkit.plan.party_differences import PARTS
from toolkit.plan.stale_fields import stale_fields
from toolkit.plan.sync_rules import PairRule, StaleRule, SyncRules
from toolkit.plan.sync_tables import SyncTables
from toolkit.plan.target_parties import UNSURE
from toolkit.plan.updates import FAULTY, FIELD, Update

CRM, LEDGER = "crm/companies/7", "ledger/customers/12"
RULES = SyncRules(stale=(StaleRule("ledger"),))
TRUTH = "source of truth: crm"


def known(*differences: dict[str, object], chosen: dict[str, str] | None = None, **ledger: object) -> SyncTables:
    """Return one party in the CRM and the ledger, with these differences; ``chosen`` values are the CRM's."""
    values = {"phone": "1", **(chosen or {})}
    return tables(
        parties=[party(CRM, "Acme", phone="1"), party(LEDGER, "Acme", phone="2", **ledger)],
        crosswalk=[walk(CRM, "g"), walk(LEDGER, "g")],
        golden=[golden("g", column, value, CRM, TRUTH) for column, value in values.items()],
        mismatches=differences or [mismatch("phone", CRM, LEDGER, "1", "2", proposed_value="1", proposed_system="crm")],
    )


def planned(found: SyncTables, rules: SyncRules = RULES, system: str = "ledger") -> list[Update | LeftOut]:
    """Return what becomes of a system's fields."""
    return list(stale_fields(system, found, rules))


def chosen(column: str, left: str | None, right: str | None, **values: object) -> dict[str, object]:
    """Return a difference that the CRM's value settles."""
    return mismatch(column, CRM, LEDGER, left, right, **{"proposed_value": left, "proposed_system": "crm", **values})


def test_a_field_becomes_the_value_chosen_for_the_party() -> None:
    """With why it was chosen, and the record that it comes from."""
    assert planned(known()) == [
        Update(LEDGER, {"phone": "2"}, {"phone": "1"}, f"the value chosen for the party ({TRUTH})", CRM, "g", 1.0)
    ]


def test_the_deciding_system_and_systems_without_a_rule_stay() -> None:
    """Nothing is stale there."""
    assert planned(known(), system="crm") == []
    assert planned(known(), SyncRules(stale=(StaleRule("crm"),)), "crm") == []


def test_both_sides_of_a_difference_are_looked_at() -> None:
    """The record to be changed may stand on either."""
    turned = known(mismatch("phone", LEDGER, CRM, "2", "1", proposed_value="1", proposed_system="crm"))

    assert planned(turned) == planned(known())


def test_an_empty_field_is_filled_and_never_emptied() -> None:
    """What the deciding record leaves empty stays."""
    filled = known(chosen("phone", "1", None))
    emptied = known(chosen("email", None, "a@b.example", proposed_value="a@b.example", proposed_system="ledger"))

    assert planned(filled)[0] == Update(
        LEDGER, {"phone": None}, {"phone": "1"}, f"the value chosen for the party ({TRUTH})", CRM, "g", 1.0
    )
    assert planned(emptied) == []


def test_formatting_is_left_alone_unless_the_rule_takes_it_in() -> None:
    """One number, written otherwise."""
    same = known(chosen("phone", "1", "2", kind="formatting"))

    assert planned(same) == []
    assert len(planned(same, SyncRules(stale=(StaleRule("ledger", formatting=True),)))) == 1


def test_only_the_columns_of_the_rule_follow() -> None:
    """None named is all."""
    assert planned(known(), SyncRules(stale=(StaleRule("ledger", ("email",)),))) == []
    assert len(planned(known(), SyncRules(stale=(StaleRule("ledger", ("phone",)),)))) == 1


def test_what_nobody_settled_is_left_out() -> None:
    """With both records."""
    open_one = known(chosen("phone", "1", "2", proposed_value=None, proposed_system=None))

    assert planned(open_one) == [LeftOut(FIELD, (LEDGER, CRM), stale.UNDECIDED)]


def test_a_persons_word_counts_and_neither_is_left_out() -> None:
    """Where the person chose a third value, that one stands."""
    word = "a person's decision"
    left = with_rows(known(chosen("phone", "1", "2", decision="left")), golden=[golden("g", "phone", "1", CRM, word)])
    right = with_rows(
        known(chosen("phone", "1", "2", decision="right", proposed_value="2")),
        golden=[golden("g", "phone", "2", LEDGER, word)],
    )
    neither = known(chosen("phone", "1", "2", decision="neither", proposed_value=None))
    third = with_rows(
        known(
            chosen("phone", "1", "2", decision="neither", proposed_value=None),
            mismatch("phone", LEDGER, "shop/customers/3", "2", "3", decision="right", proposed_value="3"),
        ),
        golden=[golden("g", "phone", "3", "shop/customers/3", word)],
        parties=[*known().parties.to_pylist(), party("shop/customers/3", "Acme")],
        crosswalk=[walk(key, "g") for key in (CRM, LEDGER, "shop/customers/3")],
    )

    assert planned(left)[0].after == {"phone": "1"}
    assert planned(right) == []
    assert planned(neither) == [LeftOut(FIELD, (LEDGER, CRM), stale.NEITHER)]
    assert planned(third)[0].after == {"phone": "3"}


@pytest.mark.parametrize(("probability", "count"), [(0.9, 1), (0.8999, 0)])
@pytest.mark.parametrize("side", [0, 1])
def test_an_unsure_match_changes_nothing(probability: float, count: int, side: int) -> None:
    """The two may be two."""
    rows = [walk(CRM, "g"), walk(LEDGER, "g")]
    rows[side] |= {"decided_by": "model", "match_probability": probability}

    [found] = planned(with_rows(known(), crosswalk=rows))

    assert isinstance(found, Update) is bool(count)
    assert reasons([found]) == [UNSURE] * (1 - count)
    assert not isinstance(found, Update) or found.probability == probability


@pytest.mark.parametrize("state", ["archived", "deleted", "absent"])
def test_records_that_are_not_active_stay(state: str) -> None:
    """Nobody works with them."""
    rows = known().parties.to_pylist()

    assert planned(with_rows(known(), parties=[rows[0], {**rows[1], "state": state}])) == []


def test_names_that_a_system_only_mentions_have_no_fields() -> None:
    """There is no record to write to."""
    name = "ledger/names/Acme"
    mentioned = with_rows(known(), mismatches=[mismatch("phone", CRM, name, "1", "2", proposed_value="1")])

    assert planned(plus_rows(mentioned, parties=[party(name, "Acme")])) == []


def test_columns_that_two_systems_keep_alike_are_left_to_that_rule() -> None:
    """Of an address all parts."""
    pairs = (PairRule("crm", "ledger", {"phone": "manual", "city": "manual"}),)
    found = known(chosen("phone", "1", "2"), chosen("street", "A", "B"), chosen={"street": "A"})

    assert planned(found, replace(RULES, pairs=pairs)) == []
    assert len(planned(found, replace(RULES, pairs=(replace(pairs[0], system_l="shop"),)))) == 2
    assert len(planned(found, replace(RULES, pairs=(replace(pairs[0], handoff_id="x"),)))) == 2


def test_a_value_that_fails_its_own_check_is_not_carried_on() -> None:
    """Whoever decides the field; what is wrong in the record to be changed is mended by it."""
    broken = with_rows(known(), findings=[finding(CRM, "phone")])
    odd = with_rows(known(), findings=[finding(CRM, "phone", "implausible.too_long")])
    others = [finding(LEDGER, "phone"), finding(CRM, "email"), finding(CRM, "phone", "unique")]

    assert planned(broken) == [LeftOut(FIELD, (LEDGER, CRM), FAULTY)] == planned(odd)
    assert isinstance(planned(with_rows(known(), findings=others))[0], Update)


class TestFacts:
    """An address, and a person's name, moves as a whole."""

    def test_an_address_is_taken_whole(self) -> None:
        """All its parts from one record."""
        address = {"street": "A 1", "city": "Bonn"}
        found = known(chosen("street", "A 1", "B 2"), chosen("city", "Bonn", "Ulm"), chosen=address)

        [update] = planned(found)

        assert (update.before, update.after) == ({"street": "B 2", "city": "Ulm"}, address)

    def test_half_an_address_is_not_taken(self) -> None:
        """The old postcode would stand beside the new street."""
        half = known(
            chosen("street", "A 1", "B 2"),
            chosen("postcode", None, "89073", proposed_value="89073"),
            chosen={"street": "A 1"},
        )

        assert planned(half) == [LeftOut(FIELD, (LEDGER, CRM), PARTS)]

    def test_an_address_from_two_records_is_not_taken(self) -> None:
        """Nor one of which a part was chosen from elsewhere, or waits."""
        shop = "shop/customers/3"
        two = known(
            chosen("street", "A 1", "B 2"),
            mismatch("city", LEDGER, shop, "Ulm", "Kiel", proposed_value="Kiel"),
            chosen={"street": "A 1"},
        )
        two = plus_rows(two, golden=[golden("g", "city", "Kiel", shop)], parties=[party(shop, "Acme")])
        other = known(
            chosen("street", "A 1", "B 2"), chosen("city", "Bonn", "Ulm", proposed_value="Ulm"), chosen={"street": "A 1"}
        )
        waits = known(
            chosen("street", "A 1", "B 2"), chosen("city", "Bonn", "Ulm", proposed_value=None), chosen={"street": "A 1"}
        )

        assert planned(two) == [LeftOut(FIELD, (LEDGER, CRM, shop), PARTS)]
        assert reasons(planned(other)) == [PARTS]
        assert reasons(planned(waits)) == [stale.UNDECIDED]

    def test_first_and_last_name_go_with_the_name(self) -> None:
        """And the company where it was called the same; where they cannot be told, nothing changes."""
        difference = chosen("name", "Ann Lee", "Ann Li")
        rows = known().parties.to_pylist()
        parts = {"given_name": "Ann", "family_name": "Li", "company_name": "Ann Li", "name": "Ann Li"}
        ours = {**rows[1], **parts}
        theirs = {**rows[0], "given_name": "Ann", "family_name": "Lee", "company_name": "Lee & Co"}
        whole = with_rows(known(difference, chosen={"name": "Ann Lee"}), parties=[theirs, ours])
        untold = with_rows(whole, parties=[rows[0], ours])
        free = with_rows(whole, parties=[theirs, {**rows[1], "name": "Ann Li", "company_name": "Ann & Co"}])

        [update] = planned(whole)
        assert update.before == {"name": "Ann Li", "family_name": "Li", "company_name": "Ann Li"}
        assert update.after == {"name": "Ann Lee", "family_name": "Lee", "company_name": "Ann Lee"}
        assert reasons(planned(untold)) == [PARTS]
        assert planned(free)[0].after == {"name": "Ann Lee"}

    def test_a_name_is_not_cut_to_its_initials(self) -> None:
        """Whoever decides: it says less."""
        short = known(chosen("name", "A. Lee", "Ann Lee"), chosen={"name": "A. Lee"})
        longer = known(chosen("name", "Ann Lee", "A. Lee"), chosen={"name": "Ann Lee"})

        assert reasons(planned(short)) == [stale.LESS]
        assert planned(longer)[0].after == {"name": "Ann Lee"}
