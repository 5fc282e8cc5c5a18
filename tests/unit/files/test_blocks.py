"""Several tables on one sheet, and single tables that only look like several."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest

INVOICES = [
    ["Invoice No", "Customer", "Invoice Date", "Total"],
    *([f"INV-{n}", f"Customer {'ABCDEFGHIJ'[n - 1]}", f"2026-08-{n:02}", f"{n}00.50"] for n in range(1, 11)),
]
BILLS = [
    ["Bill No", "Supplier", "Bill Date", "Amount"],
    *([f"B-{n}", f"Supplier {'KLMNOPQR'[n - 1]}", f"2026-07-{n:02}", f"90{n}.25"] for n in range(1, 9)),
]
RECHNUNGEN = [["Rechnungsnr.", "Kunde", "Betrag"], *([f"R{n}", f"Kunde {'ABCDE'[n - 1]}", f"{n}0,50"] for n in range(1, 6))]
BELEGE = [["Belegnr.", "Lieferant", "Betrag"], *([f"L{n}", f"Firma {'ABCDE'[n - 1]}", f"{n}1,50"] for n in range(1, 6))]
FACTURES = [
    ["N° facture", "Client", "Date", "Montant"],
    *([f"F{n}", "Client A", f"0{n}/08/2026", f"{n}0,00"] for n in range(1, 4)),
]
AVOIRS = [["N° avoir", "Client", "Montant"], *([f"A{n}", "Client B", f"-{n},00"] for n in range(1, 4))]

Rows = Sequence[Sequence[Any]]


def beside(left: Rows, right: Rows, gap: int = 1, down: int = 0) -> list[list[Any]]:
    """Return two tables side by side, the right one moved down."""
    right = [[""] * len(right[0])] * down + list(right)
    height, width = max(len(left), len(right)), len(left[0])
    pad = [""] * gap
    return [
        [
            *(left[row] if row < len(left) else [""] * width),
            *pad,
            *(right[row] if row < len(right) else [""] * len(right[-1])),
        ]
        for row in range(height)
    ]


def below(*tables: Rows, between: Rows = ([],)) -> list[list[Any]]:
    """Return tables one below the other, with rows between them."""
    rows = list(tables[0])
    for table in tables[1:]:
        rows += [*between, *table]
    return [list(row) for row in rows]


def xlsx(rows: Rows) -> bytes:
    """Return a workbook of one sheet of texts."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([cell or None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(rows: Rows, delimiter: str = ";") -> bytes:
    """Return delimited text, each row as long as it is."""
    return "".join(delimiter.join(row) + "\n" for row in rows).encode()


def padded(rows: Rows) -> list[list[Any]]:
    """Return rows of one length, as a spreadsheet program saves them."""
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def found(tables: Sequence[Any]) -> list[tuple[tuple[str, ...], list[tuple[str | None, ...]]]]:
    """Return headers and rows of each table."""
    return [(table.headers, [tuple(row.values())[1:] for row in table.rows.to_pylist()]) for table in tables]


