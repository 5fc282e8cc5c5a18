"""Party records: how each system knows the people and companies, duplicates included."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.sample_client import variants
from tests.sample_client.documents import local_time
from tests.sample_client.variants import BLANK, Written
from tests.sample_client.world import Company, Person, World

FIELDS = ("name", "email", "phone", "street", "city", "region", "postcode", "website")


@dataclass(slots=True)
class PartyRecord:
    """One row of one party list, with the entity behind it."""

    system: str
    stream: str
    record_id: str
    entity_id: str
    account_id: str
    kind: str
    values: dict[str, Written]
    created_at: datetime | None = None
    cells: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What the cell of a field says."""
        return self.values.get(name, BLANK).text


class Register:
    """All party records, and who stands behind which."""

    def __init__(self, seed: int, world: World) -> None:
        self.world = world
        self.seed = seed
        self.records: list[PartyRecord] = []
        self._by_entity: dict[tuple[str, str, str], list[PartyRecord]] = {}
        self._ids: set[tuple[str, str, str]] = set()

    def add(self, record: PartyRecord) -> PartyRecord:
        """Keep a record; ids are unique within a stream."""
        key = (record.system, record.stream, record.record_id)
        if key in self._ids:
            raise ValueError(f"{key} stands twice.")
        self._ids.add(key)
        self.records.append(record)
        self._by_entity.setdefault((record.system, record.stream, record.entity_id), []).append(record)
        return record

    def is_free(self, system: str, stream: str, record_id: str) -> bool:
        """Whether nobody has the id yet."""
        return (system, stream, record_id) not in self._ids

    def of(self, system: str, stream: str, entity_id: str) -> list[PartyRecord]:
        """Records of one entity in one stream."""
        return self._by_entity.get((system, stream, entity_id), [])

    def stream(self, system: str, stream: str) -> list[PartyRecord]:
        """Records of one stream, in order of entry."""
        return [one for one in self.records if (one.system, one.stream) == (system, stream)]


def company_values(company: Company, rng: random.Random, *, noise: float = 1.0) -> dict[str, Written]:
    """Return how one system knows a company; an unusual name keeps everything else as it is."""
    name = variants.company_name(company, rng, noise=noise)
    is_odd = name.cause in {"typo", "dba", "acronym"}
    place = company.old_place if company.old_place and not is_odd and rng.random() < 0.4 else company.place
    changed = f"{company.phone[:3]}556{rng.randint(1000, 9899)}" if rng.random() < 0.05 and not is_odd else ""
    return {
        "name": name,
        "email": Written(company.email, company.email) if is_odd else variants.email(company.email, rng),
        "phone": BLANK if rng.random() < 0.06 and not is_odd else variants.phone(company.phone, rng, changed=changed),
        "street": variants.street(place, rng),
        "city": Written(place.city.upper(), place.city.lower(), "case")
        if rng.random() < 0.05
        else Written(place.city, place.city.lower()),
        "region": variants.region(rng),
        "postcode": variants.postcode(place, rng),
        "website": Written(f"https://www.{company.domain}" if rng.random() < 0.3 else company.domain, company.domain),
    }


def person_values(person: Person, rng: random.Random) -> dict[str, Written]:
    """Return how one system knows a person; name, e-mail and phone never all change at once."""
    name = variants.person_name(person, rng)
    is_odd = name.cause in {"typo", "initial"}
    mail = Written(person.email, person.email) if is_odd else variants.email(person.email, rng)
    is_other = not is_odd and mail is not BLANK and rng.random() < 0.04
    changed = (
        f"{person.phone[:3]}556{rng.randint(1000, 9899)}"
        if not is_odd and not is_other and mail is not BLANK and rng.random() < 0.05
        else ""
    )
    needs_phone = is_odd or is_other or mail is BLANK
    place = person.place
    return {
        "name": name,
        "email": variants.other_email(person, rng) if is_other else mail,
        "phone": variants.phone(person.phone, rng, changed=changed) if needs_phone or rng.random() < 0.85 else BLANK,
        "street": variants.street(place, rng),
        "city": Written(place.city, place.city.lower()),
        "region": variants.region(rng),
        "postcode": variants.postcode(place, rng),
    }


