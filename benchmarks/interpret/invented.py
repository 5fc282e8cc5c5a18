"""Rows for a labelled table: ``python -m benchmarks.interpret.invented LABELS OUT`` writes ``OUT/<id>/export.csv``.

The same line gives the same rows, always: the id of the table is the seed. A row is first a set of facts (who, when,
how much), then each column shows its part of them, so net and tax add up to gross and a debit row has no credit. A column's
``gen`` names the part; a column without one takes turns among the values of its ``example_shape``. Where a document has
several rows, the columns named in ``document_amounts`` repeat what the whole document comes to.

============ ========================================================================================================
``c:X``      always X
``e:A;B``    one of them
``id:AB-##`` counts up; # is a digit, @ a letter
``cref:C##`` the number of the party
``date``     in the format of the table; ``d:FORMAT`` in another
``amt``      money; ``int`` whole, ``fee`` small; then ``t`` thousands marked, ``sp`` by a space, ``-`` either sign,
             ``s`` and ``+`` sign shown, ``0`` often nothing
``…?``       often blank
============ ========================================================================================================

The others are in ``OF_PARTY`` and ``_OF_ROW``.
"""

import argparse
import csv
import datetime as dt
import io
import itertools
import json
import random
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.interpret import names
from benchmarks.interpret.people import Party, iban, masked, plain

Table = dict[str, Any]
Column = dict[str, Any]

LINES_PER_DOCUMENT = (1, 3, 2)
"""How many lines the first, second and third document have, and so on in turns."""
PARTY_COUNT = 17
FIRST_DAY = dt.datetime(2025, 2, 3, 9, 0)  # noqa: DTZ001 - exports carry no zone
DAY_COUNT = 380
VAT_SHARE = 0.2
BLANK_SHARE = 0.4
PAID_SHARE = 0.7
DEBIT_SHARE = 0.6

MONEY = re.compile(r"(?P<mark>[$£]?)(?P<kind>amt|int|fee)(?P<places>3?)(?P<group>tt?|sp)?(?P<sign>s?)(?P<flags>[-+0]*)$")
_DAYS_LATER = {
    **dict.fromkeys(("due_on", "valid_until"), 30),
    **dict.fromkeys(("completed_at", "closed_at"), 12),
    "paid_at": 24,
    "updated_at": 7,
    "resolved_at": 3,
    "shipped_on": 2,
    "value_on": 1,
}
_SAME_IN_A_DOCUMENT = {"status", "method", "owner", "currency", "department"}


def listed(value: str | list[str]) -> list[str]:
    """Return the accepted answers of a label, the best first."""
    return value if isinstance(value, list) else [value]


def counted(mask: str, n: int, chance: random.Random) -> str:
    """Return ``mask`` with its last run of # counting up, the rest by chance."""
    runs = list(re.finditer("#+", mask))
    if not runs:
        return f"{mask}{n}"
    start, end = runs[-1].span()
    first = 10 ** (end - start - 1) + (5 if end - start > 1 else 0)
    return masked(mask[:start], chance) + str(first + n) + masked(mask[end:], chance)


def written(value: float, shape: re.Match[str], decimal: str) -> str:
    """Return an amount as the shape and the country of the table write it."""
    places = 0 if shape["kind"] == "int" else 3 if shape["places"] else 2
    whole, _, part = f"{abs(value):,.{places}f}".partition(".")
    is_grouped = bool(shape["group"] or shape["mark"])
    mark = "" if not is_grouped else " " if shape["group"] == "sp" else "." if decimal == "," else ","
    sign = "-" if value < 0 else "+" if shape["sign"] or "+" in shape["flags"] else ""
    return f"{sign}{shape['mark']}{whole.replace(',', mark)}{decimal if part else ''}{part}"


@dataclass(frozen=True)
class Row:
    """The facts of one row; money in hundredths. ``party`` is who the row is about."""

    table: Table
    n: int
    document: int
    party: Party
    quantity: int
    unit_price: int
    document_net: int
    balance: int = 0

    def chance(self, about: str) -> random.Random:
        """Return a source of chance that depends on the row and the subject only."""
        return random.Random(f"{self.table['id']}/{self.n}/{about}")

    @property
    def is_debit(self) -> bool:
        """Whether money goes out."""
        return self.chance("side").random() < DEBIT_SHARE

    @property
    def day(self) -> dt.datetime:
        """When the document of the row was written."""
        share = self.document / self.table["documents"]
        return FIRST_DAY + dt.timedelta(days=int(share * DAY_COUNT), minutes=self.document * 43 % 400)

    @property
    def clerk(self) -> tuple[str, str]:
        """Who of the own firm wrote the row, first name and last name."""
        n = self.chance("clerk").randrange(4)
        return self.party.words.given[-1 - n], self.party.words.family[-1 - n]

    def money(self, meaning: str, *, of_document: bool = False) -> int:
        """Return what a money column of this meaning shows."""
        net = self.document_net if of_document else self.quantity * self.unit_price
        gross = net + round(net * VAT_SHARE)
        is_paid = random.Random(f"{self.table['id']}/{self.document}/paid").random() < PAID_SHARE
        known = {
            "tax": gross - net,
            "amount_gross": gross,
            "unit_price": self.unit_price,
            "cost": round(self.unit_price * 0.6),
            "fee": round(net * 0.02) + 25,
            "paid": gross if is_paid else 0,
            "balance": 0 if is_paid else gross,
            "discount": round(net * 0.05),
            "rate": 4500 + self.unit_price % 5000,
        }
        return known.get(meaning, net)


