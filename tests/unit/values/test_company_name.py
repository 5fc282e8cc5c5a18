"""Company names."""

import pyarrow as pa
import pytest

from toolkit.values.company_name import company_name, is_company_like, legal_forms, standardised


@pytest.mark.parametrize(
    "written",
    [
        "Brown Brothers Manufacturing, Inc.",
        "BROWN BROS MFG INC",
        "The Brown Bros. Mfg. Co.",
        "Brown Bros Mfg (old)",
        "Brown Bros. Manufacturing - DO NOT USE",
        "zz Brown Bros Manufacturing",
        "Brown Bros Manufacturing c/o Jane Roe",
        "Brown Brothers Manufacturing in liquidation",
    ],
)
def test_ways_of_writing_one_company_compare_equal(written: str) -> None:
    """Legal form, abbreviations, articles and notes are form."""
    assert standardised(pa.array([written])).to_pylist() == ["brown brothers manufacturing"]


@pytest.mark.parametrize(
    ("written", "form"),
    [("Acme GmbH", "gmbh"), ("Acme S.A.R.L.", "sarl"), ("Acme Pty Ltd", "pty ltd"), ("Acme A/S", "as"), ("Acme B.V.", "bv")],
)
def test_the_legal_form_is_kept_as_a_fact(written: str, form: str) -> None:
    """The form is taken off the name, not thrown away."""
    assert standardised(pa.array([written])).to_pylist() == ["acme"]
    assert legal_forms(pa.array([written])).to_pylist() == [form]


def test_a_trading_name_is_a_further_name() -> None:
    """Either name may stand in another system."""
    name = company_name("J. Doe Holdings Ltd T/A The Corner Shop")

    assert name is not None
    assert name.words == ("j", "doe", "holdings")
    assert name.others == (("corner", "shop"),)


def test_a_name_of_nothing_but_form_words_stays() -> None:
    """A company called The Limited has a name."""
    assert standardised(pa.array(["The Limited", "Co", "n/a"])).to_pylist() == ["limited", "co", None]


def test_short_names_and_long_forms_are_read() -> None:
    """LES Inc is not an article; a legal form may be written out."""
    written = ["LES Inc", "Acme Limited Liability Company", "Lee Assoc.", "Lee Associates"]

    assert standardised(pa.array(written)).to_pylist() == ["les", "acme", "lee associates", "lee associates"]


def test_companies_are_told_from_persons_by_their_words() -> None:
    """A legal form, a trade or a digit shows it."""
    assert [is_company_like(one) for one in ("Smith LLC", "Smith Plumbing", "3M", "John Smith")] == [True, True, True, False]
