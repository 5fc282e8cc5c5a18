"""What happened to companies and people over the years: names, offices and employers change, firms are bought.

A company has one ``Stage`` after the other, a person one ``Post`` after the other. Nothing here knows how a row is keyed.
"""

import random
from dataclasses import dataclass, field

from benchmarks.matching.contacts import lists


@dataclass(frozen=True, slots=True)
class Premises:
    """Where somebody is; ``unit`` is a shop, suite or flat."""

    number: int
    road: str
    kind: str
    suburb: str
    state: str
    postcode: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A company under one name, at one place, with one switchboard and one domain."""

    lead: str
    trade: str
    form: str
    premises: Premises
    switchboard: str
    domain: str
    suffix: str = ""
    formerly: str = ""

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.lead, self.trade, self.suffix) if part)


@dataclass(slots=True)
class Company:
    """A party: its stages, the first the oldest. ``is_plain`` is false where others share its name, place or domain."""

    number: int
    abn: str
    stages: list[Stage]
    is_plain: bool = True
    staff: list["Person"] = field(default_factory=list)
    """Whoever was ever there."""


@dataclass(frozen=True, slots=True)
class Post:
    """A person's job: at a company from ``first_stage`` on, with a style of mailbox and perhaps a line of their own."""

    company: Company
    first_stage: int
    title: str
    style: int
    direct: str


@dataclass(slots=True)
class Person:
    """A party. ``home`` is that of a customer without an employer; what ``shared`` names, the family uses together."""

    given: tuple[str, ...]
    family: str
    married: str
    mobile: str
    private: str
    posts: list[Post]
    home: Premises | None = None
    old_home: Premises | None = None
    landline: str = ""
    family_mail: str = ""
    suffix: str = ""
    shared: frozenset[str] = frozenset()


_AREA = {"NSW": "02", "ACT": "02", "VIC": "03", "TAS": "03", "QLD": "07", "SA": "08", "WA": "08", "NT": "08"}
MAILBOX_STYLES = 5
_ABN_WEIGHTS = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)


def plain(text: str) -> str:
    """Return lower-case letters and digits alone."""
    return "".join(letter for letter in text.lower() if letter.isascii() and letter.isalnum())


def is_abn(digits: str) -> bool:
    """Return whether eleven digits are a business number.

    Source: Australian Business Register, "Format of the ABN": the first digit less one, weighted, divides by 89.
    """
    numbers = [int(digits[0]) - 1, *map(int, digits[1:])]
    return sum(weight * number for weight, number in zip(_ABN_WEIGHTS, numbers, strict=True)) % 89 == 0


def mailbox(person: Person, style: int) -> str:
    """Return what stands before the @ at work, in one of ``MAILBOX_STYLES`` ways."""
    given, family = plain(person.given[0]), plain(person.family)
    return (f"{given}.{family}", f"{given[0]}{family}", given, f"{given}{family[0]}", f"{given[0]}.{family}")[style]


