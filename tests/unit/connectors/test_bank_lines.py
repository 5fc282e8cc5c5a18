"""Bank files: pending lines and balances among the lines, and the currency of a line."""

from collections.abc import Callable
from datetime import date

import pytest

from toolkit.files.canonical import CanonicalStream

Streams = Callable[..., dict[str, CanonicalStream]]


def ofx(*lines: str) -> str:
    body = "".join(f"<STMTTRN>{line}</STMTTRN>" for line in lines)
    return (
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>BRL"
        f"<BANKACCTFROM><BANKID>001<ACCTID>77-1</BANKACCTFROM><BANKTRANLIST>{body}</BANKTRANLIST>"
        "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    )


def line(kind: str, day: str, amount: str, fitid: str, name: str) -> str:
    return f"<TRNTYPE>{kind}<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{fitid}<NAME>{name}"


def test_balances_among_the_lines_of_a_statement_are_none(export_streams: Streams) -> None:
    """A Brazilian bank writes what the account holds each day as a line without an id."""
    lines = export_streams(
        ofx(
            line("OTHER", "20260801", "5200.00", "", "Saldo Anterior"),
            line("CREDIT", "20260803", "1200.00", "20260803a", "PIX Recebido LARKMOOR FERRAMENTAS"),
            line("DEBIT", "20260804", "-310.50", "20260804a", "Pagamento Boleto"),
            line("OTHER", "20260804", "6089.50", "", "Saldo do dia"),
        ),
        "extrato.ofx",
    )["transactions"]

    assert lines.table().select(["amount_minor", "currency"]).to_pylist() == [
        {"amount_minor": 120_000, "currency": "BRL"},
        {"amount_minor": -31_050, "currency": "BRL"},
    ]
    assert lines.quarantine["reason"].to_pylist() == ["balance_line", "balance_line"]


@pytest.mark.parametrize(
    "text", ["Opening balance", "BALANCE BROUGHT FORWARD", "Endsaldo", "Solde initial 2026", "S A L D O ANTERIOR"]
)
def test_a_balance_is_told_in_other_languages(export_streams: Streams, text: str) -> None:
    """The words stand at the beginning, in any case."""
    lines = export_streams(
        f"Date,Description,Amount,Running Bal.\n01/01/2026,{text},50.00,50.00\n01/13/2026,Saldo Bakery Ltd,-7.00,43.00\n"
    )["transactions"]

    assert lines.table()["description"].to_pylist() == ["Saldo Bakery Ltd"]


def test_pending_lines_are_put_aside_and_leave_the_dates_alone(export_streams: Streams) -> None:
    """Three dated lines; the word "PENDING" in the place of a date is no date."""
    lines = export_streams(
        "Transaction Date,Transaction Description,Amount,Category,Balance\n"
        "PENDING - 09/29/2026,COFFEE HUT,- $7.25,Restaurants,\n"
        "PENDING - 09/28/2026,FUEL STOP,- $41.00,Fuel,\n"
        '09/26/2026,LARKMOOR TOOLS PAYMENT,+ $1500.00,Income,"$2,951.75"\n'
        '09/25/2026,PAINT STORE,- $900.23,Shopping,"$1,451.75"\n'
        '09/24/2026,OFFICE CHAIRS,- $310.40,Shopping,"$2,351.98"\n',
        "accountActivity.csv",
    )["transactions"]

    assert lines.table().select(["posted_on", "amount_minor"]).to_pylist() == [
        {"posted_on": date(2026, 9, 26), "amount_minor": 150_000},
        {"posted_on": date(2026, 9, 25), "amount_minor": -90_023},
        {"posted_on": date(2026, 9, 24), "amount_minor": -31_040},
    ]
    assert [(note.code, note.count) for note in lines.notes] == [("not_money_moved", 2)]


@pytest.mark.parametrize(
    "row", ["Pending,PUMP 7,-20.00,,Posted", "Processing,PUMP 7,-20.00,,Posted", "01/15/2026,PUMP 7,-20.00,80.00,Pending"]
)
def test_other_banks_say_it_in_another_place(export_streams: Streams, row: str) -> None:
    """The word alone instead of a date, another word, or a column of its own."""
    lines = export_streams(f"Date,Description,Amount,Running Bal.,Status\n{row}\n01/13/2026,RENT,-50.00,100.00,Posted\n")[
        "transactions"
    ]

    assert lines.table()["description"].to_pylist() == ["RENT"]
    assert lines.quarantine["reason"].to_pylist() == ["not_money_moved"]


def test_a_line_in_another_currency_keeps_it(export_streams: Streams) -> None:
    """The statement is in reais, one line in dollars."""
    lines = export_streams(
        ofx(
            line("CREDIT", "20260803", "1200.00", "a", "Larkmoor"),
            line("CREDIT", "20260813", "10.00", "b", "Fenwick<CURRENCY><CURRATE>5.0<CURSYM>USD</CURRENCY>"),
        ),
        "extrato.ofx",
    )["transactions"]

    assert lines.table()["currency"].to_pylist() == ["BRL", "USD"]
