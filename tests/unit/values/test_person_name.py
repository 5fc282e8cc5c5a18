"""Names of people."""

import pytest

from toolkit.values.person_name import full_forms, is_person_like, joined_name, standardised


@pytest.mark.parametrize(
    "written", ["John Smith", "SMITH, John", "Mr. John Smith Jr.", "Dr John  Smith, PhD", "John & Mary Smith"]
)
def test_ways_of_writing_one_person_compare_equal(written: str) -> None:
    """Order, titles, suffixes and a spouse in the same cell are form."""
    assert standardised([written]) == ["john|smith"]


def test_particles_belong_to_the_family_name() -> None:
    """Van, de and their like are no middle names."""
    assert standardised(["Ludwig van Beethoven", "Maria de la Cruz"]) == ["ludwig|van beethoven", "maria|de la cruz"]


def test_two_columns_make_one_name() -> None:
    """A filler in one of them is no name."""
    name = joined_name("Jane", "n/a")

    assert name is not None
    assert name.text == "jane|"


def test_short_forms_lead_to_full_ones() -> None:
    """Bert may be Robert or Albert."""
    assert full_forms("bert") == {"robert", "albert"}


def test_a_company_is_not_taken_for_a_person() -> None:
    """Only a known given name or a comma makes a person."""
    assert [is_person_like(one) for one in ("Bill Jones", "Jones, Xia", "Blue Harbor", "Unit 7")] == [
        True,
        True,
        False,
        False,
    ]
