"""What equations between amounts say."""

import pyarrow as pa
import pytest

from toolkit.connector import Field
from toolkit.files.interpreted import stream_map
from toolkit.interpret.given_table import GivenTable
from toolkit.interpret.interpretation import Interpretation
from toolkit.interpret.observed import observed
from toolkit.interpret.reading import interpretation
from toolkit.interpret.ties import tied_meanings

NET = ["100,00", "250,00", "80,00", "10,00", "1.000,00", "55,00"]
TAX = ["19,00", "47,50", "15,20", "1,90", "190,00", "10,45"]
GROSS = ["119,00", "297,50", "95,20", "11,90", "1.190,00", "65,45"]
FLAT = ["120,00", "270,00", "100,00", "30,00", "1.020,00", "75,00"]
"""Each net amount and 20,00."""
DAYS = [f"{day:02d}.02.2026" for day in range(1, 7)]


def interpreted(columns: dict[str, list[str]]) -> Interpretation:
    """Return what a table of these columns is."""
    cells = tuple(pa.chunked_array([values], pa.string()) for values in columns.values())
    return interpretation(GivenTable(tuple(columns), cells, 6, delimiter=";"), entity="invoice")


def read(columns: dict[str, list[str]]) -> dict[str, str]:
    """Return the meaning of each column."""
    return {one.header: one.used_as for one in interpreted(columns).columns}


def test_net_tax_and_gross_are_told_by_their_sum() -> None:
    """Whatever stands above them, and in any order."""
    found = read({"Rechnung": [f"R-{n}" for n in range(6)], "Datum": DAYS, "Blup": GROSS, "Blip": NET, "Blap": TAX})

    assert (found["Blip"], found["Blap"], found["Blup"]) == ("amount_net", "tax", "amount_gross")


def test_amounts_that_do_not_add_up_say_nothing_of_each_other() -> None:
    """The same numbers in another order of rows."""
    columns = [pa.chunked_array([values]) for values in (NET, TAX[::-1], GROSS)]

    assert list(tied_meanings(columns, [observed(column) for column in columns])) == []


def test_a_few_rows_prove_no_equation() -> None:
    """Three sums may be chance."""
    columns = [pa.chunked_array([values[:3]]) for values in (NET, TAX, GROSS)]

    assert list(tied_meanings(columns, [observed(column) for column in columns])) == []


@pytest.mark.parametrize("header", ["Amount", "Betrag", "Montant"])
@pytest.mark.parametrize(
    ("parts", "place"),
    [((NET, TAX, GROSS), 2), ((GROSS, NET, TAX), 0), ((NET, ["20,00"] * 6, FLAT), 2), ((FLAT, ["20,00"] * 6, NET), 0)],
)
def test_of_three_columns_that_are_called_the_same_the_sum_is_the_gross(
    header: str, parts: tuple[list[str], ...], place: int
) -> None:
    """Also where the tax follows no rate: what the other two come to together is what the invoice comes to."""
    names = (header, f"{header} (2)", f"{header} (3)")
    given = {"Rechnung": [f"R-{n}" for n in range(6)], "Datum": DAYS, **dict(zip(names, parts, strict=True))}

    found = stream_map(interpreted(given))

    assert found.fields["amount_minor"].headers == (names[place],)
    assert found.fields.get("net_minor", Field((names[parts.index(NET)],))).headers == (names[parts.index(NET)],)
