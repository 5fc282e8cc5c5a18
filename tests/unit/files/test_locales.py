"""The dates and amounts of a file are read in one way, decided over all its columns."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from tests.unit.files.configured import configured_stream
from toolkit.connector import Field, Stream
from toolkit.files.canonical import CanonicalStream, canonical_stream
from toolkit.files.interpreted import given_table
from toolkit.files.raw import RawTable
from toolkit.interpret.interpretation import SURE
from toolkit.interpret.reading import interpretation
from toolkit.tables import QUARANTINE

FIELDS = {"number": "No", "party_name": "Customer", "amount_minor": "Total", "issued_on": "Date", "due_on": "Due"}
INVOICES = configured_stream("invoices", "invoice", FIELDS, key="No")


def raw(headers: tuple[str, ...], *rows: tuple[str | None, ...], delimiter: str = ",", file: str = "a.csv") -> RawTable:
    cells = {f"c{index}": pa.array([row[index] for row in rows], pa.string()) for index in range(len(headers))}
    lines = pa.table({"line": pa.array(range(2, len(rows) + 2), pa.int64()), **cells})
    return RawTable(file, "", headers, lines, QUARANTINE.empty(), len(rows), 1, delimiter=delimiter)


def read(*tables: RawTable, stream: Stream = INVOICES, **settings: Any) -> CanonicalStream:
    return canonical_stream(tables, stream, system="sys", **settings)


def column(found: CanonicalStream, name: str) -> list[Any]:
    values: list[Any] = found.table()[name].to_pylist()
    return values


@pytest.mark.parametrize(
    ("delimiter", "rows", "days"),
    [
        (
            ";",
            [("P-1", "15.09.2026", "01.09.2026", "1.960,17"), ("P-2", "20.09.2026", "02.09.2026", "250,00")],
            [date(2026, 9, 1), date(2026, 9, 2)],
        ),
        (",", [("P-1", "9/15/2026", "9/1/2026", "1,960.17"), ("P-2", "9/20/2026", "9/2/2026", "250.00")],
         [date(2026, 9, 1), date(2026, 9, 2)]),
        ("\t", [("P-1", "15/09/2026", "01/09/2026", "1 960,17"), ("P-2", "20/09/2026", "02/09/2026", "250,00")],
         [date(2026, 9, 1), date(2026, 9, 2)]),
    ],
)  # fmt: skip
def test_a_date_of_another_column_decides_even_one_the_stream_does_not_use(
    delimiter: str, rows: list[tuple[str, ...]], days: list[date]
) -> None:
    """The pay date proves the order for the invoice date, whatever the country."""
    found = read(raw(("No", "Pay date", "Date", "Total"), *rows, delimiter=delimiter), country="US", currency="EUR")

    assert column(found, "issued_on") == days
    assert column(found, "amount_minor") == [196017, 25000]
    assert found.notes == ()


@pytest.mark.parametrize("rows", [("1.000", "12.500", "950"), ("1.000", "250.000", "3")])
def test_three_digits_behind_points_between_semicolons_are_thousands(rows: tuple[str, ...]) -> None:
    """Nothing of it is assumed: no warning."""
    table = raw(("No", "Total"), *((f"A{place}", text) for place, text in enumerate(rows)), delimiter=";")
    found = read(table, currency="EUR")

    assert column(found, "amount_minor") == [int(text.replace(".", "")) * 100 for text in rows]
    assert found.notes == ()


def test_what_one_file_leaves_open_another_file_of_the_list_tells() -> None:
    """Exports of one system are written alike."""
    early = raw(("No", "Date", "Total"), ("1", "03/04/2026", "1.234"), delimiter="\t")
    late = raw(("No", "Date", "Total"), ("2", "25/04/2026", "12,50"), delimiter="\t", file="b.csv")
    found = read(early, late, country="US", currency="EUR")

    assert column(found, "issued_on") == [date(2026, 4, 3), date(2026, 4, 25)]
    assert column(found, "amount_minor") == [123400, 1250]
    assert found.notes == ()


def test_what_nothing_tells_is_assumed_and_said() -> None:
    """The note names the column and the reason."""
    found = read(raw(("No", "Date", "Total"), ("1", "03/04/2026", "5.00")), country="US", currency="USD")

    assert [(note.code, note.column) for note in found.notes] == [("day_order_assumed", "issued_on")]
    assert "month first" in found.notes[0].text


@pytest.mark.parametrize(
    ("dates", "country", "days"),
    [
        (("24/02/2026", "02/17/2026", "02/03/2026"), "GB", [date(2026, 2, 24), None, date(2026, 3, 2)]),
        (("24/02/2026", "02/17/2026", "02/03/2026"), "US", [None, date(2026, 2, 17), date(2026, 2, 3)]),
        (("24-2-2026", "2-17-2026", "2-3-2026", "2-18-2026"), "GB", [None, *(date(2026, 2, day) for day in (17, 3, 18))]),
    ],
)
def test_a_column_with_both_orders_of_day_and_month_says_so(
    dates: tuple[str, ...], country: str, days: list[date | None]
) -> None:
    """An example of each is named; that no date tells is never said, and what could be either is not called sure."""
    table = raw(("No", "Date", "Total"), *((f"A{place}", text, "5.00") for place, text in enumerate(dates)))
    found = read(table, country=country, currency="GBP")
    understood = interpretation(given_table(table))

    assert column(found, "issued_on") == days
    assert [note.code for note in found.notes] == ["day_orders_mixed", "bad_value"]
    assert f"'Date' has dates of both orders: {dates[0]!r} has its day first, {dates[1]!r}" in found.notes[0].text
    assert "no date" not in found.notes[0].text.lower()
    assert understood.columns[1].certainty != SURE
    assert not understood.locale.is_order_sure
    assert "no date" not in understood.locale.reasons["day_order"]


def test_another_column_of_a_file_whose_dates_have_both_orders_is_not_said_to_have_no_date_that_tells() -> None:
    """The language of the headers decides what is open in it, and the reason names the column that has both."""
    headers = ("Rechnung", "Datum", "Fällig am", "Betrag")
    rows = [("A1", "24/02/2026", "03/04/2026", "5"), ("A2", "02/17/2026", "04/05/2026", "5")]
    fields = {"number": "Rechnung", "issued_on": "Datum", "due_on": "Fällig am"}
    stream = configured_stream("invoices", "invoice", fields, key="Rechnung")
    found = read(raw(headers, *rows), stream=stream, country="US", currency="EUR")

    assert column(found, "due_on") == [date(2026, 4, 3), date(2026, 5, 4)]
    [said] = [note.text for note in found.notes if note.code == "day_order_assumed"]
    assert "others with the month first; the day first, as people write in German" in said


def test_a_person_who_says_which_comes_first_is_obeyed_where_a_column_has_both() -> None:
    """The dates that could be either are then read as the person says."""
    table = raw(("No", "Date", "Total"), ("1", "02/03/2026", "5"), ("2", "24/02/2026", "5"), ("3", "02/17/2026", "5"))
    stream = configured_stream("invoices", "invoice", {"number": "No", "issued_on": "Date"}, key="No")
    found = canonical_stream([table], stream, system="books", country="GB", currency="GBP", day_order="mdy")

    assert column(found, "issued_on") == [date(2026, 2, 3), None, date(2026, 2, 17)]


@pytest.mark.parametrize("header", [("N° facture", "Date de facture", "Montant"), ("Número", "Fecha", "Importe")])
def test_headers_of_another_language_put_the_day_first(header: tuple[str, str, str]) -> None:
    """Where no date tells, and the country is only what nobody has said otherwise: still said to be assumed."""
    stream = configured_stream("invoices", "invoice", {"number": header[0], "issued_on": header[1]}, key=header[0])
    found = read(raw(header, ("1", "03/04/2026", "5.00")), stream=stream, country="US", currency="USD")

    assert column(found, "issued_on") == [date(2026, 4, 3)]
    assert [note.code for note in found.notes] == ["day_order_assumed"]


@pytest.mark.parametrize(
    ("header", "code"), [("Total (€)", "EUR"), ("Total GBP", "GBP"), ("Betrag in EUR", "EUR"), ("Kwota (zł)", "PLN")]
)
def test_the_currency_of_a_header_goes_before_the_settings(header: str, code: str) -> None:
    """A file that says euros is not in dollars."""
    stream = configured_stream("invoices", "invoice", {"number": "No", "amount_minor": header}, key="No")
    found = read(raw(("No", header), ("1", "100,00"), delimiter=";"), stream=stream, currency="USD")

    assert (column(found, "currency"), column(found, "amount_minor")) == ([code], [10000])


@pytest.mark.parametrize(
    ("preamble", "code"),
    [
        ((("Currency:", "GBP"),), "GBP"),
        ((("Währung: EUR",), ("Konto 12",)), "EUR"),
        ((("All amounts in CHF",),), "CHF"),
        ((("Rates of USD and EUR",), ("USD",), ("EUR",)), "SEK"),
    ],
)
def test_the_lines_above_a_table_name_the_currency_of_its_amounts(preamble: tuple[tuple[str, ...], ...], code: str) -> None:
    """Banks and ledgers say it once; where two are named, the settings hold."""
    table = replace(raw(("No", "Total"), ("1", "5.00")), preamble=preamble)

    assert column(read(table, currency="SEK"), "currency") == [code]


def test_the_header_of_one_column_serves_the_others() -> None:
    """Beside "Net (EUR)" a "Total" is in euros, too."""
    found = read(raw(("No", "Net (EUR)", "Total"), ("1", "5.00", "6.00")), currency="USD")

    assert column(found, "currency") == ["EUR"]


def test_a_sign_that_contradicts_the_settings_leaves_the_currency_unknown_and_says_so() -> None:
    """Rupees are no dollars, and which rupees nobody says."""
    found = read(raw(("No", "Total"), ("1", "Rs. 10.50"), ("2", "Rs. 1,234.00")), currency="USD")

    assert (column(found, "amount_minor"), column(found, "currency")) == ([1050, 123400], [None, None])
    assert [(note.code, note.count) for note in found.notes] == [("currency_unknown", 2)]
    assert column(read(raw(("No", "Total"), ("1", "Rs. 10.50")), currency="USD", country="IN"), "currency") == ["INR"]


def test_serial_numbers_of_a_spreadsheet_are_dates() -> None:
    """46234 is 31 July 2026."""
    found = read(raw(("No", "Date", "Total"), ("1", "46234", "5.00"), ("2", "46235", "5.00")), currency="USD")

    assert column(found, "issued_on") == [date(2026, 7, 31), date(2026, 8, 1)]


def test_pending_lines_stay_undated_and_the_dated_ones_dated() -> None:
    """Two of five lines are pending: the column is used, and the note says how many are not dated."""
    stream = configured_stream("lines", "bank_line", {"posted_on": "Date", "description": "Text", "amount_minor": "Amount"})
    found = read(
        raw(
            ("Date", "Text", "Amount"),
            ("PENDING - 09/29/2026", "COFFEE HUT", "- $7.25"),
            ("PENDING - 09/28/2026", "FUEL STOP", "- $41.00"),
            ("09/26/2026", "LARKMOOR TOOLS PAYMENT", "+ $1500.00"),
            ("09/25/2026", "PAINT STORE", "- $900.23"),
            ("09/24/2026", "OFFICE CHAIRS", "- $310.40"),
        ),
        stream=stream,
        currency="USD",
    )

    assert column(found, "posted_on") == [None, None, date(2026, 9, 26), date(2026, 9, 25), date(2026, 9, 24)]
    assert column(found, "amount_minor") == [-725, -4100, 150000, -90023, -31040]
    assert [(note.code, note.count) for note in found.notes] == [("bad_value", 2)]


@pytest.mark.parametrize("cells", [("1.91431E+18", "1.91431E+18"), ("4.00638E+12", "4.01638E+12"), ("1,9E+15", "1,8E+15")])
def test_ids_that_a_spreadsheet_destroyed_are_named_in_any_column(cells: tuple[str, ...]) -> None:
    """They name no record any more, key or not."""
    table = raw(("Order ID", "No", "Total"), *((text, str(place), "5.00") for place, text in enumerate(cells)))
    found = read(table, currency="USD")

    assert [(note.code, note.column, note.count) for note in found.notes] == [("damaged_id", "Order ID", 2)]


@pytest.mark.parametrize("cell", ["1000.000000000", "1000.0", "1000.00"])
def test_ids_with_decimals_of_a_number_type_are_whole(cell: str) -> None:
    """A number type has added what says nothing; the raw row keeps the cell as it was sent."""
    found = read(raw(("No", "Total"), (cell, "5.50")), currency="USD")

    assert (column(found, "record_id"), column(found, "number")) == (["1000"], ["1000"])
    assert cell in column(found, "raw")[0]


def test_ids_with_thousands_keep_their_point() -> None:
    """1.000 may be a thousand."""
    assert column(read(raw(("No", "Total"), ("1.000", "5.50")), currency="USD"), "number") == ["1.000"]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NV", "#N/D", "#WERT!"])
def test_the_error_of_a_formula_is_no_empty_cell(error: str) -> None:
    """The row is put aside and the note says what stood there; an empty cell is only empty."""
    found = read(raw(("No", "Total"), ("1", error), ("2", "5.00"), ("3", None)), currency="USD")

    assert column(found, "amount_minor") == [500, None]
    assert found.quarantine["reason"].to_pylist() == ["bad_value"]
    assert [note.code for note in found.notes] == ["error_cell", "bad_value"]
    assert error in found.notes[0].text


@pytest.mark.parametrize(
    ("debits", "credited"),
    [
        (["1,960.17", "9,366.95", None], [None, None, "4,000.00"]),
        (["-1,960.17", "-9,366.95", None], [None, None, "4,000.00"]),
        (["1,960.17", "9,366.95", "0.00"], ["0.00", "0.00", "4,000.00"]),
        (["-1.960,17", "-9.366,95", None], [None, None, "-4.000,00"]),
    ],
)
def test_debit_and_credit_are_one_signed_amount_whatever_sign_they_carry(
    debits: list[str | None], credited: list[str | None]
) -> None:
    """Money out is below zero, money in above."""
    field = Field(("Credit",), minus=("Debit",))
    stream = Stream(
        "lines", "bank_line", {"description": Field(("Text",)), "amount_minor": field}, identifying=("description",)
    )
    rows = [(str(place), *pair) for place, pair in enumerate(zip(debits, credited, strict=True))]
    found = read(raw(("Text", "Debit", "Credit"), *rows), stream=stream, currency="USD")

    assert column(found, "amount_minor") == [-196017, -936695, 400000]


def test_what_is_open_is_subtracted_with_its_sign() -> None:
    """A total less its open balance is no pair of sides: both are filled in the same rows."""
    stream = Stream(
        "invoices", "invoice", {"number": Field(("No",)), "paid_minor": Field(("Total",), minus=("Open",))}, key=("No",)
    )
    rows = [("1", "100.00", "20.00"), ("2", "50.00", "0.00"), ("3", "-30.00", "-10.00")]

    assert column(read(raw(("No", "Total", "Open"), *rows), stream=stream, currency="USD"), "paid_minor") == [
        8000,
        5000,
        -2000,
    ]


NET = configured_stream(
    "invoices", "invoice", {"number": "No", "net_minor": "Net", "tax_minor": "VAT", "amount_minor": "Gross"}, key="No"
)


def test_net_alone_is_no_gross_amount_and_keeps_its_row() -> None:
    """Figures never mix net and gross: the amount stays empty, the net has its own column."""
    stream = configured_stream("invoices", "invoice", {"number": "No", "net_minor": "Net"}, key="No")
    found = read(raw(("No", "Net"), ("1", "100.00"), ("2", "ten")), stream=stream, currency="EUR")

    assert (column(found, "net_minor"), column(found, "amount_minor")) == ([10000], [None])
    assert column(found, "currency") == ["EUR"]
    assert found.quarantine["reason"].to_pylist() == ["bad_value"]


def test_net_and_tax_make_the_gross_amount() -> None:
    """Where both are known, gross is their sum; a stated gross stays what it is."""
    table = raw(
        ("No", "Net", "VAT", "Gross"),
        ("1", "100.00", "19.00", None),
        ("2", "50.00", None, None),
        ("3", "10.00", "1.90", "11.91"),
    )
    found = read(table, stream=NET, currency="EUR")

    assert column(found, "amount_minor") == [11900, None, 1191]
    assert column(found, "net_minor") == [10000, 5000, 1000]


def test_an_offset_beside_a_time_is_kept_for_the_day_of_the_document() -> None:
    """An order of half past ten in the evening at -0500 is of that day; its instant is the same as ever."""
    stream = configured_stream("orders", "order", {"number": "No", "created_at": "Created"}, key="No")
    found = read(raw(("No", "Created"), ("1", "2026-08-02 22:30:00 -0500"), ("2", "2026-08-02 22:30:00")), stream=stream)

    assert column(found, "created_at")[0] == datetime(2026, 8, 3, 3, 30, tzinfo=UTC)
    assert column(found, "offset_minutes") == [-300, None]
