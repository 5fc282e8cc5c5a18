"""Which words and numbers a document has: words are told by marks first, then by a search; columns alike are read once."""

import numpy as np
import pyarrow as pa

from toolkit.match.documents.mentions import mentions
from toolkit.match.documents.word_sets import word_sets

_VOCABULARY = 500


def test_a_document_has_exactly_its_own_words_however_many_marks_it_shares() -> None:
    """Among 300 documents of up to 90 words, so that marks of 64 places say nothing of the longest, none gets another's."""
    dice = np.random.default_rng(7)
    words = [np.unique(dice.integers(0, _VOCABULARY, size)) for size in dice.integers(0, 90, 300)]
    keys = np.concatenate([row * _VOCABULARY + own for row, own in enumerate(words)])
    sets = word_sets(keys, len(words), _VOCABULARY)
    rows, asked = dice.integers(0, len(words), 20_000), dice.integers(0, _VOCABULARY, 20_000)
    truth = [word in set(words[row].tolist()) for row, word in zip(rows.tolist(), asked.tolist(), strict=True)]
    assert sets.hold(rows, asked).tolist() == truth
    assert 0 < sum(truth) < len(truth)
    owner, word = sets.words_of(np.array([5, 3]))
    assert word.tolist() == [*words[5].tolist(), *words[3].tolist()]
    assert np.bincount(owner, minlength=2).tolist() == [len(words[5]), len(words[3])]


def test_documents_without_any_word_hold_none() -> None:
    """Lists of empty texts have no words, and nothing is found in them."""
    sets = word_sets(np.zeros(0, dtype=np.int64), 3, _VOCABULARY)
    assert sets.sizes.tolist() == [0, 0, 0]
    assert sets.holding(np.array([0, 2]), np.array([1, 7])).tolist() == []


def test_two_columns_that_say_the_same_give_each_number_twice() -> None:
    """An id that is the number, too, is read once and stands in both columns, beside what other columns say."""
    numbers = ["SO-0042", None, "O7", "2026/17b", "SO-000"]
    found = mentions(
        pa.table({"record_id": numbers, "number": numbers, "description": ["order SO-0042", "a", "b 9 c", "", "x"]})
    )
    told = sorted(
        zip(
            found.column.tolist(),
            found.row.tolist(),
            found.texts.take(pa.array(found.number)).to_pylist(),
            found.texts.take(pa.array(found.written)).to_pylist(),
            found.is_whole.tolist(),
            strict=True,
        )
    )
    own = [(0, "42", "0042", True), (2, "7", "7", True), (3, "202617B", "202617B", True), (4, "0", "000", True)]
    assert [one[1:] for one in told if one[0] == 0] == own
    assert [one[1:] for one in told if one[0] == 1] == own
    assert [one[1:] for one in told if one[0] > 1] == [(0, "42", "0042", True), (2, "9", "9", False)]
