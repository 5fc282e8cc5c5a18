"""How one system writes cells, and the files that come of it."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.clients.chance import DAY_S

Row = list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as a system exports it: path below ``exports``, header and rows; ``top`` are lines above the header."""

    path: str
    header: Row
    rows: list[Row]
    delimiter: str = ","
    encoding: str = "utf-8"
    top: tuple[Row, ...] = ()


def day(at: int, form: str = "%Y-%m-%d") -> str:
    """Return the local day of an instant."""
    return (date(1970, 1, 1) + timedelta(days=at // DAY_S)).strftime(form)


def moment(at: int, form: str = "%Y-%m-%d %H:%M") -> str:
    """Return a local instant as it stands on the clock."""
    return (datetime(1970, 1, 1) + timedelta(seconds=at)).strftime(form)  # noqa: DTZ001 - the clock's time, no zone


def in_zone(at: int, zone: str) -> datetime:
    """Return a local instant with its zone."""
    return (datetime(1970, 1, 1) + timedelta(seconds=at)).replace(tzinfo=ZoneInfo(zone))  # noqa: DTZ001


def in_utc(at: int, zone: str) -> str:
    """Return a local instant in UTC, as payment providers write it."""
    return in_zone(at, zone).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def money(minor: int, places: int, decimal: str = ".", group: str = "") -> str:
    """Return an amount in major units.

    Parameters
    ----------
    minor, places
        The amount in minor units, and how many of its digits are decimals.
    decimal, group
        Signs of decimals and of thousands.
    """
    text = f"{abs(minor) / 10**places:,.{places}f}".replace(",", "\0").replace(".", decimal).replace("\0", group)
    return f"-{text}" if minor < 0 else text


def write_tables(tables: list[Table], folder: Path) -> None:
    """Write the tables below ``folder``: workbooks where the path says so, else text."""
    for table in tables:
        path = folder / table.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".xlsx":
            _write_workbook(table, path)
            continue
        text = io.StringIO()
        csv.writer(text, delimiter=table.delimiter, lineterminator="\r\n").writerows([*table.top, table.header, *table.rows])
        path.write_bytes(text.getvalue().encode(table.encoding, "replace"))


def _write_workbook(table: Table, path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(
        path, {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("Export")
        for at, row in enumerate([*table.top, table.header, *table.rows]):
            sheet.write_row(at, 0, row)
