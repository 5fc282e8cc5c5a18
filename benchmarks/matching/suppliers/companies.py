"""Suppliers as they are: companies, sole traders, and those whom a bookkeeper takes for one another.

Nothing here knows how a record is written; ``records.py`` does that.
"""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from benchmarks.matching.suppliers import words
from benchmarks.matching.suppliers.tax_numbers import company_number, person_number


@dataclass(frozen=True, slots=True)
class Site:
    """An address: a street with its number, or a plot of an industrial estate."""

    town: words.Town
    postcode: str
    kind: str
    street: str
    number: int
    door: str = ""
    is_estate: bool = False


@dataclass(slots=True)
class Supplier:
    """One party. ``shared`` names facts that others have as well; ``kept`` words tell it from its neighbours."""

    name: tuple[str, ...]
    form: str
    tax_number: str
    site: Site
    old_site: Site
    landline: str
    mobile: str
    email: str
    domain: str
    given: str = ""
    surnames: tuple[str, ...] = ()
    trading_name: str = ""
    former_name: tuple[str, ...] = ()
    shared: frozenset[str] = frozenset()
    kept: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_sole_trader(self) -> bool:
        return not self.form


_FORMS = ("SL " * 60 + "SA " * 10 + "SLU " * 12 + "SCOOP " * 4 + "SLL " * 3 + "CB " * 6 + "SC " * 3 + "SLP " * 2).split()
_BUSY = 14
"""Large towns at the head of the list have twice their share."""


