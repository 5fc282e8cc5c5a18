"""PayPal's activity and statements: what is a payment, and what only looks like one."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from toolkit.files.canonical import CanonicalStream

Streams = Callable[..., dict[str, CanonicalStream]]

HEADER = (
    '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address",'
    '"To Email Address","Transaction ID","Item Title","Reference Txn ID"\n'
)
GERMAN = (
    '"Datum","Uhrzeit","Zeitzone","Name","Typ","Status","Währung","Brutto","Gebühr","Netto","Absender E-Mail-Adresse",'
    '"Empfänger E-Mail-Adresse","Transaktionscode","Artikelbezeichnung","Zugehöriger Transaktionscode",'
    '"Auswirkung auf Guthaben"\n'
)


def row(name: str, kind: str, status: str, gross: str, code: str, *, fee: str = "0.00", net: str = "") -> str:
    cells = (
        "08/14/2026",
        "10:00:00",
        "EDT",
        name,
        kind,
        status,
        "USD",
        gross,
        fee,
        net or gross,
        "a@b.example",
        "",
        code,
        "",
        "",
    )
    return ",".join(f'"{cell}"' for cell in cells) + "\n"


def test_gross_fee_and_net_tie_together(export_streams: Streams) -> None:
    """Three payments and a payout to the bank: 25.00 gross, 4.53 of fees, keyed by the transaction's id, nothing twice."""
    payments = export_streams(
        HEADER
        + row("Ann Field", "Express Checkout Payment", "Completed", "40.00", "5AA10001", fee="-1.46", net="38.54")
        + row("Ann Field", "Express Checkout Payment", "Completed", "25.00", "5AA10002", fee="-1.03", net="23.97")
        + row("", "General Withdrawal", "Completed", "-100.00", "5AA10003")
        + row("Bob Moss", "Express Checkout Payment", "Completed", "60.00", "5AA10004", fee="-2.04", net="57.96")
    )["payments"]

    table = payments.table()
    assert table["record_id"].to_pylist() == ["5AA10001", "5AA10002", "5AA10003", "5AA10004"]
    assert sum(table["amount_minor"].to_pylist()) == 2_500
    assert sum(table["fee_minor"].to_pylist()) == 453
    assert payments.quarantine.num_rows == 0


@pytest.mark.parametrize(
    "kind",
    [
        "General Currency Conversion",
        "General Authorization",
        "Void of Authorization",
        "Account Hold for Open Authorization",
        "Reversal of General Account Hold",
        "Hold on Balance for Dispute Investigation",
        "Cancellation of Hold for Dispute Resolution",
        "Payment Hold",
        "Payment Release",
        "Shopping Cart Item",
        "Invoice Sent",
    ],
)
def test_mechanics_move_no_money(export_streams: Streams, kind: str) -> None:
    """Conversions, authorisations, holds and requests are completed, have amounts, and are no receipts."""
    text = HEADER + row("Ann", "Website Payment", "Completed", "40.00", "1") + row("Ann", kind, "Completed", "40.00", "2")

    payments = export_streams(text)["payments"]

    assert payments.table()["record_id"].to_pylist() == ["1"]
    assert payments.quarantine["reason"].to_pylist() == ["not_money_moved"]
    assert [(note.code, note.count) for note in payments.notes] == [("not_money_moved", 1)]


@pytest.mark.parametrize("status", ["Pending", "Denied", "Voided", "Canceled", "Expired", "Removed"])
def test_what_did_not_come_about_is_no_payment(export_streams: Streams, status: str) -> None:
    """The row has the type of a payment; its status says that nothing was paid."""
    text = (
        HEADER + row("Ann", "Website Payment", "Completed", "40.00", "1") + row("Bo", "Website Payment", status, "9.00", "2")
    )

    payments = export_streams(text)["payments"]

    assert (payments.table()["amount_minor"].to_pylist(), payments.quarantine.num_rows) == ([4_000], 1)


@pytest.mark.parametrize("kind", ["Payment Refund", "Payment Reversal", "Chargeback", "Fee Reversal"])
def test_money_given_back_is_a_payment_below_nought(export_streams: Streams, kind: str) -> None:
    """A reversal of a payment moves money, a reversal of a hold does not."""
    text = HEADER + row("Ann", "Website Payment", "Completed", "40.00", "1") + row("Ann", kind, "Completed", "-40.00", "2")

    assert export_streams(text)["payments"].table()["amount_minor"].to_pylist() == [4_000, -4_000]


