"""How names of companies and persons get written."""

import random
from typing import Protocol

from benchmarks.matching.generated.entities import CITY, Party
from benchmarks.matching.generated.slips import miswritten
from benchmarks.matching.generated.vocabulary import FAMILIES, MEN, NICKNAMES, SHORT_WORDS, WOMEN

_FORMS_WRITTEN = {
    "Inc": ("Inc", "Inc.", ", Inc.", "Incorporated", "inc", ""),
    "LLC": ("LLC", "L.L.C.", ", LLC", "Llc", "LLC.", ""),
    "Corp": ("Corp", "Corp.", "Corporation", ", Corp.", ""),
    "Co": ("Co", "Co.", "Company", "& Co.", ""),
    "LP": ("LP", "L.P.", ", LP", "Limited Partnership"),
    "LLP": ("LLP", "L.L.P.", ", LLP", ""),
    "PC": ("PC", "P.C.", ", P.C.", ""),
    "Ltd": ("Ltd", "Ltd.", "Limited", "LTD", ", Ltd", ""),
    "PLC": ("PLC", "plc", "P.L.C.", "Public Limited Company"),
    "GmbH": ("GmbH", "Gmbh", "G.m.b.H.", "Gesellschaft mbH", ""),
    "AG": ("AG", "Aktiengesellschaft", "A.G."),
    "KG": ("KG", "K.G.", "Kommanditgesellschaft"),
    "GmbH & Co KG": ("GmbH & Co. KG", "GmbH & Co KG", "GmbH u. Co. KG", "GmbH+Co.KG"),
    "eK": ("e.K.", "eK", "e. Kfm.", ""),
    "UG": ("UG (haftungsbeschränkt)", "UG", "UG haftungsbeschränkt"),
    "": ("",),
}
_NOTES = (" (old)", " - DO NOT USE", " *inactive*", " (in liquidation)", " - duplicate?", " (NEW)", " ** use other **",
          " (see CRM)", " - Accounts Payable", " - on hold", " (archived)", " - c/o Accounts Dept")  # fmt: skip
_TITLES = {"m": ("Mr", "Mr.", "Dr", "Dr.", "Prof."), "f": ("Mrs", "Ms.", "Ms", "Dr", "Dr.", "Miss")}


class Writes(Protocol):
    """What of a system decides how it holds a name."""

    @property
    def is_split(self) -> bool: ...

    @property
    def upper(self) -> float: ...


