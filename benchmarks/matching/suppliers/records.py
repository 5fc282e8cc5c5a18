"""How two systems hold a supplier: the ledger in capitals, cut and coded, the buyers' list as it was typed.

Every record of a party shares enough with an earlier one for a careful clerk to know it again, and keeps what tells the
party from its neighbours: ``_is_known_again`` says what is enough.
"""

import random
import unicodedata
from collections.abc import Sequence

from benchmarks.matching.suppliers import words
from benchmarks.matching.suppliers.companies import Site, Supplier

COLUMNS = (
    "origen", "razon_social", "nombre_comercial", "nif", "direccion", "cp", "poblacion", "provincia", "telefono", "movil",
    "email", "web", "contacto", "forma_pago", "fecha_alta", "cuenta",
)  # fmt: skip
Record = dict[str, str | None]

_KEYS_BESIDE = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl",
    "l": "kñ", "m": "n", "n": "mb", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb",
    "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_BY_EAR = (("v", "b"), ("b", "v"), ("h", ""), ("ll", "y"), ("ge", "je"), ("gi", "ji"), ("z", "s"), ("c", "k"), ("qu", "k"),
           ("x", "s"), ("mb", "nb"), ("cc", "c"))  # fmt: skip
_LEDGER_WIDTH = 35


def written(
    dice: random.Random, supplier: Supplier, earlier: Sequence[set[str]], *, is_ledger: bool
) -> tuple[Record, set[str]]:
    """Return a record and the facts in it that are unspoilt."""
    for tries in range(12):
        clerk = Clerk(dice, is_ledger=is_ledger, care=tries / 12)
        record, facts = clerk.record(supplier)
        if _is_known_again(supplier, facts, earlier):
            return record, facts
    return Clerk(dice, is_ledger=is_ledger, care=1.0).record(supplier)


def _is_known_again(supplier: Supplier, facts: set[str], earlier: Sequence[set[str]]) -> bool:
    """Return whether a record tells its party from neighbours, and has an earlier one that it shares enough with.

    Enough is the tax number, two facts that nobody else has, one such fact and something of the name, or the whole name and
    any fact where the name is the party's alone.
    """
    if supplier.kept and not facts & {"tax", "name"}:
        return False
    if "name" in supplier.shared and not (facts - supplier.shared) & _FIRM:
        return False
    if not earlier:
        return bool(facts & _FIRM)
    for other in earlier:
        common = facts & other
        own = common - supplier.shared
        if "tax" in own or len(own & _FIRM) >= 2 or (own & _FIRM and "some name" in common):
            return True
        if "name" in own and common & _FIRM:
            return True
    return False


_FIRM = frozenset({"tax", "email", "landline", "mobile", "domain", "site"})


