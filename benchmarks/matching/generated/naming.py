"""Names of firms, streets, domains and mailboxes, without end and as unevenly common as in the world."""

import random
import re
from collections.abc import Sequence
from itertools import product

from anyascii import anyascii

from benchmarks.matching.generated.vocabulary import ENDINGS, FAMILIES, HEAD_WORDS, MEN, WOMEN, WORDS, Town, by_rank, drawn

_MIDDLES = ["", "", "", *WORDS["coined_middles"]]
_NAME_STARTS = by_rank(["".join(parts).title() for parts in product(WORDS["coined_starts"], _MIDDLES)], 0.2)
_FORMS = {
    "US": drawn(("Inc", "LLC", "Corp", "Co", "LP", "LLP", "PC", ""), (38, 34, 8, 5, 1, 1, 2, 11), 256),
    "GB": drawn(("Ltd", "PLC", "LLP", ""), (80, 4, 4, 12), 256),
    "DE": drawn(("GmbH", "AG", "KG", "GmbH & Co KG", "eK", "UG", ""), (60, 6, 5, 12, 6, 5, 6), 256),
}
_NOT_PLAIN = re.compile("[^a-z0-9]+")


def plain(text: str) -> str:
    """Return letters and digits in lower case, as domains and mailboxes hold them."""
    text = text if text.isascii() else anyascii(text)
    return _NOT_PLAIN.sub("", text.lower())


class Naming:
    """Draws names; a domain or mailbox is given out once."""

    def __init__(self, dice: random.Random) -> None:
        self.random = dice
        self.taken: set[str] = set()

    def one(self, values: Sequence[str]) -> str:
        return values[int(self.random.random() * len(values))]

    def coined(self) -> str:
        return self.one(_NAME_STARTS) + self.one(WORDS["coined_ends"])

    def rare_family(self) -> str:
        return (
            self.one(WORDS["family_starts"])
            + (self.one(_MIDDLES) if self.random.random() < 0.5 else "")
            + self.one(WORDS["family_ends"])
        )

    def street(self) -> str:
        return self.coined() if self.random.random() < 0.4 else self.one(FAMILIES["US"])

    def head(self, town: Town) -> tuple[str, bool]:
        """Return what a firm is known by, and whether few others share it."""
        kind = self.random.random()
        if kind < 0.38:
            return (self.coined() if kind < 0.3 else f"{self.coined()} {self.one(HEAD_WORDS)}"), True
        if kind < 0.64:
            family = self.rare_family() if self.random.random() < 0.35 else self.one(FAMILIES[town.country])
            return (family if kind < 0.5 else self._partners(family, town)), False
        if kind < 0.87:
            return (self.one(HEAD_WORDS) if kind < 0.74 else f"{self.one(HEAD_WORDS)} {self.one(HEAD_WORDS)}"), False
        letters = [self.one("ABCDEFGHJKLMNPRSTVW") for _ in range(3)]
        initials = "".join(letters) if kind < 0.98 else f"{letters[0]}&{letters[1]}"
        return (town.name if kind < 0.94 else initials), False

    def _partners(self, family: str, town: Town) -> str:
        first, other = self.one(MEN[town.country]), self.one(FAMILIES[town.country])
        forms = (
            f"{family} & {other}",
            f"{family} and Sons",
            f"{family} Brothers",
            f"{first} {family}",
            f"{first[0]}. {family}",
            f"{family} {other} & {self.one(FAMILIES['US'])}",
        )
        return self.one(forms)

    def ending(self) -> str:
        return self.one(ENDINGS)

    def form(self, country: str) -> str:
        return self.one(_FORMS[country])

    def trading_name(self) -> str:
        first = self.one(MEN["US"]) if self.random.random() < 0.5 else self.one(WOMEN["US"])
        owner = f"{first}'s" if self.random.random() < 0.6 else f"{self.one(HEAD_WORDS)} {self.coined()}"
        return f"{owner} {self.one(WORDS['trading_names'])}"

    def staff(self) -> str:
        first = self.one(MEN["US"]) if self.random.random() < 0.5 else self.one(WOMEN["US"])
        return plain(first)

    def domain(self, head: str, trades: Sequence[str], town: Town) -> str:
        stem = plain(head)
        country = town.country
        end = {"US": ".com", "GB": ".co.uk", "DE": ".de"}[country]
        chance = self.random.random()
        if chance < 0.12:
            end = ".net" if chance < 0.06 else ".com"
        tries = (stem, stem + plain(self.one(trades)), f"{stem}-{plain(town.name)}", stem + "group")
        return self._free(tries, end)

    def own_mail(self, given: str, family: str, hosts: Sequence[str]) -> str:
        first, last = plain(given), plain(family)
        stem = self.one((f"{first}.{last}", f"{first}{last}", f"{first[0]}{last}", f"{last}{first[0]}", f"{first}_{last}"))
        return self.mailbox(stem, hosts)

    def work_mail(self, given: str, family: str, domain: str) -> str:
        first, last = plain(given), plain(family)
        stem = self.one((f"{first[0]}{last}", f"{first}.{last}", f"{first[0]}{last}", first))
        return self._free((stem, f"{first}.{last}", f"{first}{last}"), f"@{domain}")

    def mailbox(self, stem: str, hosts: Sequence[str]) -> str:
        if self.random.random() < 0.3:
            stem += str(self.random.randint(1, 99))
        return self._free((stem,), f"@{self.one(hosts)}")

    def _free(self, stems: Sequence[str], end: str) -> str:
        """Return the first of the stems that nobody has, or the last with a number."""
        for stem in stems:
            if (text := stem + end) not in self.taken:
                self.taken.add(text)
                return text
        while (text := f"{stems[-1]}{int(self.random.random() * 10_000)}{end}") in self.taken:
            continue
        self.taken.add(text)
        return text
