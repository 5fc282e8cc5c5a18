"""Titles, sizes, colours, prices, years and makers of things compared."""

from types import ModuleType

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.comparisons import category, colour, measure, model_number, people, price, title, year
from toolkit.match.records.profiles import profiles_of


def words_of_level(module: ModuleType, kind: str, one: str, other: str) -> str:
    """Return how far two cells agree, in words; the order of the two makes no difference."""
    comparison = module.COMPARISON
    values = comparison.standardised({kind: pa.array([one, other])})
    distinct = values.unique()
    prepared = comparison.prepared(distinct, None)
    ends = np.array([0]), np.array([len(distinct) - 1])
    [level], [turned] = comparison.graded(prepared, *ends), comparison.graded(prepared, *reversed(ends))
    assert level == turned
    return str(comparison.levels[level - 1])


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Kelvo KX-100 phone", "Kelvo KX-110 phone", "one series, another member of it, or one sign apart"),
        ("Kelvo KX-100 phone", "Kelvo KX 110 phone", "one series, another member of it, or one sign apart"),
        ("Kelvo KX 100 phone", "Kelvo KX 110 phone", "one series, another member of it, or one sign apart"),
        ("Kelvo KX-100 phone", "Kelvo KX 100 phone", "one begins with the other, or is written apart"),
        ("Kelvo KX-100 phone", "KX100, by Kelvo", "same code"),
        ("Kelvo KX-100 phone", "Kelvo KX-100BK phone", "one begins with the other, or is written apart"),
        ("Kelvo KX-100 phone", "Tarn W1250 phone", "different codes"),
        ("Kelvo KX-100 phone", "Lamp for tube 120", "a number that may be no code"),
    ],
)
def test_a_series_is_not_an_item(one: str, other: str, level: str) -> None:
    """The next number is the next article, however its number is written; a number that may be no code proves nothing."""
    assert words_of_level(model_number, "title", one, other) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Olive oil 0.75 l", "Olive oil 750 ml", "one agrees"),
        ("Olive oil 0,75 l", "Olive oil 50cl", "a size or number differs, and none agrees"),
        ('Screen 32"', "Screen 81 cm", "one agrees"),
        ("Riesling 2019", "Riesling 2020", "a size or number differs, and none agrees"),
        ("Hex bolt M6x30, pack of 50", "Hex bolt M6 x 30 mm (50 pcs)", "three or more agree"),
        ("Hex bolt M6x30, pack of 50", "Hex bolt M6 x 40 mm (50 pcs)", "one differs, another agrees"),
        ("Beer 6 x 330 ml", "Beer 330 ml", "one differs, another agrees"),
        ("Water 2 x 500 ml", "Water 1 l", "they tell different things"),
        ("Shoe size 42", "Shoe 250 g", "they tell different things"),
        ("Washer TXN155, 14 l", "Washer TXN 155, 14 l", "one agrees"),
        ("Laws, Part II", "Laws, part 3", "a size or number differs, and none agrees"),
    ],
)
def test_sizes_are_compared_by_what_they_measure(one: str, other: str, level: str) -> None:
    """In one unit; what two packs hold in all makes neither the same article nor another."""
    assert words_of_level(measure, "title", one, other) == level


def test_a_text_tells_the_sizes_and_colours_that_the_title_leaves_out() -> None:
    """The title goes first."""
    columns = {"title": pa.array(["Oil 1 l", "Kettle black"]), "text": pa.array(["5 l of red oil in 2 cans", "red, 2 l"])}

    assert measure.standardised(columns).to_pylist() == ["volume:1000 pack:2", "volume:2000"]
    assert colour.standardised(columns).to_pylist() == ["red", "black"]


def test_a_column_of_sizes_goes_before_the_title() -> None:
    """What it leaves open the title tells."""
    columns = {"feature": pa.array(["White M", "42"]), "title": pa.array(["Shirt black 200 g", "Shoe 90, red"])}

    assert measure.standardised(columns).to_pylist() == ["size:m mass:200", "number:42"]
    assert colour.standardised(columns).to_pylist() == ["white", "red"]


