"""One writing for one thing, and only what is certain: what may mean something else, or would lose a part, stays."""

from typing import Any

import pytest

from tests.cleanup_records import Client, only, party
from toolkit.plan.cleanup_rules import STANDARDS, CleanupRules


def written(column: str, *values: str | None, rules: CleanupRules | None = None, **beside: Any) -> list[str | None]:
    """Return what the values of a stream become; one that is left alone comes back as it is."""
    rows = [party(f"crm/companies/{number:03}", **{column: value}, **beside) for number, value in enumerate(values)]
    planned = Client(rows).planned(rules or CleanupRules(home_country="US"))
    changed = {one.target_id: one.after[column] for one in only(planned, "update") if column in one.after}
    return [changed.get(f"{number:03}", value) for number, value in enumerate(values)]


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        ("(312) 555-0147", "+13125550147"),
        ("312.555.0147", "+13125550147"),
        ("1 312 555 0147", "+13125550147"),
        ("+49 (0)30 123456", "+4930123456"),
        ("0049 30 123456", "+4930123456"),
        ("+13125550147", "+13125550147"),
        ("312 555 0147 x5", "312 555 0147 x5"),
        ("312 555 0147 / 312 555 0148", "312 555 0147 / 312 555 0148"),
        ("call 312 555 0147", "call 312 555 0147"),
        ("555-0147", "555-0147"),
        ("n/a", "n/a"),
    ],
)
def test_phone_number(value: str, becomes: str) -> None:
    """One whole number gets its international form; an extension, a second number or a remark is not lost."""
    assert written("phone", value) == [becomes]


@pytest.mark.parametrize(
    ("country", "value", "becomes"),
    [
        ("Germany", "030 123456", "+4930123456"),
        ("Atlantis", "312 555 0147", "312 555 0147"),
        ("Atlantis", "+49 30 123456", "+4930123456"),
        ("Germany", "(312) 555-0147", "(312) 555-0147"),
    ],
)
def test_phone_number_is_read_in_its_country(country: str, value: str, becomes: str) -> None:
    """The record's country counts before the home country; where it is none, only a number with its calling code is sure."""
    rules = CleanupRules(standardise=frozenset(["phone"]), home_country="US")
    assert written("phone", value, rules=rules, country=country) == [becomes]
    assert written("phone", "312 555 0147", rules=CleanupRules()) == ["312 555 0147"]


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        ("Ann.Lee@Acme.Example", "ann.lee@acme.example"),
        (" ann@acme.example ", "ann@acme.example"),
        ("ann@acme.example", "ann@acme.example"),
        ("Ann@acme", "Ann@acme"),
        ("A@b.example; C@d.example", "A@b.example; C@d.example"),
    ],
)
def test_address_of_mail(value: str, becomes: str) -> None:
    """An address is written in small letters; what is none, or two, stays."""
    assert written("email", value) == [becomes]


def test_web_site() -> None:
    """The host is written in small letters and without a stroke at its end; a path keeps its capitals."""
    values = ["HTTPS://www.Acme.Example/", "Acme.Example/Shop", "see brochure", None, "jo@acme.example"]
    becomes = ["https://www.acme.example", "acme.example/Shop", "see brochure", None, "jo@acme.example"]
    assert written("website", *values) == becomes


@pytest.mark.parametrize(
    ("bare", "full", "becomes"),
    [
        (9, 1, "acme.example"),
        (8, 1, "https://www.acme.example"),
        (17, 2, "https://www.acme.example"),
        (18, 2, "acme.example"),
    ],
)
def test_web_site_as_nine_in_ten_are(bare: int, full: int, becomes: str) -> None:
    """Of ten or more, nine in ten must be bare before the others become so; a path is never cut off."""
    values = [f"firm{number}.example" for number in range(bare)] + ["https://www.acme.example"] * full
    assert written("website", *values)[-1] == becomes
    assert written("website", *values, "https://acme.example/shop")[-1] == "https://acme.example/shop"
    hosts = [f"www.firm{number}.example" for number in range(20)]
    assert written("website", *hosts) == hosts