def test_money_from_the_own_bank_is_no_receipt(export_streams: Streams) -> None:
    """A purchase is paid by a transfer from the own bank, which stands there as money in."""
    text = (
        HEADER
        + row("Tool Shop", "Express Checkout Payment", "Completed", "-74.00", "1")
        + row("", "Bank Deposit to PP Account ", "Completed", "74.00", "2")
    )

    payments = export_streams(text)["payments"]

    assert (payments.table()["amount_minor"].to_pylist(), payments.quarantine["reason"].to_pylist()) == (
        [-7_400],
        ["own_transfer"],
    )


def test_a_german_activity_is_read_like_an_english_one(export_streams: Streams) -> None:
    """Decimal commas, days first, German types, and the zone of summer time."""
    streams = export_streams(
        GERMAN + '"14.06.2026","10:15:00","CEST","Max Muster","Allgemeine Zahlung","Abgeschlossen","EUR","1.012,50",'
        '"-0,55","1.011,95","m@a.example","","TX1","Tisch","","Haben"\n'
        '"15.06.2026","10:15:00","CEST","Max Muster","Allgemeine Währungsumrechnung","Abgeschlossen","EUR","-9,15","0,00",'
        '"-9,15","","","TX2","","TX1","Soll"\n'
        '"15.06.2026","10:15:00","CEST","PayPal","Einbehaltung für offene Autorisierung","Abgeschlossen","EUR","-5,00",'
        '"0,00","-5,00","","","TX3","","","Soll"\n'
        '"15.06.2026","10:15:00","CEST","Eva","Zahlung","Abgelehnt","EUR","5,00","0,00","5,00","","","TX4","","","Memo"\n'
        '"16.12.2026","23:30:00","CET","","Allgemeine Abbuchung","Abgeschlossen","EUR","-100,00","0,00","-100,00","",'
        '"","TX5","","","Soll"\n',
        country="DE",
    )

    rows = streams["payments"].table().select(["number", "amount_minor", "fee_minor", "currency", "paid_at"]).to_pylist()
    assert [(one["number"], one["amount_minor"], one["fee_minor"], one["currency"]) for one in rows] == [
        ("TX1", 101_250, 55, "EUR"),
        ("TX5", -10_000, 0, "EUR"),
    ]
    assert [one["paid_at"] for one in rows] == [
        datetime(2026, 6, 14, 8, 15, tzinfo=UTC),
        datetime(2026, 12, 16, 22, 30, tzinfo=UTC),
    ]
    assert Counter(streams["payments"].quarantine["reason"].to_pylist()) == {"not_money_moved": 3}


def test_a_statement_names_its_types_as_descriptions(export_streams: Streams) -> None:
    """No type and no status: what stands there was booked, conversions and own money apart."""
    streams = export_streams(
        '"Datum","Uhrzeit","Zeitzone","Beschreibung","Währung","Brutto","Entgelt","Netto","Guthaben","Transaktionscode",'
        '"Absender E-Mail-Adresse","Name","Rechnungsnummer","Zugehöriger Transaktionscode"\n'
        '"17.06.2025","19:54:41","Europe/Berlin","PayPal Express-Zahlung","EUR","-29,98","0,00","-29,98","-29,98","7RN1",'
        '"p@u.example","Lern GmbH","R-7",""\n'
        '"17.06.2025","19:54:41","Europe/Berlin","Bankgutschrift auf PayPal-Konto","EUR","29,98","0,00","29,98","0,00",'
        '"15K3","","","","7RN1"\n',
        country="DE",
    )

    [payment] = streams["payments"].table().to_pylist()
    assert (payment["amount_minor"], payment["invoice_ref"], payment["party_name"]) == (-2_998, "R-7", "Lern GmbH")
    assert payment["paid_at"] == datetime(2025, 6, 17, 17, 54, 41, tzinfo=UTC)


def test_an_activity_without_ids_is_named_by_its_content(export_streams: Streams) -> None:
    """Old downloads have one amount and no transaction id."""
    streams = export_streams(
        "Date,Time,TimeZone,Name,Type,Status,Currency,Amount,Receipt ID,Balance\n"
        "08/14/2026,10:00:00,PDT,Ann,Web Accept Payment Received,Completed,USD,40.00,,40.00\n"
        "08/14/2026,10:00:00,PDT,Ann,Web Accept Payment Received,Completed,USD,40.00,,80.00\n"
    )

    assert streams["payments"].table()["amount_minor"].to_pylist() == [4_000, 4_000]
    assert streams["payments"].table()["fee_minor"].to_pylist() == [None, None]
