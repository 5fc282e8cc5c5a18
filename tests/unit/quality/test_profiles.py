"""What the profile of a column says."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.quality import column_profiles
from toolkit.quality.profiles import shape, shape_counts

Make = Callable[..., pa.Table]


def _profile(table: pa.Table, column: str) -> dict[str, Any]:
    key = (table["system"][0].as_py(), table["stream"][0].as_py())
    [row] = [row for row in column_profiles({key: table}).to_pylist() if row["column"] == column]
    return row


def test_fill_counts_blanks_as_empty(records: Make) -> None:
    """A cell of blanks holds nothing."""
    profile = _profile(records("party", [{"name": "A"}, {"name": " "}, {"name": None}, {"name": "A"}]), "name")

    assert (profile["rows"], profile["filled"], profile["fill_share"], profile["distinct"]) == (4, 2, 0.5, 1)


def test_values_and_shapes_come_with_their_counts(records: Make) -> None:
    """The most common come first, equal counts in alphabetical order."""
    numbers = ["INV-1", "INV-2", "INV-2", "x"]

    profile = _profile(records("invoice", [{"number": number} for number in numbers]), "number")

    assert json.loads(profile["top_values"]) == [["INV-2", 2], ["INV-1", 1], ["x", 1]]
    assert json.loads(profile["shapes"]) == [["AAA-9", 3], ["A", 1]]


def test_the_range_of_dates_and_amounts_is_by_value(records: Make) -> None:
    """9 is less than 10, and dates are days."""
    rows = [{"amount_minor": 900, "issued_on": date(2026, 10, 1)}, {"amount_minor": 1_000, "issued_on": date(2026, 9, 30)}]
    table = records("invoice", rows)

    assert (_profile(table, "amount_minor")["minimum"], _profile(table, "amount_minor")["maximum"]) == ("900", "1000")
    assert (_profile(table, "issued_on")["minimum"], _profile(table, "issued_on")["maximum"]) == ("2026-09-30", "2026-10-01")


def test_staleness_is_the_newest_change_among_records_with_a_value(records: Make) -> None:
    """A column that nobody has touched for years shows it."""
    old, new = datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    table = records("party", [{"name": "A", "phone": "1", "updated_at": old}, {"name": "B", "updated_at": new}])

    assert _profile(table, "phone")["newest_at"] == old
    assert _profile(table, "name")["newest_at"] == new


def test_a_column_that_should_be_there_is_profiled_though_empty(records: Make) -> None:
    """Empty columns that matter are shown, others are not."""
    table = records("invoice", [{"number": "1"}])

    columns = column_profiles({("ledger", "invoices"): table})["column"].to_pylist()

    assert "due_on" in columns
    assert "method" not in columns


def test_long_values_are_cut(records: Make) -> None:
    """A cell of ten megabytes does not fill the profile."""
    profile = _profile(records("party", [{"name": "x" * 10_000_000}]), "name")

    assert len(profile["maximum"]) == 80


def test_shapes_of_other_scripts_are_letters_too() -> None:
    """A letter is a letter in every script."""
    assert [shape(text) for text in ("Ärger 7", "東京", "")] == ["A… 9", "AA", ""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("abcd", "AAAA"), ("abcde", "A…"), ("abcdeFG12", "A…99"), ("é1", "A9"), ("a" * 59 + "12", "A…9"), ("a-Z {", "A-A {"),
     ("٣x", "9A"), ("½ km²", "9 AA9"), ("\x00", "\x00")],
)  # fmt: skip
def test_a_shape_has_a_letter_for_letters_and_a_digit_for_digits(text: str, expected: str) -> None:
    """Five letters in a row are cut, and what stands beyond sixty characters; one value does not change another's shape."""
    assert shape(text) == expected


def test_columns_with_and_without_foreign_letters_have_the_same_shapes(records: Make) -> None:
    """A single accent in a column changes nothing for the others."""
    numbers = ["INV-1", "Order 77", "", "abcdef"]

    plain, mixed = (
        dict(json.loads(_profile(records("invoice", [{"number": one} for one in some]), "number")["shapes"]))
        for some in (numbers, [*numbers, "é"])
    )

    assert mixed == {**plain, "A": 1}