@pytest.mark.parametrize(
    ("values", "becomes"),
    [
        (["US", "US", "Germany", "U.S.A."], ["US", "US", "Germany", "US"]),
        (["US", "US", "US", "Germany", "U.S.A."], ["US", "US", "US", "DE", "US"]),
        (["United States", "Germany", "France", "USA"], ["United States", "Germany", "France", "United States"]),
        (["USA", "USA", "U.S.", "Allemagne"], ["USA", "USA", "USA", "Allemagne"]),
        (["USA", "U.S."], ["USA", "U.S."]),
        (["US", "US", "US", "Mars", None], ["US", "US", "US", "Mars", None]),
    ],
)
def test_country_as_the_system_mostly_writes_it(values: list[str | None], becomes: list[str | None]) -> None:
    """More than half must write it so; half is no rule, and what is no country stays."""
    assert written("country", *values) == becomes


@pytest.mark.parametrize(
    ("values", "country", "becomes"),
    [
        (["IL", "IL", "Illinois", "Ill."], None, ["IL", "IL", "Illinois", "Ill."]),
        (["IL", "IL", "IL", "Illinois", "Ill."], None, ["IL", "IL", "IL", "IL", "IL"]),
        (["IL", "IL", "Texas"], "USA", ["IL", "IL", "TX"]),
        (["Illinois", "Illinois", "IL", "TX"], None, ["Illinois", "Illinois", "Illinois", "TX"]),
        (["IL", "Illinois"], None, ["IL", "Illinois"]),
        (["ON", "ON", "Ontario"], "Canada", ["ON", "ON", "ON"]),
        (["WA", "WA", "Washington"], "Australia", ["WA", "WA", "Washington"]),
        (["IL", "IL", "Victoria"], None, ["IL", "IL", "Victoria"]),
    ],
)
def test_region_as_the_system_mostly_writes_it(values: list[str], country: str | None, becomes: list[str]) -> None:
    """States and provinces of the two countries that are known; a state of another country is not touched."""
    rules = CleanupRules(standardise=frozenset(["region"]), home_country="US")
    assert written("region", *values, rules=rules, country=country) == becomes


@pytest.mark.parametrize(
    ("value", "country", "region", "becomes"),
    [
        ("2139", None, "MA", "02139"),
        ("2139", None, "Massachusetts", "02139"),
        ("2139", None, "IL", "2139"),
        ("2139", None, None, "2139"),
        ("606141234", None, None, "60614-1234"),
        (" 60614 ", None, None, "60614"),
        ("60614", None, None, "60614"),
        ("6061", None, None, "6061"),
        ("sw1a1aa", "United Kingdom", None, "SW1A 1AA"),
        ("SW1A 1AA", "United Kingdom", None, "SW1A 1AA"),
        ("k1a0b1", "Canada", None, "K1A 0B1"),
        ("1012ab", "Hong Kong", None, "1012ab"),
        ("60614", "Atlantis", None, "60614"),
    ],
)
def test_postcode_as_its_country_writes_it(value: str, country: str | None, region: str | None, becomes: str) -> None:
    """Blanks, capitals and the hyphen of nine digits; a zero only where the state's postcodes begin with one."""
    rules = CleanupRules(standardise=frozenset(["postcode"]), home_country="US")
    assert written("postcode", value, rules=rules, country=country, region=region) == [becomes]


@pytest.mark.parametrize("column", ["name", "given_name", "family_name", "street", "city"])
def test_needless_spaces(column: str) -> None:
    """Several spaces become one, and those at the ends go; a cell of spaces stays."""
    assert written(column, "  Acme   Foods ", "Acme Foods", "   ") == ["Acme Foods", "Acme Foods", "   "]


def test_lines_of_a_cell_stay_lines() -> None:
    """A whole address in one cell keeps its lines, without the spaces around them."""
    assert written("street", "1  Oak St \n Skokie, IL", "1 Oak\r\n Skokie") == ["1 Oak St\nSkokie, IL", "1 Oak\r\nSkokie"]
    assert written("street", "1 Oak St\nSkokie, IL") == ["1 Oak St\nSkokie, IL"]


