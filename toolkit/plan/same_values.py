"""Whether two values of a field say the same but for how they are written, and which of them is written better."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from toolkit.values import address, country, domain, phone, region
from toolkit.values.company_name import company_name
from toolkit.values.company_notes import names_in
from toolkit.values.text import folded, words

_FEWEST_CAPITALS = 4
_SPACES = re.compile(r"\s{2,}|^\s|\s$")


def stands_in(street: str | None, value: str) -> bool:
    """Return whether a street cell holds a part of the address already: in so many words, or because it has several lines.

    Examples
    --------
    >>> stands_in("1 Oak St, Skokie IL 60076", "Skokie"), stands_in("1 Oak St", "Skokie"), stands_in(None, "Skokie")
    (True, False, False)
    """
    if street is None:
        return False
    return len(street.strip().splitlines()) > 1 or f" {' '.join(words(value))} " in f" {' '.join(words(street))} "


class SameValues:
    """Tells values apart that differ in more than their writing; each value is standardised once."""

    def __init__(self, home_country: str | None) -> None:
        self._home_country = home_country
        self._known: dict[tuple[str, str], str] = {}

    def form(self, column: str, value: str) -> str:
        """Return what two values share that say the same.

        Examples
        --------
        >>> SameValues("US").form("phone", "+1 (312) 555-0147"), SameValues(None).form("name", "Acme Inc. (old)")
        ('3125550147', 'acme')
        >>> SameValues(None).form("street", "12 Main Street #4") == SameValues(None).form("street", "12 Main St")
        False
        """
        key = column, value
        if key not in self._known:
            self._known[key] = self._form(column, value) or " ".join(words(value)) or value
        return self._known[key]

    def are_same(self, column: str, one: str, other: str) -> bool:
        """Return whether two values say the same.

        Parameters
        ----------
        column
            Whose values they are.
        one, other
            As written.
        """
        if one == other or self.form(column, one) == self.form(column, other):
            return True
        return column in _PERSONAL and _is_short_for(words(one), words(other))

    def _form(self, column: str, value: str) -> str | None:
        if column == "phone":
            return phone.national_digits(value, self._home_country)
        return _FORMS[column](value) if column in _FORMS else None


def best_written(column: str, values: Iterable[str]) -> str:
    """Return of values that say the same the first that is written well; else the first.

    A name is written well without a note ("old"), with the given name and no initial, not all in capitals, and without
    needless spaces.

    Examples
    --------
    >>> best_written("name", ["ACME FOODS (old)", "ACME FOODS", "Acme Foods"]), best_written("phone", ["1", "2"])
    ('Acme Foods', '1')
    >>> best_written("name", ["C. Beaumont", "Camila Beaumont"])
    'Camila Beaumont'
    """
    listed = [*values]
    return min(listed, key=_faults) if column in _NAMES else listed[0]


_NAMES = frozenset(("name", "given_name", "family_name", "company_name", "city"))
_PERSONAL = frozenset(("name", "given_name"))


def _is_short_for(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two names differ only in that one has an initial where the other has the given name."""
    short, long = (one, other) if one and len(one[0]) == 1 else (other, one)
    return bool(short and long) and len(short[0]) == 1 < len(long[0]) and long[0][0] == short[0] and short[1:] == long[1:]


def _faults(name: str) -> tuple[bool, bool, bool, bool]:
    text = folded(name)
    is_short = len(next(iter(words(text)), "")) == 1
    has_note = words(next(iter(names_in(text)), "")) != words(text)
    is_loud = name.isupper() and sum(map(str.isalpha, name)) >= _FEWEST_CAPITALS
    return has_note, is_short, is_loud, _SPACES.search(name) is not None


def _email(value: str) -> str:
    return value.strip().lower()


def _street(value: str) -> str | None:
    taken_apart = address.street(value)
    return taken_apart.tabbed if taken_apart else None


def _company(value: str) -> str | None:
    name = company_name(value)
    return name.text if name else None


_FORMS: Mapping[str, Callable[[str], str | None]] = {
    "email": _email,
    "website": domain.domain_of,
    "name": _company,
    "company_name": _company,
    "street": _street,
    "city": address.town,
    "region": region.region,
    "postcode": address.postcode,
    "country": country.country_code,
}
