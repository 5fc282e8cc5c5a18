"""Who is in the CRM: companies and persons as they were at first and as they are since, and who lives or sits together."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from benchmarks.matching.crm import lists
from benchmarks.matching.crm.lists import Town


@dataclass(frozen=True, slots=True)
class State:
    """What is true of a party for some time. ``shared`` names facts that many parties share and that prove little."""

    name: tuple[str, str]
    town: Town
    street: str
    phone: str
    mobile: str
    mail: str
    site: str
    contact: tuple[str, str] = ("", "")
    employer: str = ""
    former: str = ""
    shared: frozenset[str] = frozenset()


@dataclass(slots=True)
class Party:
    """A company or person with its states, the oldest first."""

    is_person: bool
    is_rare: bool
    states: list[State] = field(default_factory=list)


class World:
    """Parties, group by group."""

    def __init__(self, seed: int, firm_count: int) -> None:
        self.dice = random.Random(f"crm {seed}")
        self.firms = [self.firm() for _ in range(firm_count)]
        self.centres = [self._centre() for _ in range(max(2, firm_count // 150))]

    def one(self, values):  # noqa: ANN001, ANN201 - a draw of whatever the list holds
        return values[int(self.dice.random() * len(values))]

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def groups(self) -> Iterator[list[Party]]:
        """Yield companies with their sisters and people, tenants of business centres, and households."""
        for number, firm in enumerate(self.firms):
            centre = self.one(self.centres)
            group = [self._seated(firm, centre) if self.chance(0.12) else firm]
            if self.chance(0.08):
                group.append(self._sister(firm))
            if self.chance(0.05):
                group.append(self._branch(firm))
            count = 25 if number % 90 == 0 else self.one((0, 0, 1, 1, 2, 3, 5))
            group += [self._employee(firm) for _ in range(count)]
            yield group
            if self.chance(0.7):
                yield self._household()

    def firm(self) -> Party:
        """Return a company with what became of it."""
        town, is_rare = self.one(lists.TOWNS), self.chance(0.7)
        head = self._head(is_rare=is_rare)
        state = self._state((self._firm_name(head), ""), town, head)
        return Party(False, is_rare, self._firm_states(state))

    def _head(self, *, is_rare: bool) -> str:
        if not is_rare:
            return self.one((self.one(lists.FAMILIES), self.one(lists.TOWNS).suburb, self.one(lists.STREETS)))
        return self.one((
            self.one(lists.COINED_STARTS) + self.one(lists.COINED_ENDS),
            self._rare_family(),
            f"{self.one(lists.COINED_STARTS)}{self.one(lists.COINED_ENDS)} {self.one(lists.STREETS)}",
        ))  # fmt: skip

    def _rare_family(self) -> str:
        return self.one(lists.FAMILY_STARTS) + self.one(lists.FAMILY_ENDS)

    def _firm_name(self, head: str) -> str:
        ending = self.one(lists.ENDINGS) if self.chance(0.35) else ""
        return " ".join(part for part in (head, self.one(lists.TRADES) if self.chance(0.85) else "", ending) if part)

    def _state(self, name: tuple[str, str], town: Town, head: str) -> State:
        site = f"{plain(head)}{self.one(('', '', '', 'sa', plain(name[0].split()[-1])))}.co.za" if self.chance(0.8) else ""
        host = site or self.one(lists.FREE_HOSTS)
        local = self.one(lists.DESKS) if site and self.chance(0.6) else plain(head)
        contact = self.person_name()
        if site and self.chance(0.3):
            local = f"{plain(contact[0])}"
        return State(name, town, self._street(), self._phone(town), self._mobile(), f"{local}@{host}", site, contact)

    def _street(self) -> str:
        unit = f"Unit {self.dice.randint(1, 40)}, " if self.chance(0.15) else ""
        return f"{unit}{self.dice.randint(1, 300)} {self.one(lists.STREETS)} {self.one(lists.STREET_KINDS)}"

    def _phone(self, town: Town) -> str:
        return f"{town.dial}{self.dice.randint(2, 9)}{self.dice.randint(0, 999_999):06d}"

    def _mobile(self) -> str:
        return f"{self.one(('082', '083', '084', '072', '073', '076', '061'))}{self.dice.randint(0, 9_999_999):07d}"

    def person_name(self, *, is_rare: bool | None = None) -> tuple[str, str]:
        is_rare = self.chance(0.4) if is_rare is None else is_rare
        family = self._rare_family() if is_rare else self.one(lists.FAMILIES)
        return self.one(lists.MEN if self.chance(0.5) else lists.WOMEN), family

    def _firm_states(self, state: State) -> list[State]:
        """Return a company as it was and as it became: moved, renamed, taken over, with another contact."""
        states = [state]
        if self.chance(0.22):
            town = state.town if self.chance(0.75) else self.one(lists.TOWNS)
            phone = self._phone(town) if self.chance(0.6) or town != state.town else state.phone
            state = replace(state, town=town, street=self._street(), phone=phone)
            states.append(state)
        fate = self.dice.random()
        if fate < 0.10:
            head = self._head(is_rare=True)
            new = replace(state, name=(self._firm_name(head), ""), former=state.name[0])
            if state.site and self.chance(0.5):
                site = f"{plain(head)}.co.za"
                new = replace(new, site=site, mail=f"{state.mail.partition('@')[0]}@{site}")
            states.append(new)
        elif fate < 0.14:
            # Taken over: the new owner's name, site and mailbox, the old place and number.
            other = self._head(is_rare=True)
            states.append(replace(state, name=(self._firm_name(other), ""), former=state.name[0],
                                  site=f"{plain(other)}.co.za", mail=f"info@{plain(other)}.co.za"))  # fmt: skip
        if self.chance(0.25):
            states.append(replace(states[-1], contact=self.person_name(), mobile=self._mobile()))
        return states

    def _centre(self) -> State:
        town = self.one(lists.TOWNS)
        head = self._head(is_rare=True)
        site = f"{plain(head)}.co.za"
        return State(("", ""), town, f"{self.dice.randint(1, 90)} {self.one(lists.STREETS)} {self.one(lists.STREET_KINDS)}",
                     self._phone(town), "", f"reception@{site}", site)  # fmt: skip

    def _seated(self, firm: Party, centre: State) -> Party:
        """Return a company that has come to a business centre: its street and switchboard, now and then its reception."""
        last = firm.states[-1]
        shared = {"street", "phone"} | ({"mail"} if self.chance(0.25) else set())
        seated = replace(last, town=centre.town, street=f"Suite {self.dice.randint(1, 200)}, {centre.street}",
                         phone=centre.phone, mail=centre.mail if "mail" in shared else last.mail,
                         shared=frozenset(shared))  # fmt: skip
        return replace(firm, states=[seated] if self.chance(0.6) else [*firm.states, seated])

    def _sister(self, firm: Party) -> Party:
        first = firm.states[0]
        head = first.name[0].split()[0]
        name = f"{head} {self.one(('Properties', 'Holdings', 'Trust', 'Investments', 'Farms', 'Leasing', 'Foundation'))}"
        phone = first.phone if self.chance(0.5) else self._phone(first.town)
        local = self.one((first.mail.partition("@")[0], "trust", "property"))
        sister = replace(first, name=(name, ""), phone=phone, mail=f"{local}@{first.mail.partition('@')[2]}",
                         mobile=self._mobile(), shared=frozenset({"street", "phone", "mail", "site"}))  # fmt: skip
        return Party(False, firm.is_rare, [sister])

    def _branch(self, firm: Party) -> Party:
        first, town = firm.states[0], self.one(lists.TOWNS)
        name = first.name[0] if self.chance(0.4) else f"{first.name[0]} {town.suburb}"
        branch = replace(first, name=(name, ""), town=town, street=self._street(), phone=self._phone(town),
                         contact=self.person_name(), mobile=self._mobile(),
                         shared=frozenset({"site", "mail", "name"}))  # fmt: skip
        return Party(False, firm.is_rare, [branch])

    def _employee(self, firm: Party) -> Party:
        """Return who works for a company, with the employer, desk and mailbox that came after."""
        is_rare = self.chance(0.4)
        name = self.person_name(is_rare=is_rare)
        states = [self._job(name, firm, self._mobile())]
        if self.chance(0.3):
            other = self.one(self.firms)
            mobile = states[0].mobile if self.chance(0.75) else self._mobile()
            states.append(self._job(name, other, mobile))
        if self.chance(0.07):
            last = states[-1]
            new = (name[0], self.person_name()[1])
            host = last.mail.partition("@")[2]
            mail = last.mail if self.chance(0.5) else f"{_local(self.one(range(3)), new)}@{host}"
            states.append(replace(last, name=new, mail=mail))
        return Party(True, is_rare, states)

    def _job(self, name: tuple[str, str], firm: Party, mobile: str) -> State:
        at = firm.states[-1]
        host = at.site or self.one(lists.FREE_HOSTS)
        shared = {"street", "site", "employer"}
        mail = f"{_local(self.one(range(3)), name)}{'' if at.site else self.dice.randint(1, 99)}@{host}"
        if at.site and self.chance(0.08):
            mail, shared = f"{self.one(lists.DESKS)}@{host}", shared | {"mail"}
        phone = at.phone
        if self.chance(0.5):
            phone = f"{at.phone[:-3]}{self.dice.randint(0, 999):03d}"
        else:
            shared.add("phone")
        return replace(at, name=name, phone=phone, mobile=mobile, mail=mail, contact=("", ""), former="",
                       employer=at.name[0], shared=frozenset(shared))  # fmt: skip

    def _household(self) -> list[Party]:
        """Return who lives at one address: a couple, their grown children, and now and then a tenant."""
        is_rare = self.chance(0.4)
        family = self.person_name(is_rare=is_rare)[1]
        town, street = self.one(lists.TOWNS), self._street()
        phone = self._phone(town)
        home_mail = f"{plain(family)}family@{self.one(lists.FREE_HOSTS)}" if self.chance(0.25) else ""
        parties = []
        for _ in range(self.one((1, 1, 2, 2, 2, 3))):
            name = (self.person_name()[0], family if self.chance(0.9) else self.person_name()[1])
            own = f"{_local(self.one(range(3)), name)}{self.dice.randint(1, 99)}@{self.one(lists.FREE_HOSTS)}"
            is_home = bool(home_mail) and self.chance(0.5)
            state = State(name, town, street, phone, self._mobile(), home_mail if is_home else own, "",
                          shared=frozenset({"street", "phone"} | ({"mail"} if is_home else set())))  # fmt: skip
            states = [state]
            if self.chance(0.2):
                new_town = self.one(lists.TOWNS)
                states.append(replace(state, town=new_town, street=self._street(), phone=self._phone(new_town)))
            parties.append(Party(True, is_rare, states))
        return parties


def plain(text: str) -> str:
    """Return the letters and digits of a text, in small letters."""
    return re.sub("[^a-z0-9]", "", text.lower())


def _local(way: int, name: tuple[str, str]) -> str:
    given, family = plain(name[0]), plain(name[1])
    return (f"{given}.{family}", f"{given[0]}{family}", given)[way]
