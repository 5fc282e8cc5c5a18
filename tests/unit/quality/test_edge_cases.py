"""Unusual records: seven kinds planted, seven kinds listed with their ids."""

from collections.abc import Callable
from datetime import date

import pyarrow as pa

from toolkit.quality import checked_records

Make = Callable[..., pa.Table]


def test_seven_kinds_are_listed_with_their_records(records: Make) -> None:
    """Refunds, other currencies, part payments, negative, zero, very long names, other scripts."""
    usual = [{"amount_minor": 100, "currency": "USD", "party_name": "Acme", "paid_minor": 100}] * 5
    planted = [
        {"record_id": "refund", "amount_minor": 100, "currency": "USD", "description": "Refund of order 7"},
        {"record_id": "foreign", "amount_minor": 100, "currency": "EUR"},
        {"record_id": "part", "amount_minor": 100, "currency": "USD", "paid_minor": 40},
        {"record_id": "negative", "amount_minor": -100, "currency": "USD"},
        {"record_id": "zero", "amount_minor": 0, "currency": "USD"},
        {"record_id": "long", "amount_minor": 100, "currency": "USD", "party_name": "Very " * 20},
        {"record_id": "script", "amount_minor": 100, "currency": "USD", "party_name": "東京商事"},
    ]
    table = records("invoice", [*usual, *planted])

    found = checked_records({("ledger", "invoices"): table}, country="US", as_of=date(2026, 1, 1)).edge_cases

    assert dict(
        zip(found["kind"].to_pylist(), (key.rsplit("/")[-1] for key in found["record_key"].to_pylist()), strict=True)
    ) == {
        "refund": "refund",
        "other_currency": "foreign",
        "partial_payment": "part",
        "negative": "negative",
        "zero": "zero",
        "long_name": "long",
        "other_script": "script",
    }
    assert found.num_rows == 7


def test_accents_and_money_out_of_an_account_are_usual(records: Make) -> None:
    """Müller and a negative bank line are nothing to be afraid of."""
    lines = records("bank_line", [{"amount_minor": -100, "currency": "USD", "party_name": "Müller & Søn"}])

    found = checked_records({("bank", "lines"): lines}, country="US", as_of=date(2026, 1, 1)).edge_cases

    assert found.num_rows == 0
