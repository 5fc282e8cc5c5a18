"""Accounts of companies that several people of a sales team typed in: a name, and now and then something else.

Companies of one family name and trade, branches in other towns that are accounts of their own, and daughters of a group
that share its site and switchboard are not one; a company that moved or has another number now is.
"""

import random

from benchmarks.matching.exam import Exam
from benchmarks.matching.standins.danish import TOWNS, TRADES, company, telephone, written_telephone
from benchmarks.matching.standins.drawing import Domains, Row, by_rank, kept, slipped, standin

_ROLES = {"Account": "name", "Phone": "phone", "Website": "domain", "City": "city", "Postal code": "postcode"}
_SHARES = {"Phone": 0.5, "Website": 0.4, "City": 0.6, "Postal code": 0.35}


def accounts(count: int, seed: int) -> Exam:
    """Return about ``count`` accounts."""
    dice = random.Random(f"accounts {seed}")
    rows: list[tuple[str, Row, int]] = []
    domains, party = Domains(), 0
    while len(rows) < count:
        for one in _family_of(dice, domains):
            rows += [("l", one.row(), party) for _ in range(dice.choice((1, 1, 1, 1, 2, 2, 3, 4)))]
            party += 1
    return standin(f"accounts {count:,}, seed {seed}", rows[:count], _ROLES, dice)


class _Company:
    def __init__(self, dice: random.Random, name: tuple[str, str, str], site: str) -> None:
        self.dice, self.site = dice, site
        self.lead, self.trade, self.form = name
        self.phone = telephone(dice)
        self.place = _place(dice)
        self.moved = (_place(dice), telephone(dice)) if dice.random() < 0.12 else None

    def row(self) -> Row:
        dice = self.dice
        place, phone = self.moved if self.moved and dice.random() < 0.5 else (self.place, self.phone)
        trade = "" if dice.random() < 0.08 else self.trade
        form = self.form if dice.random() < 0.6 else ""
        name = slipped(dice, f"{self.lead} {trade}".strip(), 0.06)
        if dice.random() < 0.04:
            name += f" {dice.choice(('Danmark', 'Group', 'afd. ' + place[0]))}"
        site = dice.choice((self.site, f"www.{self.site}", f"https://{self.site}/kontakt"))
        town = slipped(dice, place[0], 0.03)
        return kept(dice, {
            "Account": f"{name} {form}".strip(),
            "Phone": written_telephone(dice, phone),
            "Website": site,
            "City": town,
            "Postal code": place[1],
        }, _SHARES)  # fmt: skip


def _place(dice: random.Random) -> tuple[str, str]:
    town = by_rank(dice, TOWNS)
    return town, str(1_000 + 300 * TOWNS.index(town) + dice.randrange(0, 40) * 5)


def _family_of(dice: random.Random, domains: Domains) -> list[_Company]:
    """Return a company, with its branches or the daughters of its group where it has some."""
    name = company(dice)
    lead, trade, form = name
    site = domains.of(lead + trade, "dk")
    first, drawn = _Company(dice, name, site), dice.random()
    if drawn < 0.06:
        return [first, *(_Company(dice, name, site) for _ in range(dice.choice((1, 2, 4))))]
    if drawn < 0.12:
        trades = {by_rank(dice, TRADES) for _ in range(dice.choice((1, 2)))} - {trade}
        daughters = [_Company(dice, (lead, one, form), site) for one in sorted(trades)]
        for one in daughters:
            one.place, one.moved = first.place, None
            one.phone = first.phone if dice.random() < 0.5 else one.phone
        return [first, *daughters]
    return [first]
