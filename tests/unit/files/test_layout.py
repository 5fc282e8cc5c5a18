"""Which rows of a file are the header, the records, and neither."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from toolkit.files.read import raw_tables


def test_a_title_above_the_table_is_no_header(read_one: Any, cells: Any) -> None:
    """Reports begin with the company, a title and a period."""
    table = read_one("r.csv", b"Harbor & Pine,,\nCustomer list,,\n\nName,Phone,Open balance\nAcme,555-0100,12.00\n")

    assert table.headers == ("Name", "Phone", "Open balance")
    assert (table.header_line, table.preamble) == (4, (("Harbor & Pine",), ("Customer list",)))
    assert cells(table) == [("Acme", "555-0100", "12.00")]


def test_known_names_find_the_header_below_a_table_of_facts(read_one: Any) -> None:
    """Case and the mark of a required column do not matter."""
    data = b"Account name,Sort code\nOperations,20-00-00\n*ContactName,EMAILADDRESS\nAcme,a@acme.example\n"

    table = read_one("r.csv", data, frozenset({"contactname", "EmailAddress"}))

    assert (table.headers, table.header_line) == (("*ContactName", "EMAILADDRESS"), 3)


@pytest.mark.parametrize(
    ("names", "row", "delimiter", "code"),
    [
        ("Customer,Invoice No,Date,Total", "Oak Dental Ltd,W{0},2026-04-0{0},10{0}.50", ",", "F{0}"),
        ("Kunde;Rechnungsnr;Datum;Betrag", "Alpha GmbH;R-{0};0{0}.04.2026;10{0},50", ";", "{0}A"),
        ("Client\tFacture\tDate\tMontant", "Chêne SARL\tF-{0}\t0{0}/04/2026\t10{0},50", "\t", "X00{0}"),
    ],
)
def test_known_names_over_dates_and_amounts_are_the_header_though_most_others_look_like_codes(
    read_one: Any, names: str, row: str, delimiter: str, code: str
) -> None:
    """Twenty columns called F0, F1 … make no record of the first row."""
    codes = [code.format(place) for place in range(20)]
    rows = [delimiter.join([row.format(day), *(str(day + place) for place in range(20))]) for day in range(1, 9)]

    table = read_one("r.csv", "\n".join([delimiter.join([names, *codes]), *rows]).encode())

    assert (table.headers, table.header_line) == ((*names.split(delimiter), *codes), 1)
    assert table.rows.num_rows == 8


def test_a_first_row_of_codes_and_words_over_no_value_is_a_record(read_one: Any) -> None:
    """A list without a header keeps its first row: "Order" and "Open" are words of headers, and values here."""
    table = read_one("r.csv", b"Order,Open,K1,K2,K3,K4\nQuote,Paid,K5,K6,K7,K8\nOrder,Sent,K9,K10,K11,K12\n")

    assert (table.header_line, table.rows.num_rows) == (0, 3)


def test_a_bank_file_without_a_header_keeps_its_first_row(read_one: Any, cells: Any) -> None:
    """What the columns are is left to recognition."""
    table = read_one("b.csv", b'"01/02/2026","-45.00","*","","CHECK 12"\n"01/03/2026","9.10","*","","DEPOSIT"\n')

    assert (table.headers, table.header_line) == (("",) * 5, 0)
    assert cells(table)[0] == ("01/02/2026", "-45.00", "*", None, "CHECK 12")


def test_total_lines_are_put_aside_and_serve_as_control_sums(read_one: Any, cells: Any, reasons: Any) -> None:
    """A line that names itself, and a last line of bare amounts."""
    table = read_one("r.csv", b"Name,Date,Net\nAcme,1/2/2026,5.00\nBolt,1/3/2026,6.00\nTOTAL,,11.00\n,,11.00\n")

    assert cells(table) == [("Acme", "1/2/2026", "5.00"), ("Bolt", "1/3/2026", "6.00")]
    assert reasons(table) == [(4, "total_line"), (5, "total_line")]
    assert table.totals == ({0: "TOTAL", 2: "11.00"}, {2: "11.00"})


def test_a_customer_called_total_is_a_customer(read_one: Any) -> None:
    """A name alone does not make a total line."""
    data = b"Name,E-mail,Balance\nTotal Fitness,t@fit.example,5.00\nTotal,oil@total.example,6.00\nAcme,a@acme.example,7.00\n"

    assert read_one("r.csv", data).rows_read == read_one("r.csv", data).rows.num_rows == 3


def test_foot_lines_are_remarks(read_one: Any, reasons: Any) -> None:
    """Time stamps, copyright, and counts."""
    table = read_one("r.csv", b'Name,City\nAcme,Leeds\nBolt,Hull\nCole,York\n"Copyright 2026, all rights",\n20.11.2026,\n')

    assert reasons(table) == [(5, "foot_line"), (6, "foot_line")]


def test_most_rows_with_one_filled_cell_are_records(read_one: Any) -> None:
    """A mailing list may hold little else than addresses."""
    table = read_one("m.csv", b"Email,First name\na@x.example,\nb@x.example,\nc@x.example,Cy\n")

    assert table.rows.num_rows == 3


def test_a_line_of_separators_is_accounted_for(read_one: Any, reasons: Any) -> None:
    """A line without any character is not even a row."""
    table = read_one("r.csv", b"Name,City\nAcme,Leeds\n\n , \n,\n")

    assert reasons(table) == [(4, "empty_line"), (5, "empty_line")]
    assert table.rows_read == 3


def test_a_grouped_report_gives_each_row_its_group(read_one: Any, cells: Any, reasons: Any) -> None:
    """Groups nest; the line that closes one is a total."""
    table = read_one(
        "q.csv",
        b",Date,Type,Amount\nAcme,,,\n,1/2/2026,Invoice,5.00\nAcme:Annex,,,\n,1/3/2026,Invoice,6.00\n"
        b"Total for Acme:Annex,,,$6.00\n,1/4/2026,Invoice,7.00\nTotal for Acme,,,$18.00\nBolt,,,\n,1/5/2026,Payment,-2.00\n"
        b'Total for Bolt,,,-2.00\nTOTAL,,,$16.00\n\n"Friday, November 20, 2026 09:12 AM - Accrual Basis",,,\n',
    )

    assert [(row[0], row[3]) for row in cells(table)] == [
        ("Acme", "5.00"), ("Acme:Annex", "6.00"), ("Acme", "7.00"), ("Bolt", "-2.00"),
    ]  # fmt: skip
    assert [reason for _, reason in reasons(table)] == [
        "group_line", "group_line", "total_line", "total_line", "group_line", "total_line", "total_line", "foot_line",
    ]  # fmt: skip
    assert table.totals[-1] == {0: "TOTAL", 3: "$16.00"}


def test_total_without_for_closes_a_group_too(read_one: Any, cells: Any) -> None:
    """Desktop ledgers write "Total Acme"."""
    table = read_one("q.csv", b",Date,Amount\nAcme,,\n,1/2/2026,5.00\n,1/3/2026,4.00\nTotal Acme,,9.00\n")

    assert cells(table) == [("Acme", "1/2/2026", "5.00"), ("Acme", "1/3/2026", "4.00")]


LEEDS = {
    "2013-07": ("89322769.75", "89322769.75"),
    "2013-08": ("88178880.95", "88178880.95"),
    "2013-09": ("88683824.09", "88683824.09"),
    "2013-10": ("88623833.53", "88623833.53"),
    "2013-11": ("87943078.11", None),
    "2013-12": ("104758470.89", "104758470.9"),
    "2020-06": ("104445727.45", None),
}


@pytest.mark.parametrize("month", LEEDS)
def test_the_leeds_ledger_is_read_to_the_penny(shared_dir: Path, month: str) -> None:
    """Rows and quarantine are all lines below the header; the files' own totals are found (``SOURCE.md`` names them)."""
    folder = shared_dir / "data" / "spend" / "leeds"

    [table] = raw_tables(folder / f"{month}.csv.gz", root=folder)

    column = table.headers.index("Amount" if month == "2020-06" else "NetAmount")
    amounts = [Decimal(text) for text in table.rows[f"c{column}"].to_pylist()]
    total, control = LEEDS[month]
    assert sum(amounts) == Decimal(total)
    assert table.totals == (({column: control},) if control else ())
    assert table.rows.num_rows + table.quarantine.num_rows == table.rows_read
    assert table.quarantine.num_rows == (0 if month == "2013-11" else 1)


