"""What a row stands for, and how the lines of a document state its total."""

import pytest

from tests.unit.interpret.columns import table
from toolkit.interpret.header_words import header_words
from toolkit.interpret.interpretation import Interpretation
from toolkit.interpret.reading import interpretation
from toolkit.interpret.row_kinds import stated_total


def found(text: str, **settings: str) -> Interpretation:
    """Return what a table of the text is."""
    return interpretation(table(text), **settings)  # type: ignore[arg-type]


LINES = """
Invoice No,Customer,Invoice Date,Item,Total
INV-1,Roberts Ltd,2026-03-01,Chair,{0}
INV-1,Roberts Ltd,2026-03-01,Table,{1}
INV-2,Alvarez LLC,2026-03-04,Lamp,{2}
INV-2,Alvarez LLC,2026-03-04,Chair,{3}
INV-3,Nguyen Inc,2026-03-09,Desk,{4}
INV-3,Nguyen Inc,2026-03-09,Shelf,{5}
"""


@pytest.mark.parametrize(
    ("amounts", "total"),
    [
        (("90.00", "90.00", "45.00", "45.00", "70.00", "70.00"), "repeats"),
        (("90.00", "", "45.00", "", "70.00", ""), "first_line"),
        (("30.00", "60.00", "25.00", "20.00", "50.00", "20.00"), "adds_up"),
    ],
)
def test_lines_state_their_total_in_one_of_three_ways(amounts: tuple[str, ...], total: str) -> None:
    """On each line, on the first one only, or as what they come to together."""
    seen = found(LINES.format(*amounts))

    assert (seen.entity, seen.row_is, seen.total) == ("invoice", "line of a document", total)


def test_a_number_that_differs_names_records() -> None:
    """One invoice a row."""
    lines = LINES.format(*["9.50"] * 6).strip().split("\n")
    renumbered = [lines[0], *(f"INV-{place}{line[5:]}" for place, line in enumerate(lines[1:], start=1))]

    seen = found("\n".join(renumbered))

    assert (seen.row_is, seen.total) == ("record", "")


def test_a_customer_who_comes_again_makes_no_lines() -> None:
    """Only the document's own number does."""
    seen = found("""
        Invoice No,Customer,Invoice Date,Total
        INV-1,Roberts Ltd,2026-03-01,12.50
        INV-2,Roberts Ltd,2026-03-04,8.75
        INV-3,Roberts Ltd,2026-03-09,31.20
        INV-4,Alvarez LLC,2026-03-09,5.10
    """)

    assert seen.row_is == "record"


@pytest.mark.parametrize("word", ["Total", "Zwischensumme", "Sous-total"])
def test_a_table_of_totals_is_no_list(word: str) -> None:
    """Counting its rows would count everything twice."""
    seen = found(f"Region,Amount\n{word} north,12.50\n{word} south,8.00\n{word} east,9.75")

    assert seen.row_is == "total"


@pytest.mark.parametrize(
    "header",
    ["Account,Jan 2026,Feb 2026,Mar 2026,Apr 2026", "Konto,Januar,Februar,März,April", "Compte,janvier,février,mars,avril"],
)
def test_months_side_by_side_are_a_report(header: str) -> None:
    """A row of it is no event."""
    seen = found(f"{header}\nRent,10.50,11.00,12.25,13.00\nWages,20.00,21.50,22.00,23.00\nFuel,5.00,6.00,7.00,8.00")

    assert seen.row_is == "report"


@pytest.mark.parametrize("step", [1, -1])
def test_codes_are_no_labels(step: int) -> None:
    """A value "c3" is no column called "c", and "INV-1" to "INV-6" are one word with numbers: a list, in whatever order."""
    cells = [("xq", "Invoice No"), *((f"{letter}{n}", f"INV-{n}") for n, letter in enumerate("abcdef", 1))]
    rows = [row[::step] for row in cells]

    assert found("\n".join(",".join(row) for row in rows)).row_is == "record"


def test_labels_and_answers_are_a_form() -> None:
    """One record at most, standing upright."""
    seen = found("""
        Field,Answer
        Company,Roberts Ltd
        Postcode,LS1 4AP
        Phone,0113 496 0000
        Email,ann@roberts.example
        Amount,120.50
    """)

    assert seen.row_is == "form"


def test_a_document_without_amounts_adds_up() -> None:
    """Nothing else is known of it."""
    given = table("No,Item\n1,a\n1,b")

    assert stated_total(["number", "description"], header_words(given.headers), given.columns, 0) == "adds_up"


@pytest.mark.parametrize(
    ("headers", "total"),
    [
        ("Invoice No,Date,Customer,Description,Net amount", "adds_up"),
        ("Beleg,Belegdatum,Kunde,Text,Positionsbetrag netto", "adds_up"),
        ("Facture,Date,Client,Désignation,Montant HT", "adds_up"),
        ("Invoice No,Date,Customer,Description,Invoice total", "repeats"),
        ("Rechnung,Datum,Kunde,Text,Gesamtbetrag", "repeats"),
    ],
)
def test_one_amount_in_every_row_is_a_total_only_where_its_header_says_so(headers: str, total: str) -> None:
    """Ten invoices of two lines of 100.00 each are 2,000.00; an invoice total of 100.00 counts once."""
    rows = [
        f"R-{100 + place},2026-03-0{1 + place},Oak {place} Ltd,{text},100.00"
        for place in range(8)
        for text in ("Work", "Parts")
    ]

    seen = found("\n".join([headers, *rows]))

    assert (seen.row_is, seen.total) == ("line of a document", total)


def test_an_amount_that_is_called_a_lines_adds_up_though_the_lines_of_each_document_are_alike() -> None:
    """Two shelves of 45.00 each are 90.00."""
    seen = found(LINES.format("90.00", "90.00", "45.00", "45.00", "70.00", "70.00").replace("Total", "Line total"))

    assert (seen.row_is, seen.total) == ("line of a document", "adds_up")