@pytest.mark.parametrize("standard", STANDARDS)
def test_only_what_the_rules_name_is_standardised(standard: str) -> None:
    """Each standard can be had alone, and none at all."""
    values = {
        "phone": "(312) 555-0147",
        "email": "Ann@Acme.Example",
        "website": "Acme.Example/",
        "country": "U.S.A.",
        "region": "Illinois",
        "postcode": " 60614",
        "street": "1  Oak",
        "name": "ACME FOODS",
    }
    column = {"spaces": "street", "capitals": "name"}.get(standard, standard)
    usual = {"country": "USA", "region": "IL", "name": "Acme Foods"}
    rows = [party("crm/companies/1", **values), *(party(f"crm/companies/{number}", **usual) for number in (2, 3, 4))]
    for chosen, expected in (([standard], [column]), ([], [])):
        planned = Client(rows).planned(CleanupRules(standardise=frozenset(chosen), home_country="US"))
        assert [name for one in planned.operations for name in one.after] == expected


@pytest.mark.parametrize(
    ("names", "becomes"),
    [
        (["ACME FOODS", "Acme Tile", "Acme Foods"], "ACME FOODS"),
        (["ACME FOODS", "Acme Tile", "Acme Foods", "Best Foods"], "Acme Foods"),
        (["ACME FOODS", "acme foods", "acme foods"], "ACME FOODS"),
        (["IBM FOODS", "IBM Service", "IBM Foods", "Best Foods"], "IBM Foods"),
        (["A. FOODS", "Best Foods", "Foods Ltd"], "A. Foods"),
        (["FOO", "Foo Bar", "Foo Baz"], "FOO"),
        (["FOODS QX", "Foods Bar", "Foods Baz"], "FOODS QX"),
        (["FOOD", "Food Bar", "Food Baz"], "Food"),
        (["1234", "Food Bar"], "1234"),
    ],
)
def test_name_in_capitals(names: list[str], becomes: str) -> None:
    """A word is written as two other names at least write it; one word that nobody writes leaves the whole name."""
    assert written("name", *names)[0] == becomes


@pytest.mark.parametrize(("others", "becomes"), [(["McCoy"] * 9 + ["Mccoy"], "McCoy"), (["McCoy"] * 8 + ["Mccoy"], "MCCOY")])
def test_word_that_is_written_in_two_ways(others: list[str], becomes: str) -> None:
    """Nine in ten must agree on how a word is written."""
    assert written("name", "MCCOY", *others)[0] == becomes


@pytest.mark.parametrize(
    ("forms", "becomes"), [(["Corp"] * 3 + ["CORP"] * 2, "Acme Corp"), (["Corp"] * 4 + ["CORP"] * 3, "ACME CORP")]
)
def test_legal_form_needs_no_more_than_custom(forms: list[str], becomes: str) -> None:
    """Six in ten tell how a legal form is written; it is no part of a name that could be another one."""
    assert written("name", "ACME CORP", *(f"Acme {form}" for form in forms))[0] == becomes


def test_parts_of_a_name_are_written_as_the_whole() -> None:
    """A short given name in capitals follows the whole name; alone, or beside a quiet name, it may be an abbreviation."""
    others = [
        party("crm/contacts/8", name="Amy Bonner", given_name="Amy", family_name="Bonner"),
        party("crm/contacts/9", name="Amy Bonner", given_name="Amy", family_name="Bonner"),
    ]

    def after(**values: str | None) -> dict[str, str | None]:
        updated = only(Client([party("crm/contacts/1", **values), *others]).planned(CleanupRules()), "update")
        return dict(updated[0].after) if updated else {}

    loud = {"name": "AMY BONNER", "given_name": "AMY", "family_name": "BONNER"}
    assert after(**loud) == {"name": "Amy Bonner", "given_name": "Amy", "family_name": "Bonner"}
    assert after(name="Amy Bonner", given_name="AMY") == {}
    assert after(given_name="AMY", family_name="BONNER") == {"family_name": "Bonner"}
