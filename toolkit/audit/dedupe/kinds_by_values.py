"""As what a column is compared by its values alone, and whose names a column of names holds."""

import re
from collections.abc import Mapping, Sequence

from toolkit.match.records.column_kinds import MIN_FITTING_SHARE, NOT_COMPARED, fitting_share
from toolkit.values import company_name
from toolkit.values.looks import value_shares
from toolkit.values.product_code import model_numbers
from toolkit.values.text import words

TITLE = "title"
"""The kind of a column of names of things; beside it other text is not weak."""

_SAID = {"email": frozenset({"email"}), "phone": frozenset({"phone", "mobile", "fax"})}
_NUMBERED = frozenset({"number", "id", "code"})
_FEW = 20
_MIN_TITLE_SHARE = 0.3
_TITLE_WORDS = 6
_MIN_WHOLE_NAMES = 0.5
"""Share of values of several words: two given names are rare, and two family names usual in Spain."""
_MIN_BY_VALUES = 0.8
_MIN_OF_DAYS = 0.65
"""Eight digits that may be a day count less than a day."""
_MIN_DIFFERENT = 0.3
_MAX_DISTINCT = 1_000
_LOOKED_AT = 300
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d")
_CLOCK = re.compile(r"[T ](?!00:00(?::00)?)\d{1,2}:\d\d")
BIRTH_YEARS = 25
"""Years that births spread over at least, the outermost left out; records are made, changed and paid within fewer."""


def kind_to_dial(concepts: frozenset[str], values: Sequence[str]) -> tuple[str, str] | None:
    """Return ``email`` or ``phone`` and the reason where values are mailboxes or numbers to dial, whatever they are for.

    Parameters
    ----------
    concepts
        Notions that the header names.
    values
        Different values of the column; at least one.

    Examples
    --------
    >>> kind_to_dial(frozenset({"fax"}), ["312 644 2671", "415 555 2671"])
    ('phone', 'Its header says fax, and 100 % of its values look like it.')
    >>> kind_to_dial(frozenset({"owner", "email"}), ["jo@us.com"]) is None
    True
    """
    if "owner" in concepts:
        return None
    for kind, said in _SAID.items():
        share = fitting_share(kind, values)
        if concepts & said and share >= MIN_FITTING_SHARE:
            return kind, f"Its header says {min(concepts & said)}, and {percent(share)} of its values look like it."
    shares = value_shares(values[:_LOOKED_AT])
    if shares["email"] >= _MIN_BY_VALUES:
        return "email", f"{percent(shares['email'])} of its values look like it."
    if shares["iban"] >= _MIN_BY_VALUES:
        return "identifier", f"{percent(shares['iban'])} of its values look like numbers of bank accounts."
    if shares["phone"] >= MIN_FITTING_SHARE and shares["date"] < _MIN_OF_DAYS and not concepts & _NUMBERED:
        return "phone", f"{percent(fitting_share('phone', values))} of its values look like it."
    return None


def kind_by_values(concepts: frozenset[str], values: Sequence[str], filled: int, *, is_of_people: bool) -> tuple[str, str]:
    """Return as what a column is compared whose meaning is open, and the reason.

    Parameters
    ----------
    concepts, values
        As for ``kind_to_dial``.
    filled
        Rows that have a value.
    is_of_people
        Whether the table lists people or companies, of which codes say little.
    """
    shares = value_shares(values[:_LOOKED_AT])
    is_day = shares["date"] >= _MIN_OF_DAYS
    found = kind_to_dial(concepts, values)
    if found is None and not concepts:
        found = _kind_without_header(shares, values, is_of_people=is_of_people)
    if found is not None:
        return found
    if "owner" in concepts or not are_varied(values, filled):
        return NOT_COMPARED, "Few different values: a category, which many records share."
    if is_day or fitting_share("amount", values) >= _MIN_BY_VALUES:
        return NOT_COMPARED, "Numbers or days of unknown meaning."
    return "text", "Words of unknown meaning."


