"""Given names and their short forms."""

import pytest

from toolkit.values.given_name import KNOWN_GIVEN_NAMES, full_forms


def test_short_forms_lead_to_full_ones() -> None:
    """Bert may be Robert or Albert, among others."""
    assert {"robert", "albert"} <= full_forms("bert")


def test_spellings_of_one_name_share_a_full_form() -> None:
    """Stephen and Steven, Catherine and Kathryn."""
    assert full_forms("steven") & full_forms("stephen")
    assert full_forms("kathryn") & full_forms("catherine")


def test_ordinary_words_make_no_person() -> None:
    """A firm may begin with Art or Wolf."""
    assert not {"art", "wolf"} & KNOWN_GIVEN_NAMES


@pytest.mark.parametrize(
    ("one", "other"), [("bill", "robert"), ("bill", "fred"), ("carl", "charles"), ("jean", "jane"), ("will", "willis")]
)
def test_names_of_two_men_lead_to_no_common_form(one: str, other: str) -> None:
    """Historical lists of nicknames give them one, and most who bear them today are two."""
    assert not full_forms(one) & full_forms(other)
