"""Tax numbers judged by their countries' own rules; the good ones are published examples of the authorities."""

import pytest

from toolkit.values.tax_id import compared_number, judged, standardised

GOOD = {
    "US": ("91-1144442", "536-90-4399"),
    "GB": ("GB 980 7806 84", "1955839661", "SC123456", "01234567"),
    "IE": ("IE 6433435F", "6433435OA"),
    "DE": ("DE 136,695 976", "36 574 261 809", "HRB 12345"),
    "FR": ("FR 40 303 265 045", "552 008 443", "73282932000074"),
    "NL": ("004495445B01", "NL4495445B01"),
    "ES": ("54362315-K", "B-58378431"),
    "IT": ("IT 00743110157", "RCCMNL83S18D969H"),
    "AU": ("83 914 571 673", "004 085 616"),
    "NZ": ("49-098-576",),
    "SE": ("556189-4535", "SE 123456789701"),
    "NO": ("988 077 917", "NO 995 525 828 MVA"),
    "DK": ("DK 13585628",),
    "FI": ("FI 20774740", "2077474-0"),
}


@pytest.mark.parametrize(
    ("country", "number"), [(country, number) for country, numbers in GOOD.items() for number in numbers]
)
def test_numbers_that_authorities_publish_pass(country: str, number: str) -> None:
    """Blanks, signs and the country's letters do not matter."""
    assert judged([number], country=country) == [None]


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("GB", "GB 980 7806 85"),
        ("IE", "IE 6433435E"),
        ("DE", "DE136695978"),
        ("FR", "FR 84 323 140 391"),
        ("AU", "99 999 999 998"),
        ("NO", "988 077 918"),
        ("US", "07-1144442"),
        ("US", "12-345"),
        ("US", "000-00-0000"),
    ],
)
def test_a_wrong_digit_is_noticed(country: str, number: str) -> None:
    """One digit changed breaks the check digits, or the form."""
    [reason] = judged([number], country=country)

    assert reason is not None
    assert reason.endswith(".")


def test_letters_in_front_decide_about_the_country() -> None:
    """A German number in an American client's list is judged as German."""
    assert judged(["DE136695976"], country="US") == [None]
    assert judged(["DE136695978"], country="US") != [None]


def test_digits_without_letters_are_of_no_country() -> None:
    """The check digits of this Romanian number hold for four other countries as well."""
    assert judged(["18547290", "18547291"], country=None) == [None, None]
    assert compared_number("18547290") == "18547290"
    assert compared_number("RO18547290") == "ro 18547290 checked"


@pytest.mark.parametrize("value", [None, "", "***-**-6789", "xx-xxx4567"])
def test_missing_and_masked_numbers_are_not_judged(value: str | None) -> None:
    """Nobody can judge what is not there."""
    assert judged([value], country="US") == [None]
    assert standardised([value]) == [None]


def test_countries_without_check_are_left_alone() -> None:
    """Silence is better than a false alarm."""
    assert judged(["whatever 1"], country="KW") == [None]
    assert judged(["whatever 1"], country=None) == [None]


def test_a_hostile_value_does_no_harm() -> None:
    """A cell of a megabyte or in another script is only wrong."""
    reasons = judged(["9" * 1_000_000, "９１-1144442", "\x00"], country="US")

    assert reasons[0] is not None


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("VAT no. GB 980 7806 84", "gb 980780684 checked"),
        ("GB980780685", "gb 980780685 wrong"),
        ("03-1144442", "31144442"),
        ("FR 40 303 265 045", "fr 303265045 checked"),
        ("EL 094259216", "gr 94259216 checked"),
        ("NO 995525828 MVA", "995525828"),
    ],
)
def test_a_number_is_compared_with_what_is_known_of_it(written: str, compared: str) -> None:
    """Its country and whether its check digits agree; words around it and leading zeros are form."""
    assert compared_number(written) == compared


@pytest.mark.parametrize("filler", ["n/a", "00-0000000", "123456789", "***-**-6789", "1234"])
def test_what_is_no_number_of_a_party_is_not_compared(filler: str) -> None:
    """Fillers, masked numbers, and what is too short."""
    assert compared_number(filler) is None
