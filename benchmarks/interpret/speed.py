"""CPU time of ``look`` on a large file and on wide ones, each in a process of its own.

Run ``python -m benchmarks.interpret.speed [--small]``. Asked for: 1.5 s for 100 MB of CSV, 2 s for 300 columns, 10 s for 20
rows of 16,000 columns, and time in proportion to columns. The files are made in a temporary folder and removed afterwards.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain, cycle, islice
from pathlib import Path

from benchmarks.measured import HEAD, measured

_NOTES = ("", "paid", '"late, twice"', '"two\nlines"', "called")
_HEADERS = ("Invoice No", "Kunde", "E-mail", "Date de facture", "Importo", "Street", "City", "Note", "Status", "Veld")
WIDE_ROWS = 20


def write_long(path: Path, size: int) -> None:
    """Write invoices until the file has ``size`` bytes."""
    fields = ",".join(str(n * 7919) for n in range(6))
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("Invoice,Customer,E-mail,Date,Amount,Street,City,Note," + ",".join(f"Field {n}" for n in range(6)) + "\n")
        number = 0
        while out.tell() < size:
            out.write(
                "".join(
                    f"INV-{one:07},Customer {one % 5000} Ltd,billing{one % 5000}@customer.example,"
                    f"2026-{one % 12 + 1:02}-{one % 28 + 1:02},{one % 100_000 / 100:.2f},"
                    f"{one % 900} Long Street North,Town of {one % 300},{_NOTES[one % 5]},{fields}\n"
                    for one in range(number, number + 10_000)
                )
            )
            number += 10_000


def wide_rows(columns: int) -> Iterator[list[str]]:
    """Yield a header and rows of a table with that many columns: ten usual ones, over and over."""
    yield [f"{header} {place // 10}" for place, header in enumerate(islice(cycle(_HEADERS), columns))]
    for row in range(WIDE_ROWS):
        cells = (
            (
                f"INV-{place}{row:03}",
                f"Customer {row} Ltd",
                f"a{row}@customer.example",
                f"2026-03-{row + 1:02}",
                f"{row}7.50",
                f"{row} High Street",
                "Leeds",
                f"called {row} times",
                "paid",
                f"{place * row}",
            )
            for place in range(columns // 10 + 1)
        )
        yield list(islice(chain.from_iterable(cells), columns))


def write_wide_csv(path: Path, columns: int) -> None:
    """Write ``wide_rows`` as text."""
    path.write_text("".join(",".join(row) + "\n" for row in wide_rows(columns)), encoding="utf-8")


def write_wide_workbook(path: Path, columns: int) -> None:
    """Write ``wide_rows`` as a workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("wide")
    for row in wide_rows(columns):
        sheet.append(row)
    book.save(path)


def main() -> None:
    """Make each file, look at it, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of each file")
    tenth = 10 if parser.parse_args().small else 1
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        long = Path(folder) / "invoices.csv"
        write_long(long, 100_000_000 // tenth)
        _look(long, f"CSV of {long.stat().st_size / 1e6:,.0f} MB")
        for columns in (300, 4_000, 8_000, 16_000):
            path = Path(folder) / f"wide_{columns}.csv"
            write_wide_csv(path, columns // tenth)
            _look(path, f"CSV, {columns // tenth:,} columns")
        book = Path(folder) / "wide.xlsx"
        write_wide_workbook(book, 16_000 // tenth)
        _look(book, f"XLSX, {16_000 // tenth:,} columns")


def _look(path: Path, label: str) -> None:
    print(measured([sys.executable, "-m", "toolkit", "look", path, "--json"]).row(label), flush=True)


if __name__ == "__main__":
    main()
