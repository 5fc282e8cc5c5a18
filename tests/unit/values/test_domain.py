"""Internet domains."""

import pyarrow as pa
import pytest

from toolkit.values import domain


def test_one_company_has_one_domain_however_it_is_written() -> None:
    """Protocol, www, path and case are form."""
    written = ["https://www.Acme.co.uk/about?x=1", "acme.co.uk", "jo@mail.acme.co.uk", "HTTP://ACME.CO.UK:8080"]

    assert set(domain.standardised(pa.array(written)).to_pylist()) == {"acme.co.uk"}


def test_a_free_mail_provider_is_nobodys_company() -> None:
    """Two customers at Gmail have nothing in common."""
    assert domain.company_domain("jo@gmail.com") is None


def test_what_is_no_web_site_is_named() -> None:
    """A yes/no column that calls itself web site is found out."""
    assert domain.judged(["Yes", "acme.com", None]) == ["This is not a web site or domain.", None, None]


def test_a_page_on_a_site_of_all_is_nobodys_domain() -> None:
    """Two clubs with a page on one network have nothing in common; a shop of its own name on a builder of shops has."""
    sites = pa.array(["https://www.facebook.com/acme", "acme.myshopify.com", "www.bolt.myshopify.com"])

    assert domain.company_domains(sites).to_pylist() == [None, "acme.myshopify.com", "bolt.myshopify.com"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("alpha.co.ug", "beta.co.ug"),
        ("www.alpha.com.bo", "shop.beta.com.bo"),
        ("alpha.go.tz", "beta.go.tz"),
        ("mail.alpha.co.uk", "mail.beta.co.uk"),
        ("alpha.asso.fr", "beta.asso.fr"),
        ("alpha.myshopify.com", "beta.myshopify.com"),
    ],
)
def test_two_firms_under_one_public_suffix_share_no_domain(one: str, other: str) -> None:
    """What a country or a builder of sites hands out names under belongs to nobody."""
    domains = domain.standardised(pa.array([one, other, f"jo@{one}", f"https://{one}/about"])).to_pylist()

    assert domains[0] != domains[1]
    assert domains[0] == domains[2] == domains[3] == domain.domain_of(one)
