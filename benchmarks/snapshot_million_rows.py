"""CPU time and peak memory of a ledger of 1,000,000 rows and 20 columns (about 240 MB) from CSV to a snapshot.

Run ``python -m benchmarks.snapshot_million_rows [ROWS]``. The whole ``pull`` counts: reading, canonical records, Parquet and
its sha256. The file is made in a temporary folder and removed afterwards; the pull runs in a process of its own. Asked for:
25 s CPU and 1.5 GB.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from benchmarks.measured import HEAD, measured

SEED = 20261120
COLUMNS = (
    "Voucher", "Posting date", "Document date", "Due date", "Supplier no", "Supplier name", "Supplier VAT no",
    "Invoice ref", "Description", "Account", "Account name", "Cost centre", "Department", "Net amount", "VAT amount",
    "Gross amount", "Currency", "Status", "Posted by", "Batch",
)  # fmt: skip
SETTINGS = """\
client: Big ledger
currency: GBP
country: GB
time_zone: Europe/London
systems:
  ledger:
    connector: table
    category: ledger
    streams:
      bills:
        entity: bill
        file: "*.csv"
        key: [Voucher]
        fields:
          number: Invoice ref
          party_ref: Supplier no
          party_name: Supplier name
          description: Description
          reference: Batch
          amount_minor: Gross amount
          tax_minor: VAT amount
          currency: Currency
          gl_code: Account
          department: Department
          status: Status
          created_at: Posting date
          issued_on: Document date
          due_on: Due date
"""
_NAMES = (
    "Ashdown Joinery Ltd", "Müller & Söhne GmbH", '"Baker, Hall & Co"', "Northern Electrical Wholesale plc",
    "O'Brien Haulage", "Leeds Office Supplies Limited", "St. Mary's Trading", "Kestrel Facilities Management Ltd",
)  # fmt: skip
_TEXTS = (
    "Monthly service charge, as agreed", "Timber and fixings for site", "Replacement pump incl. fitting", "",
    "Cleaning of offices and stairs", 'Sign "Exit", illuminated', "Delivery to depot\nand unloading", "Consultancy fees",
)  # fmt: skip


def write_engagement(folder: Path, row_count: int) -> int:
    """Write a ledger and its settings into ``folder`` and return the exact sum of its gross amounts, in pennies."""
    (folder / "engagement.yaml").write_text(SETTINGS, encoding="utf-8")
    exports = folder / "exports" / "ledger"
    exports.mkdir(parents=True)
    rng = random.Random(SEED)
    texts = ['"' + text.replace('"', '""') + '"' if set(text) & {",", '"', "\n"} else text for text in _TEXTS]
    days = [f"{day:02}/{month:02}/{year}" for year in (2023, 2024, 2025) for month in range(1, 13) for day in range(1, 29)]
    total = 0
    with (exports / "bills.csv").open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(COLUMNS) + "\n")
        for number in range(row_count):
            net = rng.randrange(-20_000, 3_000_000)
            tax = round(net / 5)
            total += net + tax
            supplier, account, day = rng.randrange(40_000), rng.randrange(900), rng.randrange(len(days) - 60)
            out.write(
                f"{number:010},{days[day + 2]},{days[day]},{days[day + 30]},{supplier:08},"
                f"{_NAMES[supplier % 8] if supplier % 8 == 2 else f'{_NAMES[supplier % 8]} {supplier // 8}'},"
                f"GB{supplier * 7919 % 10**9:09},INV-{number * 37 % 10**8:08}/{supplier % 97:02},{texts[number % 8]},"
                f"{account:06},Purchases of class {account},CC{account % 90:04},Department of {account % 40},"
                f"{net / 100:.2f},{tax / 100:.2f},{_grouped(net + tax)},GBP,{'Paid' if number % 5 else 'Open'},"
                f"user{number % 30:02},{number // 250:07}\n"
            )
    return total


def _grouped(pennies: int) -> str:
    """Return an amount as a ledger prints it: a comma between thousands, and quotes around it."""
    text = f"{pennies / 100:,.2f}"
    return f'"{text}"' if "," in text else text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    row_count = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_engagement(folder, row_count)
        size = (folder / "exports" / "ledger" / "bills.csv").stat().st_size
        print(f"{row_count:,} rows x {len(COLUMNS)} columns, {size / 1e6:,.0f} MB")
        print(HEAD)
        first = measured([sys.executable, "-m", "toolkit", "pull", folder])
        print(first.row("pull"))
        print(measured([sys.executable, "-m", "toolkit", "pull", folder]).row("the same pull again"))
        for snapshot in sorted((folder / "snapshots").rglob("*.parquet")):
            print(f"{snapshot.relative_to(folder)}: {snapshot.stat().st_size / 1e6:,.1f} MB")
        print(first.output)


if __name__ == "__main__":
    main()