OF_PARTY: dict[str, Callable[[Party], str]] = {
    "fn": lambda party: party.given,
    "ln": lambda party: party.family,
    "pn": lambda party: party.name,
    "pn2": lambda party: f"{party.words.given[-3]} {party.family}",
    "pnc": lambda party: f"{party.family}, {party.given}",
    "fam": lambda party: f"{party.family} Family",
    "co": lambda party: party.firm,
    "coup": lambda party: party.firm.upper(),
    "em": lambda party: party.email,
    "email": lambda party: party.email,
    "ph": lambda party: party.phone,
    "phone": lambda party: party.phone,
    "digits": lambda party: masked("55500#####", party.chance("phone")),
    "domain": lambda party: party.host,
    "web": lambda party: f"https://www.{party.host}",
    "street": lambda party: party.street,
    "strname": lambda party: party.street_shape.replace("{n}", "").strip(" ,"),
    "city": lambda party: party.town,
    "zip": lambda party: party.postcode,
    "zipcity": lambda party: f"{party.postcode} {party.town}",
    "addr": lambda party: f"{party.street}, {party.postcode} {party.town}",
    "region": lambda party: party.region,
    "country": lambda party: names.COUNTRY.get(party.country, party.country),
    "vat": lambda party: party.tax_id,
    "siret": lambda party: masked("000###########", party.chance("tax")),
    "cpf": lambda party: masked("000.###.###-##", party.chance("tax")),
    "cf": lambda party: masked("XXXYYY##A##Z###X", party.chance("tax")),
    "iban": lambda party: party.iban,
    "ibanown": lambda party: iban(party.country, random.Random(party.table_id)),
    "user": lambda party: f"{plain(party.given)}{party.n}",
    "year": lambda party: str(1950 + party.n % 55),
}

_OF_ROW: dict[str, Callable[[Row, random.Random], str]] = {
    "q": lambda row, _: str(row.quantity),
    "seq": lambda row, _: str(row.n + 1),
    "blank": lambda *_: "",
    "hm": lambda _, chance: f"{chance.randrange(7, 19):02d}:{chance.choice((0, 15, 30, 45)):02d}",
    "time": lambda _, chance: f"{chance.randrange(7, 19):02d}:{chance.randrange(60):02d}:{chance.randrange(60):02d}",
    "uuid": lambda _, chance: str(uuid.UUID(int=chance.getrandbits(128))),
    "sku": lambda _, chance: f"ART-{chance.randrange(100, 140)}",
    "staff": lambda row, _: " ".join(row.clerk),
    "staffmail": lambda row, _: f"{plain(row.clerk[0])}@ourfirm.example",
    "job": lambda row, chance: chance.choice(row.party.words.trade),
    "dep": lambda row, chance: chance.choice(row.party.words.trade),
    "txt": lambda row, chance: chance.choice(row.party.words.work),
    "item": lambda row, chance: chance.choice(row.party.words.goods),
    "note": lambda row, chance: chance.choice(row.party.words.note),
    "ticket": lambda row, chance: f"{chance.choice(row.party.words.work)}?",
    "title": lambda row, chance: f"{row.party.firm.split()[0]} {chance.choice(row.party.words.work)}",
    "acct": lambda row, _: f"{row.party.words.work[row.n % len(row.party.words.work)]} {row.n + 1}",
    "bank": lambda row, chance: chance.choice(row.party.words.bank).format(
        c=row.party.firm.upper(), p=row.party.name.upper(), n=20000 + row.n * 17
    ),
}


def _one_of(row: Row, column: Column, options: str) -> str:
    header = column["header"]
    is_shared = listed(column["meaning"])[0] in _SAME_IN_A_DOCUMENT
    chance = random.Random(f"{row.table['id']}/{row.document}/{header}") if is_shared else row.chance(header)
    return chance.choice(options.split(";"))


def _numbered(row: Row, column: Column, mask: str) -> str:
    header = column["header"]
    return counted(mask, row.document if header in row.table["keys"] else row.n, row.chance(header))


def _dated(row: Row, column: Column, form: str) -> str:
    later = dt.timedelta(days=_DAYS_LATER.get(listed(column["meaning"])[0], 0))
    return (row.day + later).strftime(form or row.table["delimiter_locale"]["date"])


def _born(row: Row, _: Column, form: str) -> str:
    born = dt.date(1950, 1, 1) + dt.timedelta(days=row.party.chance("birth").randrange(19_000))
    return born.strftime(form or row.table["delimiter_locale"]["date"])


