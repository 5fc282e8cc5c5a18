"""Double entries: how many days may lie between two documents, and what tells them apart."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.quality_records import failing, stream_table
from toolkit.quality.checks.double_entry import CHECK

FIRST = date(2026, 3, 3)


def pair(
    entity: str, days: int, *, one: dict[str, Any] | None = None, other: dict[str, Any] | None = None, **both: Any
) -> Any:
    """Return two documents of one party and amount, some days apart."""
    dated = {"payment": "paid_at", "order": "created_at", "expense": "spent_on"}.get(entity, "issued_on")
    rows = [
        {"party_ref": "A", "amount_minor": 12_300, dated: FIRST + timedelta(days=apart), **both, **(extra or {})}
        for apart, extra in ((0, one), (days, other))
    ]
    if dated.endswith("_at"):
        for row in rows:
            row[dated] = datetime.combine(row[dated], datetime.min.time(), UTC)
    return stream_table(entity, rows)


@pytest.mark.parametrize(
    ("entity", "both", "days"),
    [
        ("payment", {}, 0),
        ("expense", {}, 0),
        ("order", {"amount_minor": 12_345}, 0),
        ("bill", {}, 0),
        ("invoice", {}, 5),
        ("credit_note", {}, 5),
        ("payment", {"amount_minor": 12_340}, 0),
        ("payment", {"amount_minor": 12_345}, 7),
        ("invoice", {"amount_minor": 12_345}, 7),
        ("payment", {"reference": "R1"}, 10),
        ("payment", {"deal_ref": "D1"}, 10),
        ("payment", {"description": "order 123"}, 10),
        ("payment", {"description": "order 12"}, 0),
        ("bill", {"number": "INV-1"}, 60),
    ],
)
def test_the_evidence_says_how_many_days_may_lie_between(entity: str, both: dict[str, Any], days: int) -> None:
    """One day more, and they are two."""
    assert failing(CHECK, pair(entity, days, **both)) == ["2"]
    assert failing(CHECK, pair(entity, days + 1, **both)) == []


@pytest.mark.parametrize("column", ["reference", "deal_ref", "invoice_ref", "gl_code", "currency"])
def test_two_references_tell_documents_apart(column: str) -> None:
    """One that is missing does not, but of a currency."""
    assert failing(CHECK, pair("payment", 0, one={column: "X1"}, other={column: "X2"})) == []
    assert failing(CHECK, pair("payment", 0, one={column: "X1"}, other={column: "x1 "})) == (
        [] if column == "currency" else ["2"]
    )
    assert failing(CHECK, pair("payment", 0, one={column: "X1"})) == ([] if column == "currency" else ["2"])


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("INV-O1", "inv01", True),
        ("INV-I1", "INVl1", True),
        ("0012", "12", True),
        ("12", "12a", True),
        ("12", "12abcd", True),
        ("12", "12abcde", False),
        ("12", "12-a", False),
        ("12", "13", False),
        ("12", None, True),
    ],
)
def test_a_supplier_s_number_is_one_however_it_is_written(one: str, other: str | None, found: bool) -> None:  # noqa: FBT001
    """O and 0, I and 1, zeros in front, up to four letters behind a digit."""
    assert (failing(CHECK, pair("bill", 0, one={"number": one}, other={"number": other})) == ["2"]) is found


def test_the_number_of_a_bill_says_more_than_its_text() -> None:
    """Of other documents the text counts, and the number does not."""
    texts: dict[str, Any] = {"one": {"number": "1", "description": "a b"}, "other": {"number": "1", "description": "c d"}}

    assert failing(CHECK, pair("bill", 0, **texts)) == ["2"]
    assert failing(CHECK, pair("payment", 0, **texts)) == []


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [("May fee", "fee", True), ("fee", "May fee", True), ("May fee", "June fee", False), ("", "x", True), (None, "x", True)],
)
def test_a_text_that_says_less_tells_nothing_apart(one: str | None, other: str, found: bool) -> None:  # noqa: FBT001
    """Words that only one of them has do, where both have some."""
    table = pair("payment", 0, one={"description": one}, other={"description": other})

    assert (failing(CHECK, table) == ["2"]) is found


@pytest.mark.parametrize(("times", "found"), [(2, 1), (3, 0)])
def test_three_equal_amounts_on_three_days_are_a_fee(times: int, found: int) -> None:
    """Two are one too many; on one day, three are two too many."""
    rows = [{"party_ref": "A", "amount_minor": 12_300, "issued_on": FIRST + timedelta(days=n)} for n in range(times)]
    same = [{**row, "issued_on": FIRST} for row in rows]

    assert len(failing(CHECK, stream_table("invoice", rows))) == found
    assert len(failing(CHECK, stream_table("invoice", same))) == times - 1


@pytest.mark.parametrize(
    ("repeats", "others", "found"),
    [(2, 0, 2), (3, 0, 0), (3, 10, 0), (3, 11, 3), (3, 12, 3), (4, 15, 4), (4, 14, 0)],
)
def test_a_party_that_repeats_a_fifth_of_its_amounts_does_so_by_habit(repeats: int, others: int, found: int) -> None:
    """Three repeats at least, and more than a fifth of its documents."""
    same = [{"party_ref": "A", "amount_minor": 500, "issued_on": FIRST}] * (repeats + 1)
    single = [{"party_ref": "A", "amount_minor": 1000 + n, "issued_on": FIRST} for n in range(others)]

    assert len(failing(CHECK, stream_table("invoice", [*same, *single]))) == found


@pytest.mark.parametrize("column", ["description", "number"])
@pytest.mark.parametrize(("doubles", "count", "found"), [(20, 40, 20), (21, 42, 0), (21, 699, 0), (21, 700, 21)])
def test_a_stream_with_more_than_three_in_a_hundred_lists_parts(column: str, doubles: int, count: int, found: int) -> None:
    """More than 20, and more than 3 %; also where the texts are not the same but one says less."""
    rows = [
        {"party_ref": f"P{n // 2}", "amount_minor": 500 + n // 2, "issued_on": FIRST, column: "x" if n % 2 else None}
        for n in range(2 * doubles)
    ]
    rows += [{"party_ref": f"Q{n}", "amount_minor": 900 + n, "issued_on": FIRST} for n in range(count - 2 * doubles)]
    equal = [{**row, column: None} for row in rows]

    assert len(failing(CHECK, stream_table("bill", rows))) == found
    assert len(failing(CHECK, stream_table("bill", equal))) == found


def test_the_later_one_fails_and_names_the_nearest_before() -> None:
    """By the time of entry where the day is one, then by the record key."""
    morning, noon = (datetime(2026, 3, 3, hour, tzinfo=UTC) for hour in (8, 12))
    payment = {"party_ref": "A", "amount_minor": 500, "paid_at": morning}

    assert failing(
        CHECK, stream_table("payment", [{**payment, "created_at": noon}, {**payment, "created_at": morning}])
    ) == ["1"]
    assert failing(CHECK, stream_table("payment", [payment, payment])) == ["2"]


@pytest.mark.parametrize("entity", ["bank_line", "journal_line", "quote", "deal"])
def test_what_comes_from_a_bank_or_is_no_claim_is_not_judged(entity: str) -> None:
    """Two equal lines of a bank are two movements."""
    row = {"party_name": "A", "amount_minor": 500, "posted_on": FIRST, "issued_on": FIRST}

    assert failing(CHECK, stream_table(entity, [row, row])) == []


@pytest.mark.parametrize("status", ["Void", "cancelled", "Failed", "declined", "draft"])
def test_a_cancelled_document_is_no_second_one(status: str) -> None:
    """Nor is one that failed."""
    assert failing(CHECK, pair("payment", 0, one={"status": status})) == []


def test_nobody_and_no_day_are_not_compared() -> None:
    """Two documents of no party, or of no day, or of nothing, have nothing in common."""
    assert failing(CHECK, pair("invoice", 0, party_ref=None)) == []
    assert failing(CHECK, pair("invoice", 0, party_ref="n/a")) == []
    assert failing(CHECK, pair("invoice", 0, issued_on=None)) == []
    assert failing(CHECK, pair("invoice", 0, amount_minor=0)) == []
    assert failing(CHECK, pair("invoice", 0, one={"party_ref": "B"})) == []


@pytest.mark.parametrize(("days", "found"), [(60, ["2"]), (61, [])])
def test_the_whole_of_a_bill_is_paid_once_in_sixty_days(days: int, found: list[str]) -> None:
    """Whatever the payments are called; a third payment of that amount does not make a fee of it."""
    paid = [
        {
            "party_ref": "A",
            "amount_minor": 12_300,
            "paid_at": datetime(2026, 3, 3, tzinfo=UTC) + timedelta(days=apart),
            **named,
        }
        for apart, named in ((0, {"invoice_ref": "INV-7001"}), (days, {"reference": "pay inv 7001"}), (200, {}))
    ]
    bill = stream_table("bill", [{"party_ref": "A", "number": "INV-7001", "amount_minor": 12_300}])

    assert failing(CHECK, bill, stream_table("payment", paid)) == found


@pytest.mark.parametrize(
    ("doubles", "count", "found"),
    [(30, 2_000, 30), (31, 2_000, 0), (31, 6_199, 0), (31, 6_200, 31), (40, 7_900, 0), (40, 8_000, 40)],
)
def test_many_equal_amounts_of_one_day_with_numbers_of_their_own_are_what_a_list_is_like(
    doubles: int, count: int, found: int
) -> None:
    """More than 30, and more than half of one in a hundred."""
    rows = [
        {"party_ref": f"P{n // 2}", "number": f"N{n}", "amount_minor": 1_000 + n // 2, "issued_on": FIRST}
        for n in range(2 * doubles)
    ]
    rows += [{"party_ref": f"Q{n}", "amount_minor": 9_000 + n, "issued_on": FIRST} for n in range(count - 2 * doubles)]

    assert len(failing(CHECK, stream_table("invoice", rows))) == found
