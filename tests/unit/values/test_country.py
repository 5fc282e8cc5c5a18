"""Countries by name and code."""

import pytest
from babel import Locale

from toolkit.values.country import country_code, country_name, judged, standardised

_WRITTEN_IN_LATIN = "de fr es it nl pt sv nb da fi hu pl cs tr sk ro hr sl"
_OTHERS = "el ru uk bg sr lt lv et is ca ga cy eu gl ja zh ko ar he hi vi th id ms"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("USA", "US"), ("u.s.", "US"), ("United States of America", "US"), ("UK", "GB"), ("Scotland", "GB"), ("GB", "GB"),
        ("Österreich", "AT"), ("Côte d'Ivoire", "CI"), ("Curacao", "CW"), ("Türkiye", "TR"), ("Turkey", "TR"), ("DEU", "DE"),
        ("Trinidad & Tobago", "TT"), ("The Netherlands", "NL"), ("South Korea", "KR"), ("España", "ES"),
    ],
)  # fmt: skip
def test_names_and_codes_are_read_as_people_write_them(text: str, code: str) -> None:
    """Case, accents and points do not matter."""
    assert country_code(text) == code


@pytest.mark.parametrize("text", ["Atlantis", "", "Illinois", "U", "Chad Miller", "Cuba, Missouri", "x" * 100_000])
def test_nothing_near_is_taken_for_a_country(text: str) -> None:
    """What is not written so is no country."""
    assert country_code(text) is None


def test_every_code_has_a_name_that_leads_back() -> None:
    """All 249 entries of ISO 3166-1 can be read by their own name."""
    codes = [first + second for first in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    named = {code: name for code in codes if (name := country_name(code))}

    assert len(named) == 249
    assert standardised(named.values()) == list(named)


def test_the_list_of_names_is_that_of_unicode() -> None:
    """What Unicode calls a country in one of 42 languages leads to its code, but for what it renamed since."""
    named = [
        (name, code)
        for language in f"{_WRITTEN_IN_LATIN} {_OTHERS}".split()
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and country_name(code) and (language in _WRITTEN_IN_LATIN.split() or not name.isascii())
    ]
    right = sum(country_code(name) == code for name, code in named)

    assert len(named) > 8_000
    assert right >= 0.99 * len(named)


def test_missing_countries_are_not_judged() -> None:
    """Only what is written can be wrong."""
    assert judged([None, " ", "France", "Frnace"]) == [None, None, None, "No country or country code is written so."]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Deutschland", "DE"), ("Allemagne", "DE"), ("Alemania", "DE"),
        ("Germania", "DE"), ("Tyskland", "DE"), ("Niemcy", "DE"),
        ("Vereinigtes Königreich", "GB"), ("Royaume-Uni", "GB"),
        ("Reino Unido", "GB"), ("UK", "GB"), ("Großbritannien", "GB"),
        ("Yhdysvallat", "US"), ("Verenigde Staten", "US"), ("Stati Uniti", "US"),
        ("USA", "US"), ("U.S.A.", "US"), ("EE.UU.", "US"),
        ("Pays-Bas", "NL"), ("Países Bajos", "NL"), ("Holland", "NL"), ("Szwajcaria", "CH"), ("Schweiz/Suisse", None),
        ("Çekya", "CZ"), ("Česko", "CZ"), ("Rakousko", "AT"), ("Ausztria", "AT"), ("Sverige", "SE"), ("Suomi", "FI"),
        ("Россия", "RU"), ("Ελλάδα", "GR"), ("日本", "JP"), ("Atlantis", None),
        ("ML-1142", None), ("", None), ("Frnace", None),
    ],
)  # fmt: skip
def test_countries_are_known_in_many_languages(name: str, code: str | None) -> None:
    """A client writes the country in its own language, accents and all."""
    assert country_code(name) == code
