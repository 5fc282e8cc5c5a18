"""An invented party of a table: one person and the firm they work for, always the same for the same table and number."""

import random
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from benchmarks.interpret import names

_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "\N{LATIN SMALL LETTER DOTLESS I}": "i", "ł": "l", "Ł": "L"})


def plain(text: str) -> str:
    """Return ``text`` as it may stand in an address: lower case, letters of the alphabet only."""
    letters = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(one for one in letters if one.isascii() and one.isalnum()).lower()


def masked(mask: str, chance: random.Random) -> str:
    """Return ``mask`` with a digit for each # and a letter for each @."""
    drawn = {"#": "0123456789", "@": "ABCDEFGHJKLM"}
    return "".join(chance.choice(drawn[one]) if one in drawn else one for one in mask)


def iban(country: str, chance: random.Random) -> str:
    """Return an account number whose check digits are right."""
    country = country if country in names.BANK_PART else "DE"
    part = masked(names.BANK_PART[country], chance)
    remainder = int("".join(str(int(one, 36)) for one in f"{part}{country}00")) % 97
    return f"{country}{98 - remainder:02d}{part}"


@dataclass(frozen=True)
class Party:
    """The ``n``-th party of the table with this id."""

    table_id: str
    country: str
    words: names.Words
    n: int

    def chance(self, about: str) -> random.Random:
        """Return a source of chance that depends on the party and the subject only."""
        return random.Random(f"{self.table_id}/{self.n}/{about}")

    @cached_property
    def given(self) -> str:
        return self.words.given[self.n % len(self.words.given)]

    @cached_property
    def family(self) -> str:
        return self.words.family[(self.n * 3 + self.n // len(self.words.given)) % len(self.words.family)]

    @cached_property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @cached_property
    def firm(self) -> str:
        first = self.words.firm[self.n % len(self.words.firm)]
        trade = self.words.trade[(self.n * 7 + self.n // len(self.words.firm) * 3) % len(self.words.trade)]
        return f"{first} {trade} {names.COMPANY_SUFFIX.get(self.country, 'Ltd')}"

    @cached_property
    def host(self) -> str:
        return "".join(map(plain, self.firm.split()[:2])) + ".example"

    @cached_property
    def email(self) -> str:
        return f"{plain(self.given)}.{plain(self.family)}@{self.host}"

    @cached_property
    def phone(self) -> str:
        return masked(names.PHONE.get(self.country, "055 550 ####"), self.chance("phone"))

    @cached_property
    def tax_id(self) -> str:
        return masked(names.TAX_ID.get(self.country, "000######"), self.chance("tax"))

    @cached_property
    def iban(self) -> str:
        return iban(self.country, self.chance("account"))

    @cached_property
    def house(self) -> str:
        return str(self.chance("house").randrange(1, 120))

    @cached_property
    def street_shape(self) -> str:
        return self.chance("street").choice(self.words.street).replace("{w}", self.chance("road").choice(self.words.firm))

    @cached_property
    def street(self) -> str:
        return self.street_shape.replace("{n}", self.house)

    @cached_property
    def town(self) -> str:
        return self.chance("town").choice(self.words.town)

    @cached_property
    def postcode(self) -> str:
        return masked(names.POSTCODE.get(self.country, "####"), self.chance("postcode"))

    @cached_property
    def region(self) -> str:
        return self.chance("region").choice(names.REGION.get(self.country, ["North", "South"]))
