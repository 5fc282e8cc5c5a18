"""Documents that went wrong once: totals of lines, debit and credit, days with dots, tickets, names that are none."""

# ruff: noqa: E501 - rows of files are one line each

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.stories.pulled_folders import pulled
from tests.unit.audit.client_folders import workbook_of
from toolkit.audit.engagement import open_engagement
from toolkit.audit.runs import run_stages

XERO = {
    "Bills export.csv": "*ContactName,EmailAddress,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,Total,InvoiceAmountPaid,*Description,"
    "*Quantity,*UnitAmount,LineAmount,*AccountCode,Currency\n"
    "Alder Parts,ap@alder.example,A-610,PO-21,2026-09-01,2026-09-30,1960.17,1960.17,Brackets,10,96.00,960.00,300,USD\n"
    "Alder Parts,ap@alder.example,A-610,PO-21,2026-09-01,2026-09-30,1960.17,1960.17,Housings,4,250.04,1000.17,300,USD\n"
    "Birch Resin,ar@birch.example,B-22,PO-22,2026-09-03,2026-10-03,9366.95,9366.95,Resin,1,9366.95,9366.95,300,USD\n",
    "SalesInvoices.csv": "*ContactName,EmailAddress,*InvoiceNumber,*InvoiceDate,*DueDate,Total,*Description,*Quantity,*UnitAmount,"
    "*AccountCode,*TaxType,Currency\nFern Bakery,,12,15/06/2026,30/06/2026,,Desk,10,20.00,200,Sales,\n"
    "Fern Bakery,,12,15/06/2026,30/06/2026,,Chair,5,30.00,200,Sales,\nOak Tuition,,12,16/06/2026,30/06/2026,,Lamp,3,11.00,200,Sales,\n",
}
OWN_LINES = {
    "Eingangsrechnungen.csv": "Lieferant;Rechnungsnummer;Rechnungsdatum;Fälligkeit;Gesamtbetrag;Artikel;Menge;Einzelpreis;Positionsbetrag\n"
    "Ahorn Teile GmbH;A-610;01.09.2026;30.09.2026;1.960,17;Winkel;10;96,00;960,00\n"
    "Ahorn Teile GmbH;A-610;01.09.2026;30.09.2026;1.960,17;Gehäuse;4;250,04;1.000,17\n"
    "Birke Harz KG;B-22;03.09.2026;03.10.2026;9.366,95;Harz;1;9.366,95;9.366,95\n",
    "Ausgangsrechnungen.csv": "Kunde;Rechnungsnummer;Rechnungsdatum;Artikel;Menge;Einzelpreis;Positionsbetrag\n"
    "Farn Bäckerei GmbH;12;15.06.2026;Tisch;10;20,00;200,00\nFarn Bäckerei GmbH;12;15.06.2026;Stuhl;5;30,00;150,00\n"
    "Eiche Nachhilfe KG;13;16.06.2026;Lampe;3;11,00;33,00\n",
}
LINES_OF_A_WORKBOOK = {
    "compras.xlsx": workbook_of(
        {
            "Facturas recibidas": [
                [
                    "Proveedor",
                    "Nº factura",
                    "Fecha factura",
                    "Total factura",
                    "Concepto",
                    "Cantidad",
                    "Precio unitario",
                    "Importe línea",
                ],
                ["Aliso Piezas SL", "A-610", "01/09/2026", 1960.17, "Soportes", 10, 96.0, 960.0],
                ["Aliso Piezas SL", "A-610", "01/09/2026", 1960.17, "Carcasas", 4, 250.04, 1000.17],
                ["Abedul Resina SA", "B-22", "13/09/2026", 9366.95, "Resina", 1, 9366.95, 9366.95],
            ]
        }
    ),
    "ventas.xlsx": workbook_of(
        {
            "Facturas emitidas": [
                ["Cliente", "Nº factura", "Fecha factura", "Concepto", "Cantidad", "Precio unitario", "Importe línea"],
                ["Panadería Helecho SL", "12", "15/06/2026", "Mesa", 10, 20.0, 200.0],
                ["Panadería Helecho SL", "12", "15/06/2026", "Silla", 5, 30.0, 150.0],
                ["Clases Roble SA", "13", "16/06/2026", "Lámpara", 3, 11.0, 33.0],
            ]
        }
    ),
}


