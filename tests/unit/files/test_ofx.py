"""Bank files, with and without closing tags."""

from typing import Any

import pytest

from toolkit.errors import InputError

OLD = b"""OFXHEADER:100
ENCODING:USASCII
CHARSET:1252

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD
<BANKACCTFROM><BANKID>021000021<ACCTID>0099<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260105120000[-5:EST]<TRNAMT>-12.50<FITID>1<NAME>AT&amp;T Caf\xe9</STMTTRN>
<STMTTRN>
<TRNTYPE>CREDIT
<TRNAMT>100
<FITID>2
<PAYEE><NAME>Acme<CITY>Leeds</PAYEE>
</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>500.00<DTASOF>20260131</LEDGERBAL></STMTRS></STMTTRNRS>
<STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>0100</BANKACCTFROM></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""

NEW = b"""<?xml version="1.0"?><?OFX OFXHEADER="200"?><OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>GBP</CURDEF>
<CCACCTFROM><ACCTID>4</ACCTID></CCACCTFROM><BANKTRANLIST><STMTTRN><TRNAMT>-1</TRNAMT><FITID>9</FITID><MEMO></MEMO></STMTTRN>
</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>"""


def test_unclosed_tags_are_understood(read_one: Any) -> None:
    """Each row carries the account it belongs to."""
    table = read_one("s.qfx", OLD)
    rows = [dict(zip(table.headers, list(row.values())[1:], strict=True)) for row in table.rows.to_pylist()]

    assert [(row["FITID"], row["TRNAMT"], row["NAME"], row["PAYEE.NAME"]) for row in rows] == [
        ("1", "-12.50", "AT&T Café", None),
        ("2", "100", None, "Acme"),
    ]
    assert {(row["ACCTFROM.ACCTID"], row["CURDEF"], row["LEDGERBAL.BALAMT"]) for row in rows} == {("0099", "USD", "500.00")}
    assert table.rows["line"].to_pylist() == [7, 8]


def test_an_account_without_transactions_is_no_error(read_one: Any) -> None:
    """It is named in the preamble."""
    assert [
        dict(zip(facts[::2], facts[1::2], strict=True))["ACCTFROM.ACCTID"] for facts in read_one("s.ofx", OLD).preamble
    ] == [
        "0099",
        "0100",
    ]


def test_the_xml_form_gives_the_same_columns(read_one: Any) -> None:
    """A card statement of version 2."""
    table = read_one("s.ofx", NEW)
    [row] = table.rows.to_pylist()

    assert (row[f"c{table.headers.index('FITID')}"], row[f"c{table.headers.index('ACCTFROM.ACCTID')}"]) == ("9", "4")
    assert row[f"c{table.headers.index('MEMO')}"] is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><OFX>&a;</OFX>', "document type"),
        (b"OFXHEADER:100\n\n<OFX></OFX>", "without a statement"),
    ],
)
def test_a_bank_file_that_is_none_is_refused(read: Any, data: bytes, said: str) -> None:
    """Entities are never expanded."""
    with pytest.raises(InputError, match=said):
        read("s.ofx", data)


def ofx(*rows: str, currency: str = "BRL", root: bool = True) -> bytes:
    """Return a statement of these transactions."""
    body = "".join(f"<STMTTRN>\n{row}\n</STMTTRN>\n" for row in rows)
    account = f"<CURDEF>{currency}\n<BANKACCTFROM><ACCTID>77-1\n</BANKACCTFROM>"
    text = f"<STMTRS>{account}<BANKTRANLIST>{body}</BANKTRANLIST></STMTRS>"
    return (f"OFXHEADER:100\n\n<OFX>{text}</OFX>" if root else text).encode()


def column(table: Any, name: str) -> list[str | None]:
    """Return a column by its header."""
    values: list[str | None] = table.rows[f"c{table.headers.index(name)}"].to_pylist()
    return values


@pytest.mark.parametrize("label", ["Saldo Anterior", "SALDO DO DIA", "Opening Balance", "Solde précédent", "Anfangssaldo"])
def test_a_balance_among_the_transactions_is_no_money(read_one: Any, reasons: Any, label: str) -> None:
    """Banks of Brazil write each day's balance as a transaction of another kind, without an id."""
    table = read_one(
        "extrato.ofx",
        ofx(
            f"<TRNTYPE>OTHER\n<DTPOSTED>20260801\n<TRNAMT>5200.00\n<FITID>\n<NAME>{label}",
            "<TRNTYPE>CREDIT\n<DTPOSTED>20260803\n<TRNAMT>1200.00\n<FITID>a\n<NAME>PIX Recebido LARKMOOR",
            "<TRNTYPE>DEBIT\n<DTPOSTED>20260805\n<TRNAMT>-9,90\n<FITID>b\n<NAME>Tarifa",
        ),
    )

    assert column(table, "TRNAMT") == ["1200.00", "-9.90"]
    assert set(column(table, "CURDEF")) == {"BRL"}
    assert [reason for _, reason in reasons(table)] == ["balance_line"]


