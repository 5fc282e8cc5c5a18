"""Words of texts as arrays."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from toolkit.match.texts.words import distinct_words, shared_bits, word_column, word_pairs

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
