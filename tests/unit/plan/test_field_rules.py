"""Which value the record that stays takes: each rule at its bound, facts that stay whole, and nothing that is guessed."""

from typing import Any

import pytest

from toolkit.plan.field_rules import GoldenValue, Member, Ruled, ruled
from toolkit.plan.same_values import SameValues, best_written

ADDRESS = ("street", "city", "region", "postcode", "country")
PERSON = ("name", "given_name", "family_name")


def by(
    rule: str,
    own: dict[str, str | None],
    *others: dict[str, str | None],
    group: tuple[str, ...] = ("phone",),
    golden: dict[str, str] | None = None,
    **options: Any,
) -> Ruled:
    """Return what a rule gives; ``changed`` says when each record changed; golden values come from the first other."""
    members = [
        Member(str(place), {column: values.get(column) for column in group}, options.get("changed", (None,) * 9)[place])
        for place, values in enumerate((own, *others))
    ]
    is_settled = options.get("is_settled", True)
    chosen = {column: GoldenValue(value, "1", is_settled) for column, value in (golden or {}).items()}
    blank = options.get("overwrites_blank", False)
    return ruled(group, rule, members[0], members[1:], golden=chosen, same=SameValues("US"), overwrites_blank=blank)


def test_golden_value_replaces_another_one() -> None:
    """Where the golden record says otherwise, it is right; the record it comes from is told."""
    found = by("golden", {"phone": "312 555 0100"}, {"phone": "312 555 0199"}, golden={"phone": "312 555 0199"})
    assert (found.values, found.from_keys) == ({"phone": "312 555 0199"}, {"phone": "1"})


def test_same_value_stays_as_it_is_written() -> None:
    """A number written otherwise is no other number."""
    assert by("golden", {"phone": "(312) 555-0100"}, golden={"phone": "312.555.0100"}) == Ruled()


def test_address_of_mail_in_capitals_is_the_same_address() -> None:
    """Capitals are writing; another letter is another address."""
    own = {"email": "Ann@B.example"}
    assert by("golden", own, group=("email",), golden={"email": "ann@b.example "}) == Ruled()
    assert by("golden", own, group=("email",), golden={"email": "anne@b.example"}).values == {"email": "anne@b.example"}


def test_unsettled_golden_value_changes_nothing_and_is_told() -> None:
    """Where nothing settled the golden value, the record that stays keeps its own, filled or empty."""
    for own in ("312 555 0100", None):
        found = by("golden", {"phone": own}, {"phone": "312 555 0199"}, golden={"phone": "312 555 0199"}, is_settled=False)
        assert found.values == {}
        assert found.undecided == (
            "The duplicates differ in phone, and nothing settles which value is right; the record that stays keeps its own."
        )
    same = by("golden", {"phone": "312 555 0199"}, golden={"phone": "312-555-0199"}, is_settled=False)
    assert same == Ruled()


def test_name_loses_its_note() -> None:
    """The record that stays is not called old if another one writes its name without that."""
    found = by(
        "golden", {"name": "Acme Foods (old)"}, {"name": "Acme Foods"}, group=("name",), golden={"name": "Acme Foods (old)"}
    )
    assert (found.values, found.from_keys) == ({"name": "Acme Foods"}, {"name": "1"})


@pytest.mark.parametrize(("loud", "best"), [("ACME", "Acme"), ("IBM", "IBM")])
def test_name_of_three_letters_may_be_an_abbreviation(loud: str, best: str) -> None:
    """From four letters on capitals are loud."""
    assert best_written("name", [loud, loud.capitalize()]) == best


