"""Which field is proposed for which, and where none is."""

import pytest

from toolkit.scoping.field_maps.codes import proposed_codes
from toolkit.scoping.field_maps.proposals import Proposal, TargetField, proposed_map

DEAL = {"name", "number", "party_ref", "party_name", "amount_minor", "currency", "status", "closed_at", "is_won"}


def proposal(column: str, filled: set[str], *, is_required: bool | None = None, **more: object) -> Proposal:
    [found] = proposed_map([TargetField(column, column, is_required)], filled, **more)  # type: ignore[arg-type]  # by test
    return found


@pytest.mark.parametrize(
    ("column", "filled", "sources", "transform"),
    [
        ("party_name", {"name", "party_name"}, ("party_name",), "join"),
        ("amount_minor", {"amount_minor"}, ("amount_minor",), "currency"),
        ("currency", {"currency"}, ("currency",), "as_it_is"),
        ("due_on", {"due_on"}, ("due_on",), "date_format"),
        ("name", {"given_name", "family_name"}, ("given_name", "family_name"), "concatenation"),
        ("family_name", {"name"}, ("name",), "split_name"),
        ("description", {"name"}, ("name",), "as_it_is"),
    ],
)
def test_what_the_trade_calls_the_same_is_proposed(
    column: str, filled: set[str], sources: tuple[str, ...], transform: str
) -> None:
    """A customer's name becomes the customer as the target knows it, an order's total the amount of its invoice."""
    found = proposal(column, filled)

    assert (found.sources, found.transform) == (sources, transform)


def test_the_day_it_happened_becomes_the_day_it_happens_there() -> None:
    """A deal is won on the day that its invoice is dated."""
    found = proposal("issued_on", DEAL, events=(("closed_at",), ("issued_on", "created_at")))

    assert (found.sources, found.transform) == (("closed_at",), "date_format")


def test_a_number_is_proposed_only_where_the_records_show_it() -> None:
    """The order's number stands in six of ten memos: it is carried there."""
    shown = proposal("description", DEAL, carried={("number", "description"): 0.6})
    hidden = proposal("description", DEAL, carried={("number", "description"): 0.4})

    assert shown.sources == ("number",)
    assert shown.why.startswith("60 %")
    assert hidden.sources == ("name",)


def test_a_number_that_must_be_there_is_not_invented() -> None:
    """A deal's number is no invoice number: nothing is proposed, and it is said."""
    found = proposal("number", DEAL, is_required=True)

    assert (found.sources, found.is_made_there) == ((), False)
    assert proposal("number", DEAL, is_required=None).is_made_there


def test_a_status_is_looked_up_between_records_of_one_kind_alone() -> None:
    """A deal that is won says nothing of whether its invoice is paid."""
    same = proposal("status", DEAL, is_same_entity=True)

    assert same.transform == "code_lookup"
    assert proposal("status", DEAL).is_made_there


def test_codes_are_proposed_where_four_in_five_matched_records_say_so() -> None:
    """With fewer than five of them nobody can tell."""
    pairs = [("won", "Open")] * 8 + [("won", "Void")] * 2 + [("lost", "Void")] * 4 + [("new", "")] * 9

    assert proposed_codes(pairs) == {"won": "Open"}
