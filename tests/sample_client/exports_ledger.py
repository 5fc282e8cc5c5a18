"""The export files of the ledger: QuickBooks Online reports, some as workbooks and some as CSV."""

import random
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

from tests.sample_client.documents import Document, grouped_money
from tests.sample_client.files import report_rows, write_report_csv, write_workbook
from tests.sample_client.names import ACCOUNTS
from tests.sample_client.parties import PartyRecord, Register

PERIOD = "October 1, 2025 - October 5, 2026"


def _address(record: PartyRecord) -> str:
    lines = (record.text("street"), f"{record.text('city')}, {record.text('region')} {record.text('postcode')}")
    return "\n".join(line for line in lines if line.strip(", "))


def _phones(record: PartyRecord, rng: random.Random) -> str:
    number = record.text("phone")
    if not number:
        return ""
    other = (
        f" Mobile:({number.strip('+(')[:3]}) 557-{rng.randint(1000, 9899)}"
        if number.startswith("(") and rng.random() < 0.12
        else ""
    )
    return f"Phone:{number}{other}"


def write_ledger(folder: Path, seed: int, register: Register, documents: Mapping[str, list[Document]]) -> None:
    """QuickBooks Online: report frames, some as workbooks and some as CSV."""
    rng = random.Random(f"{seed}/ledger-cells")
    customers = [
        {
            "Customer full name": one.record_id,
            "Phone numbers": _phones(one, rng),
            "Email": one.text("email"),
            "Full name": one.cells["full_name"],
            "Bill address": _address(one),
            "Ship address": _address(one) if rng.random() < 0.3 else "",
        }
        for one in sorted(register.stream("ledger", "customers"), key=lambda one: one.record_id.casefold())
    ]
    headers: tuple[str, ...] = ("Customer full name", "Phone numbers", "Email", "Full name", "Bill address", "Ship address")
    write_workbook(
        folder / "ledger/Harbor & Pine LLC_Customer Contact List.xlsx",
        {"Sheet1": report_rows("Customer Contact List", "", headers, customers, {})},
    )
    vendors = [
        {
            "Vendor": one.record_id,
            "Company": one.text("name") if rng.random() < 0.7 else "",
            "Phone numbers": _phones(one, rng),
            "Email": one.text("email"),
            "Full name": "",
            "Billing address": _address(one),
            "Account #": one.cells["account_no"],
            "Tax ID": one.cells["tax_id"],
            "Track 1099": rng.choice(("Yes", "No")),
        }
        for one in sorted(register.stream("ledger", "vendors"), key=lambda one: one.record_id.casefold())
    ]
    headers = (
        "Vendor",
        "Company",
        "Phone numbers",
        "Email",
        "Full name",
        "Billing address",
        "Account #",
        "Tax ID",
        "Track 1099",
    )
    write_workbook(
        folder / "ledger/Harbor & Pine LLC_Vendor Contact List.xlsx",
        {"Sheet1": report_rows("Vendor Contact List", "", headers, vendors, {})},
    )
    accounts = [
        {"Account #": code, "Full name": name, "Type": kind, "Detail type": detail} for code, name, kind, detail in ACCOUNTS
    ]
    headers = ("Account #", "Full name", "Type", "Detail type")
    write_workbook(
        folder / "ledger/Harbor & Pine LLC_Account List.xlsx",
        {"Sheet1": report_rows("Account List", "", headers, accounts, {})},
    )

    headers = ("Date", "Transaction type", "Num", "Name", "Memo", "Due date", "Amount", "Open balance")
    invoices = [_invoice_cells(one) for one in documents["invoices"]]
    _write_list(
        folder / "ledger/Harbor & Pine LLC_Invoice List.csv", "Invoice List", headers, invoices, documents["invoices"]
    )
    headers = ("Date", "Transaction type", "Num", "Vendor", "Memo", "Due date", "Account name", "Amount", "Open balance")
    bills = [
        {
            "Date": _us(one.on),
            "Transaction type": "Bill",
            "Num": one.number,
            "Vendor": one.party,
            "Memo": one.cells["memo"],
            "Due date": _us(date.fromisoformat(one.cells["due"])),
            "Account name": one.cells["account"],
            "Amount": grouped_money(one.amount_minor),
            "Open balance": "0.00" if one.cells.get("paid") else grouped_money(one.amount_minor),
        }
        for one in documents["bills"]
    ]
    _write_list(folder / "ledger/Harbor & Pine LLC_Bill List.csv", "Bill List", headers, bills, documents["bills"])
    headers = ("Date", "Transaction type", "Num", "Customer", "Memo", "Payment method", "Account name", "Amount")
    payments = [
        {
            "Date": _us(one.on),
            "Transaction type": "Payment",
            "Num": one.number,
            "Customer": one.party,
            "Memo": one.cells["memo"],
            "Payment method": one.cells.get("method", "Credit Card"),
            "Account name": one.cells["account"].removeprefix("1015 "),
            "Amount": grouped_money(one.amount_minor),
        }
        for one in documents["payments"]
    ]
    _write_list(
        folder / "ledger/Harbor & Pine LLC_Payment List.csv", "Payment List", headers, payments, documents["payments"]
    )


def _invoice_cells(one: Document) -> dict[str, str]:
    due = date.fromisoformat(one.cells["due"]) if "due" in one.cells else one.on + timedelta(days=int(one.cells["terms"]))
    return {
        "Date": _us(one.on),
        "Transaction type": "Credit Memo" if one.stream == "credit_memos" else "Invoice",
        "Num": one.number,
        "Name": one.party,
        "Memo": one.cells["memo"],
        "Due date": _us(due),
        "Amount": grouped_money(one.amount_minor),
        "Open balance": grouped_money(one.amount_minor - int(one.cells.get("paid", "0"))),
    }


def _write_list(
    path: Path, title: str, headers: tuple[str, ...], rows: list[dict[str, str]], documents: Iterable[Document]
) -> None:
    total = sum(one.amount_minor for one in documents)
    write_report_csv(
        path, report_rows(title, PERIOD, headers, rows, {"Date": "TOTAL", "Amount": f"${grouped_money(total)}"})
    )


def _us(day: date) -> str:
    return day.strftime("%m/%d/%Y")
