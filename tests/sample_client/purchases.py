"""Money out and in: suppliers' bills, the bank's bill-pay page, customers' cheques, and what the bank statement shows."""

import random
from datetime import date, timedelta

from tests.sample_client import variants
from tests.sample_client.documents import (
    AS_OF,
    FIRST_DAY,
    LAST_DAY,
    Carried,
    Document,
    business_day,
    chosen,
    is_waiting,
    lag,
)
from tests.sample_client.parties import PartyRecord, Register

GRACE = {"bill_to_bank": 45, "payment_to_bank": 8}
MONTHLY_GOODS = (
    ("Rent", 745_000),
    ("Utilities:Telephone", 41_280),
    ("Utilities", 128_600),
    ("Insurance", 362_500),
    ("Software Subscriptions", 58_900),
    ("Software Subscriptions", 21_900),
    ("Waste Removal", 87_450),
    ("Equipment Rental", 143_000),
    ("Office Supplies", 18_300),
    ("Utilities", 64_750),
    ("Marketing", 95_000),
    ("Waste Removal", 33_200),
)
MATERIALS = (
    "Job Materials:Lumber",
    "Job Materials:Electrical",
    "Job Materials:Finishes",
    "Job Materials",
    "Subcontractors",
    "Equipment Rental",
)
OCCASIONAL_COUNT = 290