def test_five_values_are_shown(records: Make) -> None:
    """The first five by count, then by alphabet, each at most eighty characters long."""
    values = ["e", "d", "c", "b", "a", "a" * 81, "f", "f"]

    shown = json.loads(_profile(records("invoice", [{"number": one} for one in values]), "number")["top_values"])

    assert shown == [["f", 2], ["a", 1], ["a" * 80, 1], ["b", 1], ["c", 1]]


def _classes(records: Make, amounts: list[int]) -> Any:
    histogram = _profile(records("invoice", [{"amount_minor": one} for one in amounts]), "amount_minor")["histogram"]
    return None if histogram is None else json.loads(histogram)


def test_numbers_spread_over_ten_classes_of_one_width(records: Make) -> None:
    """Each with its ends and how many lie in it, the upper end in the last."""
    assert _classes(records, [0, 1, 2, 3, 4, 5, 5, 12]) == [
        [0, 1.2, 2], [1.2, 2.4, 1], [2.4, 3.6, 1], [3.6, 4.8, 1], [4.8, 6.0, 2],
        [6.0, 7.2, 0], [7.2, 8.4, 0], [8.4, 9.6, 0], [9.6, 10.8, 0], [10.8, 12, 1],
    ]  # fmt: skip


def test_days_spread_over_classes_too(records: Make) -> None:
    """From the first to the last, here 20 days."""
    days = [date(2026, 1, 1) + timedelta(days=one) for one in (0, 4, 8, 12, 16, 20)]
    histogram = json.loads(_profile(records("invoice", [{"issued_on": day} for day in days]), "issued_on")["histogram"])

    assert histogram[:2] == [["2026-01-01", "2026-01-03", 1], ["2026-01-03", "2026-01-05", 0]]
    assert histogram[-1] == ["2026-01-19", "2026-01-21", 1]


@pytest.mark.parametrize(("different", "has_classes"), [(5, False), (6, True)])
def test_six_different_values_make_classes(records: Make, different: int, has_classes: bool) -> None:  # noqa: FBT001
    """Of five the most common values say it all."""
    assert (_classes(records, [*range(different), 0, 0]) is not None) is has_classes


@pytest.mark.parametrize(
    ("count", "first", "last"), [(111, [-5000, 10.0], [90.0, 5000]), (90, [-5000, -4000.0], [4000.0, 5000])]
)
def test_a_hundredth_at_each_end_does_not_widen_the_classes(
    records: Make, count: int, first: list[float], last: list[float]
) -> None:
    """One value far out of 111 is in the outer class, which then reaches as far; of 90 it is more than a hundredth."""
    inner = [0, 100, *(10 + n % 80 for n in range(count - 4))]

    found = _classes(records, [-5000, 5000, *inner])

    assert [one[:2] for one in (found[0], found[-1])] == [first, last]
    assert sum(one[2] for one in found) == count


def test_values_that_are_nearly_all_one_have_no_classes(records: Make) -> None:
    """What is left of them within the hundredths at both ends is a single value."""
    assert _classes(records, [*([7] * 1_000), 1, 2, 3, 11, 12, 13]) is None


@given(
    st.lists(st.text(st.sampled_from(["A", "b", "7", "Ä", "中", "٣", "Ⅳ", "-", " ", "…", "\n"]), max_size=64), max_size=8)
)
def test_shapes_of_a_column_are_those_of_its_characters_one_by_one(texts: list[str]) -> None:
    """However many letters follow each other, in this value, at its end, or at the beginning of the next."""

    def sign(letter: str) -> str:
        return "9" if unicodedata.category(letter)[0] == "N" else "A" if letter.isalpha() else letter

    expected = [re.sub("A{5,}", "A…", "".join(map(sign, text[:60]))) for text in texts]

    assert [shape(text) for text in texts] == expected
    different = [*dict.fromkeys(texts)]
    counts = Counter(expected[texts.index(text)] for text in different)
    found = dict(json.loads(shape_counts(pa.array(different, pa.string()), pa.array([1] * len(different), pa.int64()))))
    assert found.items() <= counts.items()
    assert len(found) == min(len(counts), 5)
