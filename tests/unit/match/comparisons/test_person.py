"""Persons' names compared: what is one person, and who only looks alike."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.comparisons import person
from toolkit.match.hashing import tagged
from toolkit.values.person_name import standardised


def level_of(one: str, other: str) -> str:
    """Return in words how far two names agree, in a list of just these two."""
    texts = standardised(pa.array([one, other]))
    names = person.COMPARISON.prepared(texts, None)
    [level] = person.COMPARISON.graded(names, np.array([0]), np.array([1]))
    return person.COMPARISON.levels[level - 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bob Smith", "Robert Smith"),
        ("Jhon Smith", "John Smith"),
        ("Smith John", "John Smith"),
        ("Katherine Jones", "Catherine Jones"),
        ("Mary Ann Evans", "Ann Evans"),
        ("Ana Garcia-Lopez", "Ana Garcia"),
        ("Hillary Rodham Clinton", "Hillary Rodham"),
    ],
)
def test_nicknames_typing_errors_and_double_names_are_one_person(one: str, other: str) -> None:
    """Either order, short forms, and a family name that marriage or custom adds."""
    assert level_of(one, other) == "same but for spelling, nickname or order"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mary Ann Evans", "MaryAnn Evans"), ("MaryAnn Evans", "Mary Ann Evans"), ("Maria de la Cruz", "Maria Cruz"),
     ("O'Brien, Pat", "Pat OBrien")],
)  # fmt: skip
def test_blanks_and_particles_are_form(one: str, other: str) -> None:
    """The same name written otherwise."""
    assert level_of(one, other) == "same name"


def test_a_middle_name_on_one_side_says_nothing_against() -> None:
    """Nor does an initial that fits."""
    assert level_of("John Q Smith", "John Smith") == "same, with a middle name on one side"
    assert level_of("John Quincy Smith", "John Q. Smith") == "same, with a middle name on one side"


@pytest.mark.parametrize(("one", "other"), [("John A Smith", "John B Smith"), ("John Smith Jr", "John Smith Sr")])
def test_father_and_son_and_namesakes_have_a_level_of_their_own(one: str, other: str) -> None:
    """First and last name agree, and still it is somebody else."""
    assert level_of(one, other) == "same name, but another middle name or generation"


@pytest.mark.parametrize(("one", "other"), [("John Smith", "Peter Smith"), ("Tim Smith", "Jim Smith")])
def test_brothers_share_the_family_name_only(one: str, other: str) -> None:
    """In three letters one is no typing error."""
    assert level_of(one, other) == "only the family name agrees"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Carl Delmar", "Carla Delmar"),
        ("Jean Delmar", "Joan Delmar"),
        ("Francisco Delmar", "Francisca Delmar"),
        ("Mario Rossi", "Maria Rossi"),
        ("Jan de Vries", "Jana de Vries"),
        ("Francico Delmar", "Francisca Delmar"),
        ("Stanislavo Delmar", "Stanislava Delmar"),
        ("Tovin Delmar", "Tovina Delmar"),
        ("Edna Delmar", "Enda Delmar"),
    ],
)
def test_two_known_given_names_are_two_persons_however_alike(one: str, other: str) -> None:
    """A couple often bears names a letter apart: they share a household, not a record."""
    assert level_of(one, other) == level_of(other, one) == "only the family name agrees"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Mr J Voss", "Mrs J Voss", "only the family name agrees"),
        ("Herr Voss", "Frau Voss", "only the family name agrees"),
        ("Voss, Mr J", "Ms. J. Voss", "only the family name agrees"),
        ("Mr J Voss", "J Voss", "same name"),
        ("Miss J Voss", "Mrs J Voss", "same name"),
        ("Mr J Voss", "John Voss", "initial, one part missing, or one part only alike"),
        ("Mr John Voss", "Mrs John Voss", "same name"),
    ],
)
def test_of_initials_alone_a_title_tells_husband_from_wife(one: str, other: str, expected: str) -> None:
    """A title beside a whole name tells nothing that the name does not; on one side only it tells nothing either."""
    assert level_of(one, other) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Katharina Roe", "Catarina Roe"),
        ("Philip Roe", "Filip Roe"),
        ("Louise Roe", "Luise Roe"),
        ("Michael Roe", "Michel Roe"),
        ("Amber Roe", "Ambre Roe"),
        ("Maria Roe", "Maira Roe"),
        ("Francico Roe", "Francisco Roe"),
        ("Kayla Roe", "Kayl Roe"),
    ],
)
def test_two_spellings_of_one_given_name_are_one_person(one: str, other: str) -> None:
    """Names that sound alike are one name, although both are common; so are two of which letters changed places inside."""
    assert level_of(one, other) == "same but for spelling, nickname or order"


@pytest.mark.parametrize("generation", ["Jr.", "II", "junior"])
def test_a_generation_told_on_one_side_has_a_level_of_its_own(generation: str) -> None:
    """Who is called junior has a father of the same name."""
    told = "same name, but a generation on one side only"

    assert level_of(f"Harold Cuthbert {generation}", "Harold Cuthbert") == told
    assert level_of(f"Harold Cuthbert {generation}", "H Cuthbert") == told


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("John Smith II", "John Smith Jr", "same name"),
        ("John Smith III", "John Smith Jr", "same name, but another middle name or generation"),
        ("John Smith III", "John Smith IV", "same name, but another middle name or generation"),
        ("John Smith Sr", "John Smith II", "same name, but another middle name or generation"),
        ("John Smith Sr", "John Smith", "same name, but a generation on one side only"),
        ("John R Smith", "John Robert Smith", "same, with a middle name on one side"),
        ("John B Smith", "John Robert Smith", "same name, but another middle name or generation"),
        ("John Robert Smith", "John Rupert Smith", "same name, but another middle name or generation"),
        ("Ann Mia Evans", "Mia Evans", "same but for spelling, nickname or order"),
        ("Jo Al Evans", "Al Evans", "only the family name agrees"),
        ("Hillary Rod Clinton", "Hillary Rod", "same but for spelling, nickname or order"),
        ("Hillary Ro Clinton", "Hillary Ro", "only the given name agrees"),
        ("Juan Vega Lopez", "Juan Vega", "same but for spelling, nickname or order"),
        ("Zorva Delmar", "Delmar Zorva", "same but for spelling, nickname or order"),
        ("Zorva Delmar", "Delmer Zorva", "initial, one part missing, or one part only alike"),
        ("Alexa-Rose White", "Whitbe Alexa-Rose", "initial, one part missing, or one part only alike"),
        ("Delmar Zorva", "Z Delmar", "initial, one part missing, or one part only alike"),
        ("Zorva Delmar", "Delmar P", "only the family name agrees"),
        ("Smith", "John Smith", "initial, one part missing, or one part only alike"),
    ],
)
def test_parts_of_a_name_count_up_to_their_bound(one: str, other: str, expected: str) -> None:
    """The second is Jr.; a name of two letters is no name; either may stand first."""
    assert level_of(one, other) == expected
    assert level_of(other, one) == expected


# Given name (rows) and family name (columns), each unlike, absent, initial, alike, a slip apart or equal.
JOINT = [
    "DDDDFF",
    "DDDDWW",
    "DDDFWW",
    "DDDGWW",
    "GGWWNN",
    "GGWWNS",
]


def test_both_names_together_have_the_level_of_the_table() -> None:
    """D different, G given name only, F family name only, W weak, N near, S same; alike is unlike for a family."""
    letters = {1: "D", 2: "F", 3: "G", 6: "W", 7: "N", 9: "S"}

    assert ["".join(letters[one] for one in row) for row in person._JOINT.tolist()] == JOINT


def test_an_initial_fits_many() -> None:
    """J. Smith may be John Smith."""
    assert level_of("J. Smith", "John Smith") == "initial, one part missing, or one part only alike"


def test_two_names_that_many_bear_are_no_typing_errors_of_each_other() -> None:
    """Zoriva and Zorive are both common in this list; Zorlva, once, may be either mistyped."""
    texts = [f"{given}|{family}" for given in ("zoriva", "zorive") for family in ("roe", "poe", "doe", "low")]
    names = person.COMPARISON.prepared(pa.array([*texts, "zorlva|roe"]), None)

    brother, slip = person.COMPARISON.graded(names, np.array([0, 0]), np.array([4, 8]))

    assert person.COMPARISON.levels[brother - 1] == "initial, one part missing, or one part only alike"
    assert person.COMPARISON.levels[slip - 1] == "same but for spelling, nickname or order"


def test_a_saved_model_keeps_how_common_names_are() -> None:
    """A new record alone is judged as it was among all the others."""
    everybody = person.COMPARISON.prepared(pa.array(["maria|roe", "maria|poe", "mario|roe"]), None)
    counts = person.COMPARISON.word_counts(everybody)

    later = person.COMPARISON.prepared(pa.array(["maria|roe"]), counts)

    assert person.COMPARISON.chances(later) == pytest.approx([2 / 3 * 2 / 3])


def test_one_person_is_found_by_a_key_of_its_own() -> None:
    """Nicknames, turned order and typing errors share a narrow key; strangers do not."""
    names = person.COMPARISON.prepared(
        pa.array(["bob|smith", "robert|smith", "smith|robert", "robbert|smitth", "al|jones"]), None
    )

    keys = person.COMPARISON.narrow(names)
    of = [set(keys.key[keys.value == place].tolist()) for place in range(5)]

    assert of[0] & of[1]
    assert of[1] & of[2]
    assert of[1] & of[3]
    assert not of[4] & (of[0] | of[1] | of[2] | of[3])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tim|garlund", "timothj|garlund"),
        ("marek|vanes", "marek|varns"),
        ("peter|munbott", "peter|mubnott"),
        ("robert|ortell", "roberrt|otell"),
    ],
)
def test_a_misspelt_name_is_found_without_any_other_fact(one: str, other: str) -> None:
    """A key narrower than initial and family name survives a wrong consonant, though the other columns be empty."""
    names = person.COMPARISON.prepared(pa.array([one, other]), None)
    hashes = names.parts.hashes
    [initial] = tagged(
        "initial and family name", names.parts.initials[names.first[:1]].astype(np.uint64), hashes[names.family[:1]]
    )

    keys = person.COMPARISON.narrow(names)
    shared = np.intersect1d(keys.key[keys.value == 0], keys.key[keys.value == 1])

    assert len(shared[shared != initial])


def test_how_often_other_names_have_the_parts_of_one() -> None:
    """Of two other names one is a Maria and one a Roe; who has one part alone shows nothing of how parts meet."""
    names = person.COMPARISON.prepared(pa.array(["maria|roe", "maria|poe", "mario|roe"]), None)
    one_part = person.COMPARISON.prepared(pa.array(["|roe", "maria|roe"]), None)

    assert person.COMPARISON.chances_by_others(names)[0] == pytest.approx(1 / 2 * 1 / 2)
    assert person.COMPARISON.chances_by_others(one_part)[0] == 0.0
