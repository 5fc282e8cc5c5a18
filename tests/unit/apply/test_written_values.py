"""Amounts, days, flags and words as systems write them, and back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.apply.written_values import read_value, written_value
from toolkit.connector import WriteField
from toolkit.connector.writing import WriteForm
from toolkit.errors import RejectedError


@pytest.mark.parametrize(
    ("form", "text", "currency", "sent"),
    [
        ("amount", "125050", "USD", 1250.5),
        ("amount", "125000", "USD", 1250),
        ("amount", "-125050", "USD", -1250.5),
        ("amount", "1250", "JPY", 1250),
        ("amount", "1234", "KWD", 1.234),
        ("amount_text", "125000", "USD", "1250.00"),
        ("amount_text", "1250", "JPY", "1250"),
        ("minor_units", "125050", "USD", 125050),
        ("day", "2026-10-05", "", "2026-10-05"),
        ("flag", "true", "", True),
        ("flag", "false", "", False),
        ("number", "2.5", "", 2.5),
        ("number", "300", "", 300),
        ("text", "300", "", "300"),
    ],
)
def test_a_value_stands_in_a_body_as_its_system_wants_it_and_is_read_back(
    form: WriteForm, text: str, currency: str, sent: object
) -> None:
    """To the type: a system that counts takes no text for a number."""
    field = WriteField("amount_minor", "x", form)
    found = written_value(field, text, currency)

    assert (found, type(found)) == (sent, type(sent))
    assert read_value(field, sent, currency) == text


@given(
    st.integers(-(10**13), 10**13), st.sampled_from(["USD", "JPY", "KWD", "CLF"]), st.sampled_from(["amount", "amount_text"])
)
def test_no_amount_changes_on_its_way_there_and_back(minor: int, currency: str, form: WriteForm) -> None:
    """A fraction of JSON comes back as the text that stands there, a cent is never lost."""
    field = WriteField("amount_minor", "x", form)
    sent = written_value(field, str(minor), currency)

    assert read_value(field, str(sent) if isinstance(sent, float) else sent, currency) == str(minor)
    assert Decimal(str(sent)) == Decimal(minor).scaleb({"USD": -2, "JPY": 0, "KWD": -3, "CLF": -4}[currency])


@pytest.mark.parametrize(
    ("form", "text", "currency", "word"),
    [
        ("amount", "125050", "", "currency"),
        ("amount", "many", "USD", "amount"),
        ("minor_units", "1.5", "USD", "minor units"),
        ("number", "a few", "", "number"),
        ("number", "0.12345678901234567890123", "", "number"),
        ("flag", "perhaps", "", "flag"),
    ],
)
def test_a_value_without_the_form_is_refused_and_never_sent(form: WriteForm, text: str, currency: str, word: str) -> None:
    """The column is named, the value is not: it is a client's."""
    with pytest.raises(RejectedError) as refused:
        written_value(WriteField("amount_minor", "x", form), text, currency)

    assert "amount_minor" in str(refused.value)
    assert word in str(refused.value)
    assert text not in str(refused.value)


def test_words_of_the_system_stand_for_ours_both_ways() -> None:
    """And a word that nobody described stays as it is: it is then another value than planned."""
    field = WriteField("status", "Stage", values=(("Paid", "closed_paid"),))

    assert written_value(field, "Paid", "") == "closed_paid"
    assert read_value(field, "closed_paid", "") == "Paid"
    assert read_value(field, "open", "") == "open"


def test_a_field_is_emptied_as_the_system_empties_it_and_an_empty_one_is_none() -> None:
    """Some take null, some a text without letters."""
    field = WriteField("phone", "phone")

    assert written_value(field, None, "") is None
    assert written_value(field, None, "", blank="") == ""
    assert read_value(field, "", "") is None
    assert read_value(field, None, "") is None


@pytest.mark.parametrize(("form", "found", "currency"), [("amount", "12.345", "USD"), ("amount", "12.50", ""),
                                                         ("amount", "soon", "USD"), ("number", "soon", "")])  # fmt: skip
def test_what_has_not_the_form_is_read_as_it_stands(form: WriteForm, found: str, currency: str) -> None:
    """It is then not the value that was planned, and nothing is written over it."""
    assert read_value(WriteField("amount_minor", "x", form), found, currency) == found
