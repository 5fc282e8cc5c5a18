"""How rows of the CRM came to be: typed from cards and calls by many hands, imported, merged, swapped, half empty.

Every row shares enough with an earlier row of its party for a careful clerk to know it again: ``_is_known_again``.
"""

import random
from collections.abc import Sequence

from benchmarks.matching.contacts import lists
from benchmarks.matching.contacts.past import Company, Person, Post, Premises, Stage, mailbox

COLUMNS = (
    "First Name", "Last Name", "Account Name", "Title", "Email", "Phone", "Mobile", "Mailing Street", "Mailing City",
    "Mailing State", "Mailing Zip", "Website", "ABN", "Lead Source", "Contact Owner", "Created Date", "Last Activity",
)  # fmt: skip
Row = dict[str, str | None]
_TRIES = 14


class Typist:
    """Types one row; ``care`` (0 to 1) is how much less goes wrong or missing than usual."""

    def __init__(self, dice: random.Random, care: float) -> None:
        self.dice, self.care = dice, care
        self.facts: set[str] = set()
        self.row: Row = dict.fromkeys(COLUMNS)

    def slips(self, share: float) -> bool:
        return self.dice.random() < share * (1 - self.care)

    def holds(self, share: float) -> bool:
        return self.dice.random() < share + (1 - share) * self.care

    def one(self, values):  # noqa: ANN001, ANN201 - a draw of whatever the list holds
        return values[int(self.dice.random() * len(values))]

    # Persons.

    def person(self, person: Person) -> None:
        row = self.row
        post = self.one(person.posts) if person.posts else None
        self._person_name(person)
        if post:
            stage_number = max(post.first_stage, int(self.dice.random() * len(post.company.stages)))
            self._at_work(person, post, stage_number)
        else:
            self._at_home(person)
        if self.holds(0.5 if post else 0.6):
            row["Mobile"] = self._phone(person.mobile, "mobile")
            if not row["Phone"] and self.dice.random() < 0.3:
                row["Phone"], row["Mobile"] = row["Mobile"], None
        self._record_keeping()
        way = self.dice.random()
        if way < 0.012 * (1 - self.care) and row["Account Name"]:
            # Whoever typed it took one field for the other.
            whole = " ".join(part for part in (row["First Name"], row["Last Name"]) if part)
            row["First Name"], row["Last Name"], row["Account Name"] = None, row["Account Name"], whole
        elif way < 0.035:
            row["First Name"], row["Last Name"] = row["Last Name"], row["First Name"]
        elif way < 0.06:
            row["First Name"], row["Last Name"] = None, f"{row['First Name'] or ''} {row['Last Name'] or ''}".strip()
        self._empty()

    def _person_name(self, person: Person) -> None:  # noqa: C901, PLR0912 - one line a slip
        given, family = person.given[0], person.family
        if len(person.given) > 1 and self.slips(0.35):
            given = self.one(person.given[1:])
        if person.married and self.slips(0.5):
            family = person.married
        else:
            self.facts.add("family")
        whole = True
        way = self.dice.random() / max(1 - self.care, 1e-6)
        if way < 0.05:
            given, whole = self.one((given[0], f"{given[0]}.")), False
        elif way < 0.08:
            given, whole = "", False
        elif way < 0.12:
            given = mistyped(self.dice, given)
        elif way < 0.17:
            family = mistyped(self.dice, family)
        elif way < 0.19:
            given = f"{given} {self.one('ABCDEGHJKLMNPRST')}"
        elif way < 0.21:
            family = family.replace("'", "").replace("-", " ").replace("Mc", "Mac")
        if whole and "family" in self.facts:
            self.facts.add("full name")
        if person.suffix and (self.dice.random() < 0.75 or self.care > 0.5):
            family = f"{family} {person.suffix}"
            self.facts.add("suffix")
        way = self.dice.random()
        if way < 0.04:
            given, family = given.upper(), family.upper()
        elif way < 0.08:
            given, family = given.lower(), family.lower()
        self.row["First Name"], self.row["Last Name"] = given or None, family

    def _at_work(self, person: Person, post: Post, number: int) -> None:
        row, company, stage = self.row, post.company, post.company.stages[number]
        here = f"at {company.number}"
        if self.holds(0.88):
            row["Account Name"] = self._company_name(stage, company)
            self.facts.add(f"{here} {stage.name}")
        if self.holds(0.62):
            row["Title"] = post.title if self.dice.random() < 0.85 else self.one(lists.JOBS)
        way = self.dice.random()
        if way < 0.56:
            row["Email"] = self._mail(
                f"{mailbox(person, post.style)}@{stage.domain}", f"mail {company.number} {stage.domain}"
            )
            self.facts.add(f"{here} {stage.domain}")
        elif way < 0.64:
            row["Email"] = f"{self.one(lists.DESKS)}@{stage.domain}"
            self.facts.add(f"{here} {stage.domain}")
        elif way < 0.78 or self.care > 0.8:
            row["Email"] = self._mail(person.private, "private")
        way = self.dice.random()
        if way < 0.22 and post.direct:
            row["Phone"] = self._phone(post.direct, f"direct {company.number}")
        elif way < 0.72:
            row["Phone"] = self._phone(stage.switchboard, f"{here} {stage.switchboard}")
        if self.holds(0.45):
            self._address(stage.premises)
        if self.holds(0.3):
            row["Website"] = self.one(("www.{}", "http://{}", "{}", "https://www.{}/")).format(stage.domain)

    def _at_home(self, person: Person) -> None:
        assert person.home is not None
        assert person.old_home is not None
        has_moved = self.slips(0.1)
        if self.holds(0.72):
            self._address(person.old_home if has_moved else person.home)
            self.facts.add("old home" if has_moved else "home")
        if self.holds(0.5):
            self.row["Phone"] = self._phone(person.landline, "landline")
        way = self.dice.random()
        if person.family_mail and way < 0.3 * (1 - self.care):
            self.row["Email"] = self._mail(person.family_mail, "family mail")
        elif self.holds(0.62):
            self.row["Email"] = self._mail(person.private, "private")

    # Companies.

    def company(self, company: Company) -> None:
        """Type an account that names nobody: a company, its phone and its desk."""
        row, number = self.row, int(self.dice.random() * len(company.stages))
        stage = company.stages[number]
        name = self._company_name(stage, company)
        self.facts.add(f"name {stage.name}")
        if stage.formerly and self.slips(0.4):
            name = f"{name} ({self.one(('formerly', 'ex', 'was'))} {stage.formerly})"
            self.facts.add(f"name {stage.formerly}")
        way = self.dice.random()
        if way < 0.06 and self.care < 0.9:
            row["Last Name"] = name
        else:
            row["Account Name"] = name
            if way < 0.3:
                row["Last Name"] = self.one(("Accounts", "Reception", "Accounts Payable", "Office", "Admin"))
        if self.holds(0.55):
            row["Email"] = self._mail(f"{self.one(lists.DESKS[:4])}@{stage.domain}", f"domain {stage.domain}")
        if self.holds(0.72):
            row["Phone"] = self._phone(stage.switchboard, f"switchboard {stage.switchboard}")
        if self.holds(0.68):
            self._address(stage.premises)
            self.facts.add(f"premises {stage.premises.road}")
        if self.holds(0.4):
            row["Website"] = self.one(("www.{}", "http://{}", "{}")).format(stage.domain)
            self.facts.add(f"domain {stage.domain}")
        if company.abn and self.holds(0.18):
            abn = company.abn
            row["ABN"] = self.one((abn, f"{abn[:2]} {abn[2:5]} {abn[5:8]} {abn[8:]}"))
            self.facts.add("abn")
        self._record_keeping()
        self._empty()

    def _company_name(self, stage: Stage, company: Company) -> str:
        name, way = stage.name, self.dice.random()
        if company.is_plain and way < 0.07 * (1 - self.care) and " " in stage.trade:
            name = f"{stage.lead} {stage.trade.split()[0]}"
        elif company.is_plain and way < 0.12 * (1 - self.care) and len(stage.lead) > 4:
            name = f"{stage.lead} {stage.trade[:3]}"
        elif self.slips(0.06):
            name = mistyped(self.dice, name)
        if " & " in name and self.dice.random() < 0.4:
            name = name.replace(" & ", " and ")
        if stage.form and self.dice.random() < 0.55:
            name = f"{name} {self.one(lists.FORMS[stage.form])}"
        if self.slips(0.03):
            name = f"The {name}"
        return name.upper() if self.dice.random() < 0.06 else name

    # All else.

    def _address(self, place: Premises) -> None:
        row = self.row
        road = mistyped(self.dice, place.road) if self.slips(0.04) else place.road
        kind = self.one(lists.ROAD_KINDS[place.kind])
        unit = place.unit if place.unit and self.holds(0.7) else ""
        line = f"{unit}{'' if unit.endswith('/') or not unit else ', '}{place.number} {road} {kind}"
        row["Mailing Street"] = f"{line}, {place.suburb}" if self.slips(0.06) else line
        row["Mailing City"] = place.suburb.upper() if self.dice.random() < 0.2 else place.suburb
        if self.holds(0.8):
            row["Mailing State"] = place.state
        if self.holds(0.85):
            row["Mailing Zip"] = place.postcode.lstrip("0") if self.dice.random() < 0.5 else place.postcode

    def _phone(self, digits: str, fact: str) -> str:
        if self.slips(0.035):
            place = self.dice.randrange(4, 9)
            digits = digits[:place] + digits[place + 1 : place + 2] + digits[place] + digits[place + 2 :]
        else:
            self.facts.add(fact)
        way = self.dice.random()
        if digits.startswith("04"):
            spaced = f"{digits[:4]} {digits[4:7]} {digits[7:]}"
        else:
            spaced = f"{digits[:2]} {digits[2:6]} {digits[6:]}"
        if way < 0.35:
            return spaced
        if way < 0.55:
            return digits
        if way < 0.75:
            return f"+61 {spaced[1:]}"
        if way < 0.85 and not digits.startswith("04"):
            return f"({digits[:2]}) {digits[2:6]} {digits[6:]}"
        # A spreadsheet has taken the zero in front.
        return digits[1:] if way < 0.9 else f"+61{digits[1:]}"

    def _mail(self, address: str, fact: str) -> str:
        if self.slips(0.025):
            local, host = address.split("@")
            if self.dice.random() < 0.6:
                return f"{mistyped(self.dice, local)}@{host}"
            return f"{local}@{host.replace('.com.au', '.com')}"
        self.facts.add(fact)
        return address if self.dice.random() < 0.9 else address.title()

    def _record_keeping(self) -> None:
        row, dice = self.row, self.dice
        row["Lead Source"] = self.one(lists.SOURCES) if self.holds(0.6) else None
        row["Contact Owner"] = self.one(lists.OWNERS)
        year = dice.randrange(2005, 2026)
        row["Created Date"] = f"{dice.randrange(1, 29)}/{dice.randrange(1, 13)}/{year}"
        later = f"{dice.randrange(1, 29)}/{dice.randrange(1, 13)}/{dice.randrange(year, 2027)}"
        row["Last Activity"] = later if self.holds(0.5) else None

    def _empty(self) -> None:
        """Fill a field that must not be empty with what people type there."""
        for column, kind in (
            ("Phone", "phone"),
            ("Email", "email"),
            ("Account Name", "company"),
            ("Mailing Street", "street"),
        ):
            if self.row[column] is None and self.dice.random() < 0.04:
                self.row[column] = self.one(lists.EMPTY[kind])


