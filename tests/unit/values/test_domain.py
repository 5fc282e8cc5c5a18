"""Internet domains."""

from toolkit.values import domain


def test_one_company_has_one_domain_however_it_is_written() -> None:
    """Protocol, www, path and case are form."""
    written = ["https://www.Acme.co.uk/about?x=1", "acme.co.uk", "jo@mail.acme.co.uk", "HTTP://ACME.CO.UK:8080"]

    assert set(domain.standardised(written)) == {"acme.co.uk"}


def test_a_free_mail_provider_is_nobodys_company() -> None:
    """Two customers at Gmail have nothing in common."""
    assert domain.company_domain("jo@gmail.com") is None


def test_what_is_no_web_site_is_named() -> None:
    """A yes/no column that calls itself web site is found out."""
    assert domain.judged(["Yes", "acme.com", None]) == ["This is not a web site or domain.", None, None]
