"""How systems hold parties: which fields, in which order and hand, and what went wrong since.

Every record of a party keeps enough facts in common with its others for a careful clerk to know it again.
"""

import random
from dataclasses import dataclass

from benchmarks.matching.generated.entities import CITY, EMAIL, EMPLOYER, PHONE, STREET, TAX, WEB, Party, Place
from benchmarks.matching.generated.names_written import NameWriter
from benchmarks.matching.generated.slips import miswritten, wrong_digit

COLUMNS = (
    "system", "kind", "name", "given_name", "family_name", "company_name", "email", "phone", "website", "street",
    "city", "region", "postcode", "country", "tax_id",
)  # fmt: skip

Row = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class System:
    """What one system holds: the share of records with each fact, for companies and persons."""

    name: str
    street: float
    phone: float
    email: float
    website: float
    tax_id: float
    employer: float
    is_typed: bool
    is_split: bool
    upper: float


SYSTEMS = (
    System("crm", 0.72, 0.8, 0.78, 0.42, 0.03, 0.95, is_typed=True, is_split=True, upper=0.03),
    System("ledger", 0.86, 0.55, 0.5, 0.05, 0.5, 0.3, is_typed=False, is_split=False, upper=0.3),
    System("shop", 0.9, 0.55, 0.93, 0.05, 0.05, 0.5, is_typed=True, is_split=True, upper=0.05),
    System("desk", 0.12, 0.62, 0.88, 0.2, 0.0, 0.5, is_typed=False, is_split=False, upper=0.02),
)
_COUNTS = (1,) * 40 + (2,) * 34 + (3,) * 18 + (4,) * 6 + (5,) * 2
_SHARED_BITS = tuple((mask).bit_count() for mask in range(128))
_COUNTRY_WRITTEN = {
    "US": ("US", "US", "USA", "United States", "U.S.A."),
    "GB": ("GB", "UK", "United Kingdom", "England"),
    "DE": ("DE", "Germany", "Deutschland", "D"),
}
_FILLERS = {
    "phone": ("n/a", "000-000-0000", "-", "none", "9999999999", "TBD", "unknown"),
    "email": ("test@test.com", "none@none.com", "n/a", "noemail@example.com", "na@na.com", "-"),
    "street": ("n/a", "-", "unknown", "see notes", "."),
    "tax_id": ("n/a", "applied for", "00-0000000", "pending"),
}
_DIALLING = {"US": "1", "GB": "44", "DE": "49"}