class Clerk:
    """One who types one record; ``care`` (0 to 1) is how much less goes wrong or missing than usual."""

    def __init__(self, dice: random.Random, *, is_ledger: bool, care: float) -> None:
        self.dice, self.is_ledger, self.care = dice, is_ledger, care

    def chance(self, share: float) -> bool:
        return self.dice.random() < share * (1 - self.care)

    def one(self, values):  # noqa: ANN001, ANN201 - a draw of whatever the list holds
        return values[int(self.dice.random() * len(values))]

    def holds(self, share: float) -> bool:
        return self.dice.random() < share + (1 - share) * self.care

    def record(self, supplier: Supplier) -> tuple[Record, set[str]]:  # noqa: C901 - field after field
        ledger, facts = self.is_ledger, set[str]()
        has_moved = self.chance(0.07)
        site = supplier.old_site if has_moved else supplier.site
        record: Record = dict.fromkeys(COLUMNS)
        record["origen"] = "SAP" if ledger else "COMPRAS"
        record["razon_social"] = self._name(supplier, facts)
        if self.is_ledger and len(record["razon_social"]) >= _LEDGER_WIDTH - 1:
            # What tells it from its neighbours may have been cut off.
            facts.discard("name")
        if supplier.trading_name and self.holds(0.2 if ledger else 0.35):
            record["nombre_comercial"] = self._typed(supplier.trading_name)
        if self.holds(0.66 if ledger else 0.34):
            record["nif"] = self._tax_number(supplier.tax_number, facts)
        if self.holds(0.88 if ledger else 0.62):
            self._address(record, site, facts, "old site" if has_moved else "site")
        if self.holds(0.55 if ledger else 0.7):
            record["telefono"] = self._phone(supplier.landline, facts, "landline")
        if self.holds(0.12 if ledger else 0.38):
            # Many write a mobile into the only field for a phone that they see.
            place = "movil" if record["telefono"] or self.dice.random() < 0.5 else "telefono"
            record[place] = self._phone(supplier.mobile, facts, "mobile")
        if self.holds(0.4 if ledger else 0.66):
            record["email"] = self._email(supplier.email, facts)
        if supplier.domain and self.holds(0.04 if ledger else 0.3):
            record["web"] = self.one(("www.{}", "http://www.{}", "{}", "https://{}/")).format(supplier.domain)
            facts.add("domain")
        elif supplier.domain and "email" in facts and supplier.email.endswith(supplier.domain):
            facts.add("domain")
        if self.holds(0.05 if ledger else 0.3) and not supplier.is_sole_trader:
            record["contacto"] = self._typed(f"{supplier.given} {supplier.surnames[0]}")
        record["forma_pago"] = self.one(words.PAYMENT) if self.holds(0.8) else None
        day = f"{self.dice.randrange(1, 29):02d}/{self.dice.randrange(1, 13):02d}/{self.dice.randrange(2004, 2026)}"
        record["fecha_alta"] = day
        record["cuenta"] = f"400{self.dice.randrange(10**6):06d}" if ledger else None
        return record, facts

    # Names.

    def _name(self, supplier: Supplier, facts: set[str]) -> str:
        way = self.dice.random()
        if supplier.former_name and way < 0.4 and not supplier.kept:
            return self._cased(" ".join(supplier.former_name) + self._form(supplier))
        if supplier.is_sole_trader:
            return self._trader(supplier, facts)
        facts.add("some name")
        parts = list(supplier.name)
        if supplier.kept:
            facts.add("name")
        elif self.chance(0.05) and len(parts) > 2:
            parts.pop(self.dice.randrange(1, len(parts)))
        elif self.chance(0.03) and len(parts) > 1:
            parts = [*parts[1:], parts[0]]
        shown = [self._short(part) if self.chance(0.16) else part for part in parts]
        shown = ["&" if part == "y" and self.chance(0.3) else part for part in shown]
        text = " ".join(shown)
        if self.chance(0.07):
            text = slip(self.dice, text)
        if supplier.former_name and way < 0.5:
            return self._cased(f"{text}{self._form(supplier)} (antes {' '.join(supplier.former_name)})")
        has_form = "form" in supplier.kept or self.holds(0.85 if self.is_ledger else 0.55)
        return self._cased(text + (self._form(supplier) if has_form else ""))

    def _trader(self, supplier: Supplier, facts: set[str]) -> str:
        """Return a sole trader's name: given name first, or the two surnames, or the business with the owner behind."""
        given, (first, second), way = supplier.given, supplier.surnames, self.dice.random()
        facts.add("some name")
        if supplier.kept:
            facts.add("name")
        names = given.split()
        given = " ".join(self._short(name) if self.chance(0.2) else name for name in names)
        if len(names) > 1 and self.chance(0.15) and not supplier.kept:
            given = names[0]
        if not supplier.kept and self.chance(0.12):
            second = ""
        shown = [self._short(one) if self.chance(0.06) else one for one in (first, second) if one]
        if self.chance(0.06):
            place = self.dice.randrange(len(shown))
            shown[place] = slip(self.dice, shown[place])
        surnames = " ".join(shown)
        if way < (0.7 if self.is_ledger else 0.2):
            return self._cased(f"{surnames}{self.one((', ', ' ', ', ', ' '))}{given}")
        if supplier.trading_name and way > 0.9:
            return self._cased(f"{supplier.trading_name} ({given} {surnames})")
        return self._cased(f"{given} {surnames}")

    def _short(self, word: str) -> str:
        return self.one(words.SHORT[word]) if word in words.SHORT else word

    def _form(self, supplier: Supplier) -> str:
        written_as = {
            "SL": (", S.L.", " SL", " S.L", " S L", ", SL", " S.L."), "SA": (", S.A.", " SA", " S.A.", " S A"),
            "SLU": (", S.L.U.", " SLU", " S.L.U.", " SL UNIPERSONAL", " SL"), "SAU": (", S.A.U.", " SAU"),
            "SLL": (", S.L.L.", " SLL", " SAL"), "SLP": (", S.L.P.", " SLP"), "CB": (", C.B.", " CB", " C.B."),
            "SC": (", S.C.", " SC", " S.C.P."), "SCOOP": (", S. Coop.", " SCOOP", " S.COOP.LTDA", " Soc. Coop."),
        }  # fmt: skip
        return self.one(written_as.get(supplier.form, ("",)))

    def _cased(self, text: str) -> str:
        text = text.strip()
        if self.is_ledger:
            return self._no_accents(text.upper())[:_LEDGER_WIDTH].strip()
        return self._typed(text)

    def _typed(self, text: str) -> str:
        way = self.dice.random()
        text = text.upper() if way < 0.22 else text.lower() if way < 0.27 else text
        return text if self.dice.random() < 0.6 else self._no_accents(text)

    def _no_accents(self, text: str) -> str:
        """Return text without accents; ñ becomes n, or what an old code page makes of it."""
        if self.chance(0.04):
            text = text.replace("Ñ", "¥").replace("ñ", "¤")
        plain = unicodedata.normalize("NFKD", text.replace("º", "\0").replace("ª", "\1"))
        kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
        return kept.replace("\0", "º").replace("\1", "ª")

    # All else.

    def _tax_number(self, number: str, facts: set[str]) -> str:
        if self.chance(0.04):
            place = self.dice.randrange(2, 7)
            digit = str((int(number[place]) + self.dice.randrange(1, 10)) % 10)
            return number[:place] + digit + number[place + 1 :]
        facts.add("tax")
        way = self.dice.random()
        if way < 0.6:
            return number
        if way < 0.75:
            return f"ES{number}"
        if way < 0.9:
            return f"{number[0]}-{number[1:]}" if number[0].isalpha() else f"{number[:-1]}-{number[-1]}"
        return number.lower() if way < 0.94 else f"{number[:3]}.{number[3:6]}.{number[6:]}"

    def _address(self, record: Record, site: Site, facts: set[str], fact: str) -> None:
        if self.chance(0.03):
            record["poblacion"] = self._place(site)
            return
        record["direccion"] = self._street(site)
        facts.add(fact)
        if self.holds(0.85):
            code = site.postcode
            if code.startswith("0") and self.chance(0.2):
                # A spreadsheet took it for a number.
                code = code[1:]
            elif self.chance(0.04):
                code = code[:2] + "".join(self.dice.sample(code[2:], 3))
            record["cp"] = code
        if self.holds(0.93):
            record["poblacion"] = self._place(site)
        if self.holds(0.6 if self.is_ledger else 0.4):
            record["provincia"] = self._cased(site.town.province)

    def _place(self, site: Site) -> str:
        name = self.one(site.town.names) if self.chance(0.6) else site.town.names[0]
        if self.chance(0.03):
            name = slip(self.dice, name)
        return self._cased(f"{name} ({site.town.province})" if self.chance(0.05) else name)

    def _street(self, site: Site) -> str:
        street = slip(self.dice, site.street) if self.chance(0.05) else site.street
        if site.is_estate:
            estate = self.one(("Pol. Ind.", "Polígono Industrial", "P.I.", "Pol.", "Pgno. Ind.")) + f" {street}"
            way = self.dice.random()
            if way < 0.45:
                return self._cased(f"{estate}, C/ {site.number}, {site.door}")
            return self._cased(f"{estate} {site.door}" if way < 0.8 else f"{estate}, calle {site.number} {site.door}")
        door = f"{self.one((', ', ' ', ' - '))}{site.door}" if site.door and self.holds(0.6) else ""
        if self.is_ledger:
            return self._cased(f"{words.LEDGER_STREET_KINDS[site.kind]} {street} {site.number}{door}")
        kind = "" if self.chance(0.08) else f"{self.one(words.STREET_KINDS[site.kind])} "
        return self._typed(f"{kind}{street}{self.one((', ', ' ', ', nº ', ' nº'))}{site.number}{door}")

    def _phone(self, digits: str, facts: set[str], fact: str) -> str:
        if self.chance(0.035):
            place = self.dice.randrange(3, 8)
            digits = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        else:
            facts.add(fact)
        if self.is_ledger and self.dice.random() < 0.8:
            return digits
        parts = (digits[:2], digits[2:5], digits[5:7], digits[7:]) if digits[:2] in {"91", "93", "95", "96"} else (
            digits[:3], digits[3:5], digits[5:7], digits[7:])  # fmt: skip
        shown = self.one((" ", " ", "-", ".", "")).join(parts)
        return self.one(("", "", "", "+34 ", "0034 ", "(+34) ", "34-", "Tel. ")) + shown

    def _email(self, address: str, facts: set[str]) -> str:
        if self.chance(0.03):
            local, host = address.split("@")
            return f"{slip(self.dice, local)}@{host}"
        facts.add("email")
        return address.upper() if self.is_ledger and self.dice.random() < 0.3 else address


def slip(dice: random.Random, text: str) -> str:  # noqa: PLR0911 - one line a mistake
    """Return text with one mistake: by ear, on the keyboard, a letter too many or too few, two swapped, two words as one."""
    way, places = dice.random(), [place for place, letter in enumerate(text) if letter.isalpha()]
    if len(places) < 4:
        return text
    place = places[1 + int(dice.random() * (len(places) - 2))]
    letter = text[place].lower()
    if way < 0.3:
        heard = [(old, new) for old, new in _BY_EAR if old in text.lower()]
        if heard:
            old, new = heard[int(dice.random() * len(heard))]
            at = text.lower().index(old)
            fresh = new.upper() if text[at].isupper() and new else new
            return text[:at] + fresh + text[at + len(old) :]
    if way < 0.5:
        beside = _KEYS_BESIDE.get(letter, "e")
        return text[:place] + beside[int(dice.random() * len(beside))] + text[place + 1 :]
    if way < 0.68:
        return text[:place] + text[place + 1 :]
    if way < 0.8:
        return text[:place] + text[place] + text[place:]
    if way < 0.92 or " " not in text:
        return text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :]
    return text.replace(" ", "", 1)