def expected(*tables: Rows) -> list[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """Return the same of what was written."""
    return [(tuple(table[0]), [tuple(row) for row in table[1:]]) for table in tables]


@pytest.mark.parametrize("name", ["w.xlsx", "w.csv"])
@pytest.mark.parametrize(
    ("left", "right", "place"),
    [(INVOICES, BILLS, (2, 0)), (RECHNUNGEN, BELEGE, (1, 0)), (FACTURES, AVOIRS, (1, 0)), (INVOICES, BILLS, (1, 2))],
)
def test_tables_side_by_side_keep_their_own_rows(
    read: Any, name: str, left: Rows, right: Rows, place: tuple[int, int]
) -> None:
    """A bill never stands in the row of an invoice, though it stands in the same row of the sheet."""
    rows = beside(left, right, *place)

    tables = read(name, xlsx(rows) if name == "w.xlsx" else csv(rows))

    assert found(tables) == expected(left, right)


def test_a_table_of_several_says_where_it_stands(read: Any) -> None:
    """As the spreadsheet program writes places; lines stay rows of the sheet."""
    tables = read("w.xlsx", xlsx(beside(INVOICES, BILLS, 2)))

    assert [table.part for table in tables] == ["Sheet!A1:D11", "Sheet!G1:J9"]
    assert tables[1].rows["line"].to_pylist() == list(range(2, 10))


@pytest.mark.parametrize("name", ["w.xlsx", "padded.csv", "ragged.csv"])
@pytest.mark.parametrize("between", [[[]], [[], ["Credit notes"]], [[], [], ["Avoirs"], []]])
@pytest.mark.parametrize("pair", [(INVOICES, BILLS), (FACTURES, AVOIRS), (AVOIRS, FACTURES), (RECHNUNGEN, INVOICES)])
def test_tables_below_each_other_are_several(read: Any, name: str, between: Rows, pair: tuple[Rows, Rows]) -> None:
    """Whether the second has fewer columns or more, with and without a title of its own."""
    rows = below(*pair, between=between)

    tables = read(name, xlsx(rows) if name == "w.xlsx" else csv(padded(rows) if name == "padded.csv" else rows))

    assert found(tables) == expected(*pair)
    assert all(table.quarantine.num_rows == 0 for table in tables)


def test_the_second_table_of_a_text_says_where_it_stands(read: Any) -> None:
    """Lines are those of the file, and its title is its own."""
    tables = read("w.csv", csv(below(INVOICES, BILLS, between=[[], ["Bills"]])))

    assert [table.part for table in tables] == ["A1:D11", "A13:D22"]
    assert tables[1].preamble == (("Bills",),)
    assert tables[1].rows["line"].to_pylist() == list(range(15, 23))


def test_the_same_header_again_is_one_table(read_one: Any, reasons: Any) -> None:
    """Exports put one below the other, and reports that print the header on each page."""
    rows = below(INVOICES, [INVOICES[0], ["INV-11", "Customer K", "2026-09-01", "1.00"]])

    for name, data in (
        ("w.xlsx", xlsx(rows)),
        ("w.csv", csv(rows)),
        ("x.csv", csv(below(INVOICES, INVOICES[:3], between=[]))),
    ):
        table = read_one(name, data)
        assert table.rows.num_rows in {11, 12}
        assert {reason for _, reason in reasons(table)} == {"repeated_header"}


def test_a_title_above_the_same_header_begins_another_table(read: Any) -> None:
    """Paid and unpaid invoices in one report; a page's own title does not."""
    rows = [["Paid"], *INVOICES[:4], ["Total", "", "", "603.00"], [], ["Unpaid"], [], INVOICES[0], *INVOICES[6:9]]
    pages = [["Invoices"], *INVOICES[:4], [], ["Invoices"], INVOICES[0], *INVOICES[6:9]]

    for name in ("w.xlsx", "w.csv"):
        write = xlsx if name == "w.xlsx" else csv
        paid, unpaid = read(name, write(padded(rows)))
        [whole] = read(name, write(padded(pages)))
        assert (paid.preamble, unpaid.preamble) == ((("Paid",),), (("Unpaid",),))
        assert (paid.rows.num_rows, unpaid.rows.num_rows, whole.rows.num_rows) == (3, 3, 6)
        assert set(whole.quarantine["reason"].to_pylist()) <= {"repeated_header"}


@pytest.mark.parametrize(
    "rows",
    [
        # An empty column in one table.
        [["Name", "City", "", "Phone", "Net"], *([f"N{n}", "Leeds", "", f"0{n}", f"{n}.00"] for n in range(1, 6))],
        # A remark in some rows, behind an empty column.
        [["Name", "Net", "", "By", "On"], *([f"N{n}", "1", "", *(["D", "X"] if n == 3 else ["", ""])] for n in range(1, 8))],
        # Empty lines between groups of rows.
        below(INVOICES, INVOICES[1:4]),
        # A customer without digits.
        [["Name", "City", "Phone", "Fax"], *([f"Firm {name}", "Leeds", "0113", "0114"] for name in "ABCDEFGH"), [],
         ["Bolt Ltd", "York", "unknown", "ask"], ["Cove", "Leeds", "01135", "01145"]],
        # A total with a word for its currency, after an empty line.
        below(INVOICES, [["Total", "", "", "5505.00"]]),
    ],
    ids=["empty column", "remarks", "empty lines", "words for numbers", "total"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["w.xlsx", "w.csv"])
def test_one_table_stays_one(read: Any, name: str, rows: Rows) -> None:
    """Nothing is cut without evidence."""
    rows = padded(rows)

    assert len(read(name, xlsx(rows) if name == "w.xlsx" else csv(rows))) == 1
