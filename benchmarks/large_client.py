"""Makes engagement folders of any size: the sample client many times over, or three systems of as many documents as asked.

``python -m benchmarks.large_client copies 64 FOLDER`` writes the sample client 64 times into one set of exports. Each copy
is a client of another seed whose names, phones and document numbers are shifted, so that two copies never share a customer.
``python -m benchmarks.large_client documents 320000 FOLDER`` writes so many orders, and the invoices and receipts that
follow from them. The same arguments make the same bytes; then ``python -m toolkit audit FOLDER`` is what is measured.
"""

import argparse
import csv
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import python_calamine

from benchmarks.matching.documents import SYLLABLES, TRADES, WORK
from tests.sample_client.client import SEED, built_client, write_client
from tests.sample_client.documents import grouped_money, money
from tests.sample_client.files import csv_text, write_workbook
from tests.sample_client.names import COMPANY_WORDS, FAMILY, GIVEN, STREETS, TOWNS

_SAMPLE = Path(__file__).resolve().parents[1] / "sample_data/harbor-pine"
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
# Once for the whole client: the same chart of accounts and the same staff whatever the copies.
_KEPT_ONCE = ("Account List.xlsx", "HR staff list 2026.xlsx")
_WORD = re.compile(r"[^\W\d_]+")
_PHONE = re.compile(r"(\d{3}\)?[ .-]?)55[5-7]([ .-]?\d{4})(?!\d)")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.])(?!202[5-7]\b)(\d{4,6})(?![0-9A-Za-z])")
_JOB = re.compile(r"\b(HP-\d\d-|CM-)(\d{3})\b")
# Cells that hold a document's number, or text that quotes one.
_QUOTING = frozenset({"Num", "Memo", "Description", "Subject", "Id", "Job no"})
_ORDER_NUMBER = "Name"
_Shift = Callable[[str, str], str]

_SETTINGS = """client: Three systems
currency: EUR
country: NL
time_zone: Europe/Amsterdam
as_of: 2026-10-05
systems:
  shop:
    connector: table
    category: shop
    streams:
      orders:
        entity: order
        key: [order_no]
        fields: {number: order_no, party_ref: customer_no, party_name: customer, description: goods,
          amount_minor: total, currency: currency, created_at: {column: ordered_on, format: "%Y-%m-%d"}}
  ledger:
    connector: table
    category: ledger
    streams:
      invoices:
        entity: invoice
        key: [invoice_no]
        fields: {number: invoice_no, party_name: customer, description: memo,
          amount_minor: total, currency: currency, issued_on: {column: issued_on, format: "%Y-%m-%d"}}
  bank:
    connector: table
    category: bank
    streams:
      receipts:
        entity: payment
        key: [receipt_no]
        fields: {number: receipt_no, party_name: payer, description: text,
          amount_minor: amount, currency: currency, paid_at: {column: booked_on, format: "%Y-%m-%d"}}
handoffs:
  order_to_invoice: {from: shop.orders, to: ledger.invoices, grace_days: 14, is_billing: true}
  invoice_to_receipt: {from: ledger.invoices, to: bank.receipts, grace_days: 45}
"""


def write_copies(folder: Path, count: int) -> None:
    """Write the sample client ``count`` times as one engagement; the first copy is the sample client itself."""
    shutil.copytree(_SAMPLE, folder, copy_function=shutil.copyfile)
    with tempfile.TemporaryDirectory() as name:
        copies = [folder / "exports"]
        for number in range(1, count):
            copies.append(Path(name) / str(number))
            write_client(built_client(SEED + number), copies[-1], Path(name) / "truth", SEED + number)
        paths = sorted(one.relative_to(copies[0]) for one in copies[0].rglob("*") if one.is_file())
        for path in paths:
            if not path.name.endswith(_KEPT_ONCE):
                _join(path, copies, folder / "exports")


def _join(path: Path, copies: Sequence[Path], exports: Path) -> None:
    """Write one file with the rows of all copies."""
    if path.suffix == ".QFX":
        _join_statements(path, copies, exports)
        return
    head, foot = _frame(_rows(copies[0] / path))
    rows, header = [*head], head[-1]
    for number, copy in enumerate(copies):
        own, shift = _rows(copy / path), _shift(number)
        top, bottom = _frame(own)
        rows += [
            [
                shift("Num" if path.name.startswith("orders_export") and title == _ORDER_NUMBER else title, cell)
                if isinstance(cell, str)
                else cell
                for title, cell in zip(header, row, strict=False)
            ]
            for row in own[len(top) : len(own) - len(bottom)]
        ]
    if foot and foot[0][0] == "TOTAL":
        at = header.index("Amount")
        total = sum(round(float(str(row[at]).replace(",", "")) * 100) for row in rows[len(head) :])
        foot[0][at] = f"${grouped_money(total)}"
    _write(exports / path, [*rows, *foot])


