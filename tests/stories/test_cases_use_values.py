"""Published troubles with what stands in the cells: days, currencies, ids, hidden sheets, pending lines."""

# ruff: noqa: E501 - rows of files are one line each

import io
from datetime import date
from pathlib import Path

import pytest

from tests.invented_names import FIRMS
from tests.stories.pulled_folders import pulled


def _invoices(header: str, day: str, *, delimiter: str = ",", comma: str = ".", count: int = 24) -> str:
    """Return invoices of 100.50 upwards; ``day`` is written with the number of the row in it."""
    rows = [
        delimiter.join([f"INV-{n + 1}", FIRMS[n % 20], day.format(n=n, serial=46234 + n, day=n + 1), f"{100 + n}{comma}50"])
        for n in range(count)
    ]
    return "\n".join([header, *rows]) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        _invoices("Invoice No,Customer,Invoice Date,Total", "{serial}"),
        _invoices("Rechnungsnr.;Kunde;Rechnungsdatum;Betrag", "{serial}", delimiter=";", comma=","),
        _invoices("N° facture\tClient\tDate de facture\tMontant", "{serial},5", delimiter="\t", comma=","),
    ],
    ids=["english", "german", "french with times"],
)
def test_serial_numbers_of_a_spreadsheet_are_days(tmp_path: Path, text: str) -> None:
    """46234 is the last of July, in every row."""
    found = pulled(tmp_path, {"exports/books/invoices.csv": text})

    days = {row["number"]: row["issued_on"] for row in found.rows("invoice")}
    assert (days["INV-1"], days["INV-24"]) == (date(2026, 7, 31), date(2026, 8, 23))
    assert len(days) == 24


@pytest.mark.parametrize(
    ("header", "currency"),
    [
        ("Invoice No;Customer;Invoice Date;Total (€)", "EUR"),
        ("Invoice No;Customer;Invoice Date;Total GBP", "GBP"),
        ("Rechnungsnr.;Kunde;Datum;Betrag in CHF", "CHF"),
        ("Numer faktury;Klient;Data wystawienia;Kwota [zł]", "PLN"),
    ],
)
def test_the_header_of_an_amount_names_its_currency(tmp_path: Path, header: str, currency: str) -> None:
    """In every record, and as the client's own until somebody says otherwise."""
    found = pulled(
        tmp_path, {"exports/books/invoices.csv": _invoices(header, "{day:02}.08.2026", delimiter=";", comma=",", count=20)}
    )

    rows = found.rows("invoice")
    assert {row["currency"] for row in rows} == {currency}
    assert sum(row["amount_minor"] for row in rows) == sum(10050 + 100 * n for n in range(20))
    assert found.home[1] == currency
    assert "nothing in the files says so; nothing" not in found.said


SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Billing Name,Billing Zip,Billing City,Billing Country,Payment Method,Refunded Amount,Vendor,Id\n"
) + "".join(
    f"#200{n},a{n}@x.example,paid,2026-08-0{n + 1} {hour} -0500,fulfilled,USD,5{n}.00,0.00,0.00,5{n}.00,2026-08-0{n + 1} {hour} -0500,1,Soap,"
    f"5{n}.00,{FIRMS[n]},60601,Chicago,US,Shopify Payments,0.00,Leaf,74109914600{n}\n"
    for n, hour in enumerate(["11:30:00", "22:30:00", "11:30:00", "23:59:59"])
)
OWN_SHOP = "Bestellnummer;Kunde;Bestellt am;Gesamtbetrag\n" + "".join(
    f"#200{n};{FIRMS[n]};2026-08-0{n + 1}T{hour}+02:00;5{n},00\n"
    for n, hour in enumerate(["11:30:00", "00:30:00", "11:30:00", "01:59:59"])
)
OTHER_SHOP = "Nº de pedido,Cliente,Fecha del pedido,Importe total\n" + "".join(
    f"#200{n},{FIRMS[n]},2026-08-0{n + 1} {hour} -05:00,5{n}.00\n"
    for n, hour in enumerate(["11:30:00", "22:30:00", "11:30:00", "23:59:59"])
)


@pytest.mark.parametrize(
    ("name", "text"),
    [("orders_export.csv", SHOPIFY), ("Bestellungen.csv", OWN_SHOP), ("pedidos.csv", OTHER_SHOP)],
    ids=["shopify", "german", "spanish"],
)
def test_an_order_of_the_late_evening_is_of_its_own_day(tmp_path: Path, name: str, text: str) -> None:
    """With an offset the day is that of the place, not of Greenwich."""
    found = pulled(tmp_path, {f"exports/shop/{name}": text})

    assert [row["issued_on"] for row in found.rows("order")] == [date(2026, 8, n) for n in range(1, 5)]


