"""How people write the same thing differently, and how they get it wrong.

A `Written` value carries what stands in the cell and what it means: two cells with one meaning differ in formatting only.
"""

import random
from dataclasses import dataclass

from tests.sample_client.names import ABBREVIATIONS, FREE_MAIL, LEGAL_FORMS
from tests.sample_client.world import Company, Person, Place


@dataclass(frozen=True, slots=True)
class Written:
    """A cell: its text, its meaning, and what was done to it (empty: nothing)."""

    text: str
    meaning: str
    cause: str = ""


BLANK = Written("", "", "blank")
PLACEHOLDER_EMAILS = ("test@test.com", "none@none.com", "noemail@noemail.com", "n/a")
PLACEHOLDER_PHONES = ("000-000-0000", "(999) 999-9999", "n/a", "-")


def full_name(company: Company) -> str:
    """Return the plain name, with the branch where there is one."""
    return f"{company.core} - {company.branch}" if company.branch else company.core


def plain_company_name(company: Company) -> Written:
    """Return the name as the company itself writes it."""
    return Written(f"{full_name(company)} {company.legal}".strip(), full_name(company).lower())


def company_name(company: Company, rng: random.Random, *, noise: float = 1.0) -> Written:
    """Return a company's name as somebody typed it."""
    if company.branch:
        return _branch_name(company, rng)
    draw = rng.random() / noise
    name, meaning = full_name(company), full_name(company).lower()
    odd = _odd_name(company, draw, rng)
    if odd is not None:
        return odd
    if draw < 0.30:
        return Written(f"{name} {company.legal}".strip().upper(), meaning, "case")
    if draw < 0.55 and company.legal:
        return Written(f"{name}{rng.choice(LEGAL_FORMS[company.legal][1:])}", meaning, "legal_form")
    if draw < 0.75:
        return Written(name, meaning, "legal_form" if company.legal else "")
    return plain_company_name(company)


def _branch_name(company: Company, rng: random.Random) -> Written:
    """Return family name and town, joined in one of four ways."""
    shapes = ("{} - {}", "{} ({})", "{} {}", "{}, {}")
    shape = rng.choice(shapes)
    text = shape.format(company.core, company.branch)
    return Written(text, full_name(company).lower(), "" if shape == shapes[0] else "punctuation")


def _odd_name(company: Company, draw: float, rng: random.Random) -> Written | None:
    """Return a name with a typo, a trading name, initials only, or a word cut short; None where the draw says plain."""
    name, meaning = company.core, company.core.lower()
    if draw < 0.04:
        mistyped = typo(name, rng)
        return Written(f"{mistyped} {company.legal}".strip(), mistyped.lower(), "typo")
    if draw < 0.07 and company.trade_name:
        return Written(f"{name} {company.legal} dba {company.trade_name}".replace("  ", " "), f"{meaning} dba", "dba")
    if draw < 0.09 and len(name.split()) >= 3:
        letters = "".join(word[0] for word in name.replace("&", "").split())
        return Written(f"{letters.upper()} {company.legal}".strip(), letters.lower(), "acronym")
    short = next((word for word in ABBREVIATIONS if f" {word}" in name), "") if draw < 0.24 else ""
    return Written(name.replace(f" {short}", f" {ABBREVIATIONS[short]}", 1), meaning, "abbreviation") if short else None


def person_name(person: Person, rng: random.Random) -> Written:
    """Return a person's name as somebody typed it, given name first."""
    given, family, cause = person.given, person.family, ""
    meaning = f"{person.given} {person.family}".lower()
    draw = rng.random()
    if draw < 0.025 and len(family) > 5:
        family = typo(family, rng)
        meaning, cause = f"{given} {family}".lower(), "typo"
    elif draw < 0.05:
        given, cause, meaning = f"{given[0]}.", "initial", f"{given[0]}. {family}".lower()
    elif draw < 0.08:
        given, family, cause = given.upper(), family.upper(), "case"
    return Written(f"{given} {family}", meaning, cause)