class NameWriter:
    """Writes one name in one of its many ways."""

    def __init__(self, dice: random.Random) -> None:
        self.random = dice

    def one(self, values):  # noqa: ANN001, ANN201 - a draw of whatever the list holds
        return values[int(self.random.random() * len(values))]

    def staff(self) -> str:
        return f"{self.one(MEN['US'] if self.random.random() < 0.5 else WOMEN['US'])} {self.one(FAMILIES['US'])}"

    def plain_name(self, party: Party) -> str:
        if party.kind == "person":
            return f"{party.given} {party.family}"
        return " ".join(filter(None, (party.head, party.trade)))

    def company(self, party: Party, system: Writes) -> str:
        """Return a company's name: words shortened, left out or mistyped, its form in one of its spellings."""
        chance = self.random.random
        text = " ".join(filter(None, self._words(party, chance())))
        if chance() < 0.28:
            dot = "." if chance() < 0.4 else ""
            text = " ".join([SHORT_WORDS[word] + dot if word in SHORT_WORDS else word for word in text.split()])
        if "&" in text or " and " in text:
            text = text.replace(" & ", " and ") if chance() < 0.4 else text.replace(" and ", " & ")
        form = self.one(_FORMS_WRITTEN[party.form])
        if form:
            text = f"{text}{form}" if form[0] == "," else f"{text} {form}"
        if party.suffix:
            text = f"{text} {party.suffix}"
        if party.trading_as:
            text = self._traded(party, text)
        return self._noted(text, system)

    def _words(self, party: Party, way: float) -> list[str]:
        """Return head, trade and ending of a name; a name that must stay whole loses none of them."""
        words = [party.head, party.trade, party.ending]
        if way < 0.13 and not party.is_whole:
            return self._shortened(party, words, way)
        if way < 0.19:
            return [miswritten(self.random, words[0]), *words[1:]]
        if way > 0.985 and party.trade:
            return [(words[0] + words[1]).replace(" ", ""), words[2]]
        return words

    def _shortened(self, party: Party, words: list[str], way: float) -> list[str]:
        """Return a name without its ending or its trade, or its initials, or the domain that stands for it."""
        every = " ".join(words).split()
        if way < 0.08:
            return words[:2] if party.trade else words
        # Under its initials a firm is not known again by its town alone.
        if way < 0.1:
            is_long = len(every) > 2 and not party.support & CITY
            return ["".join(word[0] for word in every if word[0].isalnum()).upper()] if is_long else words
        if way < 0.115:
            return [party.domain.capitalize()] if party.domain else words
        return [words[0], words[2]] if party.ending else words

    def _traded(self, party: Party, text: str) -> str:
        way = self.random.random()
        if way < 0.45:
            return text
        if way < 0.65:
            return party.trading_as
        return f"{text} {self.one(('T/A', 't/a', 'dba', 'DBA', 'd/b/a', 'trading as'))} {party.trading_as}"

    def _noted(self, text: str, system: Writes) -> str:
        chance = self.random.random()
        if chance < system.upper:
            return text.upper()
        if chance > 0.975:
            return text + self.one(_NOTES)
        if chance > 0.96:
            return text.lower()
        return f"The {text}" if chance > 0.945 else text

    def person(self, party: Party, system: Writes) -> tuple[str, str | None, str | None]:
        """Return a person's name as one text, and its two parts where the system has fields for them."""
        way = self.random.random()
        given, family = self._given(party, way), self._family(party, way)
        if self.random.random() < system.upper:
            given, family = given.upper(), family.upper()
        title = f"{self.one(_TITLES[party.sex])} " if 0.3 < way < 0.34 else ""
        if system.is_split:
            if 0.34 < way < 0.36:
                given, family = family, given
            return f"{title}{given} {family}", given, family
        if way > 0.65:
            return f"{family}, {title}{given}", None, None
        return f"{title}{given} {family}", None, None

    def _given(self, party: Party, way: float) -> str:
        """Return a given name: short, an initial, mistyped, with that of the spouse, or with the middle name."""
        given = party.given
        if way < 0.17:
            return given if party.is_whole else self._familiar(party, way)
        if way < 0.2:
            return miswritten(self.random, given)
        if 0.28 < way < 0.3 and party.spouse:
            return f"{given} {self.one(('&', 'and', '+'))} {party.spouse}"
        if party.middle and way > 0.85:
            return f"{given} {party.middle[0]}." if way < 0.97 else f"{given} {party.middle}"
        return given

    @staticmethod
    def _familiar(party: Party, way: float) -> str:
        given = party.given
        if way < 0.12:
            return NICKNAMES.get(given, given)
        if way < 0.15:
            return f"{given[0]}." if way < 0.135 else given[0]
        return f"{given[0]}. {party.middle}" if party.middle else given

    def _family(self, party: Party, way: float) -> str:
        """Return a family name: mistyped, one half of a double name, without umlauts, with its suffix."""
        chance, family = self.random.random, party.family
        if 0.2 < way < 0.25:
            family = miswritten(self.random, family)
        elif 0.25 < way < 0.28 and "-" in family:
            family = family.split("-")[int(chance() * 2)]
        if not family.isascii() and chance() < 0.5:
            family = family.replace("ü", "ue").replace("ö", "oe").replace("ä", "ae").replace("ß", "ss")
        # Of father and son only the suffix tells which.
        if party.suffix and (party.is_whole or chance() < 0.7):
            family = f"{family} {party.suffix}" if way < 0.5 else f"{family}, {party.suffix}"
        return family
