"""E-mail addresses."""

import pyarrow as pa
import pytest

from toolkit.values import email


def test_ways_of_writing_one_mailbox_compare_equal() -> None:
    """Case, a display name, a plus tag, and dots at Gmail reach the same person."""
    written = ["Jo.Bell@gmail.com", "Jo Bell <jobell@gmail.com>", "mailto:jo.bell+shop@googlemail.com"]

    assert set(email.standardised(pa.array(written)).to_pylist()) == {"jobell@gmail.com"}


def test_a_made_up_address_is_missing() -> None:
    """Test addresses must not make two strangers one."""
    made_up = pa.array(["test@test.com", "none@none.com", "n/a", "noemail@example.com"])

    assert email.standardised(made_up).null_count == 4


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("jo.acme.com", "There is no @ in it."),
        ("jo@@acme.com", "There is more than one @ in it."),
        ("jo bell@acme.com", "There is a blank in it."),
        ("jo@acme", "The part after @ is not a domain."),
        ("jo..bell@acme.com", "There is a character in it that no address has."),
        ("x" * 65 + "@acme.com", "It is too long for an address."),
        ("test@test.com", "This is a filler, not an address."),
    ],
)
def test_a_wrong_address_gets_its_reason(value: str, reason: str) -> None:
    """The client reads why, not that."""
    assert email.judged([value], country="US") == [reason]


def test_a_good_address_passes() -> None:
    """Plus tags, apostrophes and long endings are allowed."""
    assert email.judged(["o'hara+x@acme.co.uk", "a@b.museum", None, " "]) == [None, None, None, None]


def test_a_desk_is_no_person() -> None:
    """Addresses such as info@ are shared."""
    assert email.is_role("info@acme.com")
    assert not email.is_role("informer@acme.com")
