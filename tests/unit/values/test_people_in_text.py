"""People named in file names and free text are found; companies, months and columns' names are not."""

import pytest

from toolkit.values.people_in_text import with_people


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Tracker of Ludwig van der Zande.csv", "Tracker of *.csv"),
        ("exports/Dana_Miller_time_sheet.xlsx", "exports/*_time_sheet.xlsx"),
        ("dana miller.xlsx", "*.xlsx"),
        ("Herr Jürgen Schmidt, Konto", "Herr *, Konto"),
        ("paid to Miller, Dana", "paid to *"),
        ("card of J.R. Ewingham III", "card of *"),
        ("Siobhan O'Sullivan 2026.csv", "* 2026.csv"),
        ("Lunch with María García", "Lunch with *"),
    ],
)
def test_a_person_is_found(text: str, left: str) -> None:
    """Given and family name, initials, or last name first."""
    assert with_people(text, lambda _: "*") == left


@pytest.mark.parametrize(
    "text",
    [
        "All Companies April 2026.csv",
        "Bill Date",
        "Max Amount",
        "Grant Lumber LLC",
        "1,318.32 CAD, Mar 16, 2026",
        "Meridian Fabrics LLC, Mar 6, 2026",
        "USD 250.00, Jan 3",
        "Smith, Barney & Co",
        "Summer Sale Report.xlsx",
        "invoices_mark_paid.csv",
        "Aged Receivables Summary",
        "Value Date, Posting Date",
        "Open orders by customer",
        "The chart of accounts does not list this ledger account.",
    ],
)
def test_what_is_no_person_stays(text: str) -> None:
    """A column, a month, a company: words that are somebody's name elsewhere."""
    assert with_people(text, lambda _: "*") == text
