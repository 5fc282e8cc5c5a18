"""Postcodes by country."""

import pytest

from toolkit.values.postcode import judged, standardised, suggested


@pytest.mark.parametrize(
    ("country", "good"),
    [
        ("US", "60614"), ("US", "60614-2203"), ("GB", "SW1A 1AA"), ("GB", "m1 1ae"), ("GB", "EC1A1BB"), ("CA", "K1A 0B1"),
        ("IE", "D02 AF30"), ("NL", "1012 AB"), ("DE", "10115"), ("AU", "2000"), ("SE", "114 55"),
        ("PL", "00-950"), ("JP", "100-0001"),
    ],
)  # fmt: skip
def test_right_ones_pass(country: str, good: str) -> None:
    """Case and the blank do not matter."""
    assert judged([good], country=country) == [None]


@pytest.mark.parametrize(
    ("country", "bad"),
    [
        ("US", "6061"),
        ("US", "60614-22"),
        ("US", "ABCDE"),
        ("GB", "SW1A 1A"),
        ("CA", "K1A 0D1"),
        ("DE", "1011"),
        ("US", "x" * 99_999),
    ],
)
def test_wrong_ones_fail(country: str, bad: str) -> None:
    """Each with a sentence."""
    [reason] = judged([bad], country=country)

    assert reason is not None


@pytest.mark.parametrize("country", [None, "HK", "AE", "ZZ"])
def test_countries_without_postcodes_are_not_judged(country: str | None) -> None:
    """Silence is better than a false alarm."""
    assert judged(["anything"], country=country) == [None]


@pytest.mark.parametrize(
    ("country", "written", "meant"),
    [
        ("US", "2139", "02139"),
        ("DE", "1067", "01067"),
        ("GB", "SW1A1O A", None),
        ("GB", "M1 IAE", "M1 1AE"),
        ("CA", "K1A-0B1", "K1A 0B1"),
    ],
)
def test_what_was_meant_is_suggested(country: str, written: str, meant: str | None) -> None:
    """A lost zero, or a letter where only a digit may stand."""
    assert suggested(written, country=country) == meant


def test_one_spelling_for_comparing() -> None:
    """The last four digits of a US postcode are left out."""
    assert standardised(["sw1a 1aa", "SW1A1AA"], country="GB") == ["SW1A1AA", "SW1A1AA"]
    assert standardised(["60614-2203", "60614", None, " "], country="US") == ["60614", "60614", None, None]


@pytest.mark.parametrize(
    ("country", "values"),
    [
        ("GB", ["SW1A 1AA", "M1 2AB"]), ("IE", ["D02 X285", "T12AC34"]),
        ("US", ["60614", "94110-2203"]), ("CA", ["K1A 0B1", "M5V 3L9"]),
        ("AU", ["2000", "3056"]), ("NZ", ["6011", "1010"]), ("DE", ["10115", "D-80331"]), ("AT", ["1010", "A-8020"]),
        ("CH", ["8001", "CH-3011"]), ("FR", ["75001", "69002"]), ("ES", ["28013", "08001"]), ("IT", ["00184", "20121"]),
        ("NL", ["1012 AB", "3511LN"]), ("BE", ["1000", "B-2000"]),
        ("PT", ["1100-148", "4000-322"]), ("BR", ["01310-100", "22041-001"]),
        ("SE", ["111 29", "41103"]), ("NO", ["0150", "5003"]), ("DK", ["1050", "DK-8000"]), ("FI", ["00100", "33100"]),
        ("IN", ["110001", "400 001"]), ("PL", ["00-950", "30-001"]), ("CZ", ["110 00", "60200"]), ("HU", ["1051", "6720"]),
        ("TR", ["34000", "06420"]), ("JP", ["100-0001", "530-0001"]),
    ],
)  # fmt: skip
def test_postcodes_of_every_country_pass_in_both_spellings(country: str, values: list[str]) -> None:
    """With and without the blank, the hyphen or the letters of the country."""
    assert judged(values, country=country) == [None, None]
