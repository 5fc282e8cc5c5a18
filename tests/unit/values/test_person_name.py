"""Names of people."""

import pyarrow as pa
import pytest

from toolkit.values.person_name import (
    is_person_like,
    joined_name,
    joined_names,
    person_like,
    person_name,
    person_names,
    standardised,
)


def written_as(value: str) -> str | None:
    """Return the name in a cell as it is compared."""
    [text] = standardised(pa.array([value])).to_pylist()
    return text


@pytest.mark.parametrize(
    "written", ["John Smith", "SMITH, John", "Mr. John Smith", "Dr John  Smith, PhD", "John & Mary Smith", "SMITH John"]
)
def test_ways_of_writing_one_person_compare_equal(written: str) -> None:
    """Order, titles, letters after a name and a spouse in the same cell are form."""
    assert written_as(written) == "john|smith"


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Ludwig van Beethoven", "ludwig|van beethoven"),
        ("Maria de la Cruz", "maria|de la cruz"),
        ("Mohammed al-Sayed", "mohammed|al sayed"),
        ("Karl von und zu Guttenberg", "karl|von zu guttenberg"),
        ("José Ortega y Gasset", "jose|ortega y gasset"),
        ("Ana Garcia-Lopez", "ana|garcia lopez"),
        ("Garcia Lopez, Ana", "ana|garcia lopez"),
    ],
)
def test_particles_and_double_names_belong_to_the_family_name(written: str, compared: str) -> None:
    """Van, de and their like are no middle names, and a hyphen joins."""
    assert written_as(written) == compared


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("J. Smith", "j|smith"),
        ("JR Smith", "j r|smith"),
        ("Smith J", "j|smith"),
        ("John S", "john|s"),
        ("Smith, T.J.", "t j|smith"),
    ],
)
def test_initials_stand_for_given_names_wherever_they_stand(written: str, compared: str) -> None:
    """Last in a list of authors, joined in a signature."""
    assert written_as(written) == compared


@pytest.mark.parametrize(
    ("written", "compared"),
    [("John Smith Jr.", "john|smith|jr"), ("Smith, Jr., John", "john|smith|jr"), ("John Smith III", "john|smith|iii")],
)
def test_father_and_son_are_told_apart(written: str, compared: str) -> None:
    """What tells them apart is kept, unlike titles."""
    assert written_as(written) == compared


def test_short_family_names_are_no_degrees() -> None:
    """Only behind a comma is MA a master of arts."""
    assert written_as("Jack Ma") == "jack|ma"
    assert written_as("Jack Ma, MA") == "jack|ma"


def test_capitals_show_the_family_name_of_continental_lists() -> None:
    """DUPONT Jean is Jean Dupont."""
    assert written_as("DUPONT Jean-Pierre") == "jean pierre|dupont"


def test_several_persons_in_a_cell_are_all_found() -> None:
    """The family name is often written once."""
    assert [name.text for name in person_names("Smith, John & Mary")] == ["john|smith", "mary|smith"]
    assert [name.text for name in person_names("John Smith, Mary Jones")] == ["john|smith", "mary|jones"]
    assert [name.text for name in person_names("Mr & Mrs Smith")] == ["|smith"]


@pytest.mark.parametrize("filler", ["n/a", "Test User", "John Doe", "Mr.", "", "\x00", "aa aa"])
def test_a_filler_is_no_person(filler: str) -> None:
    """Nobody is called so, or nobody is named."""
    assert person_name(filler) is None
    assert written_as(filler) is None


def test_two_columns_make_one_name() -> None:
    """A filler in one of them is no name; a whole name in one of them is taken apart."""
    given = pa.array(["Jane", "John Smith", None, "Mary-Ann", "n/a"])
    family = pa.array(["n/a", "Smith", "Roe, Al", "O'Hara Jr", None])

    names = joined_names(given, family).to_pylist()

    assert names == ["jane|", "john|smith", "al|roe", "mary ann|ohara|jr", None]


def test_nothing_in_both_columns_is_no_name() -> None:
    """Fillers do not make a person."""
    assert joined_name("-", "unknown") is None


def test_a_company_is_not_taken_for_a_person() -> None:
    """Only a known given name or a comma makes a person."""
    names = ["Bill Jones", "Jones, Xia", "Blue Harbor", "Unit 7", "Art Gallery"]

    assert person_like(pa.array(names)).to_pylist() == [True, True, False, False, False]
    assert [is_person_like(name) for name in names] == [True, True, False, False, False]
