"""From a table of text to what it is."""

import pytest

from tests.unit.interpret.columns import column, table
from toolkit.interpret.given_table import GivenTable
from toolkit.interpret.looks import looks_like
from toolkit.interpret.observed import observed
from toolkit.interpret.reading import interpretation, shown_headers

INVOICES = """
Invoice No,Customer,Invoice Date,Total,Status
INV-1,Roberts Ltd,2026-03-01,120.50,Paid
INV-2,Alvarez LLC,2026-03-04,89.00,Open
INV-3,Nguyen Inc,2026-03-09,1300.25,Paid
INV-4,Baker Ltd,2026-03-17,77.10,Cancelled
INV-5,Okafor Ltd,2026-03-22,410.00,Paid
"""


def test_every_reading_says_why() -> None:
    """In words that follow "because"."""
    found = interpretation(table(INVOICES))

    assert found.columns[3].reason.startswith("its header says total, and its values fit")
    assert "invoice" in found.entities[0].reason
    assert all(one.reason for one in found.columns)


def test_samples_are_three_values_cut_short() -> None:
    """Enough to recognise a column by."""
    long = GivenTable(("Note",), (column(*(f"{n}{'x' * 500}" for n in range(5))),), 5)

    assert interpretation(table(INVOICES)).columns[1].samples == ("Roberts Ltd", "Alvarez LLC", "Nguyen Inc")
    assert max(map(len, interpretation(long).columns[0].samples)) <= 60


def test_states_are_listed_with_what_they_stand_for() -> None:
    """To be confirmed."""
    assert interpretation(table(INVOICES)).statuses == {"Paid": "paid", "Open": "open", "Cancelled": "cancelled"}


def test_what_a_person_said_is_sure() -> None:
    """Also where header and values say something else."""
    found = interpretation(table(INVOICES), meanings={"Customer": "note"}, entity="order")

    assert (found.entity, found.entity_certainty) == ("order", "sure")
    assert (found.columns[1].meaning, found.columns[1].certainty, found.columns[1].reason) == (
        "note",
        "sure",
        "a person said so",
    )


def test_what_is_doubtful_is_not_used() -> None:
    """Its best guess is kept for the question."""
    found = interpretation(table(INVOICES.replace("Total", "Email")))

    assert found.columns[3].certainty == "doubtful"
    assert found.columns[3].used_as == "none"
    assert found.column_of("email") is None


def test_names_that_columns_are_shown_by_are_unique() -> None:
    """Also where a header looks like one that was made."""
    assert shown_headers(["A", "A", "", "A"]) == ("A", "A (2)", "column 3", "A (3)")
    taken = shown_headers(["A", "A", "A (2)", "column 5", ""])
    assert len(set(taken)) == 5


def test_rows_of_a_sample_are_counted_apart_from_those_of_the_table() -> None:
    """Both are said."""
    given = table(INVOICES)
    found = interpretation(GivenTable(given.headers, given.columns, 70_000))

    assert (found.rows_seen, found.rows_total) == (5, 70_000)


@pytest.mark.parametrize(
    ("cells", "look"),
    [
        (("2026-03-01", "2026-03-04", "2026-03-09"), "date"),
        (("12.50", "8.00", "9.75"), "money"),
        (("Anna Schmidt", "Bob Stone", "Eva Lind", "Li Wong"), "name"),
        (("AB-1001", "AB-1002", "AB-1003"), "id"),
        (("yes", "no", "yes"), ""),
        ((), ""),
    ],
)
def test_what_looks_like_money_a_date_a_name_or_an_id_is_marked(cells: tuple[str, ...], look: str) -> None:
    """Such a column is never left out without a word."""
    assert looks_like(observed(column(*cells))) == look


def test_cells_that_look_like_formulas_or_pages_stay_text() -> None:
    """A client's text does nothing."""
    found = interpretation(table("Name,Note\nRoberts,=1+1\nStone,<script>x</script>\nLind,{0.__class__}"))

    assert found.columns[1].samples == ("=1+1", "<script>x</script>", "{0.__class__}")


@pytest.mark.parametrize("header", ["Account,Website,Phone", "Konto,Webseite,Telefon", "Compte,Site web,Téléphone"])
def test_accounts_of_a_contact_list_are_companies(header: str) -> None:
    """As those who sell call them; numbers of accounts stay numbers."""
    rest = [f"site{n}.example,0113 496 000{n}" for n in range(3)]
    firms = "\n".join(map(",".join, zip(("Bramble Legal LLP", "Oak GmbH", "Fern SARL"), rest, strict=True)))
    numbers = "\n".join(f"7001234{n},{cells}" for n, cells in enumerate(rest))

    assert interpretation(table(f"{header}\n{firms}")).columns[0].meaning == "company_name"
    assert interpretation(table(f"{header}\n{numbers}")).columns[0].meaning != "company_name"


def test_the_elements_of_a_bank_file_are_headers_too() -> None:
    """Those of OFX: the day, the amount, the id and the currency of a line."""
    text = "TRNTYPE,DTPOSTED,TRNAMT,FITID,NAME,CURDEF\n" + "\n".join(
        f"DEBIT,2026080{n},-{n}1.50,R80{n},Stadtwerke {n},EUR" for n in range(1, 6)
    )
    found = interpretation(table(text))

    assert found.entity == "bank_line"
    assert [one.meaning for one in found.columns[1:4]] == ["posted_on", "amount_gross", "record_id"]
    assert found.locale.currency == "EUR"


def test_a_debit_mark_makes_no_street_of_an_amount() -> None:
    """An amount of "12.00 DR €" is money."""
    rows = "\n".join(
        f"F{n},Firm {n} Ltd,2026-03-0{n},{n}2.00 {mark} €" for n, mark in enumerate(("DR", "CR", "DR", "DR"), 1)
    )
    found = interpretation(table(f"Invoice No,Customer,Date,Amount\n{rows}"))

    assert found.columns[3].used_as == "amount_gross"


def test_a_column_that_a_person_left_out_stays_out() -> None:
    """Also where it is the only one: nothing is read into it from the looks of its values."""
    names = ["Roberts Ltd", "Alvarez LLC", "Nguyen Inc", "Baker Ltd"]
    found = interpretation(table("\n".join(["Customer", *names])), entity="party", meanings={"Customer": "none"})

    assert (found.columns[0].meaning, found.columns[0].certainty) == ("none", "sure")