def _hours(row: Row, column: Column, _: str) -> str:
    return f"{row.chance(column['header']).randrange(1, 34) / 4:.2f}".replace(".", row.table["delimiter_locale"]["decimal"])


_BY_RULE: dict[str, Callable[[Row, Column, str], str]] = {
    "c": lambda _row, _column, text: text,
    "e": _one_of,
    "id": _numbered,
    "cref": lambda row, column, mask: counted(mask, row.party.n, row.party.chance(column["header"])),
    "date": _dated,
    "d": _dated,
    "birth": _born,
    "hrs": _hours,
}


def _money(row: Row, column: Column, shape: re.Match[str]) -> str:
    header, meaning, decimal = column["header"], listed(column["meaning"])[0], row.table["delimiter_locale"]["decimal"]
    if shape["kind"] == "int" and meaning in {"none", "quantity"}:
        return str(row.chance(header).randrange(1, 95))
    if meaning == "balance" and listed(row.table["entity"])[0] == "bank_line":
        return written(row.balance / 100, shape, decimal)
    of_document = header in row.table.get("document_amounts", ())
    value = row.money("fee" if shape["kind"] == "fee" else meaning, of_document=of_document) / 100
    is_negative = "-" in shape["flags"] and (meaning in {"fee", "tax", "debit"} or row.is_debit)
    return written(-value if is_negative else value, shape, decimal)


def _shown(row: Row, column: Column, gen: str) -> str:
    name, _, rest = gen.partition(":")
    shape, part = MONEY.match(gen), gen.lower()
    if name in _BY_RULE:
        return _BY_RULE[name](row, column, rest)
    if shape:
        return _money(row, column, shape)
    if part in OF_PARTY:
        return OF_PARTY[part](row.party)
    if part == "sku" and column["header"] in row.table["keys"]:
        return _numbered(row, column, "ART-####")
    return _OF_ROW[part](row, row.chance(column["header"]))


def cell(row: Row, column: Column) -> str:
    """Return what a column shows of a row."""
    gen, meaning = column.get("gen"), listed(column["meaning"])[0]
    if gen is None:
        return str(column["example_shape"][row.n % len(column["example_shape"])])
    if meaning in {"debit", "credit"}:
        if row.table["has_both_sides"] and row.is_debit != (meaning == "debit"):
            return "0" if gen.endswith("0") else ""
    elif gen.endswith("?") and row.chance(f"{column['header']}/blank").random() < BLANK_SHARE:
        return ""
    return _shown(row, column, gen.removesuffix("?"))


def _documents(count: int, *, by_line: bool) -> Iterator[int]:
    sizes = itertools.cycle(LINES_PER_DOCUMENT if by_line else (1,))
    every = (document for document, size in enumerate(sizes) for _ in range(size))
    return itertools.islice(every, count)


def _facts(table: Table, count: int) -> Iterator[Row]:
    is_list_of_parties = listed(table["entity"])[0] in {"party", "employee"}
    words = names.words_of(table["language"])
    documents = list(_documents(count, by_line=table["row_is"] == "line of a document"))
    prices = [random.Random(f"{table['id']}/{n}/price").randrange(250, 90_000) for n in range(count)]
    quantities = [random.Random(f"{table['id']}/{n}/quantity").randrange(1, 9) for n in range(count)]
    nets = {one: sum(prices[n] * quantities[n] for n in range(count) if documents[n] == one) for one in documents}
    table = {**table, "documents": len(nets)}
    for n, document in enumerate(documents):
        drawn = random.Random(f"{table['id']}/{document}/party").randrange(PARTY_COUNT)
        party = Party(table["id"], table["country"], words, document if is_list_of_parties else drawn)
        yield Row(table, n, document, party, quantities[n], prices[n], nets[document])


def rows(table: Table, count: int = 60) -> list[list[str]]:
    """Return ``count`` rows of a labelled table, each with a cell for each of its columns."""
    firsts = {listed(column["meaning"])[0] for column in table["columns"]}
    known = {
        **table,
        "keys": {header for key in table["key_any"] for header in key},
        "has_both_sides": {"debit", "credit"} <= firsts,
    }
    cells, balance = [], 500_000
    for row in _facts(known, count):
        balance += row.money("amount_gross") * (-1 if row.is_debit else 1)
        told = Row(**{**vars(row), "balance": balance})
        cells.append([cell(told, column) for column in table["columns"]])
    return cells


def csv_text(table: Table, count: int = 60) -> str:
    """Return a labelled table as the file that its system would write."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=table["delimiter_locale"]["delimiter"], lineterminator="\r\n")
    writer.writerow([column["header"] for column in table["columns"]])
    writer.writerows(rows(table, count))
    return out.getvalue()


def labelled_tables(path: Path) -> list[Table]:
    """Return the labelled tables of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("labels", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rows", type=int, default=60)
    given = parser.parse_args()
    for table in labelled_tables(given.labels):
        folder = given.out / table["id"]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "export.csv").write_text(csv_text(table, given.rows), encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
