"""The country that the values of a table speak of."""

import pytest

from toolkit.values.home_country import country_evidence, likeliest_country


@pytest.mark.parametrize(
    ("country", "columns"),
    [
        (
            "GB",
            [["Birch Joinery Ltd", "Northgate Foods Limited", "Ash & Co LLP"], ["LS1 4AP", "M1 2AB"], ["100.00", "20.50"]],
        ),
        ("IE", [["Kerry Foods DAC", "Liffey Print Ltd"], ["D02 X285", "T12 AC34"], ["Cork", "Galway"]]),
        (
            "DE",
            [["Nordwind Logistik GmbH", "Birkenhof OHG", "Elbwerk UG"], ["DE136695976", "DE811907980"], ["Leipzig", "Kiel"]],
        ),
        ("AT", [["ATU12345678", "ATU98765432"], ["Graz", "Linz", "Innsbruck"]]),
        ("FR", [["Vosges Bâtiment SARL", "Mistral EURL"], ["01 49 54 25 49"], ["Lyon", "Toulouse"]]),
        ("ES", [["Transportes Vega, S.L.", "Ribera S.L.U."], ["B17601906", "B86956435"]]),
        ("IT", [["Officina Tre Valli S.r.l.", "Adige S.p.A."], ["MI", "BO", "TO", "NA", "RM"]]),
        ("NL", [["Maasoever B.V.", "Deltawerk BV"], ["1012 AB", "3511 LN"], ["+31 20 123 4567", "+31 30 765 4321"]]),
        ("SE", [["Birkelund AB", "Solvik Handelsbolag"], ["Göteborg", "Malmö", "Uppsala"], ["SEK", "SEK"]]),
        ("PL", [["Nova sp. z o.o.", "Alba Sp. z o.o."], ["00-950", "30-001"]]),
        ("HU", [["Alba Kft.", "Duna Zrt."], ["HUF"]]),
        ("BR", [["Pantanal Comércio Ltda", "Mirante Ltda"], ["12.345.678/0001-95", "98.765.432/0001-10"]]),
        ("IN", [["Orient Pharma Pvt Ltd", "Triveni Foods Pvt Ltd"], ["27AAJFR0016M1Z5", "29AAJFR1698M1Z5"]]),
        ("US", [["Acme Inc", "Birch LLC"], ["TX", "FL", "OH", "CA"], ["94110-2203", "60614-1234"]]),
        ("AU", [["Wattle Foods Pty Ltd", "Coral Pty Limited"], ["NSW", "VIC", "QLD"]]),
        ("GB", [["https://www.acme.co.uk", "http://birch.org.uk"], ["£12.00", "£7.50"]]),
        ("FI", [["Finland", "Suomi", "Finnland"]]),
    ],
)
def test_values_name_their_country(country: str, columns: list[list[str]]) -> None:
    """Legal forms, tax numbers, postcodes, telephones, places and endings, whatever the columns are called."""
    evidence = country_evidence(columns)

    assert likeliest_country(evidence) == country, evidence


def test_values_of_no_country_say_nothing() -> None:
    """A table of figures is at home nowhere, and is not put into dollars."""
    assert country_evidence([["1", "2"], ["12.50", "7.25"], ["INV-1", "INV-2"], ["2026-01-05"], ["EUR", "EUR"], []]) == []
    assert likeliest_country([]) is None


def test_one_foreign_partner_among_many_is_no_evidence() -> None:
    """A German customer does not make a British ledger German."""
    names = [f"Birch {number} Ltd" for number in range(30)] + ["Elbwerk GmbH"]

    assert likeliest_country(country_evidence([names])) == "GB"


def test_each_piece_of_evidence_says_why() -> None:
    """The reason can be shown to the person who confirms."""
    [first, *_] = country_evidence([["00-950", "30-001"]])

    assert first == ("PL", 1.0, "2 of 2 values are postcodes of PL")


@pytest.mark.parametrize(
    "values", [["ML-118", "ML-130"], ["00012321", "00012323"], ["ABC1234", "ABD2345"], ["Anna", "Oman Ali"]]
)
def test_ids_and_names_are_no_countries(values: list[str]) -> None:
    """Letters before a number, zeros in front of one, and people say nothing of a country."""
    assert likeliest_country(country_evidence([values])) is None


def test_a_form_shared_by_three_countries_is_a_whole_vote() -> None:
    """Two German companies are enough, though thirds do not add up to one in a computer."""
    assert likeliest_country(country_evidence([["Ahorn GmbH", "Birke KG"], ["P-1", "P-2"]])) == "DE"


@pytest.mark.parametrize(
    "values",
    [
        ["20260803a", "20260804a", "20260805a"],
        ["20260803B", "20260804B", "20260805B"],
        ["0015000000GNA01", "0015000000GNB71", "0015000000GNCE1"],
    ],
)
def test_ids_of_lines_and_records_are_no_tax_or_telephone_numbers(values: list[str]) -> None:
    """A date and a letter is no Spanish number, zeros and letters are no call abroad."""
    assert country_evidence([values]) == []