ID_PAIRS = [
    ("0015000000GNA01", "0015000000GNA01AAH"),
    ("0015000000GNB71", "0015000000GNB71AAH"),
    ("0015000000GNCE1", "0015000000GNCE1AAP"),
]


@pytest.mark.parametrize(
    ("accounts", "deals"),
    [
        (
            '"Account ID","Account Name","Type","Billing City","Phone"',
            '"Opportunity ID","Account ID","Account Name","Opportunity Name","Stage","Amount","Close Date","Created Date"',
        ),
        (
            '"Account ID","Account Name","Billing City","Phone"',
            '"Opportunity ID","Account ID","Opportunity Name","Stage","Amount","Close Date"',
        ),
        (
            '"Account ID","Account Name","Type","Industry","Billing City","Phone"',
            '"Opportunity ID","Account ID","Account Name","Opportunity Name","Stage","Probability (%)","Amount","Close Date"',
        ),
    ],
    ids=["case", "fewer columns", "more columns"],
)
def test_reports_of_a_crm_refer_to_their_accounts(tmp_path: Path, accounts: str, deals: str) -> None:
    """Ids of 15 and of 18 characters name one account: its key, and what the deals refer to."""
    values = {
        "Type": "Customer",
        "Billing City": "Leeds",
        "Industry": "Trade",
        "Stage": "Closed Won",
        "Amount": "1500.00",
        "Close Date": "2026-08-01",
        "Created Date": "2026-07-01",
        "Probability (%)": "100",
    }
    firms, won = [accounts], [deals]
    for n, (short, long) in enumerate(ID_PAIRS):
        own = {"Account ID": short, "Account Name": FIRMS[n], "Phone": f"0113 496 000{n}"}
        deal = {
            "Opportunity ID": f"0065000000GN{n}01",
            "Account ID": long,
            "Account Name": FIRMS[n],
            "Opportunity Name": f"{FIRMS[n]} refit",
        }
        for header, lines, facts in ((accounts, firms, own), (deals, won, deal)):
            lines.append(",".join(f'"{ {**values, **facts}[name] }"' for name in header.strip('"').split('","')))

    found = pulled(
        tmp_path, {"exports/crm/report_accounts.csv": "\n".join(firms), "exports/crm/report_opps.csv": "\n".join(won)}
    )

    keys = {long for _, long in ID_PAIRS}
    assert {row["record_id"] for row in found.rows("party")} == keys
    assert {row["party_ref"] for row in found.rows("deal")} == keys
    assert {row["parent_ref"] for row in found.rows("party")} == {None}
    assert all(row["is_won"] for row in found.rows("deal"))
    assert "to be in US" not in found.said


def _hidden(sheets: dict[str, list[list[object]]], hidden: str) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
        page.sheet_state = (
            "veryHidden" if hidden.startswith("very ") and name == hidden[5:] else "hidden" if name == hidden else "visible"
        )
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("header", "now", "before", "hidden"),
    [
        (["Invoice No", "Customer", "Invoice Date", "Total"], "Invoices", "old 2024", "old 2024"),
        (["Rechnungsnr.", "Kunde", "Rechnungsdatum", "Betrag"], "Rechnungen", "alt", "very alt"),
        (["N° facture", "Client", "Date de facture", "Montant"], "Factures", "archives", "archives"),
    ],
    ids=["english", "german", "french"],
)
def test_a_hidden_sheet_is_left_out_and_named(tmp_path: Path, header: list[str], now: str, before: str, hidden: str) -> None:
    """Ten invoices, not twenty, and a word about the others."""
    sheets = {
        name: [header, *([f"{prefix}-{n + 1}", FIRMS[n], f"{year}-08-{n + 1:02}", 100.5 + n] for n in range(10))]
        for name, prefix, year in ((now, "INV", 2026), (before, "OLD", 2024))
    }

    found = pulled(tmp_path, {"exports/books/book.xlsx": _hidden(sheets, hidden)})

    assert {row["number"] for row in found.rows("invoice")} == {f"INV-{n}" for n in range(1, 11)}
    assert f"Sheet '{before}' is hidden and was left out" in found.said


