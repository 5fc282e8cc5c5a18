"""Unusual records: seven kinds planted, seven kinds listed with their ids."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

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


@pytest.mark.parametrize(
    ("row", "kinds"),
    [
        ({"party_name": "x" * 60}, []),
        ({"party_name": "x" * 61}, ["long_name"]),
        ({"amount_minor": 1}, []),
        ({"amount_minor": 0}, ["zero"]),
        ({"amount_minor": -1}, ["negative"]),
        ({"amount_minor": 100, "paid_minor": 0}, []),
        ({"amount_minor": 100, "paid_minor": 1}, ["partial_payment"]),
        ({"amount_minor": 100, "paid_minor": 99}, ["partial_payment"]),
        ({"amount_minor": 100, "paid_minor": 100}, []),
        ({"currency": " "}, []),
        ({"currency": "EUR"}, ["other_currency"]),
        ({"status": "charge back"}, ["refund"]),
        ({"description": "nonrefundable"}, []),
    ],
)
def test_each_kind_begins_at_its_bound(records: Make, row: dict[str, Any], kinds: list[str]) -> None:
    """Just under, at and just over."""
    table = records("invoice", [row])

    found = checked_records({("ledger", "invoices"): table}, country="US", as_of=date(2026, 1, 1), currency="USD").edge_cases

    assert found["kind"].to_pylist() == kinds


@pytest.mark.parametrize(("codes", "own"), [(["USD", "EUR", "EUR"], "EUR"), (["USD", "EUR"], "EUR"), ([None, None], None)])
def test_the_own_currency_is_the_most_common_one(records: Make, codes: list[str | None], own: str | None) -> None:
    """Of two as common, the first in the alphabet; without any, nothing is foreign."""
    table = records("invoice", [{"currency": code} for code in codes])

    found = checked_records({("ledger", "invoices"): table}, country="US", as_of=date(2026, 1, 1)).edge_cases

    assert set(found["value"].to_pylist()) == {code for code in codes if code != own and code is not None}


def test_what_gives_money_back_is_a_refund(records: Make) -> None:
    """A credit note always, a payment below nothing too."""
    tables = {
        ("ledger", "notes"): records("credit_note", [{"amount_minor": 5}], stream="notes"),
        ("ledger", "payments"): records("payment", [{"amount_minor": -5}, {"amount_minor": 5}]),
    }

    found = checked_records(tables, country="US", as_of=date(2026, 1, 1), currency="USD").edge_cases

    kinds = list(zip(found["kind"].to_pylist(), found["record_key"].to_pylist(), strict=True))
    assert kinds == [
        ("refund", "ledger/notes/1"),
        ("refund", "ledger/payments/1"),
        ("negative", "ledger/payments/1"),
    ]
