"""One file of a folder while it is written: what each column of a layout shows of a record of the business."""

import datetime as dt
import random
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from benchmarks.interpret import invented
from benchmarks.interpret.business import Business
from benchmarks.interpret.invented import MONEY, OF_PARTY, Column, Row, Table, counted, listed, written
from benchmarks.interpret.paperwork import Record, numbers_of
from benchmarks.interpret.people import Party

OTHER_CURRENCY_EVERY = 9
DATES = ("issued_on", "posted_on", "paid_at", "spent_on", "created_at", "opened_at", "started_at", "closed_at", "due_on")
"""What the day of a record may be called, the best first."""
_TEXTS = {"txt", "item", "title", "ticket", "acct", "note"}
REFERENCES = ("invoice_ref", "reference", "order_ref")
"""What a column that refers to an invoice may be called, the best first."""
OWN_NUMBERS = {"number", "record_id", "code"}
_NUMBERS = {"id", "cref", "sku"}


@dataclass(frozen=True)
class Cell:
    """What was written: the text, the value behind it where it is money, a quantity or a day, and whose number it bears."""

    text: str
    value: Decimal | dt.datetime | None = None
    number: tuple[str, int] | None = None


@dataclass(frozen=True)
class Folder:
    """One folder: the business behind it, its currency, and how its systems write each kind of number."""

    business: Business
    currency: str
    masks: dict[str, str]

    def number(self, of: str, n: int, mask: str | None = None) -> str:
        """Return the number of a record as the systems of the folder write it."""
        chance = random.Random(f"{self.business.name}/{of}/{n}")
        return counted(mask or self.masks.get(of, f"{of[:2].upper()}-####"), n, chance)


def part_of(column: Column) -> str:
    """Return which part of the facts a column shows, without whether it is often blank."""
    return str(column["gen"].removesuffix("?"))


