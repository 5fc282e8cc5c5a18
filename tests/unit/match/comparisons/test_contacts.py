"""Phones, mailboxes and web sites side by side."""

import numpy as np
import pyarrow as pa
import pytest

from toolkit.match.comparison import Comparison
from toolkit.match.comparisons import domain, email, phone


def level(comparison: Comparison, one: str, other: str) -> str:
    """Return how two cells compare, in words."""
    distinct = comparison.standardised({comparison.reads[0]: pa.array([one, other])}).unique()
    ends = np.array([0]), np.array([len(distinct) - 1])
    [grade] = comparison.graded(comparison.prepared(distinct, None), *ends)
    return comparison.levels[grade - 1]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("(415) 555-2671", "+1 415 555 2671 ext. 4", "same number"),
        ("(415) 555-2671", "555-2671", "same number"),
        ("(415) 555-2671", "415 555 2617", "nearly the same number"),
        ("(415) 555-2671", "415 555 9024", "same exchange"),
        ("(415) 555-2671", "555-9024", "same exchange"),
        ("(415) 555-2671", "312 644 0843", "different numbers"),
    ],
)
def test_numbers_are_graded_by_digits(one: str, other: str, expected: str) -> None:
    """A missing area code is no difference; a neighbour on the exchange and a slip are grades."""
    assert level(phone.COMPARISON, one, other) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Jo.Bell@acme.com", "jo.bell+shop@acme.com", "same address"),
        ("info@acme.com", "INFO@acme.com", "same shared address"),
        ("jo.bell@acme.com", "jo.bel@acme.com", "nearly the same address"),
        ("jo.bell@gmail.com", "jo.bell@gmail.co", "different addresses"),
        ("jobell@acme.com", "jobell@acme.co", "nearly the same address"),
        ("jobell@acme.com", "jobell@gmail.com", "same name before the @"),
        ("jobell@acme.com", "tom@acme.com", "same company domain"),
        ("info@acme.com", "info@bolt.com", "different addresses"),
        ("jobell@gmail.com", "mkraus@gmail.com", "different addresses"),
    ],
)
def test_mailboxes_are_graded_by_their_parts(one: str, other: str, expected: str) -> None:
    """A desk's address says less than a person's, and a free provider nothing."""
    assert level(email.COMPARISON, one, other) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("https://www.acme.com/about", "acme.com", "same domain"),
        ("acme-dental.com", "acmedental.co.uk", "same name, another ending, or one slip"),
        ("acmedental.com", "acmedetnal.com", "same name, another ending, or one slip"),
        ("acme.com", "acne.com", "different domains"),
        ("acme.com", "bolt.com", "different domains"),
    ],
)
def test_sites_are_graded_by_name_and_ending(one: str, other: str, expected: str) -> None:
    """A company often has its name under several endings."""
    assert level(domain.COMPARISON, one, other) == expected


def test_a_number_is_found_without_its_area_code() -> None:
    """The last seven digits lead to it."""
    keys = phone.COMPARISON.narrow(phone.COMPARISON.prepared(pa.array(["4155552671", "5552671"]), None))

    assert len(set(keys.key.tolist())) == 1


def test_a_mailbox_and_a_web_site_of_one_company_share_a_key() -> None:
    """One record may have only the site, the other only the address."""
    site = domain.COMPARISON.narrow(domain.COMPARISON.prepared(pa.array(["acme.com"]), None))
    mail = email.COMPARISON.narrow(email.COMPARISON.prepared(pa.array(["jo@acme.com"]), None))

    assert set(site.key.tolist()) & set(mail.key.tolist())
