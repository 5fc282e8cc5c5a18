"""Countries and the firms in them: money, tax, zone, how dates and numbers are written, and how names are typed."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True, slots=True)
class Place:
    """A country as far as exports show it; ``taxes`` are the rates of sales documents, an empty one is none."""

    code: str
    currency: str
    zone: str
    taxes: tuple[float, ...]
    date: str
    decimal: str
    language: str
    places: int = 2


PLACES = (
    Place("US", "USD", "America/Chicago", (), "%m/%d/%Y", ".", "en"),
    Place("GB", "GBP", "Europe/London", (0.2,), "%d/%m/%Y", ".", "en"),
    Place("DE", "EUR", "Europe/Berlin", (0.19, 0.07), "%d.%m.%Y", ",", "de"),
    Place("FR", "EUR", "Europe/Paris", (0.2, 0.1), "%d/%m/%Y", ",", "fr"),
    Place("NL", "EUR", "Europe/Amsterdam", (0.21,), "%d-%m-%Y", ",", "nl"),
    Place("CA", "CAD", "America/Toronto", (0.13,), "%Y-%m-%d", ".", "en"),
    Place("AU", "AUD", "Australia/Sydney", (0.1,), "%d/%m/%Y", ".", "en"),
    Place("IE", "EUR", "Europe/Dublin", (0.23,), "%d/%m/%Y", ".", "en"),
    Place("CH", "CHF", "Europe/Zurich", (0.081,), "%d.%m.%Y", ".", "de"),
    Place("JP", "JPY", "Asia/Tokyo", (0.1,), "%Y/%m/%d", ".", "en", 0),
)

TRADES = {
    "building": ("kitchen refit", "roof repair", "loft conversion", "office fit-out", "extension", "shop front", "rewiring"),
    "consulting": ("market study", "process review", "ERP selection", "interim CFO", "training days", "due diligence"),
    "events": ("summer party", "trade fair stand", "board dinner", "product launch", "conference day", "open house"),
    "machines": ("pump overhaul", "conveyor", "spare parts set", "control cabinet", "annual service", "press upgrade"),
    "garden": ("terrace", "irrigation", "hedge cutting", "new lawn", "pond", "playground", "winter service"),
    "web": ("online shop", "landing page", "hosting move", "logo and print", "newsletter set-up", "search audit"),
}
_WORDS: dict[str, dict[str, list[str]]] = json.loads(Path(__file__).with_name("names.json").read_text(encoding="utf-8"))
_FORMS = {
    "US": ("LLC", "Inc."), "GB": ("Ltd", "Limited"), "DE": ("GmbH", "GmbH & Co. KG"), "FR": ("SARL", "SAS"), "NL": ("B.V.",),
    "CA": ("Inc.", "Ltd."), "AU": ("Pty Ltd",), "IE": ("Ltd",), "CH": ("AG", "GmbH"), "JP": ("K.K.",),
}  # fmt: skip


_ROADS = {"en": "Street", "de": "Weg", "fr": "Rue", "nl": "laan"}
_REGIONS = {"US": "IL", "CA": "ON", "AU": "NSW"}


@dataclass(frozen=True, slots=True)
class Firm:
    """A customer or supplier: name as registered, core without its legal form, and where it is reached."""

    number: int
    name: str
    core: str
    town: str
    domain: str
    phone: str
    contact: str
    street: str
    postcode: str
    region: str

    @property
    def address(self) -> str:
        """The address in two lines, as a ledger prints it."""
        if self.region:
            return f"{self.street}\n{self.town} {self.region} {self.postcode}"
        return f"{self.street}\n{self.postcode} {self.town}"


def firms(place: Place, count: int, first_number: int, taken: set[str], rng: np.random.Generator) -> list[Firm]:
    """Return invented firms of one country, no two of one name.

    Parameters
    ----------
    place, count
        Where, and how many.
    first_number
        Number of the first.
    taken
        Names that others of this client have; the new ones are added.
    rng
        Where chance comes from.
    """
    words = {name: lists[place.language] for name, lists in _WORDS.items()}

    def one_of(name: str) -> str:
        return str(rng.choice(words[name]))

    cores: dict[str, None] = {}
    while len(cores) < count:
        kind = rng.random()
        head = one_of("heads") if kind < 0.4 else one_of("families")
        head += f" & {one_of('families')}" if kind > 0.7 else ""
        town = f" {one_of('towns')}" if rng.random() < 0.35 else ""
        name = f"{head} {one_of('tails')}"
        if name not in taken:
            taken.add(name)
            cores[f"{name}{town}"] = None
    result = []
    for number, core in enumerate(cores, start=first_number):
        plain = "".join(one for one in core.lower().replace(" ", "") if one.isascii() and one.isalnum())
        digits = "".join(map(str, rng.integers(0, 10, 7)))
        result.append(
            Firm(
                number, f"{core} {rng.choice(_FORMS[place.code])}", core, one_of("towns"), f"{plain}{number}.example",
                _phone(place.code, digits), f"{rng.choice(list('ABCDEFGHJKLM'))}. {one_of('families')}",
                f"{int(rng.integers(1, 140))} {one_of('families')} {_ROADS[place.language]}",
                _postcode(place.code, digits), _REGIONS.get(place.code, ""),
            )
        )  # fmt: skip
    return result


def _postcode(country: str, digits: str) -> str:
    shapes = {"GB": "LS1 4AB", "NL": f"1{digits[:3]} KZ", "CA": "M5V 2T6", "IE": "D02 X285", "JP": f"100-{digits[:4]}"}
    short = {"AU": f"2{digits[:3]}", "CH": f"8{digits[:3]}", "US": "60614", "FR": f"35{digits[:3]}", "DE": f"50{digits[:3]}"}
    return {**shapes, **short}[country]


def _phone(country: str, digits: str) -> str:
    starts = {
        "US": "(312) 5", "GB": "020 7946 ", "DE": "030 23125", "FR": "01 99 00 ", "NL": "020 555", "CA": "(416) 5",
        "AU": "02 5550 ", "IE": "01 555 ", "CH": "044 555 ", "JP": "03-5550-",
    }  # fmt: skip
    if country in {"US", "CA"}:
        return f"{starts[country]}55-01{digits[:2]}"
    if country == "FR":
        return f"{starts[country]}{digits[:2]} {digits[2:4]}"
    return f"{starts[country]}{digits[:4]}"


def typed(firm: Firm, habit: str, rng: np.random.Generator) -> str:
    """Return a firm's name as people of one system type it.

    Parameters
    ----------
    firm, habit
        Whom, and how: ``full`` as registered, ``core`` mostly without the legal form, ``loose`` in capitals or with a
        slip at
        times.
    rng
        Where chance comes from.
    """
    if habit == "full":
        return firm.name
    if habit == "core":
        return firm.core if rng.random() < 0.7 else firm.name
    kind = rng.random()
    if kind < 0.15:
        return firm.core.upper()
    if kind < 0.25:
        at = int(rng.integers(1, len(firm.core) - 2))
        return firm.core[:at] + firm.core[at + 1] + firm.core[at] + firm.core[at + 2 :]
    return firm.core if kind < 0.6 else firm.name
