"""How the CRM holds a party: what was known when a record was typed, the holes, the slips, the wrong column.

A record is typed again with more care until a careful clerk could tell by what it shares with an earlier one of its party.
"""

import random
from typing import NamedTuple

from benchmarks.matching.crm import lists
from benchmarks.matching.crm.world import Party, State, plain

_COUNTS = (1,) * 34 + (2,) * 34 + (3,) * 18 + (4,) * 9 + (5,) * 5
_ENOUGH = 4
_TRIES = 14
_FILLERS = ("n/a", "-", "unknown", "TBC", "none", ".")
Facts = frozenset[tuple[str, str]]


class Typed(NamedTuple):
    """One record by column, and what of it is true and whole."""

    name: str = ""
    contact: str = ""
    first_name: str = ""
    last_name: str = ""
    company: str = ""
    organisation: str = ""
    job_title: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    website: str = ""
    street: str = ""
    suburb: str = ""
    province: str = ""
    postcode: str = ""
    facts: Facts = frozenset()


class Typist:
    """Types the records of a party."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def one(self, values):  # noqa: ANN001, ANN201 - a draw of whatever the list holds
        return values[int(self.dice.random() * len(values))]

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def records(self, party: Party) -> list[Typed]:
        """Return the records of a party, in the order in which they were typed."""
        count = max(self.one(_COUNTS), self.one((1, len(party.states))))
        done: list[Typed] = []
        for number in range(count):
            at = min(len(party.states) - 1, number * len(party.states) // count)
            for attempt in range(_TRIES):
                state = self._mixed(party.states, at) if self.chance(0.3) or attempt > _TRIES // 2 else party.states[at]
                typed = self._typed(party, state, care=attempt / (_TRIES - 1))
                if any(_weight(party, typed.facts & other.facts) >= _ENOUGH for other in done or [typed]):
                    done.append(typed)
                    break
        return done

    def _mixed(self, states: list[State], at: int) -> State:
        """Return a state of which some facts are still those of the one before."""
        if not at:
            return states[0]
        before, now = states[at - 1], states[at]
        old = [facts for facts in (("town", "street", "phone"), ("mail",), ("phone",), ("mobile",), ("site",))
               if self.chance(0.4)]  # fmt: skip
        kept = {fact: getattr(before, fact) for facts in old for fact in facts}
        shared = now.shared | (before.shared & set(kept))
        return State(**{name: getattr(now, name) for name in State.__dataclass_fields__} | kept | {"shared": shared})

    def _typed(self, party: Party, state: State, care: float) -> Typed:
        holes, slips = 0.5 * (1 - 0.7 * care), 0.16 * (1 - care)
        facts: set[tuple[str, str]] = set()
        cells = {}

        def kept(fact: str, value: str, hole: float = holes) -> bool:
            if not value or self.chance(hole):
                return False
            facts.add((f"shared {fact}" if fact in state.shared else fact, value))
            return True

        if kept("mail", state.mail, holes * 0.9):
            cells["email"] = self._mail(state.mail)
        if kept("phone", state.phone):
            cells["phone"] = self._number(state.phone)
        if kept("mobile", state.mobile, max(holes, 0.55 * (1 - care) + 0.2)):
            cells["mobile"] = self._number(state.mobile)
            if "phone" not in cells and self.chance(0.35):
                cells["phone"] = cells.pop("mobile")
        if kept("site", state.site, 0.65 if not party.is_person else 0.9):
            cells["website"] = self.one(("www.{}", "http://www.{}", "{}", "https://{}/")).format(state.site)
        if kept("street", state.street):
            cells["street"] = self._street(state.street, slips)
        if kept("town", state.town.suburb, holes * 0.6):
            cells |= self._town(state.town)
        fillers = {cell: self.one(_FILLERS) for cell in ("email", "phone", "mobile", "street") if self.chance(0.02)}
        cells = fillers | cells | self._names(party, state, facts, slips, care)
        return Typed(**cells, facts=frozenset(facts))

    def _town(self, town: lists.Town) -> dict[str, str]:
        return {
            "suburb": town.suburb if self.chance(0.75) else town.city,
            "postcode": town.postcode if self.chance(0.8) else "",
            "province": town.province if self.chance(0.5) else "",
        }

    def _names(self, party: Party, state: State, facts: set[tuple[str, str]], slips: float, care: float) -> dict[str, str]:
        given, family = state.name
        is_slip = self.chance(slips)
        facts |= {("name", plain(given + family))} | ({("given", given)} if party.is_person else set())
        if not party.is_person:
            name = self._firm(state, is_slip=is_slip)
            if state.former and "former" in name:
                facts.add(("name", plain(state.former)))
            cells = {"name": name, "organisation": name}
            if state.contact[0] and self.chance(0.55):
                facts.add(("contact", plain("".join(state.contact))))
                first, last = self._person(*state.contact, is_slip=self.chance(slips))
                cells |= {"contact": f"{first} {last}"}
                if self.chance(0.02 * (1 - care)):
                    cells["name"], cells["contact"] = cells["contact"], cells["name"]
            elif self.chance(0.02 * (1 - care)):
                # The name in the wrong column, and its own left empty.
                cells |= {"contact": name, "name": ""}
            return cells
        first, last = self._person(given, family, is_slip=is_slip)
        way = self.dice.random() / max(1 - care, 1e-9)
        whole = f"{first} {last}" if self.chance(0.75) else f"{last}, {first}"
        cells = {"name": whole, "first_name": first, "last_name": last}
        if way < 0.03:
            cells = {"name": f"{last} {first}", "first_name": last, "last_name": first}
        elif way < 0.05:
            cells = {"name": whole, "first_name": f"{first} {last}", "last_name": ""}
        if state.employer and self.chance(0.6):
            facts.add(("employer", plain(state.employer)))
            firm = self._firm(State((state.employer, ""), *[state.town, *[""] * 5]), is_slip=self.chance(slips))
            cells["company"] = firm
        if self.chance(0.5):
            cells["job_title"] = self.one(lists.JOBS)
        return cells

    def _person(self, given: str, family: str, *, is_slip: bool) -> tuple[str, str]:
        way = self.dice.random()
        if way < 0.06:
            given = lists.SHORT.get(given, given)
        elif way < 0.08:
            given = given[0]
        elif way < 0.11:
            given = f"{given} {self.one('ABCDEGHJLMPRST')}"
        if is_slip:
            given, family = (given, self._heard(family)) if self.chance(0.6) else (self._heard(given), family)
        return (given.upper(), family.upper()) if self.chance(0.04) else (given, family)

    def _firm(self, state: State, *, is_slip: bool) -> str:
        name = state.name[0]
        if is_slip:
            words = name.split()
            at = 0 if self.chance(0.6) else int(self.dice.random() * len(words))
            words[at] = self._heard(words[at])
            name = " ".join(words)
        way = self.dice.random()
        if way < 0.1:
            name = " ".join(lists.SHORTENED.get(word, word) for word in name.split())
        elif way < 0.14 and len(name.split()) > 2:
            name = " ".join(name.split()[:-1])
        elif way < 0.16:
            name = name.replace("& ", "en ") if "&" in name else f"The {name}"
        form = lists.FORMS[sum(map(ord, state.name[0])) % len(lists.FORMS)] if self.chance(0.6) else ""
        if state.former and self.chance(0.2):
            return f"{name} {self.one(('(formerly {})', '(prev. {})', '- formerly {}')).format(state.former)}"
        if form and self.chance(0.06):
            return f"{form} {name}"
        if self.chance(0.02):
            name = f"{self.one(('Messrs', 'M/s', 'Mnre'))} {name}"
        name = f"{name} {form}".strip()
        return name.upper() if self.chance(0.08) else name

    def _heard(self, word: str) -> str:
        """Return a word as it was heard by telephone, or mistyped."""
        low = word.lower()
        fitting = [(sound, other) for sound, other in lists.SOUNDS if sound in low[1:]]
        if fitting and self.chance(0.5):
            sound, other = self.one(fitting)
            at = low.index(sound, 1)
            return word[:at] + other + word[at + len(sound) :]
        if len(word) < 4:
            return word
        at = 1 + int(self.dice.random() * (len(word) - 2))
        way = int(self.dice.random() * 4)
        if way == 0:
            return word[:at] + word[at + 1 :]
        if way == 1:
            return word[:at] + word[at] + word[at:]
        if way == 2:
            return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
        return word[:at] + self.one("aeiourstnl") + word[at + 1 :]

    def _mail(self, mail: str) -> str:
        local, _, host = mail.partition("@")
        way = self.dice.random()
        if way < 0.02:
            return f"{self._heard(local)}@{host}"
        if way < 0.04:
            return f"{local}@{host.replace('.co.za', '.com').replace('gmail', 'gmial')}"
        return mail.upper() if way > 0.97 else mail

    def _number(self, number: str) -> str:
        if self.chance(0.02):
            at = self.dice.randint(4, 9)
            number = f"{number[:at]}{self.dice.randint(0, 9)}{number[at + 1 :]}"
        area, middle, last = number[:3], number[3:6], number[6:]
        written = self.one(("{0} {1} {2}", "{0}{1}{2}", "({0}) {1}-{2}", "+27 {3} {1} {2}", "+27{3}{1}{2}", "{0}-{1}-{2}"))
        text = written.format(area, middle, last, area[1:])
        return f"{text} ext {self.dice.randint(10, 400)}" if self.chance(0.03) else text

    def _street(self, street: str, slips: float) -> str:
        line, _, kind = street.rpartition(" ")
        long, short = kind.split("=")
        if self.chance(slips):
            words = line.split()
            words[-1] = self._heard(words[-1])
            line = " ".join(words)
        if "Unit" in line and self.chance(0.4):
            line = line.partition(", ")[2]
        return f"{line} {long if self.chance(0.5) else short}"


def _weight(party: Party, common: Facts) -> int:
    """Return how much two records of a party have in common, as a clerk would weigh it."""
    points = {"name": 2, "phone": 2, "mail": 2, "mobile": 2, "site": 2, "street": 2, "contact": 1, "town": 1, "employer": 1}
    if party.is_person:
        points |= {"name": 2 + party.is_rare, "street": 1, "phone": 1, "site": 0, "given": 0}
        if not any(fact == "name" for fact, _ in common):
            points |= {"given": 1}
    shared = {f"shared {fact}": 1 for fact in ("phone", "mail", "site", "street", "employer", "name")}
    return sum((points | shared).get(fact, 0) for fact, _ in common)