def test_a_text_by_itself_is_no_title() -> None:
    """A note on a party speaks of anything; beside a title it tells what that leaves open."""
    rows = pa.table({"record_key": ["a", "b"], "system": ["x", "x"], "Note": ["2 black KX-100 phones"] * 2})
    titled = rows.append_column("Item", pa.array(["Phones", "Phones of Kelvo"]))
    drawn = {"size and number", "colour", "model number"}

    alone, beside = (
        {fact.comparison.name for fact in profiles_of(table, {"Note": "text", "Item": "title"}).facts}
        for table in (rows, titled)
    )

    assert (alone & drawn, beside & drawn) == (set(), drawn)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Kettle, black", "Bouilloire noire", "same colour"),
        ("Kettle, black/red", "Kettle BLK", "one of several is the same"),
        ("Kettle, black", "Kettle, white", "different colours"),
    ],
)
def test_colours_are_known_in_several_languages(one: str, other: str, level: str) -> None:
    """And by the shorthand of the trade."""
    assert words_of_level(colour, "title", one, other) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("10.00", "25.00", "more than twice as much"),
        ("10.00", "16.00", "within half"),
        ("10.00", "8.50", "within a fifth"),
        ("10.00", "9.80", "within a twentieth"),
        ("10.00", "$10", "same price"),
    ],
)
def test_prices_of_two_shops_are_near_each_other(one: str, other: str, level: str) -> None:
    """Hardly ever the same to the cent."""
    assert words_of_level(price, "price", one, other) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("2019", "2019", "same year"), ("2019", "2018", "one year apart"), ("2017", "2019", "two years apart"),
        ("2010", "2019", "different"),
    ],
)  # fmt: skip
def test_a_preprint_is_a_year_older(one: str, other: str, level: str) -> None:
    """Further apart it is rather another thing."""
    assert words_of_level(year, "year", one, other) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Jane Roe, Al Poe", "Poe, A. and Roe, J.", "same people"),
        ("Jane Roe, Al Poe", "Roe J, Poe A", "same people"),
        ("Jane Roe, Al Poe, Max Doe", "J. Roe et al.", "all of the shorter list"),
        ("Jane Roe, Al Poe", "Jane Roe, Max Doe", "somebody in common"),
        ("Jane Roe", "Carl Roe", "nobody in common"),
    ],
)
def test_initials_order_and_et_al_are_form(one: str, other: str, level: str) -> None:
    """Whoever has another initial is another."""
    assert words_of_level(people, "people", one, other) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Fast joins over streams", "Fast joins over streams", "same"),
        ("Fast joins over streams", "Fast jions over streams", "same but for spelling"),
        ("Fast joins over streams", "Fast joins over streams (full version)",
         "most in common, or one has all words of the other"),
        ("Fast joins over streams", "A survey of red deer", "different"),
    ],
)  # fmt: skip
def test_titles_are_the_same_but_for_a_slip_or_a_subtitle(one: str, other: str, level: str) -> None:
    """By the rarity of their words."""
    assert words_of_level(title, "title", one, other) == level


def test_codes_sizes_and_colours_are_no_words_of_a_title() -> None:
    """They are facts of their own, and would count twice."""
    found = title.standardised({"title": pa.array(['Sony Bravia KDL-32L5000 32" LCD TV (black)', "Black 1 l"])})

    assert found.to_pylist() == ["sony bravia lcd tv", "black 1 l"]


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("ACM Trans. Database Syst.", "ACM Transactions on Database Systems (TODS)", "one may be short for the other"),
        ("VLDB", "Very Large Data Bases", "one may be short for the other"),
        ("J Clin Oncol", "Journal of Clinical Oncology", "one may be short for the other"),
        ("The Lancet", "Lancet", "one may be short for the other"),
        ("Lancet", "LANCET", "same"),
        ("Lancet", "Nature", "different"),
        ("Journal of Oncology", "Annals of Oncology", "different"),
        ("the", "of", "different"),
    ],
)
def test_a_journal_is_cut_here_and_written_out_there(one: str, other: str, level: str) -> None:
    """Or it goes by its initials."""
    assert words_of_level(category, "category", one, other) == level


def test_too_many_categories_are_compared_as_they_stand() -> None:
    """A column of thousands of values is none of categories."""
    values = pa.array([f"value {number}" for number in range(3_000)] + ["value"])

    few, many = (category.prepared(values.slice(start)) for start in (1, 0))

    assert category.graded(few, np.array([0]), np.array([2_999])).tolist() == [2]
    assert category.graded(many, np.array([0, 7]), np.array([3_000, 7])).tolist() == [1, 3]
