"""Numbers that must name one record, at the bounds between an error and a habit."""

import pytest

from tests.quality_records import checked, failing, stream_table
from toolkit.quality.checks.unique import CHECK


@pytest.mark.parametrize(
    ("repeated", "single", "found"),
    [(20, 0, 20), (22, 0, 0), (20, 80, 20), (20, 79, 20), (22, 78, 0), (40, 160, 40), (40, 159, 0), (42, 158, 0)],
)
def test_more_than_a_fifth_is_a_habit_and_so_are_twenty_of_few(repeated: int, single: int, found: int) -> None:
    """A list of lines repeats its numbers by design: more than 20 of them, and more than 20 %."""
    rows = [{"number": f"A{place // 2}"} for place in range(repeated)] + [{"number": f"B{place}"} for place in range(single)]

    assert len(failing(CHECK, stream_table("invoice", rows))) == found


@pytest.mark.parametrize("status", ["Void", "voided", "Canceled", "cancelled", "Draft", "deleted", "Reversed"])
def test_a_document_that_does_not_count_shares_no_number(status: str) -> None:
    """What was voided and issued anew is right."""
    rows = [{"number": "1"}, {"number": "1", "status": status}, {"number": "2", "status": "Avoided"}]

    assert failing(CHECK, stream_table("invoice", rows)) == []
    assert checked(CHECK, stream_table("invoice", rows)) == [2]


def test_every_bearer_is_named_with_how_many_they_are() -> None:
    """Case and blanks do not make another number; a bill without a supplier shares with those without one only."""
    rows = [{"number": "a 1"}, {"number": " A  1"}, {"number": "a 1"}, {"number": "a 1", "party_name": "X"}]

    assert failing(CHECK, stream_table("bill", rows)) == ["1", "2", "3"]


def test_suppliers_and_numbers_do_not_run_into_each_other() -> None:
    """Ten suppliers with the same ten numbers have a hundred bills."""
    rows = [{"number": str(number), "party_ref": str(party)} for number in range(10) for party in range(10)]

    assert failing(CHECK, stream_table("bill", rows)) == []
    assert failing(CHECK, stream_table("bill", [{"number": "1", "party_ref": "A"}, {"number": "2"}])) == []


@pytest.mark.parametrize(
    ("entity", "column"),
    [("quote", "number"), ("deal", "number"), ("product", "code"), ("account", "code"), ("employee", "email")],
)
def test_what_must_be_unique_depends_on_the_records(entity: str, column: str) -> None:
    """Codes of products and accounts, addresses of employees; a payment may repeat its number."""
    assert failing(CHECK, stream_table(entity, [{column: "x"}, {column: "x"}])) == ["1", "2"]
    assert failing(CHECK, stream_table("payment", [{"number": "x"}, {"number": "x"}])) == []
