"""Troubles that users of such tools have published: whose name it is, what a row is, and rows that are none."""

# ruff: noqa: E501 - rows of files are one line each

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.invented_names import FIRMS, PEOPLE
from tests.stories.pulled_folders import pulled
from tests.unit.audit.client_folders import workbook_of
from toolkit.audit.engagement import open_engagement
from toolkit.audit.runs import run_stages


def _list(header: str, rows: list[tuple[str, ...]], delimiter: str = ",") -> str:
    lines = [header, *(delimiter.join(row) for row in rows)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            ("exports/crm/contacts.csv", "Contact ID,First Name,Last Name,Phone,City"),
            ("exports/mail/members.csv", "Ref,Full Name,Phone,Town"),
        ),
        (
            ("exports/crm/Kontakte.csv", "Kontakt-Nr.,Vorname,Nachname,Telefon,Ort"),
            ("exports/verein/Mitglieder.csv", "Nr.,Name,Telefon,Ort"),
        ),
        (
            ("exports/crm/contactos.csv", "ID contacto,Nombre,Apellidos,Teléfono,Ciudad"),
            ("exports/boletin/socios.csv", "Ref.,Nombre completo,Teléfono,Población"),
        ),
    ],
    ids=["english", "german", "spanish"],
)
def test_the_people_of_one_list_are_those_of_the_other(
    tmp_path: Path, first: tuple[str, str], second: tuple[str, str]
) -> None:
    """An id is the key and never the name: the twenty of one system are the twenty of the other."""
    phones = [f"0113 496 10{place:02}" for place in range(20)]
    one = [(f"P{n}", given, family, phones[n], "Leeds") for n, (given, family) in enumerate(PEOPLE)]
    two = [(f"M{n}", f"{given} {family}", phones[n], "Leeds") for n, (given, family) in enumerate(PEOPLE)]

    found = pulled(tmp_path, {first[0]: _list(first[1], one), second[0]: _list(second[1], two)})
    engagement = open_engagement(tmp_path / "client")
    clusters = Counter(row["cluster_id"] for row in run_stages(engagement, "match").table("cluster").to_pylist())
    engagement.close()

    assert {row["record_id"] for row in found.rows("party")} == {f"{letter}{n}" for letter in "PM" for n in range(20)}
    assert {row["name"] for row in found.rows("party")} == {f"{given} {family}" for given, family in PEOPLE}
    assert sorted(clusters.values()) == [2] * 20


def _side_by_side(left: list[str], right: list[str], gap: int) -> bytes:
    rows = [[*left, *[None] * gap, *right]]
    for n in range(10):
        invoice = [f"INV-{n + 1}", FIRMS[n], date(2026, 8, n + 1), 100.5 + n]
        bill = [f"B-{n + 1}", FIRMS[-n - 1], date(2026, 7, n + 1), 900.25 + n] if n < 8 else [None] * 4
        rows.append([*invoice, *[None] * gap, *bill])
    return workbook_of({"Data": [[one.isoformat() if isinstance(one, date) else one for one in row] for row in rows]})


@pytest.mark.parametrize(
    ("left", "right", "gap"),
    [
        (["Invoice No", "Customer", "Invoice Date", "Total"], ["Bill No", "Supplier", "Bill Date", "Amount"], 2),
        (
            ["Rechnungsnr.", "Kunde", "Rechnungsdatum", "Gesamtbetrag"],
            ["Eingangsrechnung Nr.", "Lieferant", "Datum", "Betrag"],
            1,
        ),
        (
            ["N° facture", "Client", "Date de facture", "Montant"],
            ["N° facture fournisseur", "Fournisseur", "Date", "Montant"],
            3,
        ),
    ],
    ids=["english", "german", "french"],
)
def test_tables_side_by_side_are_two_tables(tmp_path: Path, left: list[str], right: list[str], gap: int) -> None:
    """No row of one takes cells of the other, and bills are bills."""
    found = pulled(tmp_path, {"exports/books/book.xlsx": _side_by_side(left, right, gap)})

    [first] = [row for row in found.rows("invoice") if row["number"] == "INV-1"]
    assert (first["party_name"], first["amount_minor"], first["issued_on"]) == ("Larkmoor Tools", 10050, date(2026, 8, 1))
    assert found.counts() == {"bill": 8, "invoice": 10}
    assert sum(row["amount_minor"] for row in found.rows("bill")) == 723000