class Writer:
    """Writes the records of a party as its systems hold them."""

    def __init__(self, dice: random.Random, factors: list[Party]) -> None:
        self.random = dice
        self.names = NameWriter(dice)
        self.factors = factors

    def one(self, values):  # noqa: ANN001, ANN201 - a draw of whatever the list holds
        return values[int(self.random.random() * len(values))]

    def records(self, party: Party) -> list[Row]:
        """Return one to five records of a party, over the systems and sometimes twice in one."""
        chance = self.random.random
        count = _COUNTS[int(chance() * 100)]
        systems = self.random.sample(SYSTEMS, min(count, 4)) if count > 1 else [self.one(SYSTEMS)]
        if count > 4 or (count > 1 and chance() < 0.12):
            systems[-1] = systems[0]
        kept: list[int] = []
        rows = []
        for system in systems:
            has, altered = self._facts(party, system)
            good = has & ~altered & party.support
            good = _with_shared(good, kept, party)
            kept.append(good)
            if good & (STREET | CITY):
                # Town and street are of one address: both are the party's, or neither.
                altered &= ~(STREET | CITY)
            rows.append(self._row(party, system, has | good, altered & ~good))
        return rows

    def _facts(self, party: Party, system: System) -> tuple[int, int]:
        """Return which facts a record holds, and which of them are not, or no longer, the party's."""
        chance = self.random.random
        has = CITY if chance() < 0.75 or system.street > 0.7 else 0
        # A contact's own address is that of the firm, and often not written out again.
        if chance() < (system.street if party.employer is None else system.street / 2):
            has |= STREET | CITY
        if chance() < system.phone:
            has |= PHONE
        if chance() < system.email:
            has |= EMAIL
        if party.kind == "company":
            if party.domain and chance() < system.website:
                has |= WEB
            if party.tax_id and chance() < system.tax_id:
                has |= TAX
        elif party.employer is not None and chance() < system.employer:
            has |= EMPLOYER
        return has, self._trouble()

    def _trouble(self) -> int:
        """Return which facts of a record are out of date or somebody else's; most often none."""
        trouble = self.random.random()
        if trouble < 0.06:
            return STREET | CITY
        if trouble < 0.12:
            return PHONE
        return EMAIL if trouble < 0.2 else 0

    def _row(self, party: Party, system: System, has: int, altered: int) -> Row:
        chance = self.random.random
        is_person = party.kind == "person"
        name, given, family = (
            self.names.person(party, system) if is_person else (self.names.company(party, system), None, None)
        )
        place = party.old_place if altered & (STREET | CITY) else party.place
        employer = self.names.company(party.employer, system) if party.employer is not None and has & EMPLOYER else None
        street = self._street(place) if has & STREET else self._filler("street")
        phone = None
        if has & PHONE:
            phone = self._phone(party.old_phone if altered & PHONE else party.phone, place.town.country)
        else:
            phone = self._filler("phone")
        if not is_person and system.name == "ledger" and chance() < 0.012 and (has & party.support) & (PHONE | EMAIL | TAX):
            # Paid through a factoring company: its name and box stand with the supplier's own number.
            factor = self.one(self.factors)
            name = self.one(("{0} c/o {1}", "{1} FBO {0}", "{0} - remit to {1}")).format(
                name, f"{factor.head} {factor.trade}"
            )
            street, place, has = f"PO Box {factor.place.box}", factor.place, has | CITY
        elif street and has & STREET and chance() < 0.02:
            street = self._addressed(party, street)
        city = region = postcode = country = None
        if has & CITY:
            city, region, postcode, country = self._town(place)
        return (
            system.name,
            party.kind if system.is_typed or chance() < 0.5 else "unknown",
            name,
            given,
            family,
            employer,
            self._email(party, altered) if has & EMAIL else self._filler("email"),
            phone,
            self._website(party.domain) if has & WEB else None,
            street,
            city,
            region,
            postcode,
            country,
            self._tax(party.tax_id) if has & TAX else self._filler("tax_id"),
        )

    def _filler(self, field: str) -> str | None:
        return self.one(_FILLERS[field]) if self.random.random() < 0.025 else None

    def _email(self, party: Party, altered: int) -> str:
        chance = self.random.random()
        email = party.other_email if altered & EMAIL else party.email
        if altered & EMAIL and chance < 0.2:
            return miswritten(self.random, email)
        if party.domain and party.kind == "person" and altered & EMAIL and chance < 0.4:
            return f"{self.one(('info', 'office', 'accounts'))}@{party.domain}"
        if chance > 0.92:
            return email.upper() if chance > 0.96 else email.capitalize()
        if chance > 0.91:
            local, _, host = email.partition("@")
            return f"{local}+{self.one(('shop', 'orders', 'news'))}@{host}"
        return email

    def _phone(self, digits: str, country: str) -> str:
        chance = self.random.random
        if chance() < 0.01:
            digits = wrong_digit(self.random, digits)
        form = int(chance() * 7)
        if country == "US":
            area, middle, last = digits[:3], digits[3:6], digits[6:]
            text = (f"({area}) {middle}-{last}", f"{area}-{middle}-{last}", f"+1 {area} {middle} {last}",
                    f"{area}.{middle}.{last}", digits, f"1-{area}-{middle}-{last}", f"+1{digits}")[form]  # fmt: skip
        else:
            code = _DIALLING[country]
            cut = 5 if country == "GB" else 4
            text = (f"{digits[:cut]} {digits[cut:]}", digits, f"+{code} {digits[1:cut]} {digits[cut:]}",
                    f"+{code}{digits[1:]}", f"00{code} {digits[1:]}", f"+{code} (0){digits[1:cut]} {digits[cut:]}",
                    f"{digits[:cut]}/{digits[cut:]}")[form]  # fmt: skip
        if chance() < 0.05:
            text += self.one((" x{}", " ext. {}", " ext {}", "x{}")).format(100 + int(chance() * 900))
        return text

    def _website(self, domain: str) -> str:
        return self.one(("www.{}", "https://www.{}", "http://{}/", "{}", "https://{}/contact", "WWW.{}")).format(domain)

    def _tax(self, number: str) -> str:
        chance = self.random.random()
        if number[0].isdigit():
            return number if chance < 0.6 else number.replace("-", "")
        return number if chance < 0.6 else number[2:] if chance < 0.8 else f"{number[:2]} {number[2:5]} {number[5:]}"

    def _street(self, place: Place) -> str:
        chance = self.random.random
        if place.box:
            return self.one(("PO Box {}", "P.O. Box {}", "Post Office Box {}", "POB {}")).format(place.box)
        long, short = place.kind.split("=")
        kind = long if chance() < 0.45 else short if chance() < 0.7 else f"{short}."
        street = place.street if chance() > 0.04 else miswritten(self.random, place.street)
        if place.town.country == "DE":
            line = f"{street}{kind.replace('..', '.')} {place.number}"
        else:
            line = f"{place.number} {street} {kind}"
        if place.unit and chance() < 0.6:
            unit = self.one(("Suite {}", "Ste {}", "#{}", "Unit {}", "Ste. {}")).format(place.unit)
            line = f"{line}, {unit}" if chance() < 0.8 else f"{unit}, {line}"
        return line.upper() if chance() < 0.08 else line

    def _addressed(self, party: Party, street: str) -> str:
        who = self.names.plain_name(party) if self.random.random() < 0.5 else f"Attn: {self.names.staff()}"
        return f"{who}, {street}"

    def _town(self, place: Place) -> tuple[str | None, str | None, str | None, str | None]:
        chance = self.random.random
        town = place.town
        trouble = chance()
        city = town.name.upper() if trouble < 0.07 else miswritten(self.random, town.name) if trouble < 0.085 else town.name
        postcode: str | None = place.postcode
        if trouble > 0.97:
            postcode = wrong_digit(self.random, place.postcode)
        elif trouble > 0.93:
            postcode = None
        elif trouble > 0.922:
            postcode = "99999"
        elif trouble > 0.88 and town.country == "US":
            postcode = f"{postcode}-{int(chance() * 9000) + 1000}"
        region = None if trouble < 0.12 else town.region_name if trouble < 0.25 else town.region
        country = self.one(_COUNTRY_WRITTEN[town.country]) if chance() < 0.7 or town.country != "US" else None
        return city, region, postcode, country


def _with_shared(good: int, kept: list[int], party: Party) -> int:
    """Return the good facts of a record, with those added that make it share enough with each of the others."""
    possible = party.support & ~(0 if party.domain else WEB) & ~(0 if party.tax_id else TAX)
    for other in kept or [possible]:
        while _SHARED_BITS[good & other] < min(party.needed, _SHARED_BITS[other]):
            missing = other & ~good
            # The most telling first; a tax number is the last that a system adds.
            for fact in (EMAIL, PHONE, STREET, WEB, CITY, EMPLOYER, TAX):
                if missing & fact:
                    good |= fact
                    break
    return good
