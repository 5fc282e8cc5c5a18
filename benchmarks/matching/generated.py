"""Business parties with known truth: companies and persons in three systems, as messy as client exports are.

Look-alikes that are not the same are planted: sister companies at one address and domain, branches of one name,
households sharing phone and family name, colleagues sharing everything but the person.
"""

import random
from dataclasses import dataclass, field

import pyarrow as pa

_FIRST_NAMES = """
    James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph
    Jessica Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Margaret
    Donald Ashley Steven Kimberly Andrew Emily Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa
    George Deborah Timothy Stephanie Ronald Rebecca Edward Laura Jason Helen Jeffrey Sharon Ryan Cynthia Jacob
    Kathleen Gary Amy Nicholas Angela Eric Anna Jonathan Ruth
"""
_FIRST = _FIRST_NAMES.split()
_COMMON_FAMILY_NAMES = ("Smith", "Johnson", "Brown", "Garcia", "Miller", "Davis", "Wilson", "Lee", "Clark", "Lewis")
_NICKNAMES = """
    James Jim Robert Bob Michael Mike William Bill Richard Rick Thomas Tom Christopher Chris Daniel Dan Matthew
    Matt Anthony Tony Steven Steve Elizabeth Liz Jennifer Jen Patricia Pat Margaret Peggy Joseph Joe
"""
_NICK = dict(zip(_NICKNAMES.split()[::2], _NICKNAMES.split()[1::2], strict=True))
_SYLLABLE_TEXT = """
    ar bel cor dan el far gar hol in jar kel lin mor nor ol par quin ros sel tor ul var wes yor zan bri cra dre
    fen gla hart lo mi pe sta
"""
_SYLLABLES = _SYLLABLE_TEXT.split()
_TRADE_WORDS = """
    Construction Logistics Plumbing Electric Consulting Foods Bakery Furniture Printing Packaging Motors
    Landscaping Roofing Software Design Engineering Catering Cleaning Transport Supply Hardware Textiles Marine
    Security Flooring Glass Insurance Realty Dental Optics
"""
_TRADES = _TRADE_WORDS.split()
_GENERIC = ("Services", "Group", "Solutions", "Systems", "Company", "Partners", "International", "Industries", "")
_FORMS = ("Inc", "LLC", "Ltd", "Corp", "Co", "")
_FORM_WRITTEN = {
    "Inc": ("Inc", "Inc.", ", Inc.", "Incorporated", ""),
    "LLC": ("LLC", "L.L.C.", ", LLC", ""),
    "Ltd": ("Ltd", "Ltd.", "Limited", ""),
    "Corp": ("Corp", "Corp.", "Corporation", ""),
    "Co": ("Co", "Co.", "Company", ""),
    "": ("",),
}
_SHORT = {
    "Construction": "Constr.",
    "International": "Intl",
    "Services": "Svcs",
    "Engineering": "Engr.",
    "Industries": "Ind.",
    "Group": "Grp",
    "Systems": "Sys",
    "Insurance": "Ins.",
    "Solutions": "Soln",
    "Transport": "Transp",
    "Electric": "Elec",
}
_STREET_NAMES = """
    Main Oak Pine Maple Cedar Elm Washington Lake Hill Walnut Spring North Ridge Church Park Mill River Market
    Center Union
"""
_STREETS = _STREET_NAMES.split()
_TYPES = (
    ("Street", "St"),
    ("Avenue", "Ave"),
    ("Road", "Rd"),
    ("Boulevard", "Blvd"),
    ("Drive", "Dr"),
    ("Lane", "Ln"),
)
_CITIES = (
    ("Chicago", "IL", "606"),
    ("Springfield", "IL", "627"),
    ("Austin", "TX", "787"),
    ("Dallas", "TX", "752"),
    ("Denver", "CO", "802"),
    ("Boston", "MA", "021"),
    ("Portland", "OR", "972"),
    ("Seattle", "WA", "981"),
    ("Atlanta", "GA", "303"),
    ("Miami", "FL", "331"),
    ("Columbus", "OH", "432"),
    ("Phoenix", "AZ", "850"),
)
_COLUMNS = (
    "record_key",
    "system",
    "kind",
    "name",
    "given_name",
    "family_name",
    "company_name",
    "email",
    "phone",
    "website",
    "street",
    "city",
    "region",
    "postcode",
    "tax_id",
)
_SYSTEMS = ("crm", "ledger", "shop")


