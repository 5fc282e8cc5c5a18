"""Countries and the firms in them: money, tax, zone, how dates and numbers are written, and how names are typed."""

from dataclasses import dataclass, replace

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
_TOWNS = {
    "en": "Ashby Barton Corley Denham Elton Fenwick Granby Hadley Irvine Kelso Ludlow Marden Newbury Oakham Penrith Redruth".split(),
    "de": "Ahlen Bergen Celle Dachau Eutin Fulda Gotha Husum Jena Kleve Lehrte Melle Nidda Oelde Plau Rheine".split(),
    "fr": "Agen Brive Cahors Dole Evian Figeac Gap Issoire Joigny Laon Mende Niort Orange Privas Riom Sens".split(),
    "nl": "Assen Breda Cuijk Delft Ede Franeker Gouda Heerde Joure Kampen Lisse Meppel Nijkerk Oss Putten Rhenen".split(),
}  # fmt: skip
_FAMILIES = {
    "en": "Abbot Barlow Cartwright Dunmore Ellwood Farrant Goddard Hollis Ingram Jessop Kimber Lockyer Merrick Nuttall Osgood "
    "Prewett Quayle Rudge Stanyon Tranter Upjohn Venner Wadham Yardley".split(),
    "de": "Albers Behrens Clasen Dittrich Eggers Fahrner Gericke Harms Illner Jessen Kracht Lübbers Meinhold Nissen Ostwald "
    "Petzold Quast Rademacher Sievers Thamm Uhlig Voss Wiechert Zabel".split(),
    "fr": "Aubert Blondel Charpin Delmas Esnault Fabre Gaudin Hamel Imbert Jacquot Kieffer Lambin Morvan Nodier Olivier "
    "Pichon Quentin Rivoire Sauvage Thibaud Urbain Vasseur Weil Yver".split(),
    "nl": "Aalbers Bakema Coster Dekkers Elzinga Feenstra Geurts Hofstra Imming Jansma Kuipers Lammers Mulder Nauta Oosting "
    "Postma Quak Reitsma Schuurman Terpstra Uiterwijk Veenstra Wiersma Zijlstra".split(),
}  # fmt: skip
_HEADS = {
    "en": "Amber Beacon Copper Dunlin Everest Foundry Granite Heron Ivory Juniper Kestrel Linden Meridian Northfold Orchard "
    "Plover Quarry Rowan Saltmarsh Teasel".split(),
    "de": "Alster Brocken Donau Elbe Falken Greif Hanse Isar Kranich Lahn Main Neckar Oder Priwall Rhein Saale Taunus Ulmen "
    "Vogtland Weser".split(),
    "fr": "Alpes Bocage Cévennes Dordogne Étoile Fontaine Garonne Hermine Iroise Jura Karsta Loire Mistral Navarre Océan "
    "Provence Quartz Rhône Savane Tilleul".split(),
    "nl": "Amstel Brink Coevorden Duin Eiland Flevo Gaasp Haven IJssel Jutter Kade Linge Maas Noorder Ouder Polder Rijn "
    "Schelde Texel Veluwe".split(),
}  # fmt: skip
_TAILS = {
    "en": ("Bakery", "Dental", "Estates", "Fabrics", "Glass", "Hotels", "Joinery", "Logistics", "Motors", "Optics",
           "Printing", "Schools", "Timber", "Vets"),
    "de": ("Bäckerei", "Bau", "Druck", "Elektro", "Fenster", "Gartenbau", "Hotel", "Metall", "Möbel", "Optik",
           "Praxis", "Technik", "Verlag", "Zahntechnik"),
    "fr": ("Bâtiment", "Boulangerie", "Conseil", "Dentaire", "Emballage", "Formation", "Hôtels", "Imprimerie",
           "Jardins", "Menuiserie", "Optique", "Propreté", "Transports", "Voyages"),
    "nl": ("Bakkerij", "Bouw", "Drukkerij", "Elektro", "Groen", "Hotels", "Installatie", "Logistiek", "Metaal",
           "Optiek", "Schilders", "Techniek", "Vastgoed", "Zorg"),
}  # fmt: skip
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


def firms(place: Place, count: int, first_number: int, rng: np.random.Generator) -> list[Firm]:
    """Return different invented firms of one country.

    Parameters
    ----------
    place, count
        Where, and how many.
    first_number
        Number of the first.
    rng
        Where chance comes from.
    """
    cores: dict[str, None] = {}
    language = place.language
    while len(cores) < count:
        head = str(rng.choice(_HEADS[language] if rng.random() < 0.5 else _FAMILIES[language]))
        tail = str(rng.choice(_TAILS[language]))
        town = f" {rng.choice(_TOWNS[language])}" if rng.random() < 0.35 else ""  # noqa: PLR2004
        cores[f"{head} {tail}{town}"] = None
    result = []
    for number, core in enumerate(cores, start=first_number):
        plain = "".join(one for one in core.lower().replace(" ", "") if one.isascii() and one.isalnum())
        digits = rng.integers(0, 10, 7)
        result.append(
            Firm(
                number, f"{core} {rng.choice(_FORMS[place.code])}", core, str(rng.choice(_TOWNS[language])),
                f"{plain}{number}.example", _phone(place.code, "".join(map(str, digits))),
                f"{rng.choice(list('ABCDEFGHJKLM'))}. {rng.choice(_FAMILIES[language])}",
                f"{int(rng.integers(1, 140))} {rng.choice(_FAMILIES[language])} {_ROADS[language]}",
                _postcode(place.code, "".join(map(str, digits))), _REGIONS.get(place.code, ""),
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
        Whom, and how: ``full`` as registered, ``core`` mostly without the legal form, ``loose`` in capitals or with a slip at
        times.
    rng
        Where chance comes from.
    """
    if habit == "full":
        return firm.name
    if habit == "core":
        return firm.core if rng.random() < 0.7 else firm.name  # noqa: PLR2004
    kind = rng.random()
    if kind < 0.15:  # noqa: PLR2004
        return firm.core.upper()
    if kind < 0.25:  # noqa: PLR2004
        at = int(rng.integers(1, len(firm.core) - 2))
        return firm.core[:at] + firm.core[at + 1] + firm.core[at] + firm.core[at + 2 :]
    return firm.core if kind < 0.6 else firm.name  # noqa: PLR2004


def spoken(firm: Firm, name: str) -> Firm:
    """Return the firm under the name that one system keeps."""
    return replace(firm, name=name)
