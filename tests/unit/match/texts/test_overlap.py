"""What two texts have in common, checked against a plain reckoning word by word."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.match.texts.overlap import Wording, overlaps
from toolkit.match.texts.spelling import INITIAL, ROUGH, SHORT_FORM, TYPO, spellings
from toolkit.match.texts.words import rarest_first, word_column

WORDS = ("zortane", "zortaen", "manuf", "manufacturing", "hope", "dope", "b", "bakery")
ALIKE = {
    frozenset(("zortane", "zortaen")): TYPO,
    frozenset(("manuf", "manufacturing")): SHORT_FORM,
    frozenset(("hope", "dope")): ROUGH,
    frozenset(("b", "bakery")): INITIAL,
}
SORTS = {"b": 1, "bakery": 2}
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=4, unique=True).map(" ".join), min_size=2, max_size=5)


def wording(texts: list[str]) -> Wording:
    """Return texts made ready, a letter being of sort 1, a trade of sort 2 and all else of sort 4."""
    column = word_column(pa.array(texts))
    sorts = np.array([SORTS.get(word, 4) for word in column.vocabulary.to_pylist()], dtype=np.uint8)
    return Wording(column, rarest_first(column), spellings(column.vocabulary), sorts)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_what_is_shared_and_left_over_is_that_of_a_plain_reckoning(texts: list[str]) -> None:
    """Equal words tell all their bits, words spelled alike a part of the lesser bits of the two."""
    own = wording(texts)
    bits = dict(zip(own.column.vocabulary.to_pylist(), own.column.bits.tolist(), strict=True))
    left, right = (side.ravel() for side in np.indices((len(texts),) * 2))

    found = overlaps(own, left, right)

    for row, (one, other) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        words_l, words_r = set(texts[one].split()), set(texts[other].split())
        both = words_l & words_r
        # Each word is like one other at most here, so that nothing has to be chosen.
        couples = [pair for pair in ALIKE if len(pair & (words_l - both)) == 1 and len(pair & (words_r - both)) == 1]
        used = {word for pair in couples for word in pair} | both
        shared = sum(bits[word] for word in both) + sum(ALIKE[pair] * min(bits[word] for word in pair) for pair in couples)
        assert found.shared[row] == pytest.approx(shared)
        for over, sorts, words in (
            (found.over_l, found.sorts_l, words_l), (found.over_r, found.sorts_r, words_r)
        ):  # fmt: skip
            assert over[row] == pytest.approx(sum(bits[word] for word in words - used))
            assert sorts[row] == sum({SORTS.get(word, 4) for word in words - used})
        assert found.is_rough[row] == (frozenset(("hope", "dope")) in couples)


def test_a_word_is_taken_once_for_the_one_it_is_most_like() -> None:
    """A typing error goes before a rough likeness, and what is left stays over."""
    own = wording(["zortane", "zortaen xortane", "b"])
    bits = dict(zip(own.column.vocabulary.to_pylist(), own.column.bits.tolist(), strict=True))

    found = overlaps(own, np.array([0, 1]), np.array([1, 0]))

    assert found.shared == pytest.approx([TYPO * bits["zortane"]] * 2)
    assert (found.over_l[0], found.over_r[0]) == (0, pytest.approx(bits["xortane"]))
    assert not found.is_rough.any()


def test_no_pairs_have_nothing_in_common() -> None:
    """An empty table."""
    none = np.zeros(0, dtype=np.int64)

    assert len(overlaps(wording(["a"]), none, none).shared) == 0