@dataclass
class _Party:
    kind: str
    name: str = ""
    form: str = ""
    given: str = ""
    family: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""
    domain: str = ""
    street: tuple[str, str, tuple[str, str], str] = ("", "", ("", ""), "")
    city: tuple[str, str, str] = ("", "", "")
    postcode: str = ""
    tax_id: str = ""
    copies: list[str] = field(default_factory=list)


class _Maker:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.addresses: set[str] = set()

    def word(self) -> str:
        return "".join(self.random.choices(_SYLLABLES, k=self.random.choice((2, 2, 3)))).capitalize()

    def phone(self) -> str:
        return f"{self.random.randint(201, 989)}{self.random.randint(200, 999)}{self.random.randint(0, 9999):04d}"

    def place(self, party: _Party) -> None:
        party.city = self.random.choice(_CITIES)
        party.street = (
            str(self.random.randint(1, 9999)), self.random.choice([*_STREETS, self.word()]), self.random.choice(_TYPES),
            f"Suite {self.random.randint(1, 900)}" if self.random.random() < 0.2 else "",
        )  # fmt: skip
        party.postcode = f"{party.city[2]}{self.random.randint(0, 99):02d}".zfill(5)

    def company(self) -> _Party:
        word = self.word()
        head = self.random.choice((word, f"{word} {self.word()}", f"{self.random.choice(_FIRST)} {word}", word))
        words = [head, self.random.choice(_TRADES), self.random.choice(_GENERIC)]
        party = _Party("company", " ".join(filter(None, words)), self.random.choice(_FORMS))
        self.place(party)
        party.phone = self.phone()
        party.domain = head.lower().replace(" ", "") + self.random.choice((".com", ".com", ".net", "group.com"))
        party.email = f"{self.random.choice(('info', 'office', 'sales', self.random.choice(_FIRST).lower()))}@{party.domain}"
        party.tax_id = f"{self.random.randint(10, 99)}-{self.random.randint(1000000, 9999999)}"
        return party

    def person(self, company: _Party | None) -> _Party:
        given, family = self.random.choice(_FIRST), self.word()
        if self.random.random() < 0.3:
            family = self.random.choice(_COMMON_FAMILY_NAMES)
        party = _Party("person", given=given, family=family)
        if company is None:
            self.place(party)
            party.phone = self.phone()
            party.email = self.own_address(given, family)
            return party
        party.company = company.name
        _share_place(party, company)
        party.phone = company.phone if self.random.random() < 0.6 else self.phone()
        party.email = f"{given[0]}{family}@{company.domain}".lower()
        return party

    def sister(self, company: _Party) -> _Party:
        head = company.name.split()[0]
        other = self.company()
        other.name = f"{head} {self.random.choice(_TRADES)} {self.random.choice(_GENERIC)}".strip()
        _share_place(other, company)
        other.domain = company.domain
        other.phone = company.phone if self.random.random() < 0.5 else self.phone()
        other.email = f"info@{company.domain}"
        return other

    def branch(self, company: _Party) -> _Party:
        other = self.company()
        other.name, other.form, other.domain = company.name, company.form, company.domain
        other.email = f"info@{company.domain}"
        if self.random.random() < 0.5:
            other.name += f" {other.city[0]}"
        return other

    def relative(self, person: _Party) -> _Party:
        other = self.person(None)
        _share_place(other, person)
        other.family, other.phone = person.family, person.phone
        other.email = self.own_address(other.given, other.family)
        return other

    def own_address(self, given: str, family: str) -> str:
        """Return a free-mail address nobody else has."""
        address = f"{given}.{family}@{self.random.choice(('gmail.com', 'yahoo.com', 'hotmail.com'))}".lower()
        while address in self.addresses:
            local, _, host = address.partition("@")
            address = f"{local}{self.random.randint(1, 99)}@{host}"
        self.addresses.add(address)
        return address

    def typo(self, text: str) -> str:
        if len(text) < 5:
            return text
        at = self.random.randrange(1, len(text) - 2)
        kind = self.random.randrange(3)
        if kind == 0:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        return text[:at] + text[at + 1 :] if kind == 1 else text[:at] + self.random.choice("aeiorst") + text[at:]

    def written_phone(self, phone: str) -> str:
        area, middle, last = phone[:3], phone[3:6], phone[6:]
        return self.random.choice((
            f"({area}) {middle}-{last}", f"{area}-{middle}-{last}", f"+1 {area} {middle} {last}",
            f"{area}.{middle}.{last}", phone, f"{area}-{middle}-{last} x{self.random.randint(10, 99)}",
        ))  # fmt: skip

    def written_name(self, party: _Party) -> str:
        words = party.name.split()
        if self.random.random() < 0.25:
            words = [_SHORT.get(word, word) for word in words]
        if self.random.random() < 0.12:
            words[0] = self.typo(words[0])
        if self.random.random() < 0.12 and len(words) > 2:
            words = words[:-1]
        form = self.random.choice(_FORM_WRITTEN[party.form])
        text = " ".join(words) + (form if form.startswith(",") else f" {form}").rstrip()
        chance = self.random.random()
        if chance < 0.15:
            text = text.upper()
        elif chance < 0.18:
            text += self.random.choice((" (old)", " - DO NOT USE", " *inactive*"))
        return text

    def record(self, party: _Party, system: str, number: int) -> dict[str, str | None]:
        chance = self.random.random
        row: dict[str, str | None] = dict.fromkeys(_COLUMNS)
        row |= {"record_key": f"{system}/parties/{number}", "system": system, "kind": party.kind}
        if party.kind == "company":
            row["name"] = self.written_name(party)
            row["website"] = f"www.{party.domain}" if chance() < 0.4 else None
            row["tax_id"] = party.tax_id if chance() < (0.5 if system == "ledger" else 0.05) else None
        else:
            given = _NICK.get(party.given, party.given) if chance() < 0.2 else party.given
            given = given[0] + "." if chance() < 0.05 else given
            family = self.typo(party.family) if chance() < 0.06 else party.family
            row["given_name"], row["family_name"] = given, family
            row["name"] = f"{family}, {given}" if chance() < 0.2 else f"{given} {family}"
            row["company_name"] = party.company or None
        moved = chance() < 0.06
        other = _Party("")
        self.place(other)
        source = other if moved else party
        number_, street, kinds, unit = source.street
        if chance() < 0.75:
            line = f"{number_} {street} {self.random.choice(kinds)}" + (f", {unit}" if unit and chance() < 0.6 else "")
            row["street"] = self.typo(line) if chance() < 0.05 else line
            row["city"], row["region"] = source.city[0], source.city[1]
            row["postcode"] = source.postcode if chance() > 0.03 else source.postcode[:-1] + str(self.random.randint(0, 9))
        if chance() < 0.75:
            row["phone"] = self.written_phone(party.phone if chance() > 0.08 else self.phone())
        elif chance() < 0.1:
            row["phone"] = self.random.choice(("n/a", "000-000-0000", "-"))
        if chance() < 0.7:
            is_shared = chance() < 0.1 and bool(party.domain)
            email = f"{self.random.choice(('info', 'accounts'))}@{party.domain}" if is_shared else party.email
            row["email"] = email.upper() if chance() < 0.1 else email
        elif chance() < 0.05:
            row["email"] = "test@test.com"
        return row