def test_a_leeds_file_counts_as_the_csv_module_does(shared_dir: Path) -> None:
    """An independent reader sees the same number of rows and the same cells."""
    import csv
    import gzip
    import io

    folder = shared_dir / "data" / "spend" / "leeds"
    text = gzip.decompress((folder / "2013-10.csv.gz").read_bytes()).decode()
    expected = [[cell or None for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]

    [table] = raw_tables(folder / "2013-10.csv.gz", root=folder)

    assert table.rows_read == len(expected) - 1
    assert [list(row.values())[1:] for row in table.rows.to_pylist()] == expected[1:-1]


ING = """Umsatzanzeige;Datei erstellt am: 01.08.2026 10:00

IBAN;DE02 1203 0000 0000 2020 51
Kontoname;Girokonto
Bank;ING
Zeitraum;01.07.2026 - 31.07.2026
Saldo;1.234,56;EUR

Buchung;Valuta;Auftraggeber;Buchungstext;Saldo;Währung;Betrag;Währung
01.07.2026;01.07.2026;Bäckerei;Lastschrift;1.200,00;EUR;-5,00;EUR
02.07.2026;02.07.2026;Acme GmbH;Gutschrift;1.300,00;EUR;100,00;EUR
"""
SUMMARY_FIRST = """Description,,Summary Amt.
Beginning balance as of 01/01/2026,,"100.00"
Total credits,,"50.00"
Total debits,,"-20.00"
Ending balance as of 01/31/2026,,"130.00"

Date,Description,Amount,Running Bal.
01/01/2026,Beginning balance as of 01/01/2026,,"100.00"
01/02/2026,"Shop, Leeds","-20.00","80.00"
01/03/2026,Pay,"50.00","130.00"
"""
BALANCE_ABOVE = """Kontoumsätze Girokonto
Letzter Kontostand;;;;1.234,56;EUR

Buchungstag;Wert;Umsatzart;Verwendungszweck;Betrag;Währung
1.7.2026;1.7.2026;SEPA;Brot;-5,00;EUR
2.7.2026;2.7.2026;SEPA;Acme;100,00;EUR
Kontostand;31.7.2026;;;1.234,56;EUR
"""


@pytest.mark.parametrize(("text", "first"), [(ING, "Buchung"), (SUMMARY_FIRST, "Date"), (BALANCE_ABOVE, "Buchungstag")])
def test_facts_and_balances_above_a_short_table_are_no_header(read_one: Any, text: str, first: str) -> None:
    """A statement of two lines has more facts than rows."""
    table = read_one("s.csv", text.encode())

    assert (table.headers[0], table.rows.num_rows) == (first, 2)


def test_movements_are_added_up_above_the_closing_balance(read_one: Any, reasons: Any) -> None:
    """The total of the movements has a label in the column of texts."""
    text = (
        "Relevé de compte;01/07/2026\n\nDate;Libellé;Débit;Crédit\n;Solde précédent;;1 000,00\n01/07/2026;CAFÉ;5,00;\n"
        "02/07/2026;VIR ACME;;100,00\n;Total des mouvements;5,00;100,00\n;Nouveau solde au 31/07/2026;;1 095,00\n"
    )

    assert reasons(read_one("s.csv", text.encode())) == [(4, "balance_line"), (7, "total_line"), (8, "balance_line")]
