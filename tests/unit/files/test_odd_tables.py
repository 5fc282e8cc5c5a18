"""Tables that are none, and tables that look like none: each gives a clear result or a sentence."""

import io
from typing import Any

import openpyxl
import pytest

from toolkit.errors import InputError


def xlsx(rows: list[list[Any]]) -> bytes:
    """Return a workbook of one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


CUSTOMERS = [[f"Customer {letter}", f"2026-01-{n:02}", n + 0.5] for n, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWX", 1)]
NAMES = ["Customer", "Date", "Amount"]


@pytest.mark.parametrize("above", [1, 2, 12, 22])
def test_a_header_between_the_rows_is_found(read_one: Any, above: int) -> None:
    """A list that was sorted together with its header keeps all its rows."""
    table = read_one("w.xlsx", xlsx([*CUSTOMERS[:above], NAMES, *CUSTOMERS[above:]]))

    assert (table.headers, table.header_line, table.rows.num_rows) == (tuple(NAMES), above + 1, 24)
    assert table.rows["line"].to_pylist() == [line for line in range(1, 26) if line != above + 1]
    assert table.notes == (
        f"The names of the columns stand in line {above + 1}, between the rows; the rows above it were read too.",
    )


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_the_same_in_a_text(read_one: Any, delimiter: str) -> None:
    """Also behind the line that declares a delimiter."""
    rows = [
        ["Kunde A", "1.8.2026", "5.00"],
        ["Kunde", "Datum", "Betrag"],
        ["Kunde B", "2.8.2026", "6.00"],
        ["C", "3.8.2026", "7"],
    ]
    text = f"sep={delimiter}\n" + "".join(delimiter.join(row) + "\n" for row in rows)

    table = read_one("w.csv", text.encode())

    assert (table.headers, table.rows["line"].to_pylist()) == (("Kunde", "Datum", "Betrag"), [2, 4, 5])


def test_facts_above_a_table_are_no_rows(read_one: Any) -> None:
    """An account, its owner and a period are a preamble, also of many lines."""
    facts = [["Kontoinhaber", "Max Muster"], ["IBAN", "DE02120300000000202051"], ["Zeitraum", "1.1.2026"]]

    table = read_one("w.xlsx", xlsx([*facts, *([f"Remark {n}"] for n in range(20)), NAMES, *CUSTOMERS]))

    assert (table.headers, table.header_line, table.rows.num_rows) == (tuple(NAMES), 24, 24)


@pytest.mark.parametrize(
    "rows",
    [
        [["Company:", "Acme Ltd"], ["Contact:", "Anna Smith"], ["Phone:", "0113 496"], ["Founded:", "1999"]],
        [
            ["Neuer Kunde"],
            [],
            ["Firma", "Acme GmbH"],
            ["Kontakt", "Anna Weiß"],
            ["E-Mail", "a@acme.example"],
            ["Seit", 1999],
        ],
        [["Société :", None, "Acme SA"], ["Ville :", None, "Lyon"], ["Depuis :", None, "1999"], ["Tél. :", None, "04"]],
    ],
)
def test_a_form_is_no_list(read_one: Any, rows: list[list[Any]]) -> None:
    """Its labels are no records and its first label is no header."""
    table = read_one("w.xlsx", xlsx(rows))

    assert (table.header_line, set(table.headers), table.quarantine.num_rows) == (0, {""}, 0)
    assert table.notes == ("It reads like a form, a label and its value in each row, not like a table of records.",)


def test_a_short_list_of_two_columns_is_no_form(read_one: Any) -> None:
    """Names and phones are records."""
    table = read_one("w.csv", b"Name,Phone\nAcme,0113 1\nBolt,0113 2\nCove,unknown\nDunn,0113 4\n")

    assert (table.headers, table.rows.num_rows, table.notes) == (("Name", "Phone"), 4, ())


@pytest.mark.parametrize(
    ("rows", "headers", "count"),
    [
        ([["Column1"] * 3, *CUSTOMERS], ("Column1",) * 3, 24),
        ([["Name"] * 3, *CUSTOMERS], ("Name",) * 3, 24),
        ([["Namn", "Jméno", "Név"], *CUSTOMERS], ("Namn", "Jméno", "Név"), 24),
        (CUSTOMERS, ("", "", ""), 24),
        ([["x"], ["y"], ["z"]], ("x",), 2),
        ([["Total sales", 1000], ["Total costs", 500], ["Profit", 500]], ("", ""), 3),
        ([[f"Col {n}" for n in range(2000)], [1] * 2000, [2] * 2000], tuple(f"Col {n}" for n in range(2000)), 2),
    ],
    ids=["Column1", "the same name thrice", "unknown languages", "no header", "one column", "totals only", "numbered"],
)  # fmt: skip
def test_strange_headers_are_taken_as_they_are(read_one: Any, rows: Any, headers: tuple[str, ...], count: int) -> None:
    """What they mean is decided elsewhere; no header gives empty ones."""
    table = read_one("w.xlsx", xlsx(rows))

    assert (table.headers, table.rows.num_rows) == (headers, count)


@pytest.mark.parametrize(
    "data", [b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40, bytes(range(256)) * 400, b"\x89PNG\r\n\x1a\n" * 9]
)
def test_a_photo_named_xlsx_is_said_to_be_none(read: Any, data: bytes) -> None:
    """Whatever its name says."""
    with pytest.raises(InputError, match=r"picture|cannot be read"):
        read("photo.xlsx", data)


def test_too_many_columns_are_refused_with_the_limit(read: Any) -> None:
    """A workbook holds 16,384."""
    for columns in (16_385, 40_000):
        text = ",".join(f"Col {n}" for n in range(columns)) + "\n" + "1," * (columns - 1) + "1\n"
        with pytest.raises(InputError, match=r"16,384 can be read"):
            read("wide.csv", text.encode())


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Date,Text,Amount\n01/01/2026,{},100\n02/01/2026,Shop,-5\n03/01/2026,Gym,-7\n", "Opening balance"),
        ("Buchung;Text;Betrag\n01.01.2026;{};100,00\n02.01.2026;Laden;-5,00\n03.01.2026;Sport;-7,00\n", "Anfangssaldo"),
        ("Date;Libellé;Montant\n01/01/2026;{};100,00\n02/01/2026;Café;-5,00\n03/01/2026;Loyer;-7,00\n", "Solde précédent"),
        ("Fecha;Concepto;Importe\n01/01/2026;{};100,00\n02/01/2026;Bar;-5,00\n03/01/2026;Luz;-7,00\n", "Saldo anterior"),
        ("Data;Descrizione;Importo\n01/01/2026;{};100,00\n02/01/2026;Bar;-5,00\n03/01/2026;Luce;-7,00\n", "Saldo iniziale"),
        ("Datum;Omschrijving;Bedrag\n01-01-2026;{};100,00\n02-01-2026;Winkel;-5,00\n03-01-2026;Huur;-7\n", "Beginsaldo"),
        ("Data;Descrição;Valor\n01/01/2026;{};100,00\n02/01/2026;Loja;-5,00\n03/01/2026;Luz;-7,00\n", "Saldo inicial"),
        ("Datum;Text;Belopp\n2026-01-01;{};100,00\n2026-01-02;Affär;-5,00\n2026-01-03;Hyra;-7,00\n", "Ingående saldo"),
        ("Dato;Tekst;Beløb\n01-01-2026;{};100,00\n02-01-2026;Butik;-5,00\n03-01-2026;Leje;-7,00\n", "Primo"),
        ("Päivä;Selite;Määrä\n1.1.2026;{};100,00\n2.1.2026;Kauppa;-5,00\n3.1.2026;Vuokra;-7,00\n", "Alkusaldo"),
        ("Datum;Text;Betrag\n01.01.2026;{};100,00\n02.01.2026;Laden;-5,00\n03.01.2026;Miete;-7,00\n", "Übertrag"),
        ("Date,Text,Amount\n01/01/2026,Shop,100\n02/01/2026,Bar,-5\n03/01/2026,{},95\n", "Balance brought forward"),
        ("Date,Text,Amount\n01/01/2026,Shop,100\n02/01/2026,Bar,-5\n03/01/2026,{},95\n", "Closing balance"),
    ],
)  # fmt: skip
def test_a_balance_is_put_aside_in_every_language(read_one: Any, reasons: Any, text: str, label: str) -> None:
    """An opening balance is money that is there, not money that moved."""
    assert [reason for _, reason in reasons(read_one("t.csv", text.format(label).encode()))] == ["balance_line"]


@pytest.mark.parametrize("name", ["Primo", "Balance Gym", "Report Media", "Übertrag", "Saldo Tech"])
def test_a_payee_of_such_a_name_is_a_payee(read_one: Any, name: str) -> None:
    """Doubtful words are believed at the head and foot of a table only."""
    rows = "".join(f"0{n}/01/2026,{name if n == 4 else 'Shop'},{n}.00\n" for n in range(1, 9))

    assert read_one("t.csv", f"Date,Payee,Amount\n{rows}".encode()).rows.num_rows == 8


@pytest.mark.parametrize(
    ("label", "group"),
    [
        ("Total {}", "Acme"), ("Total for {}", "Acme"), ("Summe {}", "Werkzeug"), ("{} gesamt", "Werkzeug"),
        ("Total général", ""), ("Sous-total", ""), ("Totale {}", "Rossi"), ("Subtotaal", ""), ("Total {}", "Construções"),
        ("Summa {}", "Åkerlund"), ("I alt", ""), ("Yhteensä", ""), ("Zwischensumme", ""), ("Gesamt", ""),
        ("Totaal {}", "Huur"),
    ],
)  # fmt: skip
def test_totals_are_known_in_every_language(read_one: Any, reasons: Any, label: str, group: str) -> None:
    """A heading that a total closes gives its name to the rows between them."""
    heading = f"{group};;\n" if group else ""
    rows = "A1;01/08/2026;5,00\nA2;02/08/2026;6,00\n"

    table = read_one("t.csv", f"Nr;Datum;Betrag\n{heading}{rows}{label.format(group)};;11,00\nA3;03/08/2026;7,00\n".encode())

    assert table.rows["c0"].to_pylist() == ["A1", "A2", "A3"]
    assert [reason for _, reason in reasons(table)] == ["group_line", "total_line"][not group :]
    if group:
        assert table.headers == ("Nr", "Datum", "Betrag", "Group")
        assert table.rows["c3"].to_pylist() == [group, group, None]


def test_a_ledger_grouped_by_account_gives_each_row_its_account(read_one: Any, reasons: Any) -> None:
    """The heading and the total are no rows that could not be read."""
    text = (
        "Account Transactions,,,\nFern Instruments Ltd,,,\n\nDate,Source,Debit,Credit\nBusiness Bank Account,,,\n"
        "02 Sep 2026,Payable Payment,1960.17,\n05 Sep 2026,Receive Money,,4000.00\n"
        "Total Business Bank Account,,1960.17,4000.00\n"
    )

    table = read_one("a.csv", text.encode())

    assert table.rows["c4"].to_pylist() == ["Business Bank Account"] * 2
    assert [reason for _, reason in reasons(table)] == ["group_line", "total_line"]


def test_a_list_of_months_is_grouped_by_its_headings(read_one: Any) -> None:
    """Where the column below holds dates, a first row of one word is a heading, and so are the others."""
    text = "Dato;Tekst;Beløb\nJanuar;;\n01-01-2026;Butik;-5\n02-01-2026;Leje;-7\nFebruar;;\n02-02-2026;Butik;-6\n"

    assert read_one("t.csv", text.encode()).rows["c3"].to_pylist() == ["Januar", "Januar", "Februar"]


def test_no_second_column_where_the_rows_name_their_group(read_one: Any) -> None:
    """The account stands in each row already."""
    text = "Date,Account,Net\nBank,,\n01/01/2026,Bank,1.00\n02/01/2026,Bank,2.00\nTotal Bank,,3.00\n"

    assert read_one("t.csv", text.encode()).headers == ("Date", "Account", "Net")
