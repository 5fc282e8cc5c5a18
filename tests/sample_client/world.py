"""The people, companies and places behind the records: who really exists, and who is merely alike.

Every entity has an id that no export shows. A company's account is itself; a person's account is the company, or the
person where there is none.
"""

import random
from dataclasses import dataclass, field, replace

from tests.sample_client.names import (
    COMPANY_WORDS,
    CUSTOMER_TRADES,
    EMPLOYEES,
    FAMILY,
    FREE_MAIL,
    GIVEN,
    SHOP_TRADES,
    STREETS,
    TOWNS,
    VENDOR_TRADES,
)

CUSTOMER_COUNT = 150
PROSPECT_COUNT = 120
SHOP_COMPANY_COUNT = 70
VENDOR_COUNT = 92
CONSUMER_COUNT = 240


@dataclass(frozen=True, slots=True)
class Place:
    """A postal address in its plainest spelling."""

    street: str
    unit: str
    city: str
    postcode: str
    area_code: str


@dataclass(frozen=True, slots=True)
class Company:
    """A company as it really is."""

    entity_id: str
    core: str
    legal: str
    domain: str
    email: str
    phone: str
    place: Place
    group: str
    """customer, prospect, shop, vendor, or head (the head office of branches)."""
    old_place: Place | None = None
    trade_name: str = ""
    branch: str = ""
    """Town of a branch: the first part of its name is its family's."""

    @property
    def account_id(self) -> str:
        """The account is the company."""
        return self.entity_id


@dataclass(frozen=True, slots=True)
class Person:
    """A person as he or she really is; ``company`` is empty for a consumer."""

    entity_id: str
    given: str
    family: str
    email: str
    phone: str
    place: Place
    company: Company | None = None

    @property
    def account_id(self) -> str:
        """The account is the employer, or the person."""
        return self.company.entity_id if self.company else self.entity_id


@dataclass(slots=True)
class World:
    """All that exists, and which entities look alike without being the same."""

    companies: list[Company] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    employees: list[Person] = field(default_factory=list)
    negatives: list[tuple[str, str, str]] = field(default_factory=list)
    """(kind, entity_id, entity_id)."""

    def group(self, *groups: str) -> list[Company]:
        """Companies of the given groups."""
        return [one for one in self.companies if one.group in groups]

    def staff(self, company: Company) -> list[Person]:
        """People of one company."""
        return [one for one in self.people if one.company is not None and one.company.entity_id == company.entity_id]

    def consumers(self) -> list[Person]:
        """People who buy for themselves."""
        return [one for one in self.people if one.company is None]