def person_row(dice: random.Random, person: Person, earlier: Sequence[set[str]]) -> tuple[Row, set[str]]:
    """Return a row of a person and the facts in it that are unspoilt."""
    return _row(dice, lambda typist: typist.person(person), lambda facts: _is_person_known(person, facts, earlier))


def company_row(dice: random.Random, company: Company, earlier: Sequence[set[str]]) -> tuple[Row, set[str]]:
    """Return a row that names a company alone, and the facts in it that are unspoilt."""
    return _row(dice, lambda typist: typist.company(company), lambda facts: _is_company_known(company, facts, earlier))


def _row(dice, write, is_enough) -> tuple[Row, set[str]]:  # noqa: ANN001 - two functions
    for tries in range(_TRIES):
        typist = Typist(dice, tries / _TRIES)
        write(typist)
        if is_enough(typist.facts):
            return typist.row, typist.facts
    typist = Typist(dice, 1.0)
    write(typist)
    return typist.row, typist.facts


def _is_person_known(person: Person, facts: set[str], earlier: Sequence[set[str]]) -> bool:
    """Return whether a row has a number or mailbox of the person, or name and place, in common with an earlier one."""
    if person.suffix and "suffix" not in facts and "private" not in facts and "mobile" not in facts:
        return False
    own = {fact for fact in facts - person.shared if fact.split()[0] in {"mobile", "private", "mail", "direct"}}
    places = {fact for fact in facts if fact.split()[0] == "at"} | (facts & {"home", "landline"})
    if not earlier:
        return bool(own or ("full name" in facts and places))
    return any(
        own & other or ("full name" in facts & other and places & other and (not person.suffix or "suffix" in facts & other))
        for other in earlier
    )


def _is_company_known(company: Company, facts: set[str], earlier: Sequence[set[str]]) -> bool:
    """Return whether a row has the company's number, or name and place or phone, or three other facts, of an earlier one."""
    names = {fact for fact in facts if fact.startswith("name ")}
    own = {fact for fact in facts if fact.split()[0] in {"switchboard", "premises", "domain", "abn"}}
    if not company.is_plain:
        own = {fact for fact in own if fact.split()[0] != "domain"}
    if not earlier:
        return bool(own)
    return any("abn" in own & other or (names & other and own & other) or len(own & other) >= 3 for other in earlier)


def mistyped(dice: random.Random, text: str) -> str:
    """Return text with one letter wrong, missing, doubled, or two swapped."""
    if len(text) < 4:
        return text
    place, way = 1 + int(dice.random() * (len(text) - 2)), dice.random()
    if way < 0.3:
        return text[:place] + text[place + 1 :]
    if way < 0.55:
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if way < 0.75:
        return text[:place] + text[place] + text[place:]
    return text[:place] + "aeiounrstlmdhcgpbvk"[int(dice.random() * 19)] + text[place + 1 :]
