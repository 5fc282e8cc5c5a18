"""Given names and their short forms."""

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