def _frame(rows: list[list[str | float]]) -> tuple[list[list[str | float]], list[list[str | float]]]:
    """Return what stands above the first record, its header the last line of it, and what stands below the last record."""
    title = str(rows[0][0])
    if title.startswith("SITE LOG"):
        return rows[:4], []
    if not title.startswith("Harbor & Pine"):
        return rows[:1], []
    return rows[:5], rows[-3:] if rows[-3][0] == "TOTAL" else rows[-2:]


def _rows(path: Path) -> list[list[str | float]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            return [list(row) for row in csv.reader(lines)]
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        sheet = book.get_sheet_by_index(0)
        return [
            [cell if isinstance(cell, float) else str(cell) for cell in row]
            for row in sheet.to_python(skip_empty_area=False)
        ]


def _write(path: Path, rows: list[list[str | float]]) -> None:
    if path.suffix == ".csv":
        path.write_text(csv_text([[str(cell) for cell in row] for row in rows]), encoding="utf-8", newline="")
    else:
        write_workbook(path, {"Jobs" if path.name.startswith("Site log") else "Sheet1": rows})


def _join_statements(path: Path, copies: Sequence[Path], exports: Path) -> None:
    """Write one bank statement with the lines of all copies."""
    head: list[str] = []
    foot: list[str] = []
    body: list[str] = []
    for number, copy in enumerate(copies):
        lines = (copy / path).read_text(encoding="cp1252").split("\n")
        own = [at for at, line in enumerate(lines) if line.startswith("<STMTTRN>")]
        head, foot = head or lines[: own[0]], foot or lines[own[-1] + 1 :]
        body += _statement_lines(lines[own[0] : own[-1] + 1], number)
    (exports / path).write_text("\n".join([*head, *body, *foot]), encoding="cp1252", newline="")


def _statement_lines(lines: Sequence[str], number: int) -> list[str]:
    shift = _shift(number)

    def leaf(found: re.Match[str]) -> str:
        tag, text = found[1], found[2]
        return f"<{tag}>{text}{number:02}" if tag == "FITID" else f"<{tag}>{shift('Memo', text)}"

    return [re.sub(r"<(NAME|MEMO|FITID)>([^<\r]*)", leaf, line) for line in lines]


def _shift(number: int) -> _Shift:
    """Return what makes a cell of the copy of this number: by the title of its column and the cell."""
    if number == 0:
        return lambda _title, cell: cell
    dice = random.Random(f"large client {number}")
    letters = {
        **dict(zip(_VOWELS, dice.sample(_VOWELS, len(_VOWELS)), strict=True)),
        **dict(zip(_CONSONANTS, dice.sample(_CONSONANTS, len(_CONSONANTS)), strict=True)),
    }
    exchange = 555 - number

    @cache
    def word(written: str) -> str:
        # Initials stay, so that acronyms and short forms still fit; starts of names stay starts.
        if written.lower() not in _names():
            return written
        image = "".join(letters.get(one, one) for one in written[1:].lower())
        return written[0] + (image.upper() if written[1:].isupper() else image)

    def shifted(title: str, cell: str) -> str:
        cell = _WORD.sub(lambda found: word(found[0]), cell)
        cell = _PHONE.sub(lambda found: f"{found[1]}{exchange}{found[2]}", cell)
        if title in _QUOTING:
            cell = _NUMBER.sub(lambda found: f"{number}{found[1]}", cell)
            cell = _JOB.sub(lambda found: f"{found[1]}{number}{found[2]}", cell)
        return cell

    return shifted


@cache
def _names() -> frozenset[str]:
    """Return the names of people and companies, and what a bank leaves of a long one; no word that places are named by."""
    places = {part.lower() for place in (*STREETS, *(town for town, *_ in TOWNS)) for part in _WORD.findall(place)}
    whole = {part.lower() for name in (*GIVEN, *FAMILY, *COMPANY_WORDS) for part in _WORD.findall(name)} - places
    return frozenset(name[:end] for name in whole for end in range(min(len(name), 5), len(name) + 1)) - places


def write_documents(folder: Path, count: int, seed: int = 1) -> None:
    """Write an engagement of three systems: ``count`` orders, their invoices, and the receipts for these."""
    dice = random.Random(seed)
    folder.mkdir(parents=True)
    (folder / "engagement.yaml").write_text(_SETTINGS, encoding="utf-8")
    heads = {
        "shop/orders.csv": ("order_no", "customer_no", "customer", "goods", "total", "currency", "ordered_on"),
        "ledger/invoices.csv": ("invoice_no", "customer", "memo", "total", "currency", "issued_on"),
        "bank/receipts.csv": ("receipt_no", "payer", "text", "amount", "currency", "booked_on"),
    }
    customers = [_customer(dice) for _ in range(max(count // 20, 5))]
    orders, invoices, receipts = ([head] for head in heads.values())
    for number in range(1, count + 1):
        for rows, new in zip((orders, invoices, receipts), _sale(dice, customers, number, count), strict=True):
            rows.extend(new)
    for name, rows in zip(heads, (orders, invoices, receipts), strict=True):
        path = folder / "exports" / name
        path.parent.mkdir(parents=True)
        path.write_text(csv_text(rows), encoding="utf-8", newline="")


def _customer(dice: random.Random) -> tuple[str, int]:
    """Return a customer's name and, for one in ten, the amount that each of its orders has."""
    name = f"{''.join(dice.choices(SYLLABLES, k=3))} {''.join(dice.choices(SYLLABLES, k=2))} {dice.choice(TRADES)}".title()
    return name, dice.choice((4_900, 9_900, 25_000)) if dice.random() < 0.1 else 0


def _sale(
    dice: random.Random, customers: Sequence[tuple[str, int]], number: int, count: int
) -> Iterator[list[tuple[str, ...]]]:
    """Return the rows of one order, of its invoice, and of what was received for it: none, one, or two."""
    at = min(int(dice.paretovariate(1.1)) - 1 + dice.randrange(len(customers)), len(customers) - 1)
    customer, fee = customers[at]
    total = fee or (dice.randint(20, 4_000) * 500 if dice.random() < 0.2 else dice.randint(3_000, 900_000))
    ordered = date(2025, 1, 1) + timedelta(days=number * 640 // (count + 1))
    goods = f"{dice.choice(WORK)} {dice.choice(WORK)}"
    order, invoice = f"SO-{100_000 + number}", f"INV-{7_000_000 + 2 * number + dice.randrange(2)}"
    yield [(order, f"C{at:06}", customer, goods, money(total), "EUR", str(ordered))]
    drawn = dice.random()
    issued = ordered + timedelta(days=dice.randrange(9))
    memo = f"order {order}" if dice.random() < 0.7 else goods
    billed = total + 900 if drawn < 0.01 else total
    yield [(invoice, customer, memo, money(billed), "EUR", str(issued))] if drawn < 0.97 else []
    yield list(_receipts(dice, customer, number, invoice, billed, issued)) if drawn < 0.94 else []


def _receipts(  # noqa: PLR0917 - one line of a statement
    dice: random.Random, customer: str, number: int, invoice: str, total: int, issued: date
) -> Iterator[tuple[str, ...]]:
    parts = [total * 3 // 10, total - total * 3 // 10] if dice.random() < 0.02 else [total]
    for part, amount in enumerate(parts):
        received = amount - amount * 29 // 1000 - 30 if dice.random() < 0.03 else amount
        text = dice.choice((invoice, invoice.lower(), invoice[4:])) if dice.random() < 0.6 else customer.upper()[:24]
        day = issued + timedelta(days=int(dice.lognormvariate(2.7, 0.7)))
        payer = customer if dice.random() < 0.85 else ""
        yield (f"R{number:07}{part}", payer, text, money(received), "EUR", str(day))


def main() -> None:
    """Write the engagement that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("copies", "documents"), help="copies of the sample client, or three systems")
    parser.add_argument("count", type=int, help="how many copies, or how many orders")
    parser.add_argument("folder", type=Path, help="a new folder")
    options = parser.parse_args()
    write = {"copies": write_copies, "documents": write_documents}[options.kind]
    write(options.folder, options.count)


if __name__ == "__main__":
    main()
