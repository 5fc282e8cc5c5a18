"""Laws of names, numbers, amounts and dates: whole columns say what single values say, and pairs are symmetric."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.match.comparison import Comparison
from toolkit.match.comparisons import amount, date, document_date, identifier, person, product_code, reference, tax_id
from toolkit.values import person_name
from toolkit.values import product_code as codes
from toolkit.values import reference as references
from toolkit.values import tax_id as tax_numbers

COMPARISONS = [one.COMPARISON for one in (person, tax_id, identifier, date, amount, reference, product_code, document_date)]

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NAME_BITS = (
    "John|Smith|smith,|Jr.|MR|mr.|van|de|&|and|aa|test|doe|JR|O'Brien|Garcia-Lopez|J.|Q|(old)|,|n/a|III|Ma|SMITH|Dr|Bob|al-|tj|y"
    "|c/o|É|\x00|-|no|name|.|'|Mary|ann|roe,|miss|care|of|王小明|the|family|und zu|attn"
)
NUMBER_BITS = (
    "INV|inv-|no|Nr.|RE|#|SO|00|123|1O42|l|o|2024|/|-|.| |,|99999|GB|980780684|DE136695976|FR40303265045|n/a|***|12.50"
    "|1,190.00|(|)|€|-|1956-04-09|04/14/1956|20560409|9 Apr|x|K|DMC-FX07|10x42|500GB|é|\n"
)


def cells(bits: str) -> st.SearchStrategy[str]:
    """Return cells put together from parts that such cells are made of, and any text."""
    pieces = st.lists(st.sampled_from(bits.split("|")), max_size=6)
    return st.one_of(pieces.map("".join), pieces.map(" ".join), ANY_TEXT)


def name_text(value: str) -> str | None:
    """Return a whole name as a column has it."""
    name = person_name.person_name(value)
    return name.text if name else None


def joined_text(given_and_family: str) -> str | None:
    """Return the name of two cells, told apart by a semicolon, as two columns have it."""
    first, _, last = given_and_family.partition(";")
    name = person_name.joined_name(first, last)
    return name.text if name else None


def joined_texts(values: pa.StringArray) -> pa.StringArray:
    """Return the names of cells of which each holds two, told apart by a semicolon."""
    parts = [value.as_py().partition(";") for value in values]
    first, last = (pa.array([one[place] for one in parts], pa.string()) for place in (0, 2))
    return person_name.joined_names(first, last)


@pytest.mark.parametrize(
    ("whole", "single", "bits"),
    [
        (person_name.standardised, name_text, NAME_BITS),
        (joined_texts, joined_text, f"{NAME_BITS}|;|;|;"),
        (identifier.bare_texts, identifier.bare, NUMBER_BITS),
        (tax_numbers.compared_numbers, tax_numbers.compared_number, NUMBER_BITS),
        (references.standardised, lambda value: " ".join(references.quoted_numbers(value)) or None, NUMBER_BITS),
        (codes.standardised, codes.written_codes, NUMBER_BITS),
    ],
    ids=["name", "given and family name", "identifier", "tax number", "reference", "model number"],
)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_whole_column_says_what_its_cells_say_one_by_one(
    whole: Callable[[pa.StringArray], pa.StringArray], single: Callable[[str], str | None], bits: str, data: st.DataObject
) -> None:
    """The fast way over a column and the readable way over a cell are one, on whatever clients send."""
    values = data.draw(st.lists(cells(bits), max_size=8))

    assert whole(pa.array(values, pa.string())).to_pylist() == [single(value) for value in values]


@settings(max_examples=40, deadline=None)
@given(values=st.lists(cells(NAME_BITS), max_size=8))
def test_whole_columns_and_single_cells_agree_on_who_looks_like_a_person(values: list[str]) -> None:
    """The kind of a record does not hang on how it was asked for."""
    found = person_name.person_like(pa.array(values, pa.string())).to_pylist()

    assert found == [person_name.is_person_like(value) for value in values]


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda one: one.name)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_pairs_are_symmetric_and_equal_values_agree_fully(comparison: Comparison, data: st.DataObject) -> None:
    """Left and right may swap, no pair of two values is missing, and a value agrees with itself."""
    bits = NAME_BITS if comparison.name == "person's name" else NUMBER_BITS
    written = pa.array(data.draw(st.lists(cells(bits), min_size=1, max_size=8)), pa.string())
    texts = comparison.standardised({comparison.reads[0]: written}).unique().drop_null()
    values = comparison.prepared(texts, None)
    left, right = (np.asarray(side, dtype=np.int64) for side in np.indices((len(texts),) * 2).reshape(2, -1))

    levels = comparison.graded(values, left, right)

    assert np.array_equal(levels, comparison.graded(values, right, left))
    assert np.all((levels >= 1) & (levels <= len(comparison.levels)))
    # A tax number that fails its check digits is no proof, even of itself.
    least = np.array([len(comparison.levels) - (" wrong" in text) for text in texts.to_pylist()], dtype=np.int64)
    assert np.all(levels[left == right] >= least)


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda one: one.name)
def test_keys_are_of_values_and_the_same_in_any_company(comparison: Comparison) -> None:
    """A key is made of what a value says, not of where it stands."""
    days, names, numbers = ("1956-04-09", "1981-11-23"), ("Smith, John", "Roe, Al"), ("123456.78", "987654.32")
    cell, other = names if comparison.name == "person's name" else days if "date" in comparison.name else numbers
    alone, second = (
        comparison.prepared(comparison.standardised({comparison.reads[0]: pa.array(written)}), None)
        for written in ([cell], [other, cell])
    )

    for keys_of in (comparison.narrow, comparison.broad):
        here, there = keys_of(alone), keys_of(second)
        assert set(here.key.tolist()) == set(there.key[there.value == 1].tolist())


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda one: one.name)
def test_a_column_of_ten_thousand_letters_is_no_trouble(comparison: Comparison) -> None:
    """Nor is an empty one."""
    written = pa.array(["a1" * 5_000, "1" * 10_000, "-/ " * 3_000, "Ω" * 10_000, "1-" * 5_000 + "!"])
    texts = comparison.standardised({comparison.reads[0]: written}).unique().drop_null()

    for known in (texts, texts.slice(0, 0)):
        values = comparison.prepared(known, None)
        everything = np.arange(len(known))
        assert len(comparison.graded(values, everything, everything[::-1])) == len(known)
        assert comparison.narrow(values).value.max(initial=0) <= max(len(known) - 1, 0)
