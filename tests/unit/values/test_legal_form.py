"""Legal forms and the countries whose law knows them."""

import pytest

from toolkit.values.company_name import company_name
from toolkit.values.legal_form import legal_form_country


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Birch Joinery Ltd.", "GB"),
        ("Acme, Inc.", "US"),
        ("Nordwind Logistik GmbH & Co. KG", "DE"),
        ("Weber GesmbH", "AT"),
        ("Vosges Bâtiment EURL", "FR"),
        ("Transportes Vega, S.L.", "ES"),
        ("Adige S.p.A.", "IT"),
        ("Deltawerk B.V.", "NL"),
        ("Mirante Ltda", "BR"),
        ("Ribeira, Lda.", "PT"),
        ("Birkelund A/S", "DK"),
        ("Solvik ApS", "DK"),
        ("Kystlinje ASA", "NO"),
        ("Åkerholm Aktiebolag", "SE"),
        ("Kallio Oy", "FI"),
        ("Nova sp. z o.o.", "PL"),
        ("Alba, spol. s r.o.", "CZ"),
        ("Duna Kft.", "HU"),
        ("Marmara Gıda A.Ş.", "TR"),
        ("Redshank Sdn Bhd", "MY"),
        ("Kestrel Pte. Ltd.", "SG"),
        ("Orient Pharma Pvt. Ltd.", "IN"),
        ("Wattle Foods Pty Ltd", "AU"),
        ("Sakura K.K.", "JP"),
        ("Azul S.A. de C.V.", "MX"),
        ("ООО Ромашка", "RU"),
        ("Nova d.o.o.", "HR"),
    ],
)
def test_a_legal_form_tells_its_countries(name: str, country: str) -> None:
    """With points, blanks or a stroke between its letters."""
    assert country in legal_form_country(name)


@pytest.mark.parametrize("name", ["Anna Schmidt", "Nova", "Pick As", "", "Ltd", "INV-1001", "John Smith Jr"])
def test_what_has_no_legal_form_tells_no_country(name: str) -> None:
    """A word that looks like a form in small letters is a word."""
    assert legal_form_country(name) == frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nova sp. z o.o.", "NOVA SP Z OO"),
        ("Alba, spol. s r.o.", "Alba s.r.o."),
        ("Duna Nyrt.", "DUNA NYRT"),
        ("Sakura K.K.", "Sakura Kabushiki Kaisha"),
        ("Marmara Ltd. Şti.", "Marmara Ltd Sti"),
    ],
)
def test_one_company_however_its_form_is_written(one: str, other: str) -> None:
    """The form is taken off a name before it is compared."""
    left, right = company_name(one), company_name(other)

    assert left is not None
    assert right is not None
    assert left.words == right.words
    assert len(left.words) == 1
