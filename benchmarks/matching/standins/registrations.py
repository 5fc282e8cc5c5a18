"""People who registered for events, again and again: what each form asked for differs, so that most cells are empty.

One person registers from the office and from home, with a mailbox of either, under a short given name, without the middle
one, or through a colleague who gives the office's telephone for all. Colleagues share company, town, telephone and domain.
"""

import random

from benchmarks.matching.exam import Exam
from benchmarks.matching.standins.danish import TOWNS, company, person, telephone, written_telephone
from benchmarks.matching.standins.drawing import Domains, Row, by_rank, kept, plain, slipped, standin

_ROLES = {"First name": "given", "Last name": "family", "Company": "company", "E-mail": "email", "Mobile": "phone",
          "Town": "city"}  # fmt: skip
_SHARES = {"Company": 0.6, "E-mail": 0.7, "Mobile": 0.4, "Town": 0.4}
_FREE = ("gmail.com", "hotmail.com", "outlook.dk", "live.dk")


def registrations(count: int, seed: int) -> Exam:
    """Return about ``count`` registrations."""
    dice = random.Random(f"registrations {seed}")
    rows: list[tuple[str, Row, int]] = []
    domains, party = Domains(), 0
    while len(rows) < count:
        lead, trade, _ = company(dice)
        office, town = telephone(dice), by_rank(dice, TOWNS)
        name = f"{lead} {trade}".strip()
        domain = domains.of(name, "dk")
        for _ in range(dice.choice((1, 1, 1, 2, 3, 5))):
            someone = _Person(dice, name, domain, office, town)
            rows += [("l", someone.row(), party) for _ in range(dice.choice((1, 1, 1, 2, 2, 3, 4)))]
            party += 1
    return standin(f"registrations {count:,}, seed {seed}", rows[:count], _ROLES, dice)


class _Person:
    def __init__(self, dice: random.Random, company: str, domain: str, office: str, town: str) -> None:
        self.dice, self.company, self.domain, self.office, self.town = dice, company, domain, office, town
        self.given, self.family = person(dice)
        self.home = by_rank(dice, TOWNS) if dice.random() < 0.3 else town
        self.mobile = telephone(dice)
        first, last = plain(self.given.split()[0]), plain(self.family.split()[-1])
        self.work = f"{dice.choice((f'{first}.{last}', f'{first[0]}{last}', first))}@{domain}"
        self.private = f"{first}{last}{dice.randrange(1, 99)}@{dice.choice(_FREE)}"

    def row(self) -> Row:
        dice = self.dice
        is_home = dice.random() < 0.3
        given = self.given.split()[0] if dice.random() < 0.5 else self.given
        family = self.family.split()[-1] if dice.random() < 0.4 else self.family
        if dice.random() < 0.07:
            given = given[0]
        mail = self.private if is_home else self.work
        if dice.random() < 0.05:
            mail = f"kontakt@{self.domain}"
        return kept(dice, {
            "First name": slipped(dice, given, 0.04),
            "Last name": slipped(dice, family, 0.04),
            "Company": "" if is_home else slipped(dice, self.company, 0.05),
            "E-mail": slipped(dice, mail.split("@")[0], 0.02) + "@" + mail.split("@")[1],
            "Mobile": written_telephone(dice, self.office if dice.random() < 0.2 else self.mobile),
            "Town": self.home if is_home else self.town,
        }, _SHARES)  # fmt: skip
