"""Signs: a negative amount is an error unless it gives money back, or the stream does so by habit."""

import pytest

from tests.quality_records import by_stream, checked, failing, outcomes, stream_table
from toolkit.quality.checks.negative import CHECK


@pytest.mark.parametrize(
    ("negative", "positive", "found"),
    [(20, 0, 20), (21, 0, 0), (21, 83, 0), (21, 84, 21), (30, 120, 30), (31, 120, 0)],
)
def test_more_than_a_fifth_is_a_habit_and_so_are_twenty_of_few(negative: int, positive: int, found: int) -> None:
    """Some ledgers write what they owe as negative: more than 20 of them, and more than 20 %."""
    rows = [{"amount_minor": -100}] * negative + [{"amount_minor": 100}] * positive

    assert len(failing(CHECK, stream_table("bill", rows))) == found


@pytest.mark.parametrize(("amount", "found"), [(-1, ["1"]), (0, []), (1, [])])
def test_less_than_nothing_is_negative(amount: int, found: list[str]) -> None:
    """Zero is not."""
    assert failing(CHECK, stream_table("order", [{"amount_minor": amount}])) == found


@pytest.mark.parametrize("entity", ["quote", "order", "invoice", "deal", "bill"])
def test_documents_that_ask_for_money_are_judged(entity: str) -> None:
    """Payments, bank lines and credit notes may be negative."""
    assert failing(CHECK, stream_table(entity, [{"amount_minor": -1}])) == ["1"]
    for other in ("payment", "bank_line", "credit_note", "journal_line", "expense"):
        assert failing(CHECK, stream_table(other, [{"amount_minor": -1}])) == []


@pytest.mark.parametrize("column", ["description", "status", "name", "number", "method", "reference"])
@pytest.mark.parametrize("word", ["Refund", "credit", "Reversal", "returned", "VOID", "rebate", "write-off", "chargeback"])
def test_any_text_may_say_that_money_is_given_back(column: str, word: str) -> None:
    """Then the sign is right."""
    assert failing(CHECK, stream_table("invoice", [{"amount_minor": -1, column: f"May {word}"}])) == []


def test_prices_and_pay_are_judged_too_and_empty_ones_do_not_count() -> None:
    """A price below nothing is written in its currency."""
    products = stream_table("product", [{"price_minor": -150, "currency": "USD"}, {"price_minor": None}, {"price_minor": 1}])
    staff = stream_table("employee", [{"rate_minor_per_hour": -3000}])

    [one] = outcomes(CHECK, by_stream(products))

    assert (one.column, one.checked, one.failing["value"].to_pylist()) == ("price_minor", 2, ["-1.50 USD"])
    assert checked(CHECK, staff) == [1]
    assert failing(CHECK, staff) == ["1"]
