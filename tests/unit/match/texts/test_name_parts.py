"""Parts of persons' names, up to the bounds of what may be a typing error."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.texts.name_parts import ABSENT, ALIKE, EQUAL, INITIAL, SLIP, UNLIKE, Parts, part_grades, parts_of

GRADES = {"unlike": UNLIKE, "absent": ABSENT, "initial": INITIAL, "alike": ALIKE, "slip": SLIP, "equal": EQUAL}


def parts(*texts: str) -> Parts:
    """Return distinct parts of names, each of which is a given and a family name once."""
    own = np.arange(len(texts))
    return parts_of(pa.array(texts), own, own)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # Three letters at least, and of three the first must be right.
        ("zo", "za", "unlike"), ("zor", "zar", "slip"), ("zor", "bor", "unlike"), ("zorb", "borb", "slip"),
        ("zor", "zorb", "slip"), ("zor", "zarb", "unlike"), ("z", "zorva", "initial"), ("z", "borva", "unlike"),
        # One slip up to seven letters, two from eight on.
        ("zorvaly", "zorvale", "slip"), ("delmaro", "demlare", "unlike"), ("delmaro", "delmarova", "slip"),
        ("delmarov", "demlarev", "slip"), ("zorvalyn", "zorvalex", "slip"), ("zorvalyn", "zorvexem", "unlike"),
        # Alike by Jaro and Winkler from .88 on.
        ("zorva", "zorvaly", "alike"), ("zorvaly", "zorvexy", "alike"), ("kowalski", "kowalczyk", "alike"),
        ("zorvalyn", "zorvexam", "unlike"), ("zor", "zorvaly", "unlike"), ("zorb", "zorvaly", "unlike"),
        # Where more than six letters are on one side only, nothing is compared.
        ("zorvalabcd", "zorvalefgh", "unlike"), ("zorvalyabc", "zorvalydef", "alike"),
    ],
)  # fmt: skip
def test_parts_of_names_are_alike_up_to_the_bound_of_their_rule(one: str, other: str, expected: str) -> None:
    """A letter fewer, or a slip more, and they are two names; sides may swap."""
    own = parts(one, other)

    found = part_grades(own, np.array([0, 1]), np.array([1, 0]), own.family_counts)

    assert found.tolist() == [GRADES[expected]] * 2


@pytest.mark.parametrize(
    ("counts", "expected"),
    [((2, 2), SLIP), ((3, 3), ALIKE), ((2, 3), SLIP), ((3, 60), ALIKE), ((60, 3), ALIKE), ((3, 61), SLIP), ((4, 80), ALIKE)],
)
def test_two_spellings_that_many_bear_are_names_of_their_own(counts: tuple[int, int], expected: int) -> None:
    """Three times, and a twentieth as often as what they resemble."""
    own = parts("zorvaly", "zorvale")

    assert part_grades(own, np.array([0]), np.array([1]), np.array(counts)).tolist() == [expected]


def test_a_part_that_is_absent_says_nothing() -> None:
    """On either side, or both."""
    own = parts("zorva", "delmar")

    found = part_grades(own, np.array([-1, 0, -1, 0]), np.array([0, -1, -1, 0]), own.family_counts)

    assert found.tolist() == [ABSENT, ABSENT, ABSENT, EQUAL]


def test_grades_rise_with_agreement() -> None:
    """Tables of levels are read by them."""
    assert [UNLIKE, ABSENT, INITIAL, ALIKE, SLIP, EQUAL] == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("one", "other"),
    [("zorva", "zurva"), ("delmarr", "delmar"), ("cathrin", "kathrin"), ("zorva", "sorva"), ("phalo", "pola")],
)  # fmt: skip
def test_spellings_of_one_sound_have_one_frame(one: str, other: str) -> None:
    """Vowels, doubled letters and h fall away; c, q and z are what they sound like."""
    frames = parts(one, other).frames

    assert frames[0] == frames[1]


@pytest.mark.parametrize(("one", "other"), [("zorva", "zorma"), ("ava", "eva")])
def test_other_consonants_or_another_first_letter_make_another_frame(one: str, other: str) -> None:
    """Up to the sixth sign."""
    frames = parts(one, other).frames

    assert frames[0] != frames[1]


def test_a_frame_ends_with_the_sixth_sign() -> None:
    """What follows in a long name is often cut."""
    frames = parts("brdtkmn", "brdtkms", "brdtks").frames

    assert frames[0] == frames[1] != frames[2]


def test_a_frame_does_not_depend_on_the_part_before() -> None:
    """Roe begins with the letter with which Delmar ends, and an empty part has no frame of its own."""
    alone, after, later = parts("roe"), parts("delmar", "roe"), parts("roe", "", "roed")

    assert alone.frames[0] == after.frames[1] == later.frames[0]
    assert later.frames[2] == parts("roed").frames[0]