def _kind_without_header(
    shares: Mapping[str, float], values: Sequence[str], *, is_of_people: bool
) -> tuple[str, str] | None:
    if max(shares["domain"], shares["url"]) >= _MIN_BY_VALUES:
        return "domain", f"{percent(fitting_share('domain', values))} of its values look like it."
    if shares["date"] >= _MIN_OF_DAYS and _are_birthdays(values):
        return "date", f"{percent(shares['date'])} of its values look like it, over as many years as births are."
    if shares["sku"] >= _MIN_BY_VALUES and not is_of_people:
        return "product_code", f"{percent(shares['sku'])} of its values look like codes of products."
    return None


def are_varied(values: Sequence[str], filled: int) -> bool:
    """Return whether so many values are different that they may tell records apart."""
    return len(values) >= _MIN_DIFFERENT * min(filled, _MAX_DISTINCT)


def look_like_names(values: Sequence[str]) -> bool:
    """Return whether most values look like names of persons or companies."""
    shares = value_shares(values[:_LOOKED_AT])
    return max(shares["person_name"], shares["company_name"]) >= MIN_FITTING_SHARE


def are_whole_names(part: str, concepts: frozenset[str], values: Sequence[str]) -> bool:
    """Return whether what seems to be a part of persons' names is whole names, or companies'.

    Parameters
    ----------
    part
        What the column seems to hold: ``family_name`` or ``given_name``.
    concepts
        Notions in the column's header; where it says ``family_name`` itself, two words still are one.
    values
        Different values of the column; at least one.
    """
    most = 2 if part == "family_name" and part in concepts else 1
    several = sum(1 for value in values if len(words(value)) > most)
    return several > _MIN_WHOLE_NAMES * len(values) or _share_of_companies(values) > _MIN_TITLE_SHARE


def kind_of_names(  # noqa: PLR0911 - a ladder, the surest first
    values: Sequence[str], *, is_company: bool
) -> tuple[str, str]:
    """Return whose names a column holds (company, person, name where they are mixed, ``TITLE``), and the reason.

    Parameters
    ----------
    values
        Different values of the column; at least one.
    is_company
        Whether the header speaks of companies.

    Examples
    --------
    >>> kind_of_names(["Acme Ltd", "Zorro LLC"], is_company=False)
    ('company', "Hardly a value looks like a person's name.")
    """
    count = len(values)
    if sum(map(_is_title, values)) >= _MIN_TITLE_SHARE * count:
        return TITLE, "Many values hold a model number among several words: names of things."
    if sum(len(words(value)) for value in values) > _TITLE_WORDS * count:
        return TITLE, "Most values are many words long: titles of things."
    shares, companies = value_shares(values[:_LOOKED_AT]), _share_of_companies(values)
    persons = shares["person_name"]
    if is_company and (persons < companies or persons < 0.3 or count < _FEW):
        return "company", "Its header speaks of companies."
    if shares["model_title"] >= _MIN_BY_VALUES and max(persons, companies) < _MIN_TITLE_SHARE:
        return TITLE, f"{percent(shares['model_title'])} of its values look like names of things."
    if persons >= 0.85:
        return "person", "Nearly all values look like persons' names."
    if persons <= 0.1 or companies >= 0.3 > persons:
        return "company", "Hardly a value looks like a person's name."
    return "name", "Persons and companies are mixed."


def _share_of_companies(values: Sequence[str]) -> float:
    return sum(map(company_name.is_company_like, values)) / len(values)


def _is_title(value: str) -> bool:
    """Return whether a cell names a thing by several words and a model number of letters and digits."""
    numbers = model_numbers(value)
    return len(words(value)) > 2 and any(not number.isdigit() for number in numbers)


def _are_birthdays(values: Sequence[str]) -> bool:
    """Return whether days are spread over so many years as only births are, and tell no time of the day, as stamps do."""
    if sum(_CLOCK.search(value) is not None for value in values) > MIN_FITTING_SHARE * len(values):
        return False
    years = sorted(int(found.group()) for value in values if (found := _YEAR.search(value)))
    tenth = len(years) // 10
    return len(years) >= MIN_FITTING_SHARE * len(values) and years[-1 - tenth] - years[tenth] >= BIRTH_YEARS


def percent(share: float) -> str:
    """Return a share as a person writes it.

    Examples
    --------
    >>> percent(0.5)
    '50 %'
    """
    return f"{share:.0%}".replace("%", " %")
