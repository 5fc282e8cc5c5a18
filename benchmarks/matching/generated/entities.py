"""Parties as they are in the world: companies, persons, and those who are easily taken for one another.

Nothing here knows how a record is written; ``writing.py`` does that.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from benchmarks.matching.generated.identifiers import phone_digits, tax_id
from benchmarks.matching.generated.naming import Naming, plain
from benchmarks.matching.generated.vocabulary import (
    FAMILIES,
    FREE_HOSTS,
    MEN,
    STREET_KINDS,
    STREETS,
    TOWNS,
    TRADES,
    WOMEN,
    Town,
    drawn,
)

STREET, PHONE, EMAIL, WEB, TAX, CITY, EMPLOYER = (1 << bit for bit in range(7))
"""Facts that tell a party from others, as bits of a mask."""

_CONTACTS = STREET | PHONE | EMAIL | WEB | TAX
_COUNTRIES = drawn(("US", "GB", "DE"), (82, 11, 7), 256)
_SUFFIXES = ("Jr", "Sr", "II", "III", "MD", "CPA", "Esq")


@dataclass(frozen=True, slots=True)
class Place:
    """An address; ``box`` is a PO box instead of a street."""

    town: Town
    postcode: str
    number: int = 0
    street: str = ""
    kind: str = ""
    unit: int = 0
    box: int = 0


@dataclass(slots=True)
class Party:
    """One company or person, and how well its records can be told from others."""

    kind: str
    place: Place
    old_place: Place
    phone: str
    old_phone: str
    email: str = ""
    other_email: str = ""
    domain: str = ""
    tax_id: str = ""
    # Of a company.
    head: str = ""
    trade: str = ""
    ending: str = ""
    form: str = ""
    trading_as: str = ""
    suffix: str = ""
    # Of a person.
    given: str = ""
    middle: str = ""
    family: str = ""
    sex: str = ""
    spouse: str = ""
    employer: "Party | None" = None
    # Facts that a clerk may rely on, how many a pair of records must share, and whether the name must stay whole.
    support: int = _CONTACTS
    needed: int = 1
    is_whole: bool = False


class World:
    """Parties one group after the other: a company with its people and look-alikes, or a household."""

    def __init__(self, seed: int, chain_count: int) -> None:
        self.random = random.Random(seed)
        self.naming = Naming(self.random)
        self.chains = [self.company(_US) for _ in range(chain_count)]
        self.factors = [self.company(_US) for _ in range(max(3, chain_count // 4))]
        for factor in self.factors:
            factor.trade, factor.ending = self.one(("Factoring", "Capital", "Funding", "Receivables")), ""
            factor.place = replace(factor.place, box=self.random.randint(100, 99999))

    def one(self, values):  # noqa: ANN001, ANN201 - a draw of whatever the list holds
        return values[int(self.random.random() * len(values))]

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def place(self, town: Town) -> Place:
        chance = self.random.random
        code = self.one(town.postcodes)
        if town.country == "GB":
            code += f" {int(chance() * 9) + 1}{self.one('ABDEFGHJLNPQRSTUWXYZ')}{self.one('ABDEFGHJLNPQRSTUWXYZ')}"
        scale = 9999 if town.country == "US" and chance() < 0.5 else 300
        street = self.one(STREETS[town.country])
        if town.country == "US" and chance() < 0.35:
            street = self.naming.street()
        return Place(
            town,
            code,
            1 + int(chance() * scale),
            street,
            self.one(STREET_KINDS[town.country]),
            1 + int(chance() * 900) if chance() < 0.22 else 0,
            1 + int(chance() * 9999) if chance() < 0.05 else 0,
        )

    def town(self, country: str) -> Town:
        return self.one(TOWNS[country])

    def company(self, country: str | None = None, town: Town | None = None) -> Party:
        town = town or self.town(country or self.one(_COUNTRIES))
        naming = self.naming
        head, is_rare = naming.head(town)
        chance = self.random.random
        place = self.place(town)
        domain = naming.domain(head, TRADES, town) if chance() < 0.85 else ""
        local = self.one(("info", "info", "office", "sales", "contact", "accounts", "admin", "hello"))
        mail = f"{local}@{domain}" if domain else naming.mailbox(plain(head), FREE_HOSTS[town.country])
        trading_as = naming.trading_name() if chance() < 0.03 else ""
        return Party(
            "company",
            place,
            # A firm under its old address is in its town: elsewhere it would be taken for a branch.
            self.place(town),
            phone_digits(self.random, town),
            phone_digits(self.random, town),
            email=mail,
            other_email=f"{naming.staff()}@{domain}" if domain else mail,
            domain=domain,
            tax_id=tax_id(self.random, town.country),
            head=head,
            trade=self.one(TRADES) if chance() < 0.9 else "",
            ending=naming.ending() if chance() < 0.5 else "",
            form=naming.form(town.country),
            trading_as=trading_as,
            # A rare name and the town are enough; under another name, or a common one, more has to agree.
            support=_CONTACTS | CITY if is_rare and not trading_as else _CONTACTS,
            needed=1 if not trading_as and (is_rare or chance() < 0.5) else 2,
        )

    def person(self, country: str | None = None, town: Town | None = None) -> Party:
        town = town or self.town(country or self.one(_COUNTRIES))
        chance = self.random.random
        given, sex = self.given(town.country)
        family = self.naming.rare_family() if chance() < 0.35 else self.one(FAMILIES[town.country])
        if chance() < 0.02:
            family += f"-{self.one(FAMILIES[town.country])}"
        elif chance() < 0.015:
            family = f"{self.one(('van', 'de', 'von', 'Van Der', 'De La', 'al'))} {family}"
        party = Party(
            "person",
            self.place(town),
            self.place(town if chance() < 0.6 else self.town(town.country)),
            phone_digits(self.random, town),
            phone_digits(self.random, town),
            given=given,
            middle=self.one((MEN if sex == "m" else WOMEN)[town.country]) if chance() < 0.4 else "",
            family=family,
            sex=sex,
            suffix=self.one(_SUFFIXES) if sex == "m" and chance() < 0.04 else "",
            support=STREET | PHONE | EMAIL,
        )
        party.email = self.naming.own_mail(given, family, FREE_HOSTS[town.country])
        party.other_email = self.naming.own_mail(given, family, FREE_HOSTS[town.country])
        return party

    def given(self, country: str) -> tuple[str, str]:
        return (self.one(MEN[country]), "m") if self.random.random() < 0.5 else (self.one(WOMEN[country]), "f")

    def colleague(self, company: Party) -> Party:
        party = self.person(None, company.place.town)
        party.employer = company
        party.place = company.place
        if self.chance(0.4):
            party.phone = company.phone
        party.domain = company.domain
        party.support = STREET | PHONE | EMAIL | EMPLOYER
        if company.domain:
            party.other_email = party.email
            party.email = self.naming.work_mail(party.given, party.family, company.domain)
        return party

    def sister(self, company: Party) -> Party:
        """A company of the same owners under the same roof, in another trade."""
        other = self.company(None, company.place.town)
        other.head, other.place, other.domain = company.head, company.place, company.domain
        other.trade = self.one([trade for trade in ("Properties", "Logistics", "Holdings", "Rentals", "Leasing",
                                                   "Equipment", "Development", "Imports", "Foundation", "Retail")
                                if trade != company.trade])  # fmt: skip
        if self.chance(0.5):
            other.phone = company.phone
        if company.domain:
            local = self.one(("info", "office", "accounts", self.naming.staff()))
            other.email = company.email if self.chance(0.5) else f"{local}@{company.domain}"
        other.other_email = other.email
        company.is_whole = other.is_whole = True
        other.trading_as = company.trading_as = ""
        return other

    def subsidiary(self, company: Party) -> Party:
        """A company owned by another: its name with a country, a trade or "Holdings", most often at its own address."""
        other = self.company(company.place.town.country)
        other.head = company.head
        other.trade, other.ending = self.one(
            ((company.trade, "Holdings"), (company.trade, "International"), (self.one(TRADES), company.ending),
             (company.trade, "North"), ("Finance", ""), ("Leasing", "")),
        )  # fmt: skip
        if self.chance(0.7):
            other.domain = company.domain
            other.email = company.email
        if self.chance(0.3):
            other.place = company.place
        other.support = company.support = STREET | PHONE | TAX
        company.is_whole = other.is_whole = True
        company.trading_as = other.trading_as = ""
        return other

    def branch(self, company: Party, number: int) -> Party:
        """A place of a firm with many: one name, one domain, own address and phone."""
        other = self.company(company.place.town.country)
        other.head, other.trade, other.ending, other.form = company.head, company.trade, company.ending, company.form
        other.domain, other.email = company.domain, company.email
        other.trading_as = other.tax_id = ""
        other.other_email = other.email
        written = self.random.random()
        if written < 0.35:
            other.suffix = f"#{number:03d}" if written < 0.2 else f"Store {number}"
        elif written < 0.65:
            other.suffix = other.place.town.name if written < 0.5 else f"- {other.place.town.name}"
        other.support, other.needed, other.is_whole = STREET | PHONE, 1, True
        return other

    def tenant(self, landlord: Party) -> Party:
        """Another firm in the same building; of a business centre, behind the same switchboard."""
        other = self.company(None, landlord.place.town)
        other.place = replace(landlord.place, unit=self.random.randint(1, 900), box=0)
        if self.chance(0.3):
            other.phone = landlord.phone
        return other

    def relative(self, person: Party) -> Party:
        other = self.person(None, person.place.town)
        other.family, other.place, other.middle = person.family, person.place, ""
        if self.chance(0.7):
            other.phone = person.phone
        other.email = self.naming.own_mail(other.given, other.family, FREE_HOSTS[person.place.town.country])
        person.is_whole = other.is_whole = True
        if other.given == person.given:
            # Father and son: only what is written after the name tells them apart, with an address of their own.
            person.suffix, other.suffix, other.support = "Sr", "Jr", EMAIL
            person.support = EMAIL
        elif other.sex != person.sex:
            person.spouse, other.spouse = other.given, person.given
        return other

    def group(self) -> list[Party]:
        """Return one company with its people and look-alikes, or one household."""
        if self.chance(0.33):
            return self._household()
        if self.chance(0.025):
            # A few chains have most of the shops.
            picks = [int(len(self.chains) * self.random.random() ** 1.5) for _ in range(self.random.randint(1, 3))]
            members = [self.branch(self.chains[pick], self.random.randint(1, 400)) for pick in picks]
            return members + ([self.colleague(members[0])] if self.chance(0.3) else [])
        company = self.company()
        members = [company]
        kind = self.random.random()
        if kind < 0.04:
            members += [self.sister(company) for _ in range(1 + self.chance(0.2))]
        elif kind < 0.065:
            members.append(self.subsidiary(company))
        elif kind < 0.09:
            members += [self.branch(company, number) for number in range(2, 3 + self.random.randint(0, 2))]
            company.support, company.is_whole = STREET | PHONE, True
        elif kind < 0.12:
            members += [self.tenant(company) for _ in range(self.random.randint(1, 3))]
        for _ in range(self.one((0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 3))):
            members.append(self.colleague(self.one(members) if self.chance(0.2) else company))
        return [member for member in members if member.employer is None or member.employer in (company, *members)]

    def _household(self) -> list[Party]:
        single = self.person()
        members = [single]
        if self.chance(0.22):
            members += [self.relative(single) for _ in range(1 + self.chance(0.3))]
        return members

    def groups(self) -> Iterator[list[Party]]:
        for factor in self.factors:
            yield [factor]
        while True:
            yield self.group()


_US = "US"
