"""Writes files the way the vendors do: byte for byte the same on every run."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

COMPANY = "Harbor & Pine LLC"
TIME_STAMP = " Monday, October 5, 2026 08:12 AM GMT-05:00"


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV with LF line ends, quoted only where needed."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Mapping[str, str]], *, encoding: str = "utf-8") -> int:
    """Write a plain CSV file and return the number of rows."""
    body = [[row.get(header, "") for header in headers] for row in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(csv_text([headers, *body]), encoding=encoding, newline="")
    return len(body)


def report_rows(
    title: str, period: str, headers: Sequence[str], rows: Iterable[Mapping[str, str]], total: Mapping[str, str]
) -> list[list[str]]:
    """Return a QuickBooks report: title rows, header, rows, total line, time stamp at the foot."""
    width = len(headers)
    head = [[text] + [""] * (width - 1) for text in (COMPANY, title, *([period] if period else []))]
    body = [[row.get(header, "") for header in headers] for row in rows]
    foot = [[total.get(header, "") for header in headers]] if total else []
    return [*head, [""] * width, list(headers), *body, *foot, [""] * width, [TIME_STAMP] + [""] * (width - 1)]


def write_report_csv(path: Path, rows: list[list[str]]) -> None:
    """Write a report as CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(csv_text(rows), encoding="utf-8", newline="")


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[str | float | int]]]) -> None:
    """Write a workbook whose bytes depend on its cells alone."""
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime(2026, 10, 5, 8, 12, tzinfo=UTC).replace(tzinfo=None), "author": ""})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(at, column, value)
    book.close()


def ofx_text(account: str, lines: Iterable[Mapping[str, str]], balance: str) -> str:
    """Return an OFX 1.x statement: header lines, then tags of which the leaves are never closed."""
    head = [
        "OFXHEADER:100",
        "DATA:OFXSGML",
        "VERSION:102",
        "SECURITY:NONE",
        "ENCODING:USASCII",
        "CHARSET:1252",
        "COMPRESSION:NONE",
        "OLDFILEUID:NONE",
        "NEWFILEUID:NONE",
        "",
        "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261005081500[-5:EST]<LANGUAGE>ENG",
        "<FI><ORG>B1<FID>10898</FI><INTU.BID>10898</SONRS></SIGNONMSGSRSV1>",
        "<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD",
        f"<BANKACCTFROM><BANKID>071000013<ACCTID>{account}<ACCTTYPE>CHECKING</BANKACCTFROM>",
        "<BANKTRANLIST><DTSTART>20251001120000[0:GMT]<DTEND>20261005120000[0:GMT]",
    ]
    body = []
    for line in lines:
        leaves = "".join(f"<{tag}>{_escaped(value)}" for tag, value in line.items() if value)
        body.append(f"<STMTTRN>{leaves}</STMTTRN>")
    foot = [
        f"</BANKTRANLIST><LEDGERBAL><BALAMT>{balance}<DTASOF>20261005120000[0:GMT]</LEDGERBAL>",
        "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>",
        "",
    ]
    return "\r\n".join([*head, *body, *foot])


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
