"""What is left over after the plain ways of joining two lists: as the matching of documents says, within a week."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.golive_days import BY_HAND, INTEGRATED, MONDAY, invoice, side
from toolkit.golive.entries import entries
from toolkit.golive.items import Item, items
from toolkit.tables import DOCUMENT_LINK

FIELDS = ("amount_minor", "day", "gl_code")
HAND = [invoice("h1", 100, party="A"), invoice("h2", 250, party="B")]


def _items(made: list[dict[str, Any]], *links: tuple[str, str, str, int]) -> list[Item]:
    rows = [
        {
            "handoff_id": "parallel_run", "kind": kind, "group": group,
            "key_l": f"ledger/invoices/{left}" if left else None, "key_r": f"trial/invoices/{right}",
        }
        for left, right, kind, group in links
    ]  # fmt: skip
    sides = (entries(side(BY_HAND, HAND), FIELDS), entries(side(INTEGRATED, made), FIELDS))
    return items(*sides, DOCUMENT_LINK.from_rows(rows), fields=FIELDS, first=MONDAY)


def _told(found: list[Item]) -> list[tuple[str, int, int]]:
    return sorted((one.verdict, len(one.by_hand), len(one.integrated)) for one in found)


def test_what_is_matched_is_one_item() -> None:
    """Another name and another amount, and yet the same event."""
    found = _items([invoice("m1", 101, party="X")], ("h1", "m1", "one", 0))

    assert _told(found) == [("differs", 1, 1), ("only_by_hand", 1, 0)]


@pytest.mark.parametrize(("days", "verdict"), [(7, "differs"), (8, "only_by_hand")])
def test_what_is_more_than_a_week_apart_is_not_the_same(days: int, verdict: str) -> None:
    """Next month's subscription is not this month's, whatever the amounts say."""
    found = _items([invoice("m1", 100, MONDAY + timedelta(days=days), "X")], ("h1", "m1", "one", 0))

    assert verdict in {one.verdict for one in found if one.by_hand and one.by_hand[0].key.endswith("h1")}


def test_several_documents_that_make_up_one_are_one_item_that_differs() -> None:
    """One invoice by hand, two by the integration, the same sum."""
    made = [invoice("m1", 100, party="X"), invoice("m2", 150, party="X")]

    found = _items(made, ("h2", "m1", "together", 4), ("h2", "m2", "together", 4))

    assert _told(found) == [("differs", 1, 2), ("only_by_hand", 1, 0)]
    [together] = [one for one in found if one.verdict == "differs"]
    assert together.differences[0][:3] == ("documents", 1, 2)


def test_a_second_entry_is_told_by_the_matching_too() -> None:
    """Entered again under another number and on another day."""
    made = [invoice("m1", 100, party="A"), invoice("m2", 100, MONDAY + timedelta(days=1), "A")]

    found = _items(made, ("", "m2", "repeated", 0))

    assert ("twice_integrated", 0, 1) in _told(found)
    assert ("agrees", 1, 1) in _told(found)


def test_what_the_plain_ways_have_joined_stays_joined() -> None:
    """The matching of documents has no say in what is equal in all that counts."""
    found = _items([invoice("m1", 100, party="A")], ("h2", "m1", "one", 0))

    assert _told(found) == [("agrees", 1, 1), ("only_by_hand", 1, 0)]


def test_a_field_that_only_the_integration_fills_is_a_difference() -> None:
    """It writes a ledger account where nobody does by hand."""
    found = _items([invoice("m1", 100, party="A", gl_code="4000")])

    assert [each.reason for one in found for each in one.differences] == ["only by the integration"]


def test_a_field_that_no_list_has_is_no_difference() -> None:
    """Both sides agree on nothing being there."""
    bare = [entries(side(place, HAND), ("batch_no",)) for place in (BY_HAND, INTEGRATED)]

    found = items(*bare, DOCUMENT_LINK.empty(), fields=("batch_no",), first=date(2026, 1, 1))

    assert _told(found) == [("agrees", 1, 1)] * 2