def ascii_letters(text: str) -> str:
    """Return lower-case letters and digits without accents, as in a domain."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


class Market:
    """Draws groups of suppliers that belong together; no two parties of one town bear one name."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(f"suppliers {seed}")
        self.taken: set[tuple[str, ...]] = set()
        self.addresses: set[str] = set()

    def one(self, values):  # noqa: ANN001, ANN201 - a draw of whatever the list holds
        return values[int(self.dice.random() * len(values))]

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def town(self) -> words.Town:
        return self.one(words.TOWNS[:_BUSY] if self.chance(0.12) else words.TOWNS)

    def site(self, town: words.Town) -> Site:
        dice = self.dice
        postcode = f"{town.postcode}{dice.randrange(1, 60) if self.chance(0.7) else dice.randrange(100, 950, 10):03d}"
        if self.chance(0.3):
            unit = f"{self.one(('nave', 'parcela', 'nave'))} {dice.randrange(1, 90)}"
            return Site(town, postcode, "", self.one(words.ESTATES), dice.randrange(1, 40), unit, is_estate=True)
        door = f"{dice.randrange(1, 9)}º {self.one('ABCD')}" if self.chance(0.35) else self.one(("", "", "bajo", "local 2"))
        kind = self.one(("Calle",) * 7 + tuple(words.STREET_KINDS))
        return Site(town, postcode, kind, self.one(words.STREET_NAMES), dice.randrange(1, 220), door)

    def landline(self, town: words.Town) -> str:
        rest = 9 - len(town.dialling)
        return town.dialling + f"{self.dice.randrange(10**rest):0{rest}d}"

    def mobile(self) -> str:
        return f"{self.one('66667')}{self.dice.randrange(10**8):08d}"

    def person_name(self) -> tuple[str, tuple[str, ...]]:
        is_man = self.chance(0.62)
        given = self.one(words.MEN if is_man else words.WOMEN)
        if self.chance(0.33):
            second = self.one(("María", "Luis", "Antonio", "Manuel") if is_man else ("María", "Isabel", "Luisa", "Belén"))
            given = f"{given} {second}" if second != given else given
        return given, (self.one(words.SURNAMES), self.one(words.SURNAMES))

    def coined(self) -> str:
        return (self.one(words.COINED_FIRST) + self.one(words.COINED_MIDDLE) + self.one(words.COINED_LAST)).capitalize()

    def company_name(self) -> tuple[str, ...]:  # noqa: PLR0911 - one line a way to name a company
        trade, way = self.one(words.TRADES), self.dice.random()
        if way < 0.2:
            return (trade, self.one(words.SURNAMES), self.one(words.SURNAMES))
        if way < 0.28:
            return (trade, "Hermanos", self.one(words.SURNAMES), *((self.one(words.SURNAMES),) if self.chance(0.4) else ()))
        if way < 0.36:
            given, (surname, _) = self.person_name()
            return (trade, *given.split(), surname, *self.one(((), ("e", "Hijos"))))
        if way < 0.48:
            return (trade, *self.one(words.PLACES).split()) if self.chance(0.5) else (trade, self.coined())
        if way < 0.56:
            return (trade, *self.one(words.SAINTS).split())
        if way < 0.8:
            return (self.coined(), *((trade,) if self.chance(0.45) else ()))
        if way < 0.88:
            return (self.one(words.SURNAMES), "y", self.one(words.SURNAMES), self.one(("Asociados", "Abogados", "Asesores")))
        place = self.one(words.PLACES).split() if self.chance(0.4) else ()
        return ("Grupo" if self.chance(0.3) else trade, self.coined(), *place)

    def _unused(self, town: words.Town, draw) -> tuple[str, ...]:  # noqa: ANN001 - a function that draws a name
        while True:
            name = draw()
            key = (town.names[0], *sorted(word for word in map(ascii_letters, name) if len(word) > 2))
            if key not in self.taken:
                self.taken.add(key)
                return name

    def _free(self, start: str, end: str) -> str:
        """Return a domain or mailbox that nobody has yet."""
        number, found = 1, f"{start}{end}"
        while found in self.addresses:
            number += 1
            found = f"{start}{number}{end}"
        self.addresses.add(found)
        return found

    def company(self, town: words.Town | None = None, name: tuple[str, ...] = ()) -> Supplier:
        town = town or self.town()
        name = name or self._unused(town, self.company_name)
        form, site = self.one(_FORMS), self.site(town)
        own = [word for word in map(ascii_letters, name) if len(word) > 2]
        joined = "".join(own[-2:] if self.chance(0.5) else own[:2])[:22]
        domain = self._free(
            joined, f".{self.one(('com', 'es', 'es', 'net', 'cat' if site.town.province == 'Barcelona' else 'eu'))}"
        )
        has_site = self.chance(0.7)
        given, surnames = self.person_name()
        local = self.one(("info", "administracion", "facturas", "admin", "comercial", ascii_letters(given), "contabilidad"))
        mailbox = f"{local}@{domain}" if has_site else self._free(joined, f"@{self.one(words.FREE_MAIL)}")
        return Supplier(
            name, form, company_number(self.dice, form, town.postcode), site, self.site(town), self.landline(town),
            self.mobile(), mailbox, domain if has_site else "", given, surnames,
        )  # fmt: skip

    def sole_trader(self, town: words.Town | None = None, surnames: tuple[str, ...] = ()) -> Supplier:
        town = town or self.town()
        drawn: list[tuple[str, tuple[str, ...]]] = []

        def draw() -> tuple[str, ...]:
            given, own = self.person_name()
            drawn.append((given, surnames or own))
            return (*given.split(), *(surnames or own))

        name = self._unused(town, draw)
        given, own = drawn[-1]
        first, last, mother = map(ascii_letters, (given, *own))
        local = self.one((f"{first}{last}", f"{first[0]}.{last}", f"{last}{mother[:3]}{self.dice.randrange(50, 99)}"))
        trade = self.one(words.TRADES)
        trading = f"{trade} {self.one((own[0], self.coined(), self.one(words.SAINTS)))}" if self.chance(0.4) else ""
        mailbox = self._free(local, f"@{self.one(words.FREE_MAIL)}")
        return Supplier(
            name, "", person_number(self.dice), self.site(town), self.site(town), self.landline(town), self.mobile(),
            mailbox, "", given, own, trading,
        )  # fmt: skip

    def sisters(self) -> list[Supplier]:
        """Companies of one owner at one address, behind one switchboard: each another trade and tax number."""
        first = self.company()
        head = self.one((self.coined(), f"{self.one(words.SURNAMES)} {self.one(words.SURNAMES)}"))
        trades = self.dice.sample(words.SISTER_TRADES, self.dice.randrange(2, 5))
        members = []
        for trade in trades:
            name = (*head.split(), trade) if self.chance(0.7) else (trade, *head.split())
            other = self.company(first.site.town, name)
            other.site, other.old_site = first.site, first.old_site
            other.landline, other.domain = first.landline, first.domain
            other.form = self.one(("SL", "SL", "SLU", "SA"))
            other.tax_number = company_number(self.dice, other.form, first.site.town.postcode)
            other.email = first.email if self.chance(0.55) or not first.domain else f"{ascii_letters(trade)}@{first.domain}"
            other.shared, other.kept = frozenset({"site", "landline", "email", "domain"}), frozenset(name)
            members.append(other)
        return members

    def accountants_clients(self) -> list[Supplier]:
        """Small traders who all give the address, phone and mailbox of the accountant that keeps their books."""
        office = self.company(None, ("Asesoría", self.one(words.SURNAMES), self.coined()))
        members = [office]
        for _ in range(self.dice.randrange(3, 14)):
            other = self.sole_trader(office.site.town) if self.chance(0.75) else self.company(office.site.town)
            taken = {"email"} if self.chance(0.8) else set()
            if self.chance(0.6):
                other.site, other.old_site = office.site, office.site
                taken.add("site")
            if self.chance(0.5):
                other.landline = office.landline
                taken.add("landline")
            if "email" in taken:
                other.email, other.domain = office.email, ""
            other.shared, other.kept = frozenset(taken), frozenset(other.name)
            members.append(other)
        office.shared, office.kept = frozenset({"email", "site", "landline"}), frozenset(office.name)
        return members

    def relatives(self) -> list[Supplier]:
        """Brothers and sisters, each a trader on their own, at the house and the phone of the family."""
        first = self.sole_trader()
        members = [first]
        for _ in range(self.dice.randrange(1, 3)):
            other = self.sole_trader(first.site.town, first.surnames)
            if other.given.split()[0] == first.given.split()[0]:
                continue
            other.site, other.old_site, other.landline = first.site, first.old_site, first.landline
            members.append(other)
        for one in members:
            one.shared, one.kept, one.trading_name = frozenset({"site", "landline"}), frozenset(one.name), ""
        return members

    def franchise(self) -> list[Supplier]:
        """Shops under one brand in several towns: one web site, each its own company."""
        brand = self.one(words.FRANCHISES)
        domain = f"{ascii_letters(brand)}.es"
        members: list[Supplier] = []
        for town in self.dice.sample(words.TOWNS, self.dice.randrange(3, 9)):
            key = (town.names[0], brand)
            if key in self.taken:
                continue
            self.taken.add(key)
            has_town = self.chance(0.5)
            other = self.company(town, (*brand.split(), *(town.names[0].split() if has_town else ())))
            other.domain, other.email = domain, self.one((f"info@{domain}", f"{ascii_letters(town.names[0])}@{domain}"))
            other.shared = frozenset({"domain", "name"} | ({"email"} if other.email.startswith("info") else set()))
            other.kept = frozenset(brand.split())
            members.append(other)
        return members

    def neighbours(self) -> list[Supplier]:
        """Firms in one building; of a business centre, behind one switchboard."""
        first = self.company()
        members = [first]
        is_centre = self.chance(0.4)
        for _ in range(self.dice.randrange(1, 5)):
            other = self.company(first.site.town)
            other.site = replace(first.site, door=f"{self.dice.randrange(1, 12)}º {self.one('ABCDEF')}")
            if is_centre:
                other.landline = first.landline
            members.append(other)
        for one in members:
            one.shared = frozenset({"site"} | ({"landline"} if is_centre else set()))
        return members

    def public_bodies(self) -> list[Supplier]:
        town, kind = self.town(), self.one(words.BODIES)
        key = (town.names[0], kind)
        if key in self.taken:
            return []
        self.taken.add(key)
        body = self.company(town, (*kind.split(), *town.names[0].split()))
        body.form = "PUBLIC" if kind.startswith("Ayunt") else "BODY"
        body.tax_number = company_number(self.dice, body.form, town.postcode)
        body.kept = frozenset(body.name)
        return [body]

    def turned_company(self) -> list[Supplier]:
        """A sole trader and the company that took the business over, at one address and phone."""
        trader = self.sole_trader()
        company = self.company(trader.site.town, trader.name)
        company.form, company.site, company.landline = self.one(("SL", "SLU")), trader.site, trader.landline
        company.tax_number = company_number(self.dice, company.form, trader.site.town.postcode)
        company.given, company.surnames = trader.given, trader.surnames
        for one in (trader, company):
            one.shared, one.kept = frozenset({"site", "landline", "name"}), frozenset({*one.name, "form"})
            one.trading_name = ""
        return [trader, company]

    def groups(self) -> Iterator[list[Supplier]]:
        """Yield groups without end."""
        while True:
            way = self.dice.random()
            if way < 0.06:
                yield self.sisters()
            elif way < 0.073:
                yield self.accountants_clients()
            elif way < 0.1:
                yield self.relatives()
            elif way < 0.12:
                yield self.franchise()
            elif way < 0.17:
                yield self.neighbours()
            elif way < 0.185:
                yield self.public_bodies()
            elif way < 0.195:
                yield self.turned_company()
            elif way < 0.39:
                yield [self.sole_trader()]
            else:
                yield [self.renamed(self.company())]

    def renamed(self, company: Supplier) -> Supplier:
        """Return a company that in one of thirty cases goes by an older name in some records."""
        if self.chance(1 / 30):
            company.former_name = self._unused(company.site.town, self.company_name)
        return company