def test_given_name_is_better_than_its_initial() -> None:
    """A letter is no contradiction to the name that it stands for; the parts follow."""
    own = {"name": "C. Beaumont", "given_name": "C.", "family_name": "Beaumont"}
    other = {"name": "Camila Beaumont", "given_name": "Camila", "family_name": "Beaumont"}
    found = by("golden", own, other, group=PERSON, golden={**own})
    assert found.values == {"name": "Camila Beaumont", "given_name": "Camila"}


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("C. Beaumont", "Dora Beaumont"),
        ("C. Beaumont", "Camila Voss"),
        ("C.", ""),
        ("Cy Beaumont", "Camila Beaumont"),
        ("C. Beaumont", "C. Voss"),
    ],
)
def test_initial_of_another_name_is_another_name(own: str, other: str) -> None:
    """Another letter, another family name or a second given name is a contradiction."""
    assert not SameValues(None).are_same("name", own, other)
    assert not SameValues(None).are_same("name", other, own)


def test_initial_of_a_name_of_one_letter() -> None:
    """A family name of one letter is a family name."""
    assert SameValues(None).are_same("name", "C. B", "Camila B")
    assert SameValues(None).are_same("name", "Camila B", "C. B")


def test_address_moves_whole() -> None:
    """An address elsewhere replaces all parts; what the better one lacks is not mixed in."""
    own = {"street": "1 Oak St", "city": "Skokie", "postcode": "60076"}
    other = {"street": "9 Elm St", "city": "Joliet", "postcode": "60435"}
    assert by("golden", own, other, group=ADDRESS, golden={**other}).values == other
    half = {"street": "9 Elm St", "city": "Joliet"}
    found = by("golden", own, half, group=ADDRESS, golden={**half})
    assert found.values == {}
    assert found.undecided is not None
    assert "the address lacks a part" in found.undecided


def test_blank_part_empties_only_where_the_rules_say_so() -> None:
    """With blank: overwrite the whole of the better address stands, its empty parts too."""
    own = {"street": "1 Oak St", "city": "Skokie", "postcode": "60076"}
    half = {"street": "9 Elm St", "city": "Joliet"}
    found = by("golden", own, half, group=ADDRESS, golden={**half}, overwrites_blank=True)
    assert found.values == {"street": "9 Elm St", "city": "Joliet", "postcode": None}
    same = {"street": "1 Oak Street", "city": "Skokie"}
    assert by("golden", own, same, group=ADDRESS, golden={**same}, overwrites_blank=True) == Ruled()


@pytest.mark.parametrize("shared", [{"postcode": "60076"}, {"city": "Skokie"}])
def test_country_stays_with_an_address_at_the_same_place(shared: dict[str, str]) -> None:
    """Another street of the same town is in the same country."""
    own = {"street": "1 Oak St", "country": "USA", **shared}
    other = {"street": "9 Elm St", **shared}
    assert by("golden", own, other, group=ADDRESS, golden={**other}).values == {"street": "9 Elm St"}


def test_empty_part_is_filled_up() -> None:
    """What nothing contradicts is filled from the golden record, as a whole fact would be."""
    own = {"street": "1 Oak St", "city": "Skokie"}
    golden = {"street": "1 Oak Street", "city": "Skokie", "country": "USA"}
    assert by("golden", own, golden, group=ADDRESS, golden={**golden}).values == {"country": "USA"}


def test_whole_address_in_one_cell_is_not_filled_up() -> None:
    """A town that stands in the street cell is not entered beside it once more."""
    own = {"street": "1 Oak St\nSkokie, IL"}
    golden = {"street": "1 Oak Street", "city": "Skokie"}
    assert by("golden", own, golden, group=ADDRESS, golden={**golden}) == Ruled()


def test_fill_only_fills_and_never_replaces() -> None:
    """A filled field stays, whatever the golden record says."""
    assert by("fill_only", {"phone": None}, golden={"phone": "312 555 0199"}).values == {"phone": "312 555 0199"}
    assert by("fill_only", {"phone": "312 555 0100"}, golden={"phone": "312 555 0199"}) == Ruled()


def test_keep_master_keeps() -> None:
    """Nothing replaces or fills the field of the record that stays."""
    assert by("keep_master", {"phone": None}, {"phone": "312 555 0199"}, golden={"phone": "312 555 0199"}) == Ruled()