def add_crm(register: Register, first_seen: dict[str, datetime], busy: set[str]) -> None:
    """Add HubSpot companies and contacts; ``busy`` are the companies that have deals."""
    rng = random.Random(f"{register.seed}/crm")
    world = register.world
    companies = [one for one in world.companies if one.entity_id in busy]
    companies += rng.sample(world.group("shop"), 14)
    for company in companies:
        seen = first_seen.get(company.entity_id, local_time_of(rng))
        for copy in range(2 if rng.random() < 0.065 else 1):
            values = company_values(company, rng, noise=1.0 if copy == 0 else 0.8)
            if copy and rng.random() < 0.3:
                note = rng.choice((" (old)", " - DO NOT USE", " (duplicate?)"))
                values["name"] = Written(values["name"].text + note, values["name"].meaning + note.lower(), "note")
            record = _record(register, "crm/companies", company, values, str(rng.randint(10**10, 10**11 - 1)))
            record.kind = "company"
            record.created_at = seen - timedelta(days=rng.randint(1, 20) + 30 * copy, minutes=rng.randint(0, 600))
    for person in world.people:
        if person.company is None or not register.of("crm", "companies", person.company.entity_id):
            continue
        parents = register.of("crm", "companies", person.company.entity_id)
        for copy in range(2 if rng.random() < 0.045 else 1):
            values = person_values(person, rng)
            record = _record(register, "crm/contacts", person, values, str(rng.randint(10**10, 10**11 - 1)))
            parent = rng.choice(parents)
            record.cells = {"parent_id": parent.record_id, "parent_name": parent.text("name")}
            record.created_at = (parent.created_at or local_time_of(rng)) + timedelta(
                minutes=rng.randint(2, 5000) * (1 + 9 * copy)
            )


def add_shop(register: Register, buyers: list[Person]) -> None:
    """Add Shopify and Stripe customers for everybody who buys."""
    rng = random.Random(f"{register.seed}/shop")
    for person in buyers:
        for _ in range(2 if rng.random() < 0.035 else 1):
            values = person_values(person, rng)
            if person.company:
                values["company"] = variants.company_name(person.company, rng)
            _record(register, "shop/customers", person, values, str(rng.randint(6 * 10**12, 9 * 10**12)))
        for _ in range(2 if rng.random() < 0.07 else 1):
            # A card payer is told by name and e-mail address alone, so the address is always the one the person has.
            mail = (
                Written(person.email.title(), person.email, "case")
                if rng.random() < 0.05
                else Written(person.email, person.email)
            )
            values = {"name": variants.person_name(person, rng), "email": mail}
            behind: Person | Company = person
            if person.company and rng.random() < 0.5:
                behind = person.company
                values["name"] = variants.plain_company_name(person.company)
            record = _record(register, "payments/customers", behind, values, f"cus_{_token(rng, 14)}")
            record.cells["buyer"] = person.entity_id


def add_ledger_customers(register: Register, accounts: list[Company | Person]) -> None:
    """Add QuickBooks customers; the display name is the key, so a second one is always written differently."""
    rng = random.Random(f"{register.seed}/ledger")
    for account in accounts:
        is_head = isinstance(account, Company) and account.group == "head"
        for copy in range(2 if rng.random() < 0.05 and not is_head else 1):
            is_company = isinstance(account, Company)
            values = company_values(account, rng) if isinstance(account, Company) else person_values(account, rng)
            name = values["name"]
            if not is_company and rng.random() < 0.35:
                given, _, family = name.text.partition(" ")
                name = Written(f"{family}, {given}", name.meaning, name.cause or "last_first")
            if isinstance(account, Company) and account.branch:
                name = Written(f"{account.core}:{account.branch}", name.meaning, "punctuation") if copy == 0 else name
            if isinstance(account, Company) and is_head:  # A branch's full name repeats its parent's name.
                name = Written(account.core, account.core.lower())
            attempts = 0
            while not register.is_free("ledger", "customers", name.text):
                attempts += 1
                fresh = (
                    variants.company_name(account, rng)
                    if isinstance(account, Company)
                    else variants.person_name(account, rng)
                )
                name = fresh if attempts < 20 else Written(f"{fresh.text} ({account.place.city})", fresh.meaning, "note")
            values["name"] = name
            record = _record(register, "ledger/customers", account, values, name.text)
            record.kind = "company" if is_company else "person"
            staff = register.world.staff(account) if isinstance(account, Company) else []
            record.cells["full_name"] = f"{staff[0].given} {staff[0].family}" if staff and rng.random() < 0.6 else ""


