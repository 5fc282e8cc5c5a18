"""What single transforms do, value by value."""

import pytest

from toolkit.audit.scope.handoff_maps import transforms
from toolkit.scoping.transforms._transform import Options, Refused

KNOWN = transforms()


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Ann Lee", "Ann", "Lee"),
        ("Ann Mary Lee", "Ann Mary", "Lee"),
        ("Jan van der Berg", "Jan", "van der Berg"),
        ("Lee, Ann", "Ann", "Lee"),
        ("Max Müller-Lüdenscheidt", "Max", "Müller-Lüdenscheidt"),
        ("李 小龙", "李", "小龙"),
    ],
)
def test_a_name_is_split_at_its_family_name(name: str, given: str, family: str) -> None:
    """Small words belong to the family name, and a comma says which comes first."""
    assert KNOWN["split_name"].there((name,), Options()) == (given, family)


@pytest.mark.parametrize("name", ["Cher", "Lee, Ann, MD", ", Ann"])
def test_a_name_that_nobody_can_split_is_refused(name: str) -> None:
    """It is not put into one of both fields by chance."""
    assert isinstance(KNOWN["split_name"].there((name,), Options()), Refused)


def test_an_amount_is_written_with_the_decimals_of_its_currency() -> None:
    """Ten dollars fifty, a thousand and fifty yen, one dinar and fifty fils."""
    carried = [KNOWN["currency"].there(("1050", code), Options()) for code in ("USD", "JPY", "KWD")]

    assert carried == [("10.50", "USD"), ("1050", "JPY"), ("1.050", "KWD")]


def test_an_amount_in_another_currency_is_refused_without_a_rate() -> None:
    """A hundred Canadian dollars never become a hundred US dollars."""
    found = KNOWN["currency"].there(("10000", "CAD"), Options(currency="USD"))

    assert found == Refused("There is no rate from CAD to USD.")


def test_a_converted_amount_says_its_new_currency() -> None:
    """With a rate it is converted, and rounded to what the currency has."""
    found = KNOWN["currency"].there(("10001", "CAD"), Options(currency="USD", rates={"CAD": 0.72}))

    assert found == ("72.01", "USD")


def test_what_goes_out_has_the_other_sign_where_the_target_wants_that() -> None:
    """A bill of 12.00 is a bank line of -12.00, and comes back as a bill."""
    options = Options(is_negated=True)
    carried = KNOWN["currency"].there(("1200", "USD"), options)

    assert carried == ("-12.00", "USD")
    assert KNOWN["currency"].back(carried, options) == ("1200", "USD")


def test_a_year_in_two_digits_loses_its_century() -> None:
    """1926 comes back as 2026: the round trip is there to see that."""
    options = Options(form="%d.%m.%y")
    carried = KNOWN["date_format"].there(("1926-03-01",), options)

    assert carried == ("01.03.26",)
    assert KNOWN["date_format"].back(carried, options) == ("2026-03-01",)


def test_two_words_with_one_code_cannot_come_back() -> None:
    """The way there works, the way back is refused with the number of words."""
    options = Options(table={"paid": "closed", "void": "closed"})

    assert KNOWN["code_lookup"].there(("void",), options) == ("closed",)
    assert isinstance(KNOWN["code_lookup"].back(("closed",), options), Refused)