class Builder:
    """Draws a world; every draw comes from one seeded source, in one order."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(f"{seed}/world")
        self.world = World()
        self._names: set[str] = set()
        self._phones: set[str] = set()
        self._words: dict[str, int] = {}

    def place(self, *, unit_share: float = 0.4) -> Place:
        """A new address."""
        city, postcode, area_code = self.rng.choice(TOWNS)
        compass = self.rng.choice(("North ", "South ", "West ", "East ", "", ""))
        street = f"{self.rng.randint(11, 9899)} {compass}{self.rng.choice(STREETS)}"
        unit = (
            f"Suite {self.rng.randint(1, 19) * 50 + self.rng.choice((0, 5, 10))}" if self.rng.random() < unit_share else ""
        )
        return Place(street, unit, city, postcode, area_code)

    def phone(self, area_code: str) -> str:
        """A number of the 555 exchange that nobody else has."""
        while True:
            number = f"{area_code}555{self.rng.randint(100, 9899):04d}"
            if number not in self._phones:
                self._phones.add(number)
                return number

    def core_name(self, trades: tuple[str, ...]) -> str:
        """A company name that is new; a first word serves at most three companies."""
        while True:
            word = self.rng.choice(COMPANY_WORDS).replace("-", " ")
            owner = self.rng.random() < 0.22
            first = f"{self.rng.choice(FAMILY)} & {self.rng.choice(FAMILY)}" if owner and self.rng.random() < 0.4 else ""
            first = first or (self.rng.choice(FAMILY) if owner else word)
            name = f"{first} {self.rng.choice(trades)}"
            if name not in self._names and self._words.get(first, 0) < 3:
                self._names.add(name)
                self._words[first] = self._words.get(first, 0) + 1
                return name

    def company(self, group: str, trades: tuple[str, ...], core: str = "") -> Company:
        """One more company of a group."""
        core = core or self.core_name(trades)
        place = self.place(unit_share=0.5)
        words = [word for word in core.lower().replace("&", " ").split() if word.isalnum()]
        domain = "-".join(words) + ".example"
        company = Company(
            entity_id=f"C{len(self.world.companies) + 1:04d}",
            core=core,
            legal=self.rng.choice(("LLC", "LLC", "Inc", "Inc", "Co", "Corp", "Ltd", "")),
            domain=domain,
            email=f"{self.rng.choice(('info', 'office', 'accounts', 'billing', 'hello'))}@{domain}",
            phone=self.phone(place.area_code),
            place=place,
            group=group,
            old_place=self.place() if self.rng.random() < 0.28 else None,
            trade_name=f"{self.rng.choice(COMPANY_WORDS).replace('-', ' ')} {self.rng.choice(trades)}"
            if self.rng.random() < 0.04
            else "",
        )
        self.world.companies.append(company)
        return company

    def person(
        self, company: Company | None, *, family: str = "", home: Place | None = None, name: tuple[str, str] | None = None
    ) -> Person:
        """One more person, at a company or at home."""
        given, family = name or self._person_name(family)
        place = company.place if company else home or self.place(unit_share=0.15)
        shape = self.rng.choice(("{g}.{f}", "{i}{f}", "{g}"))
        local = shape.format(g=given.lower(), f=_ascii(family), i=given[0].lower())
        if company is None:
            local = f"{given.lower()}{self.rng.choice(('.', '_', ''))}{_ascii(family)}{self.rng.randint(2, 98)}"
        domain = company.domain if company else self.rng.choice(FREE_MAIL)
        if f"{local}@{domain}" in self._names:
            local = f"{given.lower()}.{_ascii(family)}{len(self.world.people)}"
        self._names.add(f"{local}@{domain}")
        person = Person(
            entity_id=f"P{len(self.world.people) + 1:04d}",
            given=given,
            family=family,
            email=f"{local}@{domain}",
            phone=self.phone(place.area_code),
            place=place,
            company=company,
        )
        self.world.people.append(person)
        return person

    def _person_name(self, family: str) -> tuple[str, str]:
        while True:
            given, last = self.rng.choice(GIVEN), family or self.rng.choice(FAMILY)
            if f"{given} {last}" not in self._names:
                self._names.add(f"{given} {last}")
                return given, last


def built_world(seed: int) -> World:
    """Return the world of one seed."""
    builder = Builder(seed)
    world = builder.world
    for group, trades, count in (
        ("customer", CUSTOMER_TRADES, CUSTOMER_COUNT),
        ("prospect", CUSTOMER_TRADES, PROSPECT_COUNT),
        ("shop", SHOP_TRADES, SHOP_COMPANY_COUNT),
        ("vendor", VENDOR_TRADES, VENDOR_COUNT),
    ):
        for _ in range(count):
            builder.company(group, trades)
    _add_relatives(builder)
    for company in world.companies:
        for _ in range(builder.rng.choice((1, 1, 2, 2, 3)) if company.group in {"customer", "prospect"} else 1):
            builder.person(company)
    for _ in range(CONSUMER_COUNT):
        builder.person(None)
    _add_lookalikes(builder)
    for number, (given, family, _, _) in enumerate(EMPLOYEES, 1):
        place = builder.place(unit_share=0.2)
        email = f"{given.lower()}@harborpine.example"
        world.employees.append(Person(f"E{number:04d}", given, family, email, builder.phone(place.area_code), place))
    return world


def _add_relatives(builder: Builder) -> None:
    """Add companies that share an address, a domain or a name with another and are not it."""
    rng, world = builder.rng, builder.world
    customers = world.group("customer")
    rng.shuffle(customers)
    for _ in range(8):  # Sister companies: one address, one domain, one switchboard, other names.
        one = customers.pop()
        sister = builder.company("customer", CUSTOMER_TRADES)
        _replace(world, sister, replace(sister, domain=one.domain, email=one.email, place=one.place, phone=one.phone))
        world.negatives.append(("sister_company", one.entity_id, sister.entity_id))
    for _ in range(5):  # Parent and subsidiary: one first word, one domain.
        one = customers.pop()
        first = one.core.split(" ", 1)[0]
        child = builder.company("customer", CUSTOMER_TRADES, f"{first} Holdings")
        _replace(world, child, replace(child, domain=one.domain))
        world.negatives.append(("parent_subsidiary", one.entity_id, child.entity_id))
    for _ in range(6):  # Landlord and tenant: one address.
        one = customers.pop()
        tenant = builder.company("customer", CUSTOMER_TRADES)
        _replace(world, tenant, replace(tenant, place=one.place))
        world.negatives.append(("landlord_tenant", one.entity_id, tenant.entity_id))
    for _ in range(6):  # Branches of one name in different towns.
        family = builder.core_name(("Urgent Care", "Dental Group", "Fitness", "Coffee", "Child Care"))
        head = builder.company("head", CUSTOMER_TRADES, family)
        _replace(world, head, replace(head, trade_name="", old_place=None, legal=""))
        branches: list[Company] = []
        while len(branches) < 3:
            branch = builder.company("customer", CUSTOMER_TRADES, family)
            town = branch.place.city
            if town in {other.branch for other in branches}:
                world.companies.remove(branch)
                continue
            domain = head.domain
            renamed = replace(
                branch, core=family, branch=town, domain=domain, email=f"{town.lower().replace(' ', '')}@{domain}"
            )
            _replace(world, branch, replace(renamed, trade_name="", old_place=None, legal=""))
            branches.append(world.companies[-1])
        family_ids = [head.entity_id, *(one.entity_id for one in branches)]
        world.negatives += [("branch", one, other) for at, one in enumerate(family_ids) for other in family_ids[at + 1 :]]


def _add_lookalikes(builder: Builder) -> None:
    """Add households that share a phone and an address, and pairs of people with one name."""
    rng, world = builder.rng, builder.world
    consumers = world.consumers()
    rng.shuffle(consumers)
    for _ in range(12):
        one = consumers.pop()
        other = builder.person(None, family=one.family, home=one.place)
        _replace_person(world, other, replace(other, phone=one.phone))
        world.negatives.append(("household", one.entity_id, other.entity_id))
    for _ in range(8):
        one = consumers.pop()
        other = builder.person(None, name=(one.given, one.family))
        world.negatives.append(("same_name", one.entity_id, other.entity_id))


def _replace(world: World, old: Company, new: Company) -> None:
    world.companies[world.companies.index(old)] = new


def _replace_person(world: World, old: Person, new: Person) -> None:
    world.people[world.people.index(old)] = new


def _ascii(family: str) -> str:
    return family.lower().replace("ñ", "n")