def add_vendors(register: Register) -> None:
    """Add QuickBooks vendors; a few are customers as well, and a few employees are paid back as vendors."""
    rng = random.Random(f"{register.seed}/vendors")
    world = register.world
    both = rng.sample([one for one in world.group("customer") if not one.branch], 4)
    accounts: list[Company | Person] = [*world.group("vendor"), *both, *rng.sample(world.employees[5:], 4)]
    for account in accounts:
        for copy in range(2 if rng.random() < 0.06 and isinstance(account, Company) else 1):
            values = (
                company_values(account, rng, noise=1.0 if copy == 0 else 0.5)
                if isinstance(account, Company)
                else person_values(account, rng)
            )
            while not register.is_free("ledger", "vendors", values["name"].text):
                values["name"] = Written(f"{values['name'].text} *", values["name"].meaning, "punctuation")
            record = _record(register, "ledger/vendors", account, values, values["name"].text)
            record.kind = "company" if isinstance(account, Company) else "person"
            record.cells["tax_id"] = (
                f"{36 + int(account.entity_id[1:]) % 3}-{7 * int(account.entity_id[1:]) + 2100447:07d}" if copy == 0 else ""
            )
            record.cells["account_no"] = f"HP{rng.randint(1000, 9999)}" if rng.random() < 0.3 else ""


def add_support(register: Register, must: set[str]) -> None:
    """Add Zendesk requesters: everybody in ``must``, and some of the others who buy."""
    rng = random.Random(f"{register.seed}/support")
    for person in register.world.people:
        is_buyer = bool(register.of("shop", "customers", person.entity_id))
        if person.entity_id not in must and rng.random() > (0.28 if is_buyer else 0.12 if person.company else 0.0):
            continue
        for copy in range(2 if rng.random() < 0.035 else 1):
            values = {name: one for name, one in person_values(person, rng).items() if name in {"name", "email", "phone"}}
            record = _record(register, "support/users", person, values, str(rng.randint(36 * 10**10, 37 * 10**10)))
            record.created_at = local_time_of(rng) + timedelta(days=40 * copy)
            record.cells["organization"] = person.company.core if person.company else ""


def add_employees(register: Register) -> None:
    """Add the HR sheet."""
    rng = random.Random(f"{register.seed}/people")
    for number, person in enumerate(register.world.employees, 1):
        text = f"{person.given} {person.family}"
        values = {
            "name": Written(text, text.lower()),
            "email": Written(person.email, person.email),
            "phone": variants.phone(person.phone, rng),
        }
        _record(register, "people/employees", person, values, f"{1000 + 7 * number}")


def local_time_of(rng: random.Random) -> datetime:
    """Return a moment before the year that is looked at."""
    return local_time(date(2023, 1, 9) + timedelta(days=rng.randint(0, 950)), rng.randint(8, 17), rng.randint(0, 59))


def _record(
    register: Register, where: str, behind: Company | Person, values: dict[str, Written], record_id: str
) -> PartyRecord:
    system, _, stream = where.partition("/")
    kind = "company" if isinstance(behind, Company) else "person"
    return register.add(PartyRecord(system, stream, record_id, behind.entity_id, behind.account_id, kind, values))


def _token(rng: random.Random, length: int) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return "".join(rng.choice(letters) for _ in range(length))
