"""Telephone numbers."""

import pyarrow as pa
import pytest

from toolkit.values import phone


def test_ways_of_writing_one_number_compare_equal() -> None:
    """Separators, calling code, trunk zero and extension are form."""
    american = ["(415) 555-2671", "+1 415.555.2671", "1-415-555-2671 ext. 12", "4155552671", "001 415 555 2671"]
    british = ["+44 (0)20 7946 0958", "020 7946 0958", "0044 20 7946 0958"]

    assert set(phone.standardised(pa.array(american)).to_pylist()) == {"4155552671"}
    assert set(phone.standardised(pa.array(british), country="GB").to_pylist()) == {"2079460958"}


def test_a_calling_code_without_plus_is_read_with_the_country() -> None:
    """German exports write 49 30 ... without a plus."""
    one, other = phone.standardised(pa.array(["49 30 901820 12", "030 90182012"]), country="DE").to_pylist()

    assert one == other


@pytest.mark.parametrize("value", ["000-000-0000", "999-9999", "n/a", "1234567890", "12", "x"])
def test_a_filler_is_missing(value: str) -> None:
    """Fillers must not make strangers one."""
    assert phone.standardised(pa.array([value])).to_pylist() == [None]


def test_the_numbering_plan_judges() -> None:
    """A number of the right length may still not exist."""
    reasons = phone.judged(["415 555 2671", "115 555 2671", "+49 30 901820", "ask Jo", None], country="US")

    assert reasons == [
        None,
        "No such number exists in the numbering plan of its country.",
        None,
        "There are too few digits in it.",
        None,
    ]


def test_without_a_country_only_the_length_is_judged() -> None:
    """Nothing is held against a number whose plan is unknown."""
    assert phone.judged(["415 555 2671", "123456"]) == [None, "There are too few digits in it."]


def test_of_two_numbers_in_a_cell_the_first_counts() -> None:
    """Ledgers write phone and mobile into one cell."""
    cells = pa.array(
        ["312 555 0101 / 312 555 2222", "Phone: (312) 555-0101 Mobile: 312 555 2222", "312-555-0101; 312-555-2222"]
    )

    assert set(phone.standardised(cells).to_pylist()) == {"3125550101"}


@pytest.mark.parametrize(
    ("value", "country", "international", "digits"),
    [
        ("+49 (0)30 1234567", "DE", "+49301234567", "301234567"),
        ("+44 (0) 20 7946 0958", "GB", "+442079460958", "2079460958"),
        ("0044 (0)20 7946 0958", None, "+442079460958", "2079460958"),
        ("+34 (0)912 345 678", "ES", "+34912345678", "912345678"),
        ("+48 (0)22 123 45 67", "PL", "+48221234567", "221234567"),
        ("Tel. 020 7946 0958", "GB", "+442079460958", "2079460958"),
        ("030 1234567 / 0171 2345678", "DE", "+49301234567", "301234567"),
        ("01 49 54 25 49 ou 06 12 34 56 78", "FR", "+33149542549", "149542549"),
        ("+54 9 11 4321-5678", "AR", "+5491143215678", "1143215678"),
        ("(011) 15-4321-5678", "AR", "+5491143215678", "1143215678"),
        ("+54 11 4321-5678", "AR", "+541143215678", "1143215678"),
        ("+52 1 55 5432 1098", "MX", "+525554321098", "5554321098"),
        ("(415) 555-2671 ext. 12", "US", "+14155552671", "4155552671"),
        ("030/1234567 Durchwahl 12", "DE", "+49301234567", "301234567"),
    ],
)
def test_check_and_comparison_read_a_number_alike(value: str, country: str | None, international: str, digits: str) -> None:
    """What is checked is what is compared: no zero nobody dials, the first of two, no extension."""
    assert phone.judged([value], country=country) == [None]
    assert phone.formatted([value], country=country) == [international]
    assert phone.standardised(pa.array([value]), country=country).to_pylist() == [digits]


def test_each_of_two_numbers_in_a_cell_is_judged() -> None:
    """A right number does not excuse the wrong one beside it."""
    assert phone.judged(["030 1234567; 0171 234"], country="DE") == [
        "No such number exists in the numbering plan of its country."
    ]
