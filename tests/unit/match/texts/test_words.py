"""Words of texts as arrays."""

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.match.texts.words import chunks_of_pairs, distinct_words, shared_bits, word_bits, word_column, word_pairs

TEXTS = st.lists(
    st.lists(st.sampled_from(["red", "brick", "house", "old"]), max_size=4).map(" ".join), min_size=1, max_size=6
)


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    """Half of all names are restaurants; one is northern."""
    column = word_column(pa.array(["northern restaurant", "blue restaurant", "blue bar", "red bar"]))

    bits = dict(zip(column.vocabulary.to_pylist(), column.bits.tolist(), strict=True))

    assert bits["northern"] > bits["restaurant"]


def test_a_word_counts_once_for_each_text() -> None:
    """A name that says a word twice does not make the word more common."""
    column = word_column(pa.array(["new york new york", "york"]))

    assert column.counts.tolist() == [1, 2]


def test_a_saved_model_decides_how_rare_a_word_is() -> None:
    """New records are weighed as the old ones were; a word that was never seen is the rarest."""
    saved = word_column(pa.array(["red bar", "blue bar"])).counted()

    column = word_column(pa.array(["red bar", "green bar", "green house"]), saved)

    assert dict(zip(column.vocabulary.to_pylist(), column.counts.tolist(), strict=True)) == {
        "red": 1,
        "bar": 2,
        "green": 0,
        "house": 0,
    }
    assert column.total == 2


@given(TEXTS)
def test_words_that_two_texts_share_are_counted_as_sets(texts: list[str]) -> None:
    """The bits in common are those of the words in common, each once."""
    column = word_column(pa.array(texts))
    bits = dict(zip(column.vocabulary.to_pylist(), column.bits.tolist(), strict=True))
    left, right = (side.ravel() for side in np.meshgrid(np.arange(len(texts)), np.arange(len(texts))))

    found = shared_bits(column, distinct_words(column.words, len(column.vocabulary)), left, right)

    expected = [
        sum(bits[word] for word in set(texts[i].split()) & set(texts[j].split())) for i, j in zip(left, right, strict=True)
    ]
    assert np.allclose(found, expected)


def test_every_word_of_one_text_meets_every_word_of_the_other() -> None:
    """Words are compared in all combinations, pair by pair."""
    column = word_column(pa.array(["red brick", "house"]))
    pairs = word_pairs(column.words, np.array([0, 1]), np.array([1, 1]))

    words = np.array(column.vocabulary.to_pylist())[column.words.ids]

    assert list(zip(pairs.pair.tolist(), words[pairs.left], words[pairs.right], strict=True)) == [
        (0, "red", "house"),
        (0, "brick", "house"),
        (1, "house", "house"),
    ]


@pytest.mark.parametrize(
    ("count", "total", "bits"),
    [(1, 6, 2.0), (0, 2, 2.0), (2, 10, 2.0), (100, 100, 0.3), (80, 100, math.log2(100 / 80.5)), (81, 100, 0.3), (0, 0, 2.0)],
)
def test_a_word_tells_by_the_share_of_texts_that_hold_it(count: int, total: int, bits: float) -> None:
    """Half a text counts beforehand; a word that every text holds still tells three tenths of a bit."""
    assert word_bits(np.array([count]), total) == pytest.approx([bits])


@pytest.mark.parametrize(
    ("costs", "stops"),
    [
        ([], []),
        ([1_000_000], [1]),
        ([999_999, 1, 1], [2, 3]),
        ([999_999, 2, 1], [1, 3]),
        ([1_000_001, 1_000_001, 1_000_001], [1, 2, 3]),
        ([400_000] * 5, [2, 5]),
    ],
)
def test_pairs_are_laid_out_a_million_words_at_a_time(costs: list[int], stops: list[int]) -> None:
    """A pair is never cut in two, and none is left out."""
    chunks = chunks_of_pairs(np.array(costs, dtype=np.int64))

    assert [chunk.stop for chunk in chunks] == stops
    assert [chunk.start for chunk in chunks] == [0, *stops][: len(stops)]