@pytest.mark.parametrize("files", [XERO, OWN_LINES, LINES_OF_A_WORKBOOK], ids=["xero", "german", "workbook"])
def test_lines_are_folded_into_their_documents(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    """A total on every line counts once, a price of one unit never, and a number of two customers is two invoices."""
    found = pulled(tmp_path, files)

    assert found.called.code == 0
    assert {row["number"]: row["amount_minor"] for row in found.rows("bill")} == {"A-610": 196017, "B-22": 936695}
    invoices = {row["party_name"].split()[0]: row["amount_minor"] for row in found.rows("invoice")}
    assert sorted(invoices.values()) == [3300, 35000]


@pytest.mark.parametrize(
    "header",
    [
        "Kunde;Rechnungsnummer;Datum;Artikel;Menge;Einzelpreis;Betrag",
        "Client;N° facture;Date;Article;Quantité;Prix unitaire;Montant",
    ],
)
def test_a_number_of_two_customers_is_two_invoices(tmp_path: Path, header: str) -> None:
    """In a list of nobody's format as well: 350.00 and 33.00, not one of 383.00."""
    rows = "Farn SA;12;15.06.2026;Tisch;10;20,00;200,00\nFarn SA;12;15.06.2026;Stuhl;5;30,00;150,00\nEiche SA;12;16.06.2026;Lampe;3;11,00;33,00\n"

    found = pulled(tmp_path, {"exports/ledger/invoices.csv": f"{header}\n{rows}"})

    assert {row["party_name"]: row["amount_minor"] for row in found.rows("invoice")} == {"Farn SA": 35000, "Eiche SA": 3300}


ACCOUNT_TRANSACTIONS = (
    "Account Transactions\nFern Instruments Ltd\nFor the period 1 September 2026 to 30 September 2026\n\n"
    "Date,Source,Description,Reference,Debit,Credit,Running Balance\nBusiness Bank Account,,,,,,\n"
    "02 Sep 2026,Payable Payment,Alder Parts,A-610,1960.17,,48039.83\n05 Sep 2026,Payable Payment,Birch Resin,B-22,9366.95,,38672.88\n"
    "10 Sep 2026,Receive Money,Customer receipt,INV-9001,,4000.00,42672.88\nTotal Business Bank Account,,,,11327.12,4000.00,\n"
)
KONTOBEWEGUNGEN = (
    "Kontobewegungen\nFarn Instrumente GmbH\n\nBuchungstag;Wertstellung;Verwendungszweck;Soll;Haben;Saldo\n"
    "02.09.2026;02.09.2026;Ahorn Teile A-610;1.960,17;;48.039,83\n05.09.2026;05.09.2026;Birke Harz B-22;9.366,95;;38.672,88\n"
    "10.09.2026;10.09.2026;Kundenzahlung 9001;;4.000,00;42.672,88\nSumme;;;11.327,12;4.000,00;\n"
)
RELEVE = workbook_of(
    {
        "Relevé": [
            ["Date opération", "Libellé", "Débit", "Crédit", "Solde"],
            ["02/09/2026", "Aulne Pièces A-610", 1960.17, None, 48039.83],
            ["05/09/2026", "Bouleau Résine B-22", 9366.95, None, 38672.88],
            ["10/09/2026", "Encaissement client 9001", None, 4000.0, 42672.88],
            ["Total", None, 11327.12, 4000.0, None],
        ]
    }
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Account Transactions.csv", ACCOUNT_TRANSACTIONS),
        ("exports/bank/Kontobewegungen.csv", KONTOBEWEGUNGEN),
        ("exports/banque/relevé.xlsx", RELEVE),
    ],
)
def test_debit_and_credit_are_one_signed_amount(tmp_path: Path, name: str, content: str | bytes) -> None:
    """Lines of groups and totals are no rows, and nothing is missing."""
    found = pulled(tmp_path, {name: content})

    assert found.called.code == 0
    rows = found.rows("bank_line")
    assert sorted(row["amount_minor"] for row in rows) == [-936695, -196017, 400000]
    assert sorted(row["posted_on"] for row in rows) == [date(2026, 9, 2), date(2026, 9, 5), date(2026, 9, 10)]
    assert {reason for _, _, reason in found.aside} <= {"group_line", "total_line"}


DOTTED = {
    "pay.csv": (
        "payment_id;pay_date;invoice_date;supplier;invoice_no;invoice_amount\n"
        "P-1;15.09.2026;01.09.2026;Ahorn GmbH;A-1;1.960,17\nP-2;20.09.2026;02.09.2026;Birke KG;A-2;250,00\n"
    ),
    "faktury.csv": (
        "Numer faktury\tData wystawienia\tTermin płatności\tDostawca\tKwota brutto\n"
        "A-1\t01.09.2026\t15.09.2026\tJawor sp. z o.o.\t1 960,17\nA-2\t02.09.2026\t20.09.2026\tBrzoza sp. z o.o.\t250,00\n"
    ),
    "laskut.csv": (
        "Laskun numero;Laskun päivä;Eräpäivä;Toimittaja;Summa\n"
        "A-1;1.9.2026;15.9.2026;Vaahtera Oy;1960,17\nA-2;2.9.2026;20.9.2026;Koivu Oy;250,00\n"
    ),
}


@pytest.mark.parametrize(
    ("name", "home"), [("pay.csv", ("DE", "EUR")), ("faktury.csv", ("PL", "PLN")), ("laskut.csv", ("FI", "EUR"))]
)
def test_days_with_dots_are_day_first(tmp_path: Path, name: str, home: tuple[str, str]) -> None:
    """The first of September, for any country; and companies with such legal forms are not in dollars."""
    found = pulled(tmp_path, {name: DOTTED[name]})

    rows = [*found.rows("bill"), *found.rows("invoice")]
    assert {row["number"]: row["issued_on"] for row in rows} == {"A-1": date(2026, 9, 1), "A-2": date(2026, 9, 2)}
    assert {row["number"]: row["amount_minor"] for row in rows} == {"A-1": 196017, "A-2": 25000}
    assert found.home == home
    assert {row["currency"] for row in rows} == {home[1]}


