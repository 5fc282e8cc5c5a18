"""The order in which checks stand in the tables, how amounts are written, and which columns' filling is told."""

from datetime import date
from typing import Any

import pytest

from tests.quality_records import AS_OF, by_stream, messy_lines, messy_records, stream_table
from toolkit.quality import checked_records, quality_figures
from toolkit.quality.all_checks import all_checks
from toolkit.quality.documents import minor_text


def test_streams_are_gone_through_in_rounds() -> None:
    """What stands in one record, whom it names, which record and account, then amounts, then what is there twice."""
    checks = checked_records(messy_records(), country="US", as_of=AS_OF, lines=messy_lines()).checks.to_pylist()
    told = [(row["stream"], row["rule"], row["column"]) for row in checks if row["stream"] in ("invoices", "payments")]

    wanted = [
        ("invoices", "required", "number"),
        ("invoices", "unique", "number"),
        ("invoices", "format", "currency"),
        ("invoices", "implausible.swapped_date", "issued_on"),
        ("invoices", "implausible.date_order", "due_on"),
        ("invoices", "implausible.future", "issued_on"),
        ("payments", "required", "paid_at"),
        ("invoices", "reference", "party_ref"),
        ("payments", "reference", "party_ref"),
        ("payments", "reference", "invoice_ref"),
        ("invoices", "reference", "gl_code"),
        ("invoices", "implausible.factor", "amount_minor"),
        ("invoices", "implausible.transposed", "amount_minor"),
        ("invoices", "implausible.negative", "amount_minor"),
        ("invoices", "implausible.overpaid", "paid_minor"),
        ("payments", "implausible.factor", "amount_minor"),
        ("invoices", "implausible.double_entry", "amount_minor"),
        ("payments", "implausible.double_entry", "amount_minor"),
    ]
    assert [one for one in told if one in wanted] == wanted


def test_every_check_has_a_place_of_its_own() -> None:
    """First what one record says, then whom it names, what it names, its account, its amounts, and what is there twice."""
    rounds: dict[int, list[str]] = {}
    for check in all_checks():
        rounds.setdefault(check.round, []).append(check.rule.removeprefix("implausible."))

    assert rounds == {
        1: ["required", "unique", "format", "format", "swapped_date", "date_order", "future", "long_ago"],
        2: ["reference"],
        3: ["reference"],
        4: ["reference"],
        5: ["factor", "transposed", "negative", "overpaid"],
        6: ["double_entry"],
    }
    # Too late and too early share a turn, and alternate by column.
    assert sorted(check.turn for check in all_checks()) == [*range(1, 16), 15]


def test_dates_too_late_and_too_early_are_told_column_by_column() -> None:
    """Whoever mends a column sees both of it together."""
    days = {"issued_on": (date(1980, 1, 1), date(2027, 1, 1)), "due_on": (date(1980, 2, 2), date(2070, 1, 1))}
    invoices = stream_table("invoice", [{name: both[at] for name, both in days.items()} for at in range(2)])

    checks = checked_records({("ledger", "invoices"): invoices}, country="US", as_of=AS_OF).checks.to_pylist()

    assert [
        (row["rule"], row["column"]) for row in checks if row["rule"] in ("implausible.future", "implausible.long_ago")
    ] == [
        ("implausible.future", "issued_on"),
        ("implausible.long_ago", "issued_on"),
        ("implausible.future", "due_on"),
        ("implausible.long_ago", "due_on"),
    ]


def test_it_is_told_how_many_invoices_name_their_customer() -> None:
    """By the first column that may name it, and by no other that would do as well."""
    row: dict[str, Any] = {"number": "1", "amount_minor": 100, "currency": "USD", "issued_on": date(2026, 3, 3)}
    invoices = stream_table("invoice", [{**row, "party_ref": "A"}, {**row, "number": "2", "party_name": "Birch"}])

    quality = checked_records({("ledger", "invoices"): invoices}, country="US", as_of=AS_OF)
    figures = {row["figure_id"]: row for row in quality_figures(quality.checks, quality.profiles).to_pylist()}
    told = {one.rpartition(".")[2]: figure["value"] for one, figure in figures.items() if one.startswith("quality.fill.")}

    assert told == {"number": 1.0, "party_ref": 0.5, "amount_minor": 1.0, "issued_on": 1.0, "due_on": 0.0, "currency": 1.0}


@pytest.mark.parametrize(
    ("amount_minor", "currency", "text"),
    [
        (0, "USD", "0.00 USD"), (1, "USD", "0.01 USD"), (-1, "USD", "-0.01 USD"), (99, None, "0.99"),
        (100, "USD", "1.00 USD"),
        (-100, None, "-1.00"), (0, "JPY", "0 JPY"), (-7, "JPY", "-7 JPY"), (7, "KWD", "0.007 KWD"),
    ],
)  # fmt: skip
def test_an_amount_is_written_as_people_do(amount_minor: int, currency: str | None, text: str) -> None:
    """With a zero before the point, no sign before nothing, and as many decimals as the currency has."""
    assert minor_text(amount_minor, currency) == text


def test_whom_all_documents_name_is_checked_before_which_others_they_name() -> None:
    """List after list for the parties, then list after list for the documents, then for the ledger accounts."""
    parties = stream_table("party", [{"name": "Acme"}])
    accounts = stream_table("account", [{"code": "4000", "name": "Sales"}])
    bills = stream_table("invoice", [{"number": "INV-1", "party_ref": "1", "gl_code": "4000"}])
    paid = [
        stream_table("payment", [{"party_ref": "1", "invoice_ref": "INV-1", "gl_code": "4000"}], stream=name)
        for name in ("cash", "transfers")
    ]

    checks = checked_records(by_stream(parties, accounts, bills, *paid), country="US", as_of=AS_OF).checks.to_pylist()

    told = [(row["column"], row["stream"]) for row in checks if row["rule"] == "reference" and row["stream"] != "invoices"]
    columns = list(dict.fromkeys(column for column, _ in told))
    assert columns == ["party_ref", "invoice_ref", "gl_code"]
    assert told == [(column, stream) for column in columns for stream in ("cash", "transfers")]