def _lines(template: str, *, has_total: bool, delimiter: str = ",", comma: str = ".") -> str:
    """Return twenty documents of one, two or three lines each: header first, cells as the template has them."""
    rows = []
    for n in range(20):
        for item in range(n % 3 + 1):
            price, quantity = 50.0 + item, item + 1
            cells = [f"INV-{1000 + n}", FIRMS[n], f"2026-08-{n + 1:02}"]
            cells += [f"{300 + 10 * n:.2f}"] if has_total else []
            cells += [f"Item {item + 1}", str(quantity), f"{price:.2f}"]
            cells += [] if has_total else [f"{price * quantity:.2f}"]
            rows.append(tuple(cell.replace(".", comma) if cell.replace(".", "").isdigit() else cell for cell in cells))
    return _list(template, rows, delimiter)


@pytest.mark.parametrize(
    ("header", "delimiter", "comma"),
    [
        ("Invoice Number,Client,Invoice Date,Invoice Total,Item,Qty,Unit Price", ",", "."),
        ("Rechnungsnummer;Kunde;Rechnungsdatum;Rechnungsbetrag;Artikel;Menge;Einzelpreis", ";", ","),
        ("N. fattura\tCliente\tData fattura\tTotale fattura\tArticolo\tQuantità\tPrezzo unitario", "\t", ","),
    ],
    ids=["english", "german", "italian"],
)
def test_a_total_on_every_line_counts_once(tmp_path: Path, header: str, delimiter: str, comma: str) -> None:
    """Twenty invoices, 7,900.00."""
    found = pulled(
        tmp_path, {"exports/books/invoices.csv": _lines(header, has_total=True, delimiter=delimiter, comma=comma)}
    )

    assert found.counts() == {"invoice": 20}
    assert sum(row["amount_minor"] for row in found.rows("invoice")) == 790000


@pytest.mark.parametrize(
    ("header", "delimiter", "comma"),
    [
        ("Invoice Number,Client,Invoice Date,Item,Qty,Unit Price,Line Total", ",", "."),
        ("Factuurnummer;Klant;Factuurdatum;Artikel;Aantal;Stukprijs;Regelbedrag", ";", ","),
        ("Número de factura|Cliente|Fecha de factura|Artículo|Cantidad|Precio unitario|Importe línea", "|", ","),
    ],
    ids=["english", "dutch", "spanish"],
)
def test_lines_without_a_total_are_added_up(tmp_path: Path, header: str, delimiter: str, comma: str) -> None:
    """Twenty invoices; the third is one of 308.00, not three."""
    found = pulled(
        tmp_path, {"exports/books/invoices.csv": _lines(header, has_total=False, delimiter=delimiter, comma=comma)}
    )

    amounts = found.amounts("invoice")
    assert found.counts() == {"invoice": 20}
    assert (amounts["INV-1000"], amounts["INV-1001"], amounts["INV-1002"]) == (5000, 15200, 30800)


OFX_HEAD = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n"