def _share_place(party: _Party, other: _Party) -> None:
    party.street, party.city, party.postcode = other.street, other.city, other.postcode


def generated_parties(count: int, seed: int = 1) -> tuple[pa.Table, dict[str, int]]:
    """Return about ``count`` party records, and the true entity of each record key."""
    maker = _Maker(seed)
    records: list[dict[str, str | None]] = []
    truth: dict[str, int] = {}
    entity = 0
    while len(records) < count:
        company = maker.company()
        group = [company]
        if maker.random.random() < 0.08:
            group.append(maker.sister(company))
        if maker.random.random() < 0.08:
            group.append(maker.branch(company))
        group += [maker.person(company) for _ in range(maker.random.choice((0, 0, 1, 2)))]
        if maker.random.random() < 0.4:
            single = maker.person(None)
            group.append(single)
            if maker.random.random() < 0.2:
                group.append(maker.relative(single))
        for party in group:
            entity += 1
            systems = [one for one in _SYSTEMS if maker.random.random() < 0.55] or [maker.random.choice(_SYSTEMS)]
            if maker.random.random() < 0.1:
                systems.append(maker.random.choice(systems))
            for system in systems:
                row = maker.record(party, system, len(records))
                truth[str(row["record_key"])] = entity
                records.append(row)
    columns = {name: pa.array([row[name] for row in records], pa.string()) for name in _COLUMNS}
    return pa.table(columns), truth
