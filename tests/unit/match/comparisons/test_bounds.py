"""Where each grade begins and ends: values just under, at and just over its bound."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.comparison import Comparison, WordCounts
from toolkit.match.comparisons import amount, category, date, document_date, identifier, phone, product_code, reference, text
from toolkit.match.comparisons.email import COMPARISON as EMAIL
from toolkit.match.comparisons.location import COMPARISON as LOCATION

Place = tuple[str | None, str | None, str | None, str | None]


def grade(comparison: Comparison, **cells: tuple[str | None, str | None]) -> int:
    """Return the level of two records, whichever stands first."""
    texts = comparison.standardised({kind: pa.array(pair, pa.string()) for kind, pair in cells.items()}).unique()
    prepared = comparison.prepared(texts, None)
    last = len(texts) - 1
    one, other = comparison.graded(prepared, np.array([0, last]), np.array([last, 0])).tolist()
    assert one == other
    return int(one)


AMOUNTS = {
    "less than a tenth off": [("1000.00", "900.00", 2), ("1000.00", "899.99", 1), ("1000.00", "959.49", 2)],
    "a fee of 4 % and half a unit": [("1000.00", "959.50", 3), ("1000.00", "989.99", 3), ("0.90", "0.46", 3)],
    "a fee is less than half": [("1.00", "0.60", 3), ("1.00", "0.51", 3), ("1.00", "0.50", 1), ("0.90", "0.45", 1)],
    "within a hundredth": [("1000.00", "990.00", 4), ("1000.00", "990.01", 4), ("100.51", "100.00", 4)],
    "up to three places moved": [("1234.00", "1.23", 1), ("7654321.00", "7654.32", 1), ("7654000.00", "7654.00", 5),
                                 ("7654000.00", "765.40", 1), ("1234.00", "12.34", 5), ("1234.00", "123.40", 5)],
    "two digits that tell": [("1200", "120", 5), ("1000", "100", 1), ("1100", "110", 5)],
    "four digits for a slip": [("12.34", "12.43", 5), ("123.40", "124.30", 5), ("12.30", "13.20", 3), ("12.35", "21.35", 5)],
    "taxed from five on": [("5.00", "5.95", 6), ("4.99", "5.94", 1), ("4.90", "5.83", 1)],
    "tax to within a cent": [("1000.00", "1190.01", 6), ("1000.00", "1190.02", 1), ("1000.00", "1189.99", 6),
                             ("1000.00", "1189.98", 1)],
    "rates from 3 to 27 %": [("1000.00", "1030.00", 6), ("1000.00", "1029.98", 3), ("1000.00", "1270.00", 6),
                             ("1000.00", "1270.02", 1), ("1000.00", "1280.00", 1), ("1000.00", "1077.00", 6)],
    "a card fee to the cent": [("1234.56", "1198.46", 6), ("1234.56", "1198.45", 3), ("1234.56", "1198.47", 3),
                               ("5.00", "4.56", 6), ("5.00", "4.57", 3), ("5.00", "4.55", 3), ("4.99", "4.55", 3)],
    "rounded to whole units from a hundred on": [("100.50", "100.00", 7), ("100.51", "100.00", 4), ("99.60", "99.00", 4),
                                                 ("99.49", "99.00", 4), ("100.00", "100.49", 7)],
    "equal in whole cents": [("12.344", "12.340", 7), ("12.344", "12.345", 4), ("0.004", "0", 7)],
    "but for the sign": [("0", "0.00", 8), ("-7.50", "7.50", 7), ("-7.50", "-7.50", 8)],
}  # fmt: skip


@pytest.mark.parametrize(("one", "other", "level"), [one for rows in AMOUNTS.values() for one in rows])
def test_an_amount_is_graded_up_to_the_bound_of_its_rule(one: str, other: str, level: int) -> None:
    """A cent more and it is another grade."""
    assert grade(amount.COMPARISON, amount=(one, other)) == level


@pytest.mark.parametrize(
    ("share", "fixed"),
    [
        (0.029, 30), (0.029, 25), (0.034, 30), (0.0349, 49), (0.0299, 49), (0.026, 10), (0.026, 15), (0.0275, 0),
        (0.015, 20), (0.015, 25), (0.025, 20), (0.025, 25), (0.014, 20), (0.014, 25), (0.012, 30), (0.017, 30),
        (0.0175, 30), (0.033, 30),
    ],
)  # fmt: skip
def test_each_usual_card_fee_is_found_to_the_cent(share: float, fixed: int) -> None:
    """Of 845.67, as the provider pays it out."""
    paid = 84_567 - round(84_567 * share + fixed)

    assert grade(amount.COMPARISON, amount=("845.67", f"{paid / 100:.2f}")) == 6


@pytest.mark.parametrize(
    "percent", [3, 4, 5, 5.5, 6, 7, 7.7, 8, 8.1, 9, 9.5, 10, 12, 13, 13.5, 14, *range(15, 26), 25.5, 26, 27]
)
def test_each_usual_tax_rate_is_found(percent: float) -> None:
    """Of 7,000.00, which no other rule explains."""
    assert grade(amount.COMPARISON, amount=("7000.00", f"{7000 * (1 + percent / 100):.2f}")) == 6


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("1956-11-09", "1957-11-30", 3), ("1956-11-09", "1957-12-30", 2), ("1956-12-09", "1957-12-31", 3),
        ("1957-01-09", "1956-01-30", 3), ("1957-01-09", "1955-12-30", 2), ("1956-04", "1956-05", 3), ("1956", "1957", 2),
        ("1980-01-05", "1993-01-05", 4), ("1980-01-05", "1994-01-05", 2), ("1956-04", "1956-04-09", 4),
        ("1956-04-09", "1956-04-10", 4), ("1956-04-09", "1956-04-19", 5), ("1876-04-09", "1976-04-09", 5),
        ("1956-04-09", "1956-09-04", 6), ("1956-04-09", "1957-09-04", 2), ("1956-04-04", "1956-04-04", 7),
        ("1956-04", "1956-04", 7), ("1956", "1956", 7), ("1956-04-09", "1970-05-10", 1), ("1956-04-09", "1969-05-10", 2),
        ("1951-04-09", "1981-04-09", 2), ("1938-04-09", "1983-04-09", 2), ("1956", "1970", 1),
    ],
)  # fmt: skip
def test_a_date_is_graded_up_to_the_bound_of_its_rule(one: str, other: str, level: int) -> None:
    """Twelve months are less than a year apart, fourteen years a generation."""
    written = pa.array(["1956-12-24", one, other])
    texts = date.COMPARISON.standardised({"date": written})
    left, right = (np.array([texts.unique().index(text).as_py()]) for text in texts[1:])

    assert date.COMPARISON.graded(date.COMPARISON.prepared(texts.unique(), None), left, right).tolist() == [level]


@pytest.mark.parametrize(
    ("day", "level"),
    [
        ("2026-01-02", 6), ("2026-01-03", 5), ("2026-01-05", 5), ("2026-01-06", 4), ("2026-01-12", 4), ("2026-01-13", 3),
        ("2026-02-16", 3), ("2026-02-17", 2), ("2026-05-03", 2), ("2026-05-04", 1),
    ],
)  # fmt: skip
def test_days_of_documents_are_graded_up_to_a_whole_day(day: str, level: int) -> None:
    """Three days, ten, 45 and 121."""
    assert grade(document_date.COMPARISON, document_date=("2026-01-02", day)) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("AB1234", "AB1239", 2), ("AB1234", "AB1299", 1), ("AB12345", "AB12399", 2), ("AB12345", "AB12999", 1),
        ("AB12345", "AB1234567", 2), ("AB12345", "AB12345678", 1), ("AB1234", "AB12345", 2), ("AB1234", "AB123456", 1),
    ],
)  # fmt: skip
def test_an_identifier_may_have_two_wrong_signs_from_seven_on(one: str, other: str, level: int) -> None:
    """A short one has one at most."""
    assert grade(identifier.COMPARISON, identifier=(one, other)) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("12345", "12346", 2), ("1234", "1235", 1), ("12345", "123456", 2), ("12345", "1234567", 1), ("12345", "12543", 1),
        ("20241234", "1234", 2), ("2024123", "123", 1), ("INV-12345", "SO-12346", 1), ("INV-12345", "SO-12345", 3),
        ("INV-12345", "12345", 5), ("12345", "12345 and 99999", 4), ("12345 and 77777", "99999 and 12345", 4),
        ("12345 and 99999", "99999 and 12345", 4), ("12345", "12347 and 99999", 2),
    ],
)  # fmt: skip
def test_a_reference_is_near_from_so_many_signs_on(one: str, other: str, level: int) -> None:
    """Five for a slip, four for an ending."""
    assert grade(reference.COMPARISON, reference=(one, other)) == level


def test_a_short_reference_needs_another_fact_to_find_anybody() -> None:
    """Three signs are everywhere; four suffice."""
    values = reference.COMPARISON.prepared(reference.COMPARISON.standardised({"reference": pa.array(["123", "1234"])}), None)

    assert reference.COMPARISON.narrow(values).value.tolist() == [1]
    assert reference.COMPARISON.broad(values).value.tolist() == [0]


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("AB1", "AB2", 2), ("AB12", "AB13", 1), ("ABC1", "ABC1D", 4), ("AC1", "AC1D", 2), ("ABCD12", "ABCD34", 1),
        ("ABCDEF1234", "ABCDEF9999", 1), ("ABCDE12345", "ABCDE99999", 2), ("AB1234", "CB1234", 1), ("AB1234", "AC1234", 1),
        ("ABX1234", "CBY1234", 2), ("ABX1234", "CB1234", 2), ("AB1234", "XAB1234", 1), ("AB1234", "XYAB1234", 2),
        ("DMCFX07", "DMCFX077", 4), ("DMCFX07", "DMCFX0788", 4), ("DMCF1", "DMCF12345", 2),
    ],
)  # fmt: skip
def test_a_product_code_is_of_a_series_from_a_share_on(one: str, other: str, level: int) -> None:
    """Four signs at least, and six in ten of the longer code."""
    assert grade(product_code.COMPARISON, product_code=(one, other)) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("415 555 2671", "415 555 2699", 2), ("415 555 2671", "415 556 2671", 3), ("415 555 2671", "312 555 2671", 1),
        ("555 2671", "555 2617", 3), ("555 2671", "555 1111", 2), ("555 2671", "556 1111", 1),
        ("415 555 2671", "556 2671", 1), ("555267", "415555267", 1), ("555267", "555267", 4),
        ("+49 89 1234567", "+49 89 123456", 1),
    ],
)  # fmt: skip
def test_a_telephone_is_local_up_to_seven_digits(one: str, other: str, level: int) -> None:
    """The line is four digits, the exchange three before it."""
    assert grade(phone.COMPARISON, phone=(one, other)) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("joe@acme.com", "joe@bolt.com", 1), ("joeb@acme.com", "joeb@bolt.com", 3), ("joeb@acme.com", "joebx@acme.com", 4),
        ("joe@acme.com", "joex@acme.com", 2), ("jobell@acme.com", "jobellxy@acme.com", 2),
        ("jobell@acme.com", "jobexx@acme.com", 2), ("jobell@acme.com", "jobelx@acme.com", 4),
        ("jobell@acme.com", "jobell@acmexy.com", 3), ("jobell@acme.com", "jobell@acmex.com", 4),
        ("info@acme.com", "infos@acme.com", 2), ("info@acme.com", "sales@acme.com", 2), ("info@acme.com", "info@acme.de", 1),
    ],
)  # fmt: skip
def test_a_mailbox_tells_from_four_letters_on(one: str, other: str, level: int) -> None:
    """And one slip is as much as may be between two of one company."""
    assert grade(EMAIL, email=(one, other)) == level


HOME: Place = ("12 Main St, Suite 4", "Chicago", "IL", "60612")
SOUTH: Place = ("120 Main St", None, None, "4711")

PLACES = [
    # House numbers: ten apart, or a slip of at least three signs.
    (HOME, ("22 Main St", "Chicago", "IL", "60612"), 7), (HOME, ("23 Main St", "Chicago", "IL", "60612"), 6),
    (HOME, ("2 Main St", "Chicago", "IL", "60612"), 7), (HOME, ("1 Main St", "Chicago", "IL", "60612"), 6),
    (HOME, ("92 Main St", "Chicago", "IL", "60612"), 6), (SOUTH, ("130 Main St", None, None, "4711"), 7),
    (SOUTH, ("131 Main St", None, None, "4711"), 6), (SOUTH, ("150 Main St", None, None, "4711"), 7),
    (SOUTH, ("210 Main St", None, None, "4711"), 7), (SOUTH, ("1200 Main St", None, None, "4711"), 7),
    # Type and direction of a street contradict, or say nothing where one side lacks them.
    (HOME, ("12 Main Ave", "Chicago", "IL", "60612"), 7), (HOME, ("12 N Main St", "Chicago", "IL", "60612"), 11),
    (HOME, ("12 Main Ave", "Austin", "TX", "73301"), 6), (HOME, ("14 Main St", "Austin", "TX", "73301"), 1),
    # Without a number, the area decides.
    (HOME, ("Main St", "Chicago", "IL", "60612"), 7), (HOME, ("Main St", "Chicago", "IL", "60613"), 7),
    (HOME, ("Main St", "Chicago", "IL", "60699"), 6), (HOME, ("Main St", None, None, None), 6),
    # Another street.
    (HOME, ("12 Oak St", "Chicago", "IL", "60612"), 6), (HOME, ("14 Oak St", "Chicago", "IL", "60612"), 2),
    (HOME, ("12 Oak St", "Austin", "TX", "73301"), 1),
    # Town and postcode.
    (HOME, ("12 Main St", "Chicago", "IL", "60613"), 10), (HOME, ("12 Main St", "Chicago", "IL", "60699"), 10),
    (HOME, ("12 Main St", "Chicgo", "IL", "60612"), 11), (HOME, ("12 Main St", "Austin", None, "60613"), 11),
    (HOME, ("12 Main St", "Austin", "TX", "60612"), 11), (HOME, ("12 Main St", "Austin", "TX", "60699"), 9),
    # No street.
    (HOME, (None, None, None, "60612"), 5), (HOME, (None, "Austin", None, "60613"), 3), (HOME, (None, None, "IL", None), 4),
    (HOME, (None, None, "IN", None), 1), (HOME, (None, "Boston", "IL", None), 1),
    (HOME, (None, "Chicago", "IL", "60699"), 4), (SOUTH, (None, None, None, "4712"), 3),
    (SOUTH, (None, None, None, "4721"), 3), (SOUTH, (None, None, None, "4799"), 1),
    ((None, None, None, "4711"), (None, None, None, "471"), 1), ((None, None, None, "471"), (None, None, None, "472"), 1),
    # A region is a code up to three letters; names are of a county here and of a state there.
    ((None, "Springfield", "IL", None), (None, "Springfield", "MO", None), 1),
    ((None, "Springfield", "NSW", None), (None, "Springfield", "VIC", None), 1),
    ((None, "Springfield", "Kent", None), (None, "Springfield", "Avon", None), 4),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "level"), PLACES)
def test_a_place_is_graded_up_to_the_bound_of_its_rule(one: Place, other: Place, level: int) -> None:
    """House numbers ten apart, postcodes one sign apart, and what the area says where a part is missing."""
    kinds = ("street", "city", "region", "postcode")

    assert grade(LOCATION, **dict(zip(kinds, zip(one, other, strict=True), strict=True))) == level


@pytest.mark.parametrize(
    ("common", "level"),
    [(0, 1), (2, 1), (3, 2), (8, 2), (9, 3), (14, 3), (15, 4), (19, 4), (20, 5)],
)
def test_texts_are_graded_by_their_share_of_words_in_common(common: int, level: int) -> None:
    """Of twenty different words that all tell the same: fifteen, 45 and 75 in a hundred are bounds, and all but none."""
    words = [f"w{number}" for number in range(20)]
    one, other = " ".join(words[: 10 + common // 2]), " ".join(words[10 - (common + 1) // 2 :])
    none = np.zeros(0, dtype=np.uint64)

    prepared = text.prepared(pa.array([one, other]), WordCounts(none, none.astype(np.int64), 8))

    assert text.graded(prepared, np.array([0, 1]), np.array([1, 0])).tolist() == [level, level]


def test_texts_without_a_word_are_different() -> None:
    """Nothing divided by nothing is no agreement."""
    prepared = text.prepared(pa.array(["", "red"]), None)

    assert text.graded(prepared, np.array([0, 0]), np.array([1, 0])).tolist() == [1, 1]


def test_a_category_is_the_same_or_another() -> None:
    """However it is written."""
    assert grade(category.COMPARISON, category=("Wholesale", "wholesale ")) == 3
    assert grade(category.COMPARISON, category=("wholesale", "retail")) == 1