def test_a_payment_that_speaks_of_a_balance_is_money(read_one: Any) -> None:
    """Only a line that is nothing but a balance is put aside."""
    table = read_one(
        "s.ofx", ofx("<TRNTYPE>DEBIT<TRNAMT>-5<FITID>1<NAME>Balance Gym", "<TRNTYPE>XFER<TRNAMT>7<FITID>2<NAME>Saldo")
    )

    assert column(table, "TRNAMT") == ["-5", "7"]


@pytest.mark.parametrize(
    ("amounts", "plain"),
    [
        (["1.00", "2.50", "1,250"], ["1.00", "2.50", "1250"]),
        (["1,00", "-2,50", "1.250"], ["1.00", "-2.50", "1250"]),
        (["1.234,50", "1,234.50", "12"], ["1234.50", "1234.50", "12"]),
    ],
)
def test_amounts_have_one_decimal_mark(read_one: Any, amounts: list[str], plain: list[str]) -> None:
    """One comma among points separates thousands where three digits follow."""
    table = read_one("s.ofx", ofx(*(f"<TRNAMT>{amount}<FITID>{n}" for n, amount in enumerate(amounts))))

    assert column(table, "TRNAMT") == plain


def test_three_decimals_are_three_decimals_where_the_currency_has_them(read_one: Any) -> None:
    """A dinar has a thousand fils."""
    assert column(read_one("s.ofx", ofx("<TRNAMT>1,250<FITID>1", "<TRNAMT>2.5<FITID>2", currency="KWD")), "TRNAMT") == [
        "1.250",
        "2.5",
    ]


def test_a_line_may_have_a_currency_of_its_own(read_one: Any) -> None:
    """What it was converted from is another matter."""
    table = read_one(
        "s.ofx",
        ofx(
            "<TRNAMT>1<FITID>1<CURRENCY><CURRATE>5.1<CURSYM>USD</CURRENCY>",
            "<TRNAMT>2<FITID>2<ORIGCURRENCY><CURRATE>5.1<CURSYM>EUR</ORIGCURRENCY>",
            "<TRNAMT>3<FITID>3",
        ),
    )

    assert column(table, "CURDEF") == ["USD", "BRL", "BRL"]
    assert column(table, "ORIGCURRENCY.CURSYM") == [None, "EUR", None]


def test_angle_brackets_in_a_text_are_text(read_one: Any) -> None:
    """People write what they like into a memo."""
    table = read_one("s.ofx", ofx("<TRNAMT>1<FITID>1<MEMO>A < B, <see> 5 > 4<NAME>Acme", "<TRNAMT>2<FITID>2<MEMO>x <- y"))

    assert column(table, "MEMO") == ["A < B, <see> 5 > 4", "x <- y"]
    assert column(table, "NAME") == ["Acme", None]


@pytest.mark.parametrize("name", ["s.qfx", "s.ofx", "download.txt"])
def test_a_bank_file_without_its_root_is_read(read_one: Any, name: str) -> None:
    """Some downloads leave the header and the outer tags out."""
    table = read_one(name, ofx("<TRNAMT>1<FITID>1", "<TRNAMT>2<FITID>2", root=False))
    bare = read_one(name, b"<STMTTRN><TRNAMT>1<FITID>1</STMTTRN><STMTTRN><TRNAMT>2<FITID>2</STMTTRN>")

    assert column(table, "FITID") == column(bare, "FITID") == ["1", "2"]
    assert column(table, "ACCTFROM.ACCTID") == ["77-1", "77-1"]


def test_a_banks_own_time_zone_stays_with_its_date(read_one: Any) -> None:
    """The reader of dates keeps the bank's day."""
    assert column(read_one("s.ofx", ofx("<TRNAMT>1<DTPOSTED>20260131233000[-3:BRT]")), "DTPOSTED") == [
        "20260131233000[-3:BRT]"
    ]