def _ofx(currency: str, rows: list[tuple[str, str, str, str, str]], *, head: str = OFX_HEAD) -> str:
    lines = "".join(
        f"<STMTTRN>\n<TRNTYPE>{kind}\n<DTPOSTED>{day}\n<TRNAMT>{amount}\n<FITID>{fitid}\n<NAME>{name}\n</STMTTRN>\n"
        for kind, day, amount, fitid, name in rows
    )
    return (
        f"{head}<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STMTRS><CURDEF>{currency}\n<BANKACCTFROM><BANKID>001<ACCTID>77-1\n"
        f"</BANKACCTFROM><BANKTRANLIST><DTSTART>20260801<DTEND>20260831\n{lines}</BANKTRANLIST><LEDGERBAL><BALAMT>100.00<DTASOF>20260831"
        "</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    )


EXTRATO = _ofx(
    "BRL",
    [
        ("OTHER", "20260801", "5200.00", "", "Saldo Anterior"),
        ("CREDIT", "20260803", "1200.00", "20260803a", "PIX Recebido LARKMOOR FERRAMENTAS"),
        ("DEBIT", "20260804", "-310.50", "20260804a", "Pagamento Boleto"),
        ("OTHER", "20260804", "6089.50", "", "Saldo do dia"),
        ("DEBIT", "20260805", "-9,90", "20260805a", "Tarifa"),
        ("OTHER", "20260805", "6079.60", "", "Saldo do dia"),
    ],
)
KONTO = _ofx(
    "EUR",
    [
        ("OTHER", "20260801", "5200,00", "", "Anfangssaldo"),
        ("CREDIT", "20260803", "1200,00", "R803", "Larkmoor Werkzeuge"),
        ("DEBIT", "20260804", "-310,50", "R804", "Stadtwerke"),
        ("DEBIT", "20260805", "-9.90", "R805", "Kontoführung"),
        ("OTHER", "20260805", "6079,60", "", "Endsaldo"),
    ],
)
QUICKEN = (
    _ofx(
        "CAD",
        [
            ("CREDIT", "20260803120000.000[-5:EST]", "1200.00", "Q803", "LARKMOOR TOOLS"),
            ("DEBIT", "20260804120000.000[-5:EST]", "-310.50", "Q804", "HYDRO"),
            ("DEBIT", "20260805233000.000[-5:EST]", "-9.90", "Q805", "FEE A < B"),
            ("OTHER", "20260805", "6079.60", "", "Closing balance"),
        ],
    )
    .split("<OFX>")[1]
    .removesuffix("</OFX>")
)


@pytest.mark.parametrize(
    ("name", "text", "currency"),
    [("extrato.ofx", EXTRATO, "BRL"), ("Konto.ofx", KONTO, "EUR"), ("statement.qfx", QUICKEN, "CAD")],
)
def test_balances_of_a_bank_file_are_no_money(tmp_path: Path, name: str, text: str, currency: str) -> None:
    """Three lines with their decimals, whichever sign they have; the currency is the file's, also without the root of OFX."""
    found = pulled(tmp_path, {f"exports/bank/{name}": text})

    rows = found.rows("bank_line")
    assert [row["amount_minor"] for row in rows] == [120000, -31050, -990]
    assert [row["posted_on"] for row in rows] == [date(2026, 8, day) for day in (3, 4, 5)]
    assert {row["currency"] for row in rows} == {currency}
    assert found.home[1] == currency
    assert {reason for _, _, reason in found.aside} == {"balance_line"}


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [
        ("Date,Payee,Category,Amount", ","),
        ("Datum;Empfänger;Kategorie;Betrag", ";"),
        ("Date\tBénéficiaire\tCatégorie\tMontant", "\t"),
    ],
)
def test_a_row_with_too_few_cells_is_put_aside(tmp_path: Path, header: str, delimiter: str) -> None:
    """With its line, as one with too many is; the audit is incomplete and says so."""
    rows = [(f"2026-08-{n % 28 + 1:02}", FIRMS[n % 20], "income", f"{100 + n}.00") for n in range(30)]
    lines = _list(header, rows, delimiter).splitlines()
    lines[5] = lines[5].replace(f"{FIRMS[4]}{delimiter}income", f"{FIRMS[4]}income")
    lines[10] += f"{delimiter}one more"

    found = pulled(tmp_path, {"exports/bank/list.csv": "\n".join(lines) + "\n"})

    assert [(line, reason) for _, line, reason in found.aside] == [(6, "too_few_cells"), (11, "too_many_cells")]
    assert sum(row["rows_kept"] for row in found.intake) == 28
    assert found.called.code == 4
