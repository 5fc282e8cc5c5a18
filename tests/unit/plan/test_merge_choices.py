"""What persons chose of a merge stands above every rule, and is asked again where the records say something else since."""

from typing import Any

import pytest

from tests.cleanup_records import NOTHING_WRITTEN, Client, at, only, party, reasons, told
from toolkit.plan.cleanup_rules import CleanupRules
from toolkit.plan.field_rules import Member
from toolkit.plan.merge_choices import MergeChoices, merge_choices, ruling_of_value, seen_values
from toolkit.tables import RULING

ONE, TWO = "crm/companies/1", "crm/companies/2"
PHONE = ("phone",)
PARTIES = (
    party(ONE, name="Acme", phone="312-555-0147", city="Bonn", street="1 Main St", created_at=at("2026-01-01")),
    party(TWO, name="Acme", phone="312-555-0199", city="Ulm", street="9 Elm St", created_at=at("2026-01-01")),
)
CLUSTERS = {"g-1": [ONE, TWO]}


def chosen(*rows: dict[str, Any]) -> MergeChoices:
    """Return choices as they come out of the store."""
    shared = {"decided_at": at("2026-10-05"), "reviewer": "Dana"}
    return merge_choices(RULING.from_rows({"sequence": place, **shared, **row} for place, row in enumerate(rows, 1)))


def stays(key: str, word: str = "stays") -> dict[str, Any]:
    return {"subject": "stays", "part": "crm.companies", "key_l": key, "decision": word}


def value(
    key: str, group: tuple[str, ...], values: dict[str, str | None], rows: tuple[Any, ...] = PARTIES
) -> dict[str, Any]:
    members = [Member(row["record_key"], row) for row in rows]
    return ruling_of_value(Member(key, {}), group, values, members)


def planned(*rows: dict[str, Any], parties: tuple[Any, ...] = PARTIES, rules: CleanupRules = NOTHING_WRITTEN) -> Any:
    return Client(parties, clusters=CLUSTERS).planned(rules, choices=chosen(*rows))


def test_without_a_choice_a_tie_is_not_merged() -> None:
    """Nobody guesses which of two stays."""
    assert told(planned()) == []
    assert "No rule says which of these duplicates stays" in reasons(planned())[0]


def test_the_record_that_somebody_chose_stays() -> None:
    """Whatever the rules say; the reason says that it was chosen."""
    [archived] = only(planned(stays(TWO)), "archive")

    assert archived.target_id == "1"
    assert archived.evidence.reasons == ("It is a duplicate of a record that stays, because somebody chose it.",)
    [archived] = only(planned(stays(TWO), rules=CleanupRules(masters=("lowest_id",), standardise=frozenset())), "archive")
    assert archived.target_id == "1"


def test_a_choice_that_was_taken_back_is_none() -> None:
    """The rules decide again."""
    assert told(planned(stays(TWO, "open"))) == []


def test_two_records_that_both_stay_are_asked_again() -> None:
    """Two clusters became one, and a record was chosen in each."""
    assert reasons(planned(stays(ONE), stays(TWO)))[0].startswith(
        "Of two of these duplicates somebody decided that they stay"
    )


def test_a_value_that_was_typed_stands_as_it_was_typed() -> None:
    """No rule writes over it: neither the one of its field nor those for the writing of values."""
    rules = CleanupRules(fields={"phone": "most_recent"}, home_country="US")
    plan = planned(stays(ONE), value(ONE, PHONE, {"phone": "312 555 0000"}), rules=rules)

    [update] = [one for one in only(plan, "update") if "phone" in one.after]
    assert update.after["phone"] == "312 555 0000"
    assert "somebody chose this value" in " ".join(update.evidence.reasons)


def test_the_own_value_of_the_survivor_that_was_chosen_is_left_alone() -> None:
    """Also where its writing is not the usual one."""
    rules = CleanupRules(home_country="US")
    plan = planned(stays(ONE), value(ONE, PHONE, {"phone": "312-555-0147"}), rules=rules)

    assert [one for one in only(plan, "update") if "phone" in one.after] == []