class Purchases:
    """Bills as the ledger has them and the lines that paying them leaves at the bank."""

    def __init__(self, seed: int, register: Register) -> None:
        self.seed = seed
        self.register = register
        self.bills: list[Document] = []
        self.receipts: list[Document] = []
        self.lines: list[Document] = []
        self.truth: list[Carried] = []
        self.errors: list[tuple[Document, str, str, str]] = []
        """(document, column, kind, right value)."""
        self._numbers: set[str] = set()

    def make_bills(self) -> None:
        """Owen enters suppliers' bills: twelve suppliers every month, the others as jobs need them."""
        rng = random.Random(f"{self.seed}/bills")
        vendors = [one for one in self.register.stream("ledger", "vendors") if one.kind == "company"]
        regular = vendors[: len(MONTHLY_GOODS)]
        for vendor, (account, usual) in zip(regular, MONTHLY_GOODS, strict=True):
            for month in range(12):
                day = date(2025 + (9 + month) // 12, (9 + month) % 12 + 1, rng.randint(1, 9))
                amount = usual if account in {"Rent", "Insurance"} else round(usual * rng.uniform(0.9, 1.12))
                self.bills.append(self._bill(rng, vendor, day, amount, account))
        for at in range(OCCASIONAL_COUNT):
            vendor = rng.choice(vendors[len(MONTHLY_GOODS) :]) if at >= len(vendors) - 12 else vendors[12 + at]
            amount = round(lag(rng, median=430_000, sigma=0.75, most=4_200_000, least=12_000))
            account = MATERIALS[sum(map(ord, vendor.record_id)) % len(MATERIALS)]
            self.bills.append(self._bill(rng, vendor, business_day(rng), amount, account))
        self.bills.sort(key=lambda one: (one.on, one.number))
        self._plant_accounts(rng)
        self._plant_twins(rng)

    def _bill(self, rng: random.Random, vendor: PartyRecord, day: date, amount: int, account: str) -> Document:
        style = sum(map(ord, vendor.entity_id)) % 4
        number = ""
        while not number or number in self._numbers:
            serial = rng.randint(10_000, 99_999)
            number = (f"INV-{serial}", f"{serial}", f"{chr(65 + serial % 26)}{serial}", f"26-{serial}")[style]
        self._numbers.add(number)
        bill = Document(
            "ledger",
            "bills",
            number,
            day,
            amount,
            number=number,
            party=vendor.record_id,
            account_id=vendor.account_id,
            role="bill",
        )
        bill.cells = {
            "account": account,
            "memo": rng.choice(("", "", "PO per Bill", "job materials", "monthly")),
            "due": (day + timedelta(days=30)).isoformat(),
        }
        return bill

    def _plant_accounts(self, rng: random.Random) -> None:
        """Plant accounts that may not be used, swapped dates and amounts ten times too high."""
        calm = [one for one in self.bills if one.cells["account"] in {"Marketing", "Office Supplies", *MATERIALS}]
        for at, bill in enumerate(rng.sample(calm, 10)):
            right = bill.cells["account"]
            bill.cells["account"] = ("Marketing:Print (deleted)", "Office Furniture (deleted)", "Ask Grace")[at % 3]
            self.errors.append((bill, "gl_code", "inactive_account" if at % 3 < 2 else "unknown_account", right))
        early = [
            one
            for one in self.bills
            if one.on.day <= 12 and one.on.month >= 3 and date.fromisoformat(one.cells["due"]).day <= 12
        ]
        for bill in rng.sample([one for one in early if _swapped(date.fromisoformat(one.cells["due"])) < one.on], 6):
            right = bill.cells["due"]
            bill.cells["due"] = _swapped(date.fromisoformat(right)).isoformat()
            self.errors.append((bill, "due_on", "swapped_day_month", right))
        monthly = [
            one
            for one in self.bills
            if one.cells["account"] in {"Utilities", "Utilities:Telephone", "Software Subscriptions", "Rent"}
        ]
        for bill in rng.sample([one for one in monthly if one.on < date(2026, 7, 1)], 5):
            self.errors.append((bill, "amount_minor", "factor_10", str(bill.amount_minor)))
            bill.cells["right"] = str(bill.amount_minor)
            bill.amount_minor *= 10

    def _plant_twins(self, rng: random.Random) -> None:
        """Plant bills that were entered twice, with the number typed the same or nearly."""
        untouched = [
            one
            for one in self.bills
            if one.on < date(2026, 7, 15) and one not in [error[0] for error in self.errors] and "0" in one.number
        ]
        for at, bill in enumerate(rng.sample(untouched, 5)):
            number = bill.number if at < 2 else bill.number.replace("0", "O", 1) if at < 4 else f"{bill.number}A"
            record_id = f"{number}#2" if number == bill.number else number
            bill.cells["twin"] = "yes"
            cells = {**bill.cells, "memo": "second copy by mail"}
            twin = Document(
                "ledger",
                "bills",
                record_id,
                bill.on + timedelta(days=rng.randint(2, 9)),
                bill.amount_minor,
                number=number,
                party=bill.party,
                account_id=bill.account_id,
                role="double entry",
                cells=cells,
            )
            self.bills.append(twin)
            self.errors.append((twin, "number", "double_entry", bill.record_id))
        self.bills.sort(key=lambda one: (one.on, one.role, one.number))

    def pay_bills(self) -> None:
        """Owen types approved bills into the bank's bill-pay page."""
        rng = random.Random(f"{self.seed}/bill-pay")
        missing = chosen(
            rng,
            self.bills,
            5,
            grace_days=GRACE["bill_to_bank"],
            allowed=lambda one: one.role == "bill" and "right" not in one.cells,
        )
        for at, bill in enumerate(self.bills):
            if at in missing:
                self.truth.append(Carried("bill_to_bank", bill, None, "waiting"))
                continue
            day = bill.on + timedelta(days=round(lag(rng, median=20, sigma=0.3, most=41.4, least=4)))
            if is_waiting(bill.on, day, GRACE["bill_to_bank"]):
                self.truth.append(Carried("bill_to_bank", bill, None, "waiting"))
                continue
            has_number = rng.random() < 0.55 or "twin" in bill.cells or "right" in bill.cells
            name = f"ONLINE PYMT {bill.party.upper()}"[:32]
            line = Document(
                "bank", "transactions", "", day, -bill.amount_minor, account_id=bill.account_id, role="bill payment"
            )
            line.cells = {"name": name, "memo": f"INV {bill.number}" if has_number else ""}
            row = Carried(
                "bill_to_bank", bill, line, "found", basis="reference" if has_number else "account, amount and date"
            )
            if "right" in bill.cells:
                line.amount_minor, row.error_kind = -int(bill.cells["right"]), "factor"
            self.lines.append(line)
            self.truth.append(row)
        calm = [
            one
            for one in self.truth
            if one.status == "found"
            and not one.error_kind
            and one.basis == "reference"
            and one.source
            and one.source.role == "bill"
        ]
        for row in rng.sample(calm, 7):
            if row.source and row.target:
                row.target.amount_minor, row.error_kind = -variants.transposed(row.source.amount_minor, rng), "transposed"
        for row in rng.sample(
            [one for one in calm if not one.error_kind and one.target and one.target.on < date(2026, 9, 10)], 3
        ):
            if row.target:
                twin = Document(
                    "bank",
                    "transactions",
                    "",
                    row.target.on + timedelta(days=rng.randint(3, 15)),
                    row.target.amount_minor,
                    account_id=row.target.account_id,
                    role="paid twice",
                    cells=dict(row.target.cells),
                )
                self.lines.append(twin)
                self.truth.append(
                    Carried("bill_to_bank", None, twin, "extra", "paid_twice", basis="same supplier, number and amount")
                )

    def receive(self, invoices: list[Document], customers: dict[str, str]) -> None:
        """Customers pay fit-out invoices by cheque or transfer; Owen enters the receipt and takes it to the bank."""
        rng = random.Random(f"{self.seed}/receive")
        payable = [
            one
            for one in invoices
            if one.role in {"deal invoice", "service call", "material sale"} and "unpayable" not in one.cells
        ]
        for invoice in payable:
            day = invoice.on + timedelta(days=round(lag(rng, median=27, sigma=0.35, most=70, least=6)))
            if day > LAST_DAY + timedelta(days=2) or rng.random() < 0.04:
                continue
            receipt = Document(
                "ledger",
                "payments",
                "",
                day,
                invoice.amount_minor,
                account_id=invoice.account_id,
                party=invoice.party,
                role="receipt",
            )
            is_cheque = rng.random() < 0.6
            receipt.cells = {
                "account": "Business Checking",
                "method": "Check" if is_cheque else "ACH",
                "cheque": str(rng.randint(1001, 9899)),
                "invoice": "yes",
            }
            receipt.cells["memo"] = f"Check {receipt.cells['cheque']}" if is_cheque else "ACH"
            receipt.cells["customer"] = customers.get(invoice.account_id, invoice.party)
            invoice.cells["paid"] = str(invoice.amount_minor)
            self.receipts.append(receipt)

    def bank_receipts(self) -> None:
        """Take the receipts to the bank; a few never arrive there, and a few are typed wrong in the ledger."""
        rng = random.Random(f"{self.seed}/deposits")
        missing = chosen(rng, self.receipts, 4, grace_days=GRACE["payment_to_bank"])
        found = []
        for at, receipt in enumerate(self.receipts):
            if at in missing:
                self.truth.append(Carried("payment_to_bank", receipt, None, "missing"))
                continue
            day = receipt.on + timedelta(days=rng.choice((0, 1, 1, 2, 3)))
            if is_waiting(receipt.on, day, GRACE["payment_to_bank"]):
                self.truth.append(Carried("payment_to_bank", receipt, None, "waiting"))
                continue
            line = Document(
                "bank", "transactions", "", day, receipt.amount_minor, account_id=receipt.account_id, role="deposit"
            )
            is_cheque = receipt.cells["method"] == "Check"
            line.cells = {
                "name": "REMOTE ONLINE DEPOSIT" if is_cheque else f"ORIG CO NAME:{receipt.cells['customer'].upper()}"[:32],
                "memo": f"CHECK {receipt.cells['cheque']}" if is_cheque else "CO ENTRY DESCR:PAYMENT",
            }
            self.lines.append(line)
            found.append(
                Carried(
                    "payment_to_bank", receipt, line, "found", basis="reference" if is_cheque else "account, amount and date"
                )
            )
        for row in rng.sample([one for one in found if one.basis == "reference"], 6):
            if row.source and row.target:
                row.target.amount_minor, row.error_kind = variants.transposed(row.source.amount_minor, rng), "transposed"
        self.truth += found

    def other_lines(self) -> None:
        """Add what the bank shows and no handoff explains: payroll, fees, transfers between own accounts."""
        rng = random.Random(f"{self.seed}/bank")
        for month in range(12):
            year, number = 2025 + (9 + month) // 12, (9 + month) % 12 + 1
            for day in (date(year, number, 14), date(year, number, 28)):
                cells = {"name": "ADP PAYROLL", "memo": "ORIG CO NAME:ADP WAGE PAY"}
                self.lines.append(
                    Document(
                        "bank", "transactions", "", day, -rng.randint(7_800_000, 9_400_000), role="payroll", cells=cells
                    )
                )
            cells = {"name": "MONTHLY SERVICE FEE", "memo": ""}
            self.lines.append(
                Document("bank", "transactions", "", date(year, number, 26), -3000, role="bank fee", cells=cells)
            )
            cells = {"name": "ONLINE TRANSFER FROM SAV ...7730", "memo": ""}
            self.lines.append(
                Document(
                    "bank",
                    "transactions",
                    "",
                    date(year, number, 3),
                    rng.randint(2, 9) * 1_000_000,
                    role="own transfer",
                    cells=cells,
                )
            )

    def number_lines(self, payouts: list[Document]) -> None:
        """Give every line of the statement its id, in the bank's order."""
        self.lines += payouts
        self.lines.sort(key=lambda one: (one.on, one.cells["name"], one.amount_minor))
        for serial, line in enumerate(self.lines, 1):
            line.record_id = f"{line.on:%Y%m%d}{serial:06d}"
            line.cells["month"] = f"{(line.on - FIRST_DAY).days}"


def _swapped(day: date) -> date:
    return date(day.year, day.day, day.month) if day.day <= 12 else AS_OF