class Country:
    """Draws people and companies; keeps the companies that there are, for people to move to and for others to buy."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(f"contacts {seed}")
        self.companies: list[Company] = []
        self.names: set[str] = set()
        self.domains: set[str] = set()
        self.mailboxes: set[str] = set()

    def one(self, values):  # noqa: ANN001, ANN201 - a draw of whatever the list holds
        return values[int(self.dice.random() * len(values))]

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def premises(self, suburb: tuple[str, str, str] | None = None) -> Premises:
        name, state, postcode = suburb or self.one(lists.SUBURBS)
        dice = self.dice
        unit = self.one(("Unit {}", "Level {}", "Suite {}", "Shop {}", "{}/")).format(dice.randrange(1, 40))
        kind = self.one(("Street", "Street", "Road", "Road", *lists.ROAD_KINDS))
        unit = unit if self.chance(0.25) else ""
        return Premises(dice.randrange(1, 400), self.one(lists.ROADS), kind, name, state, postcode, unit)

    def line(self, premises: Premises) -> str:
        return f"{_AREA[premises.state]}{self.one('4567889')}{self.dice.randrange(10**7):07d}"

    def mobile(self) -> str:
        return f"04{self.dice.randrange(10**8):08d}"

    def abn(self) -> str:
        nine = f"{self.dice.randrange(10**9):09d}"
        return next(found for check in range(10, 100) if is_abn(found := f"{check}{nine}"))

    def _lead(self, premises: Premises) -> str:
        """Return the word or words that a company's name begins with."""
        way = self.dice.random()
        if way < 0.35:
            return self.one(lists.FIRST_WORDS)
        if way < 0.6:
            return f"{self.one(lists.FIRST_WORDS)} {self.one(lists.SECOND_WORDS)}"
        if way < 0.78:
            return self.one(lists.FAMILY)
        if way < 0.88:
            return f"{self.one(lists.FAMILY)} & {self.one(('Sons', 'Co', self.one(lists.FAMILY)))}"
        return premises.suburb if way < 0.95 else "".join(self.dice.sample("ABCDEFGHJKLMNPRSTVW", 3))

    def stage(self, suburb: tuple[str, str, str] | None = None) -> Stage:
        premises = self.premises(suburb)
        while True:
            lead = self._lead(premises)
            trade = self.one(lists.BUSINESSES)
            if f"{lead} {trade}" not in self.names:
                break
        self.names.add(f"{lead} {trade}")
        form = self.one(("Pty Ltd",) * 7 + ("", "", "Ltd", "Inc", "Trust", "Co-op"))
        stem = plain(self.one((lead, f"{lead}{trade}", f"{lead}{trade.split()[0]}")))
        domain = f"{stem}.{self.one(('com.au', 'com.au', 'net.au', 'com'))}"
        if domain in self.domains:
            domain = f"{plain(lead)}{plain(trade)}.com.au"
        self.domains.add(domain)
        return Stage(lead, trade, form, premises, self.line(premises), domain)

    def company(self, suburb: tuple[str, str, str] | None = None) -> Company:
        first = self.stage(suburb)
        stages = [first]
        way = self.dice.random()
        if way < 0.1:
            # Another name, and with it most often another domain; place and phone stay.
            other = self.stage()
            keeps_lead = self.chance(0.4)
            lead = first.lead if keeps_lead else other.lead
            trade = first.trade if not keeps_lead and self.chance(0.5) else other.trade
            domain = first.domain if keeps_lead else other.domain
            stages.append(Stage(lead, trade, first.form, first.premises, first.switchboard, domain, formerly=first.name))
        elif way < 0.24:
            # Another office, in half of the cases with another switchboard.
            place = self.premises()
            phone = first.switchboard if self.chance(0.5) else self.line(place)
            stages.append(Stage(first.lead, first.trade, first.form, place, phone, first.domain))
        found = Company(len(self.companies), self.abn(), stages)
        self.companies.append(found)
        return found

    def sisters(self) -> list[Company]:
        """Companies of one group: one lead name, one roof, one switchboard, one domain, each another trade."""
        first = self.company()
        first.stages = first.stages[:1]
        head = first.stages[0]
        members = [first]
        for trade in self.dice.sample(lists.BUSINESSES, self.dice.randrange(1, 4)):
            if trade == head.trade or f"{head.lead} {trade}" in self.names:
                continue
            self.names.add(f"{head.lead} {trade}")
            stage = Stage(head.lead, trade, head.form, head.premises, head.switchboard, head.domain)
            members.append(Company(len(self.companies), self.abn(), [stage]))
            self.companies.append(members[-1])
        for one in members:
            one.is_plain = len(members) == 1
        return members

    def branches(self) -> list[Company]:
        """A firm with several offices, each an account of its own: one name, one domain, own place and phone."""
        first = self.company()
        first.stages = first.stages[:1]
        head = first.stages[0]
        members = []
        for suburb in self.dice.sample(lists.SUBURBS, self.dice.randrange(2, 6)):
            place = self.premises(suburb)
            suffix = f"{self.one(('- ', '', '(')):s}{suburb[0]}"
            suffix = f"{suffix})" if suffix.startswith("(") else suffix
            stage = Stage(head.lead, head.trade, head.form, place, self.line(place), head.domain, suffix)
            members.append(Company(len(self.companies), "", [stage], is_plain=False))
            self.companies.append(members[-1])
        first.is_plain, first.abn = False, ""
        return [first, *members]

    def tenants(self) -> list[Company]:
        """Firms of one business centre behind one switchboard."""
        first = self.company()
        first.stages = first.stages[:1]
        head = first.stages[0].premises
        members = [first]
        for _ in range(self.dice.randrange(1, 5)):
            other = self.company((head.suburb, head.state, head.postcode))
            stage = other.stages[0]
            unit = f"Suite {self.dice.randrange(1, 60)}"
            place = Premises(head.number, head.road, head.kind, head.suburb, head.state, head.postcode, unit)
            other.stages = [Stage(stage.lead, stage.trade, stage.form, place, first.stages[0].switchboard, stage.domain)]
            members.append(other)
        for one in members:
            one.is_plain = False
        return members

    def person(self, family: str = "") -> Person:
        given, family = self.one(lists.GIVEN), family or self.one(lists.FAMILY)
        married = self.one(lists.FAMILY) if self.chance(0.03) else ""
        while True:
            digits = self.one(
                ("", "", self.dice.randrange(40, 99), self.dice.randrange(1960, 2004), self.dice.randrange(1, 999))
            )
            first, called, last = plain(given[0]), plain(given[-1]), plain(family)
            ways = (f"{first}.{last}", f"{first}{last}", f"{first[0]}{last}", f"{last}.{called}", f"{called}_{last[:3]}")
            local = self.one(ways)
            address = f"{local}{digits}@{self.one(lists.HOSTS)}"
            if address not in self.mailboxes:
                break
        self.mailboxes.add(address)
        return Person(given, family, married, self.mobile(), address, [])

    def hire(self, company: Company, person: Person, *, first_stage: int = 0) -> bool:
        """Give a person a post, unless somebody was ever there whose name could be taken for theirs."""
        for other in company.staff:
            families = {other.family, other.married} & {person.family, person.married} - {""}
            if families and other.given[0][0] == person.given[0][0]:
                return False
            if set(other.given) & set(person.given) and other.family[0] == person.family[0]:
                return False
        style = int(self.dice.random() * MAILBOX_STYLES)
        addresses = {f"{mailbox(person, style)}@{stage.domain}" for stage in company.stages}
        if addresses & self.mailboxes:
            return False
        self.mailboxes |= addresses
        direct = self.line(company.stages[0].premises) if self.chance(0.35) else ""
        person.posts.append(Post(company, first_stage, self.one(lists.JOBS), style, direct))
        company.staff.append(person)
        return True

    def group(self) -> tuple[list[Company], list[Person]]:
        """Return companies with people who had their first post there, or a household."""
        way = self.dice.random()
        if way < 0.3:
            return [], self.household()
        companies = [self.company()] if way >= 0.41 else self.tenants() if way >= 0.375 else None
        companies = companies or (self.sisters() if way < 0.345 else self.branches())
        people = []
        for company in companies:
            for _ in range(self.one((0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6, 9))):
                # A family business has several of one name.
                family = people[-1].family if people and self.chance(0.06) else ""
                person = self.person(family)
                if self.hire(company, person):
                    people.append(person)
        for person in people:
            if len(self.companies) > 30 and self.chance(0.1):
                self.hire(self.one(self.companies), person)
        if len(self.companies) > 30 and self.chance(0.03) and len(companies) == 1:
            self._bought(companies[0], people)
        return companies, people

    def _bought(self, company: Company, people: list[Person]) -> None:
        """Another company buys this one: whoever stays has its name, office, phone and mailbox from then on."""
        buyer = self.one(self.companies)
        if buyer is not company:
            for person in people:
                if len(person.posts) == 1 and self.chance(0.8):
                    self.hire(buyer, person, first_stage=len(buyer.stages) - 1)

    def household(self) -> list[Person]:
        first = self.person()
        home, old_home = self.premises(), self.premises()
        members = [first]
        for _ in range(self.one((0, 0, 0, 0, 0, 1, 1, 1, 2, 3))):
            other = self.person(first.family if self.chance(0.8) else "")
            if all(other.given[0][0] != one.given[0][0] for one in members):
                members.append(other)
        if self.chance(0.03):
            junior = self.person(first.family)
            junior.given, junior.suffix, first.suffix = first.given, "Jr", "Sr"
            members.append(junior)
        landline = self.line(home)
        family_mail = f"the{plain(first.family)}s{self.dice.randrange(1, 99)}@{self.one(lists.HOSTS)}"
        for one in members:
            one.home, one.old_home, one.landline, one.married = home, old_home, landline, ""
            one.family_mail = family_mail if len(members) > 1 else ""
            one.shared = frozenset({"landline", "home"}) if len(members) > 1 else frozenset()
        return members