def test_a_chosen_value_says_which_record_it_comes_from() -> None:
    """An address is taken whole."""
    group = ("street", "city", "region", "postcode", "country")
    whole = dict.fromkeys(group) | {"street": "9 Elm St", "city": "Ulm"}
    [update] = only(planned(stays(ONE), value(ONE, group, whole)), "update")

    assert dict(update.after) == {"street": "9 Elm St", "city": "Ulm"}
    assert update.evidence.from_key == TWO


def test_a_value_may_be_emptied() -> None:
    """Somebody knows that the number is nobody's."""
    [update] = only(planned(stays(ONE), value(ONE, PHONE, {"phone": None})), "update")

    assert dict(update.after) == {"phone": None}


def test_a_choice_follows_the_duplicates_to_another_survivor() -> None:
    """It was taken while the first record stayed, and holds for the second."""
    [update] = only(planned(stays(TWO), value(ONE, PHONE, {"phone": "0"})), "update")

    assert (update.target_id, dict(update.after)) == ("2", {"phone": "0"})


@pytest.mark.parametrize("changed", ["a record says something else", "a record came"])
def test_where_the_records_changed_since_it_is_asked_again(changed: str) -> None:
    """The field keeps what the survivor has, and the plan says why."""
    seen = value(ONE, PHONE, {"phone": "0"})
    third = party("crm/companies/3", name="Acme", phone="999", created_at=at("2026-01-01"))
    now = (PARTIES[0], {**PARTIES[1], "phone": "708"}) if changed.startswith("a record says") else (*PARTIES, third)
    clusters = {"g-1": [row["record_key"] for row in now]}
    plan = Client(now, clusters=clusters).planned(NOTHING_WRITTEN, choices=chosen(stays(ONE), seen))

    assert [one for one in only(plan, "update") if "phone" in one.after] == []
    assert any(
        one.startswith("Somebody chose a value of phone, and the duplicates say something else") for one in reasons(plan)
    )


def test_a_record_that_says_nothing_of_it_changes_nothing() -> None:
    """One that came without a phone leaves the chosen phone as it is."""
    third = party("crm/companies/3", name="Acme", created_at=at("2026-01-01"))
    now = (*PARTIES, third)
    plan = Client(now, clusters={"g-1": [row["record_key"] for row in now]}).planned(
        NOTHING_WRITTEN, choices=chosen(stays(ONE), value(ONE, PHONE, {"phone": "0"}))
    )

    assert [dict(one.after) for one in only(plan, "update")] == [{"phone": "0"}]


def test_two_values_for_records_that_are_one_by_now_are_asked_again() -> None:
    """Neither wins by its order."""
    plan = planned(stays(ONE), value(ONE, PHONE, {"phone": "0"}), value(TWO, PHONE, {"phone": "1"}))

    assert any(one.startswith("Somebody chose two values of phone") for one in reasons(plan))


def test_an_address_that_must_be_unique_is_not_entered_beside_the_other() -> None:
    """A choice does not lift what the system refuses."""
    others = [party(f"crm/companies/{100 + one}", name=f"N{one}", email=f"n{one}@x.example") for one in range(25)]
    two = ({**PARTIES[0], "email": "a@x.example"}, {**PARTIES[1], "email": "b@x.example"})
    plan = Client((*two, *others), clusters=CLUSTERS).planned(
        NOTHING_WRITTEN, choices=chosen(stays(ONE), value(ONE, ("email",), {"email": "b@x.example"}, two))
    )

    assert only(plan, "update") == []
    assert any("lets an address stand once" in one for one in reasons(plan))


def test_what_is_no_choice_of_a_merge_is_none() -> None:
    """Words on findings stand in the same table."""
    found = chosen({"subject": "difference", "part": "phone", "key_l": ONE, "key_r": TWO, "decision": "left"})

    assert (found.stays, dict(found.values)) == (frozenset(), {})


def test_what_was_seen_names_no_system() -> None:
    """A system may get another name, and what was seen is still the same."""
    assert seen_values([Member(ONE, {"phone": "1", "email": None})], PHONE) == {"1": {"phone": "1"}}
