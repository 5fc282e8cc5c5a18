"""Tax numbers, identifiers, codes, references, amounts and dates compared."""

from types import ModuleType

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.comparisons import amount, date, document_date, identifier, model_number, product_code, reference, tax_id


def level_of(module: ModuleType, kind: str, one: str, other: str) -> int:
    """Return how far two cells agree."""
    comparison = module.COMPARISON
    distinct = comparison.standardised({kind: pa.array([one, other])}).unique()
    ends = np.array([0]), np.array([len(distinct) - 1])
    [level] = comparison.graded(comparison.prepared(distinct, None), *ends)
    return int(level)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("GB 980 7806 84", "980780684", "same number"),
        ("36-1144442", "36-1144443", "one or two characters apart, or one number that fails its check digits"),
        ("GB980780685", "GB980780684", "one or two characters apart, or one number that fails its check digits"),
        ("DE136695976", "CH136695976", "different numbers"),
        ("GB980780685", "GB987708623", "different numbers, alike, one of which fails its check digits"),
        ("GB980780685", "GB413526871", "different numbers"),
        ("36-1144442", "47-2255553", "different numbers"),
    ],
)
def test_tax_numbers_are_weighed_by_country_and_check_digits(one: str, other: str, level: str) -> None:
    """A number that fails its check digits proves less, either way."""
    assert tax_id.LEVELS[level_of(tax_id, "tax_id", one, other) - 1] == level


def test_two_numbers_with_right_check_digits_are_two_however_alike() -> None:
    """Check digits are there to tell a wrong digit."""
    numbers = tax_id.prepared(pa.array(["de 136695976 checked", "de 136695984 checked"]))

    assert tax_id.graded(numbers, np.array([0]), np.array([1])).tolist() == [tax_id.CONFLICT_LEVEL]


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [("AB-123 456", "ab123456", 3), ("AB123456", "AB123465", 2), ("A1", "B2", 1)],
)
def test_identifiers_are_the_same_a_slip_apart_or_different(one: str, other: str, level: int) -> None:
    """Separators are form."""
    assert level_of(identifier, "identifier", one, other) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("1956-04-09", "09/04/1956", "same date"),
        ("1956-04-09", "1956-09-04", "day and month swapped"),
        ("1956-04-09", "1956-04-08", "one digit wrong, two changed places, or a century apart"),
        ("1956-04-09", "2056-04-09", "one digit wrong, two changed places, or a century apart"),
        ("1956-04-09", "1956-04-27", "one part differs"),
        ("1956-04-09", "1957-01-30", "less than a year apart"),
        ("1956-04-09", "1956", "less than a year apart"),
        ("1956-04-09", "1981-11-23", "a generation or more apart"),
        ("1956-04-09", "1961-11-23", "different dates"),
        ("1951-04-09", "1981-04-09", "different dates"),
        ("1980-01-05", "1951-01-05", "different dates"),
        ("1962-07-19", "1991-07-19", "different dates"),
        ("1980-01-05", "1982-01-05", "one digit wrong, two changed places, or a century apart"),
        ("1979-01-05", "1980-01-05", "one part differs"),
    ],
)
def test_birth_dates_that_differ_by_a_slip_are_near(one: str, other: str, level: str) -> None:
    """Each sort of slip has a grade of its own."""
    assert date.LEVELS[level_of(date, "date", one, other) - 1] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("1,190.00", "1190", "equal"),
        ("(250.00)", "250.00", "equal once rounded, or but for the sign"),
        ("1234.56", "1235", "equal once rounded, or but for the sign"),
        ("1000.00", "1190.00", "without and with tax at a usual rate, or less a usual card fee to the cent"),
        ("1234.56", "1198.46", "without and with tax at a usual rate, or less a usual card fee to the cent"),
        ("1234.56", "1243.56", "ten, a hundred or a thousand times as much, or one digit wrong or two changed places"),
        ("12.50", "1250", "ten, a hundred or a thousand times as much, or one digit wrong or two changed places"),
        ("1234.56", "1231.17", "within a hundredth"),
        ("1000.00", "975.50", "less a fee of 1 to 4 %"),
        ("1000.00", "913.00", "within a tenth"),
        ("1000.00", "377.00", "different"),
    ],
)
def test_amounts_tell_taxes_fees_and_slips_from_chance(one: str, other: str, level: str) -> None:
    """What pays an invoice is not always its amount."""
    assert amount.LEVELS[level_of(amount, "amount", one, other) - 1] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("INV-00123456", "invoice 123456", "same number"),
        ("INV-123456", "thanks for 123456 and 123999", "one of several numbers is the same"),
        ("INV-123456", "SO-123456", "same number in another series"),
        ("INV-123456", "INV-987654", "different numbers"),
        ("INV-123456", "INV-123457", "one sign apart, or one ends with the other"),
        ("INV-2024123456", "123456", "one sign apart, or one ends with the other"),
    ],
)
def test_references_are_compared_number_by_number(one: str, other: str, level: str) -> None:
    """A text may quote several, and a series may differ."""
    assert reference.LEVELS[level_of(reference, "reference", one, other) - 1] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("DMC-FX07 K", "dmcfx07k", "same code"),
        ("DMC-FX07", "DMC-FX07K", "one begins with the other, or is written apart"),
        ("DMC-FX07K", "DMC-FX07S", "one series, another member of it, or one sign apart"),
        ("DMC-FX07K", "KDL-40V51", "different codes"),
    ],
)
def test_variants_of_a_product_are_not_the_product(one: str, other: str, level: str) -> None:
    """The same camera in another colour has another code."""
    assert product_code.LEVELS[level_of(product_code, "product_code", one, other) - 1] == level


def test_model_numbers_are_read_from_the_title_and_else_from_the_text() -> None:
    """A text mentions other things too."""
    titles, texts = pa.array(["Lumix DMC-FX07 camera", "Camera"]), pa.array(["better than FX-9000", "Lumix DMC-FX07"])

    assert model_number.standardised({"title": titles, "text": texts}).to_pylist() == ["dmcfx07", "dmcfx07"]


@pytest.mark.parametrize(("other", "level"), [("2026-01-02", 6), ("2026-01-05", 5), ("2026-02-10", 3), ("2027-01-02", 1)])
def test_days_of_documents_are_graded_by_what_lies_between(other: str, level: int) -> None:
    """Whichever of them comes first."""
    assert level_of(document_date, "document_date", "2026-01-02", other) == level
    assert level_of(document_date, "document_date", other, "2026-01-02") == level