def phone(digits: str, rng: random.Random, *, changed: str = "") -> Written:
    """Return a number in one of the usual shapes; ``changed`` is another number that this record has instead."""
    number = changed or digits
    area, exchange, line = number[:3], number[3:6], number[6:]
    shapes = ("({a}) {e}-{n}", "({a}) {e}-{n}", "{a}-{e}-{n}", "{a}.{e}.{n}", "+1 {a} {e} {n}", "{a}{e}{n}", "+1{a}{e}{n}")
    text = rng.choice(shapes).format(a=area, e=exchange, n=line)
    return Written(text, number, "other_number" if changed else "")


def email(address: str, rng: random.Random) -> Written:
    """Return an address as typed: now and then in capitals or blank."""
    draw = rng.random()
    if draw < 0.07:
        return BLANK
    if draw < 0.12:
        local, _, domain = address.partition("@")
        return Written(f"{local.title()}@{domain}", address, "case")
    return Written(address, address)


def other_email(person: Person, rng: random.Random) -> Written:
    """Return the private address that somebody gave instead of the one at work."""
    address = (
        f"{person.given.lower()}{person.family.lower()[:4].replace('ñ', 'n')}{rng.randint(2, 98)}@{rng.choice(FREE_MAIL)}"
    )
    return Written(address, address, "other_address")


STREET_SHORT = {
    "Street": "St",
    "Avenue": "Ave",
    "Road": "Rd",
    "Boulevard": "Blvd",
    "Parkway": "Pkwy",
    "North ": "N ",
    "South ": "S ",
    "West ": "W ",
    "East ": "E ",
}


def street(place: Place, rng: random.Random) -> Written:
    """Return street and unit as typed."""
    line, unit = place.street, place.unit
    draw = rng.random()
    if draw < 0.55:
        dot = "." if draw < 0.15 else ""
        for word, short in STREET_SHORT.items():
            line = line.replace(word, f"{short.strip()}{dot} " if word.endswith(" ") else f"{short}{dot}")
    if unit:
        unit = rng.choice((unit, unit.replace("Suite", "Ste"), unit.replace("Suite ", "#"), unit.replace("Suite", "STE.")))
        line = f"{line}{rng.choice((', ', ' '))}{unit}"
    plain = f"{place.street}, {place.unit}" if place.unit else place.street
    return Written(line, plain.lower(), "" if line == plain else "street_type")


def postcode(place: Place, rng: random.Random) -> Written:
    """Return the postcode: now and then one digit is wrong, or the four of the delivery route follow."""
    draw = rng.random()
    if draw < 0.02:
        wrong = place.postcode[:4] + str((int(place.postcode[4]) + rng.randint(1, 8)) % 10)
        return Written(wrong, wrong, "typo")
    if draw < 0.05:
        return Written(f"{place.postcode}-{rng.randint(1001, 4999)}", place.postcode, "zip_plus_4")
    return Written(place.postcode, place.postcode)


def region(rng: random.Random) -> Written:
    """Return the state, by code or by name."""
    return Written("Illinois", "il", "state_name") if rng.random() < 0.15 else Written("IL", "il")


def typo(text: str, rng: random.Random) -> str:
    """Return the text with two neighbours swapped, one letter dropped or one doubled; never the first letter."""
    letters = [index for index in range(2, len(text) - 1) if text[index].isalpha() and text[index + 1].isalpha()]
    while True:
        at, how = rng.choice(letters), rng.randint(0, 2)
        if how == 0 and text[at] != text[at + 1]:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        if how == 1:
            return text[:at] + text[at + 1 :]
        if how == 2:
            return text[:at] + text[at] + text[at:]


def transposed(amount_minor: int, rng: random.Random) -> int:
    """Return the amount with two neighbouring digits swapped, so that it is another amount of the same length."""
    digits = str(amount_minor)
    places = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1] and not (at == 0 and digits[1] == "0")]
    if not places:
        return amount_minor + 900
    at = rng.choice(places[: max(1, len(places) - 1)])
    return int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
