"""Values and texts that are not written as they must be, by the country that counts."""

from typing import Any

import pytest

from tests.quality_records import by_stream, failing, outcomes, stream_table
from toolkit.quality.checks import damaged_text, value_format


def judged(row: dict[str, Any], column: str, country: str | None = "US") -> tuple[int, int] | None:
    """Return how many of one record's values were judged and fail, in one column; null: none was judged."""
    found = outcomes(value_format.CHECK, by_stream(stream_table("party", [{"name": "A", **row}])), country=country)
    return next(((one.checked, len(one.failing)) for one in found if one.column == column), None)


@pytest.mark.parametrize(
    ("row", "column", "country", "expected"),
    [
        ({"tax_id": "980780684", "country": "GB"}, "tax_id", "US", (1, 0)),
        ({"tax_id": "980780685", "country": "GB"}, "tax_id", "US", (1, 1)),
        ({"tax_id": "07-1144442"}, "tax_id", "US", (1, 1)),
        ({"tax_id": "07-1144442", "country": " "}, "tax_id", "US", (1, 1)),
        ({"tax_id": "07-1144442", "country": "Atlantis"}, "tax_id", "US", None),
        ({"tax_id": "07-1144442"}, "tax_id", None, None),
        ({"postcode": "ABC", "country": "Atlantis"}, "postcode", "US", None),
        ({"postcode": "ABC"}, "postcode", "US", (1, 1)),
        ({"postcode": "ABC"}, "postcode", None, None),
        ({"postcode": "SW1A 1AA"}, "postcode", "US", (1, 0)),
        ({"postcode": "60614", "country": "GB"}, "postcode", "US", (1, 1)),
        ({"phone": "(312) 867-5309", "country": "GB"}, "phone", "US", (1, 0)),
        ({"phone": "020 7946 0958"}, "phone", "US", (1, 1)),
        ({"phone": "020 7946 0958", "country": "GB"}, "phone", "US", (1, 0)),
        ({"phone": "12", "country": "GB"}, "phone", "US", (1, 1)),
        ({"phone": "12"}, "phone", None, (1, 1)),
        ({"email": " "}, "email", "US", None),
    ],
)
def test_a_value_is_judged_by_the_record_s_country_else_the_client_s(
    row: dict[str, Any], column: str, country: str | None, expected: tuple[int, int] | None
) -> None:
    """A telephone number of the client's country is right abroad, a foreign postcode at home."""
    assert judged(row, column, country) == expected


def test_failing_values_stand_in_the_order_of_the_records() -> None:
    """Whatever their countries; with what is likely meant."""
    rows = [
        {"postcode": "2139", "country": "US"},
        {"postcode": "60614", "country": "GB"},
        {"postcode": "SW1A 1AA", "country": "GB"},
        {"postcode": "2140"},
    ]

    [one] = [one for one in outcomes(value_format.CHECK, by_stream(stream_table("party", rows))) if one.column == "postcode"]

    assert (one.checked, one.severity) == (4, "low")
    assert one.failing["suggestion"][0].as_py() == "02139"
    assert [row["record_key"][-1] for row in one.failing.to_pylist()] == ["1", "2", "4"]


@pytest.mark.parametrize(
    ("column", "bad", "severity"),
    [
        ("email", "jo@", "medium"),
        ("phone", "12", "medium"),
        ("postcode", "6061", "low"),
        ("tax_id", "07-1144442", "high"),
        ("country", "Unites Staets", "low"),
        ("website", "acme", "low"),
    ],
)
def test_what_a_wrong_value_weighs_depends_on_what_it_is(column: str, bad: str, severity: str) -> None:
    """A wrong tax number costs more than a wrong web site."""
    found = outcomes(value_format.CHECK, by_stream(stream_table("party", [{"name": "A", column: bad}])))

    assert [(one.column, one.severity, len(one.failing)) for one in found] == [(column, severity, 1)]


def test_a_currency_is_a_code_and_a_sign_is_mended() -> None:
    """What "$" means depends on the client."""
    [one] = outcomes(value_format.CHECK, by_stream(stream_table("invoice", [{"currency": "$"}, {"currency": "USD"}])))

    assert (one.severity, one.checked, one.failing["suggestion"].to_pylist()) == ("high", 2, ["USD"])


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("SeÃ±or", "Señor"),
        ("CafÃ© Zoë", None),
        ("Smith &amp; Co", "Smith & Co"),
        ("a\x07b", None),
        ("\ufffd", None),
        ("â€œquoted", "“quoted"),
        ("&#39;x&#39;", "'x'"),
    ],
)
def test_damaged_text_is_found_and_mended_where_that_is_certain(text: str, mended: str | None) -> None:
    """A half of it that stays damaged is no proposal."""
    [one] = outcomes(damaged_text.CHECK, by_stream(stream_table("invoice", [{"description": text}, {"description": "ok"}])))

    assert (one.checked, one.failing["suggestion"].to_pylist()) == (2, [mended])


@pytest.mark.parametrize("text", ["Müller & Söhne", "Ã la carte", "AT&T", "a\tb", "a\nb", "&#1;", "São Paulo", "东京", "Â"])
def test_unusual_letters_are_no_damage(text: str) -> None:
    """Tabs and line breaks within a text neither."""
    assert failing(damaged_text.CHECK, stream_table("invoice", [{"description": text}])) == []


def test_a_blank_text_is_not_judged() -> None:
    """Not even one of control characters that count as blanks."""
    [one] = outcomes(damaged_text.CHECK, by_stream(stream_table("invoice", [{"description": "\x1f"}, {"description": "x"}])))

    assert (one.checked, len(one.failing)) == (1, 0)
