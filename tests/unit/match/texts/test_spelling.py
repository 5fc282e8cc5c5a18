"""Words that may be one: letters wrong, missing or changed about, short forms and initials, up to their bounds."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.texts.spelling import INITIAL, ROUGH, SHORT_FORM, TYPO, likeness, spellings


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # One slip: from four letters on; in the first letter only roughly, but from eight letters on.
        ("abc", "abd", 0), ("abcd", "abce", TYPO), ("abcd", "abcde", TYPO), ("abcd", "bbcd", ROUGH),
        ("zorta", "zrota", TYPO), ("zortane", "xortane", ROUGH), ("zortanel", "xortanel", TYPO),
        # Two slips: from five letters on roughly, where most letters stay in order; from eight on like one.
        ("bram", "brom", TYPO), ("bram", "boma", 0), ("abcde", "abxye", 0), ("abcde", "abcdxy", ROUGH),
        ("bramol", "brmao", ROUGH), ("bramo", "bamrox", 0), ("bramol", "brxamyol", ROUGH), ("bramol", "brxamyzol", 0),
        ("zortan", "zorlon", 0), ("zortane", "zartone", 0), ("zortanel", "zortonal", TYPO), ("zortanel", "xortonel", TYPO),
        ("zortanel", "xartonol", 0), ("zortanel", "xzortanyel", TYPO), ("zortane", "xzortayne", 0),
        # Short forms: from three letters on, any length; one letter is an initial, two are neither.
        ("abc", "abcdef", SHORT_FORM), ("ab", "abcdef", 0), ("a", "abcdef", INITIAL), ("a", "bcdef", 0),
        ("zortan", "zortanxy", SHORT_FORM), ("manuf", "manufacturing", SHORT_FORM), ("anuf", "manufacturing", 0),
        # A digit is another thing, never a slip.
        ("store1", "store2", 0), ("store0", "store", 0),
    ],
)  # fmt: skip
def test_words_are_alike_up_to_the_bound_of_their_rule(one: str, other: str, expected: float) -> None:
    """A letter fewer, or a slip more, and they are two words; sides may swap."""
    words = spellings(pa.array([one, other]))

    assert likeness(words, np.array([0, 1]), np.array([1, 0])).tolist() == [expected, expected]


def test_a_likeness_tells_less_the_weaker_it_is() -> None:
    """A typing error leaves four fifths of what a word says, an initial two."""
    assert (INITIAL, ROUGH, SHORT_FORM, TYPO) == (0.4, 0.5, 0.8, 0.81)


def test_each_pair_of_a_long_list_is_judged_as_it_is_alone() -> None:
    """Repeated pairs are judged once and answered each."""
    words = spellings(pa.array(["quinros", "quinors", "manuf", "manufacturing"]))

    found = likeness(words, np.array([2, 0, 1, 3, 0]), np.array([3, 1, 0, 2, 2]))

    assert found.tolist() == [SHORT_FORM, TYPO, TYPO, SHORT_FORM, 0]