@pytest.mark.parametrize(
    ("rule", "own", "others", "value"),
    [
        ("longest", "12 Oak", ["12 Oak Street Building"], "12 Oak Street Building"),
        ("longest", "12 Oak", ["13 Elm"], None),
        ("longest", "12 Oak", ["9 Elm"], "12 Oak"),
        ("most_common", "A", ["B", "B"], "B"),
        ("most_common", "A", ["B"], None),
        ("most_common", "A", ["A", "B"], "A"),
        ("most_complete", None, ["B"], "B"),
        ("most_complete", "A", ["B"], None),
    ],
)
def test_rule_by_what_is_written(rule: str, own: str | None, others: list[str], value: str | None) -> None:
    """A single winner is taken, a tie between different values changes nothing and is told."""
    found = by(rule, {"tax_id": own}, *({"tax_id": other} for other in others), group=("tax_id",))
    if value is None:
        assert found.values == {}
        assert found.undecided == (
            f"The duplicates differ in tax id, and the rule {rule} finds no single winner; the record that stays keeps its "
            "own."
        )
    else:
        assert (found.values.get("tax_id", own), found.undecided) == (value, None)


def test_what_is_not_decided_is_named_by_its_first_field() -> None:
    """A name by the name, an address as one thing, others by themselves."""
    ties = [
        by("most_recent", {"name": "Ann Li"}, {"name": "Bo Ray"}, group=PERSON, changed=(1, 1)),
        by("most_recent", {"street": "A 1"}, {"street": "B 2"}, group=ADDRESS, changed=(1, 1)),
        by("most_recent", {"tax_id": "1"}, {"tax_id": "2"}, group=("tax_id",), changed=(1, 1)),
    ]

    assert [(one.undecided or "").split(",")[0].removeprefix("The duplicates differ in ") for one in ties] == [
        "name",
        "the address",
        "tax id",
    ]


def test_tie_between_equal_values_is_no_tie() -> None:
    """Two records that say the same agree; the record that stays fills its field with it."""
    found = by("most_recent", {"phone": None}, {"phone": "312 555 0199"}, {"phone": "(312) 555-0199"}, changed=(9, 4, 4))
    assert (found.values, found.undecided) == ({"phone": "312 555 0199"}, None)


@pytest.mark.parametrize(("changed", "value"), [((4, 5), "B"), ((5, 4), "A"), ((5, 5), None), ((5, None), None)])
def test_most_recent_needs_a_later_time(changed: tuple[int | None, ...], value: str | None) -> None:
    """The later change wins; equal and unknown times do not."""
    found = by("most_recent", {"tax_id": "A"}, {"tax_id": "B"}, group=("tax_id",), changed=changed)
    assert (found.values.get("tax_id", "A") if found.undecided is None else None) == value


@pytest.mark.parametrize(("rule", "value"), [("min", "900"), ("max", "10000")])
def test_smallest_and_largest_are_by_number(rule: str, value: str) -> None:
    """900 is less than 10000, though it is not as text."""
    group = ("rate_minor_per_hour",)
    found = by(rule, {group[0]: "5000"}, {group[0]: "900"}, {group[0]: "10000"}, group=group)
    assert found.values == {group[0]: value}
    assert by(rule, {group[0]: value}, {group[0]: value}, group=group) == Ruled()


def test_several_values_are_combined() -> None:
    """Each value once, in order; nothing new is no change."""
    found = by("combine", {"roles": "vendor"}, {"roles": "customer; vendor"}, group=("roles",))
    assert (found.values, found.from_keys) == ({"roles": "customer;vendor"}, {})
    assert by("combine", {"roles": "customer;vendor"}, {"roles": "vendor"}, group=("roles",)) == Ruled()


@pytest.mark.parametrize("rule", ["golden", "most_recent", "most_common", "combine", "min", "fill_only"])
def test_field_that_nobody_fills_stays_empty(rule: str) -> None:
    """Nothing is made of nothing."""
    assert by(rule, {"phone": None}, {"phone": None}) == Ruled()
