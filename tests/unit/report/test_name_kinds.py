from tests.unit.report.sample_run import party
from toolkit.report.name_kinds import name_words
from toolkit.tables import PARTY

FAMILIES = (
    *("Abbott", "Baker", "Castro", "Doyle", "Evans", "Fowler", "Grant", "Hayes", "Ibarra", "Jensen"),
    *("Keller", "Lopez", "Mason", "Nolan", "Ortiz", "Porter", "Quinn", "Reyes", "Stone", "Turner"),
)
PEOPLE = [
    party(f"crm/contacts/{family}", "person", f"Ann {family}", given_name="Ann", family_name=family) for family in FAMILIES
]
COMPANIES = [
    party(f"crm/companies/{number}", "company", name)
    for number, name in enumerate(
        ("Elm Coffee LLC", "Oak Coffee Roasters", "Fir Coffee", "Ash Coffee Inc", "Yew Coffee", "Keller Coffee", "Elm Baker")
    )
]


def test_a_word_of_trade_makes_a_doubtful_name_a_company() -> None:
    """Five companies are some kind of coffee, and nobody is called Coffee: a sixth one is a company too."""
    words = name_words(PARTY.from_rows([*PEOPLE, *COMPANIES]))

    assert words.kind("GUTIERREZ COFFEE") == "company"


def test_a_name_with_a_known_persons_name_in_it_stays_a_person() -> None:
    """Ann Coffee may well be a person: a first name weighs more than a word of trade."""
    words = name_words(PARTY.from_rows([*PEOPLE, *COMPANIES]))

    assert words.kind("Ann Coffee") == "person"
    assert words.kind("Coffee, Rosa") == "person"
    assert words.kind("Rosa Gutierrez") == "person"


def test_without_known_people_no_name_is_taken_for_a_companys() -> None:
    """Where no system says who is a person, a family name cannot be told from a trade."""
    words = name_words(PARTY.from_rows(COMPANIES))

    assert words.kind("Gutierrez Coffee") == "person"


def test_a_name_that_shows_itself_a_company_needs_no_words() -> None:
    """An ampersand, a digit or a legal form is enough; such a name is never shortened."""
    words = name_words(PARTY.empty())

    assert words.kind("Cobalt & Sons") == "unknown"
    assert words.kind(None) == "unknown"