TICKETS = {
    "hubspot_tickets.csv": (
        "Ticket ID,Ticket Name,Ticket Status,Pipeline,Associated Contact Email,Associated Company Domain,Ticket Owner,Create Date,Close Date\n"
        "TICK-1,Printer offline,Open,Support,ann@bramble.example,bramble.example,sam@us.example,2025-03-01,\n"
        "TICK-2,Login fails,Closed,Support,bob@oak.example,oak.example,sam@us.example,2025-03-04,2025-03-05\n"
        "TICK-3,Invoice question,Open,Support,ann@bramble.example,bramble.example,kim@us.example,2025-03-06,\n"
    ),
    "Meldungen.csv": (
        "Vorgangsnr.;Betreff;Status;Priorität;Erstellt am;Gelöst am;Bearbeiter\n"
        "TICK-1;Drucker offline;Offen;hoch;01.03.2025;;Sam\nTICK-2;Anmeldung geht nicht;Geschlossen;mittel;04.03.2025;15.03.2025;Sam\n"
        "TICK-3;Frage zur Rechnung;Offen;mittel;16.03.2025;;Kim\n"
    ),
    "richieste assistenza.csv": (
        "N. ticket,Oggetto,Stato,Aperto il,Chiuso il\nTICK-1,Stampante scollegata,Aperto,01/03/2025,\n"
        "TICK-2,Accesso negato,Chiuso,14/03/2025,15/03/2025\nTICK-3,Domanda su fattura,Aperto,16/03/2025,\n"
    ),
}


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("hubspot_tickets.csv", {"Open": 2, "Closed": 1}),
        ("Meldungen.csv", {"Offen": 2, "Geschlossen": 1}),
        ("richieste assistenza.csv", {"Aperto": 2, "Chiuso": 1}),
    ],
)
def test_a_list_of_tickets_is_no_list_of_people(tmp_path: Path, name: str, states: dict[str, int]) -> None:
    """Three tickets by their numbers, with their states."""
    found = pulled(tmp_path, {name: TICKETS[name]})

    assert found.counts() == {"ticket": 3}
    rows = found.rows("ticket")
    assert {row["record_id"] for row in rows} == {"TICK-1", "TICK-2", "TICK-3"}
    assert Counter(row["status"] for row in rows) == states


REDACTED = {
    "spend.csv": (
        "Date,Transaction number,Amount,Supplier Name,Supplier ID,Expense Code\n2026-03-03,1001,637.00,Alder Works Ltd,S1,23BN\n"
        "2026-03-04,1002,80.00,REDACTED PERSONAL DATA,S205,884A\n2026-03-05,1003,91.00,REDACTED PERSONAL DATA,S206,884A\n"
        "2026-03-06,1004,120.00,Birch Vans,S2,23BN\n2026-03-07,1005,120.00,Birch Vans,S2,23BN\n"
    ),
    "Ausgaben.csv": (
        "Datum;Belegnummer;Betrag;Lieferant;Lieferanten-Nr.;Konto\n03.03.2026;1001;637,00;Ahorn Werke GmbH;S1;4400\n"
        "04.03.2026;1002;80,00;anonymisiert;S205;4400\n15.03.2026;1003;91,00;anonymisiert;S206;4400\n"
        "16.03.2026;1004;120,00;Birke Autos KG;S2;4400\n17.03.2026;1005;120,00;Birke Autos KG;S2;4400\n"
    ),
    "depenses.csv": (
        "Date;Numéro de pièce;Montant;Fournisseur;Code fournisseur;Compte\n03/03/2026;1001;637,00;Aulne SARL;S1;6061\n"
        "04/03/2026;1002;80,00;CONFIDENTIEL;S205;6061\n15/03/2026;1003;91,00;CONFIDENTIEL;S206;6061\n"
        "16/03/2026;1004;120,00;Bouleau SAS;S2;6061\n17/03/2026;1005;120,00;Bouleau SAS;S2;6061\n"
    ),
}


@pytest.mark.parametrize("name", REDACTED)
def test_no_reference_fails_where_the_files_bring_no_list(tmp_path: Path, name: str) -> None:
    """Five amounts, 1,048.00; a name that hides a person is nobody, and at most one finding."""
    found = pulled(tmp_path, {name: REDACTED[name]})
    engagement = open_engagement(tmp_path / "client")
    failing = run_stages(engagement, "quality").table("check").to_pylist()
    [named] = [table["name"].to_pylist() for key, table in engagement.store.records().items() if key[1] == "names"]
    engagement.close()

    [entity] = found.counts()
    assert entity in {"payment", "bill"}
    assert [row["amount_minor"] for row in found.rows(entity)] == [63700, 8000, 9100, 12000, 12000]
    assert sum(row["failing"] for row in failing) <= 1
    assert len(named) == 2
