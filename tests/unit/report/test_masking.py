import pytest

from toolkit.report.masking import masked_party, masked_record_key, masked_text, masked_value, short_person_name


@pytest.mark.parametrize(
    "text",
    [
        "dana.miller+shop@mail.example",
        "call (312) 555-0148",
        "+49 30 1234567 ext. 5",
        "312.555.0148/0149",
        "DE89 3704 0044 0532 0130 00",
        "4111 1111 1111 1111",
    ],
)
def test_free_text_gives_nobody_away(text: str) -> None:
    """Addresses, phone, account and card numbers do not survive in free text."""
    masked = masked_text(text)

    for private in ("dana", "555", "1234567", "3704", "4111 1111"):
        assert private not in masked


@pytest.mark.parametrize(
    "text", ["Invoice INV-10023", "2026-10-05", "12/31/2026 due", "Suite 400, 60601", "Acme & Sons 1998"]
)
def test_ordinary_text_stays(text: str) -> None:
    """Dates, invoice numbers, postcodes and company names are evidence, not people."""
    assert masked_text(text) == text


def test_a_company_stays_and_a_person_is_shortened() -> None:
    """The same column is plain for a company and masked for a person."""
    assert masked_value("name", "Miller Fit-Out LLC", kind="company") == "Miller Fit-Out LLC"
    assert masked_value("name", "Dana Miller", kind="person") == "D. Miller"
    assert masked_value("street", "5 Oak St", kind="company") == "5 Oak St"
    assert masked_value("street", "5 Oak St", kind="person") == "•••"
    assert masked_value("given_name", "Dana") == "D."


def test_a_name_that_is_an_address_is_masked_too() -> None:
    """Shops store the e-mail address as the name where there is none."""
    assert masked_party({"kind": "unknown", "name": "dana@mail.example"}) == "•••@mail.example"
    assert masked_record_key("shop/customers/dana@mail.example") == "shop customers •••@mail.example"


def test_names_of_one_word_and_of_none() -> None:
    """There is nothing to shorten in one word, and nothing to show for none."""
    assert short_person_name("Cher") == "Cher"
    assert short_person_name(None) == ""
    assert masked_party({}) == "(no name)"
