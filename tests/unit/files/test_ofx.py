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
