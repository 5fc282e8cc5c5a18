"""What is true of a folder, added up while its cells are written, by nothing that the toolkit does.

Amounts are those that stand in the file, each row once: of the gross where a column holds it, else of the net, else of
quantity times price; at the bank also what came in and what went out.
"""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from benchmarks.interpret.business import PAID_SHORT, PAID_TWICE, SHORT_BY
from benchmarks.interpret.invented import MONEY, OF_PARTY, Table, listed
from benchmarks.interpret.paperwork import Record
from benchmarks.interpret.sheets import DATES, Cell, Folder, Sheet, part_of

_AMOUNTS = ("amount_gross", "amount_net")
_WITHOUT_AMOUNT = {"party", "employee", "product", "account", "ticket", "task"}


Sums = defaultdict[str, Decimal]


def _sums() -> Sums:
    return defaultdict(Decimal)


@dataclass
class Facts:
    """What is true of one file."""

    rows: int = 0
    documents: set[str] = field(default_factory=set)
    amounts: Sums = field(default_factory=_sums)
    amounts_by_state: dict[str, Sums] = field(default_factory=lambda: defaultdict(_sums))
    rows_by_state: Counter[str] = field(default_factory=Counter)
    moved: Sums = field(default_factory=_sums)
    days: list[dt.date] = field(default_factory=list)
    parties: set[str] = field(default_factory=set)
    numbers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


def _entity(table: Table) -> str:
    return listed(table["entity"])[0]


def _header(table: Table, meaning: str) -> str | None:
    return next((one["header"] for one in table["columns"] if listed(one["meaning"])[0] == meaning), None)


def amount_of(table: Table) -> tuple[str, str] | None:
    """Return the column whose money a file is about, and what it is: the gross, else the net."""
    columns = [one for one in table["columns"] if MONEY.match(part_of(one)) and listed(one["meaning"])[0] != "unit_price"]
    found = [
        (one["header"], wanted)
        for wanted in _AMOUNTS
        for depth in (1, 2)
        for one in columns
        if wanted in listed(one["meaning"])[:depth]
    ]
    return found[0] if found and _entity(table) not in _WITHOUT_AMOUNT else None


def _value(table: Table, cells: dict[str, Cell]) -> Decimal | None:
    amount = amount_of(table)
    value = cells[amount[0]].value if amount else None
    if isinstance(value, Decimal):
        return value
    quantity, price = (
        cells[one].value if one else None for one in (_header(table, "quantity"), _header(table, "unit_price"))
    )
    if isinstance(quantity, Decimal) and isinstance(price, Decimal) and _entity(table) not in _WITHOUT_AMOUNT:
        return quantity * price
    return None


def _moved(table: Table, cells: dict[str, Cell], value: Decimal | None) -> dict[str, Decimal]:
    sides = {side: header for side in ("credit", "debit") if (header := _header(table, side))}
    if sides:
        return {
            side: abs(cell.value) for side, header in sides.items() if isinstance((cell := cells[header]).value, Decimal)
        }
    if _entity(table) == "bank_line" and value is not None:
        return {"credit" if value > 0 else "debit": abs(value)}
    return {}


def add(facts: Facts, sheet: Sheet, record: Record, n: int, cells: dict[str, Cell]) -> None:
    """Add one written row to what is true of its file."""
    table, currency = sheet.table, sheet.currency(n)
    facts.rows += 1
    facts.rows_by_state[record.state] += 1
    facts.documents.add("\0".join(cells[one].text for one in table["key"]) if table["key"] else str(n))
    names_party = any(part_of(one).lower() in OF_PARTY or part_of(one).startswith("cref") for one in table["columns"])
    if record.party and names_party:
        facts.parties.add(record.party.firm)
    value = _value(table, cells)
    if value is not None:
        facts.amounts[currency] += value
        facts.amounts_by_state[record.state][currency] += value
    for side, amount in _moved(table, cells, value).items():
        facts.moved[side] += amount
    day = next((cells[header].value for one in DATES if (header := _header(table, one)) and cells[header].value), None)
    if isinstance(day, dt.datetime):
        facts.days.append(day.date())
    for of, number in (cell.number for cell in cells.values() if cell.number):
        facts.numbers[of].add(number)


def _texts(amounts: Sums) -> dict[str, str]:
    return {currency: str(value) for currency, value in sorted(amounts.items())}


def told(sheet: Sheet, facts: Facts) -> dict[str, Any]:
    """Return what is true of one file, as it stands in the file of truths."""
    header, amount_is = amount_of(sheet.table) or (None, "quantity x unit_price")
    has_states = sheet.state_header is not None
    return {
        "file": sheet.recipe["file"],
        "table": sheet.recipe["table"],
        "holds": sheet.recipe["takes"],
        "encoding": sheet.recipe.get("encoding", "utf-8"),
        "entity": listed(sheet.table["entity"]),
        "row_is": sheet.table["row_is"],
        "key": sheet.table["key"],
        "rows": facts.rows,
        "documents": len(facts.documents),
        "amount_is": amount_is if facts.amounts else None,
        "amount_header": header if facts.amounts else None,
        "amounts": _texts(facts.amounts),
        "rows_by_state": dict(sorted(facts.rows_by_state.items())) if has_states else {},
        "amounts_by_state": {one: _texts(of) for one, of in sorted(facts.amounts_by_state.items())} if has_states else {},
        "moved": _texts(facts.moved),
        "currency_stands_in_file": _header(sheet.table, "currency") is not None,
        "days": [min(facts.days).isoformat(), max(facts.days).isoformat()] if facts.days else [],
        "parties": len(facts.parties),
    }


def links(sheets: list[Sheet], facts: list[Facts]) -> list[dict[str, Any]]:
    """Return how many invoices and bills of one file have their number in another."""
    found = []
    for of in ("invoices", "bills"):
        bearing = [(sheet.recipe, one.numbers[of]) for sheet, one in zip(sheets, facts, strict=True) if one.numbers.get(of)]
        for recipe, numbers in bearing:
            for other, others in bearing:
                if of.removesuffix("s") in recipe["takes"] and recipe is not other and numbers & others:
                    shared = len(numbers & others)
                    pair = {"of": of, "from": recipe["file"], "to": other["file"]}
                    found.append(
                        {**pair, "in_both": shared, "only_from": len(numbers) - shared, "only_to": len(others) - shared}
                    )
    return found


def planted(folder: Folder, sheets: list[Sheet]) -> list[dict[str, str]]:
    """Return what was put wrong on purpose, where the folder has a bank account to see it in."""
    found = [
        {"what": "same party twice", "file": sheet.recipe["file"], "name": party.firm}
        for sheet in sheets
        for n in sheet.recipe.get("twice", ())
        if (party := sheet.records[n].party)
    ]
    if not any(sheet.recipe["takes"].startswith("bank") for sheet in sheets):
        return found
    twice, short = (folder.number("invoices", n) for n in (PAID_TWICE, PAID_SHORT))
    return [
        *found,
        {"what": "paid twice", "invoice": twice},
        {"what": "arrived short", "invoice": short, "by": str(Decimal(SHORT_BY).scaleb(-2))},
    ]
