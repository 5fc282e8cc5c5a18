import pytest

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
    assert words.kind("Rosa, Coffee") == "person"
    assert words.kind("Rosa Gutierrez") == "person"


def test_without_known_people_a_family_name_is_no_trade() -> None:
    """Where no system says who is a person, what many people are called cannot be told from a trade; Coffee can."""
    bakers = [
        party(f"crm/companies/b{n}", "company", f"{tree} Baker")
        for n, tree in enumerate(("Elm", "Oak", "Fir", "Ash", "Yew"))
    ]
    words = name_words(PARTY.from_rows([*COMPANIES, *bakers]))

    assert words.kind("Gutierrez Coffee") == "company"
    assert words.kind("Gutierrez Baker") == "person"


def test_a_company_s_name_is_one_without_its_legal_form_too() -> None:
    """The ledger calls it Plover Estates Inc., and a ticket has only its first two words."""
    words = name_words(PARTY.from_rows([party("ledger/customers/1", "company", "Plover Estates Inc.")]))

    assert [words.kind(name) for name in ("Plover Estates", "PLOVER ESTATES", "Rosa Estates")] == [
        "company",
        "company",
        "person",
    ]


def test_a_name_that_shows_itself_a_company_needs_no_words() -> None:
    """An ampersand, a digit or a legal form is enough; such a name is never shortened."""
    words = name_words(PARTY.empty())

    assert words.kind("Cobalt & Sons") == "unknown"
    assert words.kind(None) == "unknown"


def companies(word: str, count: int) -> list[dict[str, object]]:
    """Return so many companies in whose names ``word`` follows another one."""
    return [party(f"crm/companies/{word}{one}", "company", f"{'XYZVWUQ'[one]}orth {word}") for one in range(count)]


@pytest.mark.parametrize(
    ("word", "company_count", "people_count", "kind"),
    [
        ("Zorbing", 4, 20, "person"),
        ("Zorbing", 5, 20, "company"),
        ("Zorbing", 6, 20, "company"),
        ("Zorbing", 5, 19, "company"),
        ("Baker", 5, 19, "person"),
        ("Zorbing", 4, 19, "person"),
        ("Zorbing", 5, 21, "company"),
        ("Zor", 5, 20, "person"),
        ("Zorb", 5, 20, "company"),
    ],
)
def test_five_companies_make_a_word_of_trade_where_twenty_people_are_known(
    word: str, company_count: int, people_count: int, kind: str
) -> None:
    """Four are a coincidence, nineteen people rule no usual family name out, and three letters also join people's names."""
    people = [*PEOPLE, party("crm/contacts/Underwood", "person", "Ann Underwood")][:people_count]

    words = name_words(PARTY.from_rows([*people, *companies(word, company_count)]))

    assert words.kind(f"Quill {word}") == kind


def test_a_name_written_by_five_records_counts_once() -> None:
    """The same company in five systems is one company; and a first word says nothing of the trade."""
    same = [party(f"crm/companies/{one}", "company", "North Zorbing") for one in range(5)]
    first = [party(f"crm/companies/f{one}", "company", f"Zorbing {name}") for one, name in enumerate("XYZVW")]

    words = name_words(PARTY.from_rows([*PEOPLE, *same, *first]))

    assert words.trade == frozenset()


def test_companies_of_people_count_and_a_persons_name_never_is_a_trade() -> None:
    """Where somebody works names a company as well; a word that is also a known family name is no trade."""
    works = [
        party(f"crm/contacts/{family}", "person", f"Ann {family}", family_name=family, company_name=f"{family}x Zorbing")
        for family in FAMILIES
    ]

    words = name_words(PARTY.from_rows([*works, *companies("Keller", 6)]))

    assert words.trade == {"zorbing"}


def test_a_company_whose_legal_form_stands_elsewhere_is_not_shortened() -> None:
    """No system says what Schelde Vastgoed is; the card payments call it Schelde Vastgoed B.V., so it is no Mr. Vastgoed."""
    rows = [
        party("ledger/customers/1", "unknown", "SCHELDE VASTGOED"),
        party("payments/names/1", "unknown", "Schelde Vastgoed B.V."),
        party("projects/names/1", "unknown", "Schelde Vastgoed"),
        party("payments/names/2", "unknown", "Dana Miller Ltd"),
    ]
    words = name_words(PARTY.from_rows(rows))

    assert [words.kind(name) for name in ("SCHELDE VASTGOED", "Schelde Vastgoed")] == ["company", "company"]
    assert words.kind("Waal Vastgoed") == "person"
    # A firm that is called after its owner does not lay the owner open.
    assert words.kind("Dana Miller") == "person"
