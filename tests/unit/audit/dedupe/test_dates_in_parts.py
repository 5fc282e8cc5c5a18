"""Year, month and day of birth in three columns are compared as the one date that they are."""

import pyarrow as pa
import pytest

from toolkit.audit.dedupe.dates_in_parts import date_parts, joined_date
from toolkit.audit.dedupe.matched_tables import matched_tables

YEARS = [str(1930 + 7 * place % 71) for place in range(60)]
MONTHS = [str(1 + place % 12) for place in range(60)]
DAYS = [str(1 + 5 * place % 31) for place in range(60)]
GIVEN = ["Ida", "Jon", "Eva", "Per", "Ana", "Max", "Lea", "Tom", "Kai", "Mia"]
FAMILY = ["Vance", "Holm", "Sorel", "Quint", "Marsh", "Tully"]


def people(headers: tuple[str, str, str], *cells: list[str]) -> pa.Table:
    """Return sixty persons, each with a name of its own, and three more columns."""
    return pa.table(
        {
            "id": [f"p{place}" for place in range(60)],
            "First name": [GIVEN[place % 10] for place in range(60)],
            "Last name": [FAMILY[place // 10] for place in range(60)],
            **dict(zip(headers, cells, strict=True)),
        }
    )


@pytest.mark.parametrize(
    ("headers", "order"),
    [
        (("by", "bm", "bd"), "ymd"),
        (("Birth year", "Birth month", "Birth day"), "ymd"),
        (("birth_month", "birth_day", "birth_year"), "mdy"),
        (("Geburtstag", "Geburtsmonat", "Geburtsjahr"), "dmy"),
        (("Geb. Tag", "Geb. Monat", "Geb. Jahr"), "dmy"),
        (("Created year", "Created month", "Created day"), ""),
        (("a", "b", "c"), ""),
    ],
)
def test_three_columns_are_a_date_by_headers_and_values(headers: tuple[str, str, str], order: str) -> None:
    """Whatever their order; not where the headers tell nothing, or say when a record was made."""
    cells = {"y": YEARS, "m": MONTHS, "d": DAYS}
    table = people(headers, *(cells[part] for part in order or "ymd"))

    assert date_parts(table) == (tuple(headers[order.index(part)] for part in "ymd") if order else None)


def test_years_of_a_few_business_years_are_no_births() -> None:
    """Year, month and day of an order lie within a handful of years."""
    table = people(("Year", "Month", "Day"), [str(2021 + place % 5) for place in range(60)], MONTHS, DAYS)

    assert date_parts(table) is None


def test_a_slip_in_a_hundred_does_not_hide_the_date_and_a_missing_month_ends_it_early() -> None:
    """A month 77 is a slip; a date is told as far as its parts are."""
    table = people(("by", "bm", "bd"), YEARS, ["77", *MONTHS[1:]], ["", *DAYS[1:]])

    assert date_parts(table) == ("by", "bm", "bd")
    assert joined_date(table, ("by", "bm", "bd")).to_pylist()[:2] == ["1930-77", "1937-02-06"]


def test_persons_of_one_name_born_on_other_days_are_two_and_one_whose_name_slips_is_one() -> None:
    """Each of the sixty stands twice, the second time with a letter more; five namesakes are born on another day."""
    table = people(("by", "bm", "bd"), YEARS, MONTHS, DAYS)
    slipped = table.set_column(0, "id", pa.array([f"q{place}" for place in range(60)])).set_column(
        2, "Last name", pa.array([f"{name}e" for name in table["Last name"].to_pylist()])
    )
    rows = table.slice(0, 5)
    others = rows.set_column(0, "id", pa.array([f"n{place}" for place in range(5)])).set_column(
        4, "bm", pa.array(["11", "12", "9", "10", "1"])
    )
    others = others.set_column(3, "by", pa.array(["1990", "1946", "1958", "2001", "1975"]))

    found = matched_tables({"people": pa.concat_tables([table, slipped, others])})

    groups: dict[str, set[str]] = {}
    for row in found.clusters.to_pylist():
        groups.setdefault(row["cluster_id"], set()).add(row["record_id"])
    assert found.kinds["by, bm, bd"] == ("date", "Year, month and day of one date of birth.")
    assert found.kinds["bm"][0] == "none"
    together = sum({f"p{place}", f"q{place}"} <= group for place in range(60) for group in groups.values())
    assert together >= 57
    assert all({f"n{place}"} == group for place in range(5) for group in groups.values() if f"n{place}" in group)


def test_a_kind_that_a_person_tells_goes_first() -> None:
    """Who names one of the three as a category has them left apart."""
    table = people(("by", "bm", "bd"), YEARS, MONTHS, DAYS)

    found = matched_tables({"people": table}, kinds={"by": "year"})

    assert "by, bm, bd" not in found.kinds
    assert found.kinds["by"][0] == "year"