@dataclass(frozen=True)
class Sheet:
    """A layout, the recipe of the file and the folder it lies in."""

    folder: Folder
    table: Table
    recipe: dict[str, Any]

    @property
    def records(self) -> list[Record]:
        """The records that the file holds, one a row; those that the recipe names stand in it twice, under two numbers."""
        records: list[Record] = getattr(self.folder.business, self.recipe["takes"])
        of = self.recipe["takes"]
        again = enumerate(self.recipe.get("twice", ()), len(records))
        return [*records, *(replace(records[n], numbers=numbers_of(of, later)) for later, n in again)]

    @property
    def decimal(self) -> str:
        return str(self.table["delimiter_locale"]["decimal"])

    @property
    def someone(self) -> Party:
        """Who stands for the own firm."""
        return self.folder.business.parties["staff"][0]

    @cached_property
    def state_header(self) -> str | None:
        """The column that says how far a row is, where the recipe has words for it."""
        if "states" not in self.recipe or "states_in" in self.recipe:
            return self.recipe.get("states_in")
        chosen = [one for one in self.table["columns"] if one["gen"].startswith("e:")]
        told = [one["header"] for wanted in ("status", "kind") for one in chosen if wanted in listed(one["meaning"])]
        return told[0] if told else None

    @cached_property
    def tax_headers(self) -> list[str]:
        columns = self.table["columns"]
        return [one["header"] for one in columns if listed(one["meaning"])[0] == "tax" and MONEY.match(part_of(one))]

    def chance(self, n: int, header: str) -> random.Random:
        """Return a source of chance that depends on the file, the row and the column only."""
        return random.Random(f"{self.folder.business.name}/{self.recipe['file']}/{n}/{header}")

    def currency(self, n: int) -> str:
        """Return the currency of a row: another one now and then where the recipe says so."""
        is_other = n % OTHER_CURRENCY_EVERY == OTHER_CURRENCY_EVERY - 1
        usual = self.recipe.get("currency", self.folder.currency)
        return str(self.recipe.get("also_in", usual) if is_other else usual)

    def cell(self, record: Record, n: int, column: Column) -> Cell:
        """Return what a column shows of a record."""
        name, _, rest = part_of(column).partition(":")
        if column["header"] == self.state_header and record.state in self.recipe["states"]:
            return Cell(self.recipe["states"][record.state])
        if listed(column["meaning"])[0] == "currency" and name != "blank":
            return Cell(self.currency(n).lower() if rest.islower() else self.currency(n))
        if name in {"c", "e"}:
            return Cell(self.chance(n, column["header"]).choice(rest.split(";")) if name == "e" else rest)
        if name in _NUMBERS:
            return self._number(record, n, column)
        if name in {"date", "d"}:
            return self._day(record, column, rest)
        return self._money(record, n, column) if MONEY.match(name) else self._text(record, n, column)

    def _bearer(self, record: Record, column: Column) -> tuple[str, int] | None:
        """Return whose number a column bears: the row's own in its key, an invoice's in one column that refers to it."""
        keys = {header for key in self.table["key_any"] for header in key}
        by_rank = [(wanted, one) for wanted in REFERENCES for one in self.table["columns"]]
        refers = [one["header"] for wanted, one in by_rank if wanted in listed(one["meaning"])]
        for meaning in ("sku",) if part_of(column) == "sku" else listed(column["meaning"]):
            is_elsewhere = meaning in OWN_NUMBERS and column["header"] not in keys
            is_second = meaning in REFERENCES and column["header"] != refers[0]
            if meaning in record.numbers and not is_elsewhere and not is_second:
                return record.numbers[meaning]
        return None

    def _number(self, record: Record, n: int, column: Column) -> Cell:
        name, _, mask = part_of(column).partition(":")
        if name == "cref":
            known = self.folder.business.number_of_party(record.party) if record.party else None
            return Cell(self.folder.number(*known) if known else "", number=known)
        bearer = self._bearer(record, column)
        if bearer is None or column["header"] in self.recipe.get("unlinked", ()):
            is_missing = column["gen"].endswith("?") and set(REFERENCES) & set(listed(column["meaning"]))
            return Cell("" if is_missing else counted(mask, n, self.chance(n, column["header"])))
        is_own_list = {bearer[0], self.recipe["takes"]} <= set(self.folder.business.parties)
        return Cell(self.folder.number(*bearer, mask=mask if is_own_list else None), number=bearer)

    def _day(self, record: Record, column: Column, form: str) -> Cell:
        known = [*listed(column["meaning"]), *(() if column["gen"].endswith("?") else DATES)]
        day = next((record.values[one] for one in known if one in record.values), None)
        if not isinstance(day, dt.datetime):
            return Cell("")
        return Cell(day.strftime(form or self.table["delimiter_locale"]["date"]), day)

    def _cents(self, record: Record, header: str, meaning: str) -> int:
        """Return the money of a column; where several hold tax, each holds a part."""
        cents, count = record.cents(meaning), len(self.tax_headers)
        if header in self.tax_headers:
            part = cents // count
            return cents - part * (count - 1) if header == self.tax_headers[0] else part
        return cents

    def _money(self, record: Record, n: int, column: Column) -> Cell:
        shape, header, meanings = MONEY.match(part_of(column)), column["header"], listed(column["meaning"])
        if shape is None:
            raise ValueError(header)
        known = next((one for one in meanings if one in record.values), None)
        if shape["kind"] == "int" and meanings[0] in {"none", "quantity"}:
            drawn = self.chance(n, header).randrange(1, 95)
            quantity = record.cents("quantity") if known == "quantity" else drawn
            return Cell(str(quantity), Decimal(quantity))
        if known is None:
            return Cell(written(0, shape, self.decimal) if {"discount", "shipping", "fee"} & set(meanings) else "")
        if record.values[known] is None:
            return Cell("0" if "0" in shape["flags"] else "")
        goes_out = known in {"fee", "tax", "debit"} or record.values.get("debit") is not None
        sign = -1 if "-" in shape["flags"] and goes_out and record.cents(known) > 0 else 1
        value = Decimal(sign * self._cents(record, header, known)).scaleb(-2)
        value = value.quantize(Decimal(1) if shape["kind"] == "int" else Decimal("0.01"))
        return Cell(written(float(value), shape, self.decimal), value)

    def _bank_text(self, record: Record) -> str:
        phrases, party = self.folder.business.words.bank, record.party
        wanted = [one for one in phrases if "{p}" not in one and ("{n}" in one) == ("{c}" in one) == bool(party)]
        number = self.folder.number(*record.numbers["text"]) if "text" in record.numbers else ""
        return wanted[0].format(n=number, c=party.firm.upper() if party else "")

    def _text(self, record: Record, n: int, column: Column) -> Cell:
        part, party = part_of(column).lower(), record.party
        if part in OF_PARTY:
            return Cell(OF_PARTY[part](party or self.someone) if party or part == "ibanown" else "")
        if part == "bank":
            return Cell(self._bank_text(record), number=record.numbers.get("text"))
        if part in {"q", "hrs"} and "quantity" in record.values:
            quantity = record.cents("quantity")
            hours = f"{quantity:.2f}".replace(".", self.decimal)
            return Cell(hours if part == "hrs" else str(quantity), Decimal(quantity))
        meanings = [one for one in listed(column["meaning"]) if one in {"name", "description"} and one in record.values]
        if part in _TEXTS and meanings:
            return Cell(str(record.values[meanings[0]]))
        own = {
            "id": f"{self.folder.business.name}/{self.recipe['file']}",
            "documents": 60,
            "keys": set(),
            "has_both_sides": False,
        }
        row = Row({**self.table, **own}, n, n, party or self.someone, quantity=1, unit_price=1, document_net=1)
        return Cell(invented.cell(row, column))