ACTIVITY = (
    "Transaction Date,Transaction Description,Amount,Category,Balance\nPENDING - 09/29/2026,COFFEE HUT,- $7.25,Restaurants,\n"
    'PENDING - 09/28/2026,FUEL STOP,- $41.00,Fuel,\n09/26/2026,LARKMOOR TOOLS PAYMENT,+ $1500.00,Income,"$2,951.75"\n'
    '09/25/2026,PAINT STORE,- $900.23,Shopping,"$1,451.75"\n09/24/2026,OFFICE CHAIRS,- $310.40,Shopping,"$2,351.98"\n'
)
VORGEMERKT = (
    "Buchungstag;Verwendungszweck;Betrag;Saldo\nVorgemerkt;Kaffeehaus;-7,25;\nVorgemerkt;Tankstelle;-41,00;\n"
    "26.09.2026;Larkmoor Zahlung;1.500,00;2.951,75\n25.09.2026;Farbenladen;-900,23;1.451,75\n24.09.2026;Bürostühle;-310,40;2.351,98\n"
)
EN_ATTENTE = (
    "Date;Libellé;Montant;Solde\nEn attente;Café;-7,25;\nEn attente;Carburant;-41,00;\n"
    "26/09/2026;Paiement Larkmoor;1500,00;2951,75\n25/09/2026;Peinture;-900,23;1451,75\n24/09/2026;Chaises;-310,40;2351,98\n"
)


@pytest.mark.parametrize("text", [ACTIVITY, VORGEMERKT, EN_ATTENTE], ids=["english", "german", "french"])
def test_pending_lines_take_no_days_from_the_others(tmp_path: Path, text: str) -> None:
    """Three dated lines; the two pending ones are put aside with a word, or stand without a day."""
    found = pulled(tmp_path, {"exports/bank/accountActivity.csv": text})

    dated = {row["amount_minor"]: row["posted_on"] for row in found.rows("bank_line") if row["posted_on"]}
    assert dated == {150000: date(2026, 9, 26), -90023: date(2026, 9, 25), -31040: date(2026, 9, 24)}
    assert len(found.aside) + sum(row["posted_on"] is None for row in found.rows("bank_line")) == 2
    assert "2 " in found.said
    assert any(word in found.said for word in ("put aside", "could not be read", "not a date"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "orders.csv",
            "Order No;Customer;Order Date;Total\nA1;Larkmoor Tools;2026-08-01;1.000\nA2;Fenwick Ltd;2026-08-02;12.500\nA3;Nordlys AS;2026-08-03;950\n",
        ),
        (
            "Bestellungen.txt",
            "Bestellnr.;Kunde;Bestelldatum;Gesamtpreis\nA1;Lark GmbH;01.08.2026;1.000\nA2;Fenn AG;02.08.2026;12.500\nA3;Nord KG;03.08.2026;950\n",
        ),
        (
            "pedidos.csv",
            "Nº pedido;Cliente;Fecha pedido;Importe total\nA1;Lark SL;1/8/2026;1.000\nA2;Fenn SA;2/8/2026;12.500\nA3;Nord SL;3/8/2026;950\n",
        ),
    ],
    ids=["english", "german", "spanish"],
)
def test_three_digits_behind_points_between_semicolons_are_thousands(tmp_path: Path, name: str, text: str) -> None:
    """1,000.00 and 12,500.00, not one and twelve and a half."""
    found = pulled(tmp_path, {f"exports/shop/{name}": text})

    assert found.amounts("order") == {"A1": 100000, "A2": 1250000, "A3": 95000}


@pytest.mark.parametrize(
    ("header", "cell", "delimiter"),
    [
        ("Order ID,Customer,Order Date,Total", "1.91431E+18", ","),
        ("Bestellnummer;Kunde;Bestelldatum;Betrag", "1,91431E+18", ";"),
        ("ID du pedido\tCliente\tData do pedido\tTotal", "5,02E+15", "\t"),
    ],
    ids=["english", "german", "portuguese"],
)
def test_destroyed_ids_are_said_to_be_destroyed(tmp_path: Path, header: str, cell: str, delimiter: str) -> None:
    """Twenty orders, each its own; the message says to export again."""
    comma = "." if delimiter == "," else ","
    rows = [delimiter.join([cell, FIRMS[n], f"2026-08-{n + 1:02}", f"{100 + n}{comma}50"]) for n in range(20)]

    found = pulled(tmp_path, {"exports/shop/orders.csv": "\n".join([header, *rows]) + "\n"})

    assert len(found.rows("order")) == 20
    assert header.split(delimiter, maxsplit=1)[0] in found.said
    assert cell in found.said
    assert "xport the file again" in found.said
