"""QuickBooks Online: customers, vendors, invoices, credit memos, bills, payments, bill payments, chart of accounts.

Reports and list pages, in the classic ("Transaction Type", "Open Balance") and the modern spelling; headers are compared
without case, so both are one. Transaction lists hold several types: "Transaction type" decides the stream of each row.
The display name is the only key of a customer or vendor; "Parent:Child" is kept whole, its first part is the parent, and
the suffix "(deleted)" of inactive ones becomes the state. Invoice numbers are typed, so they may repeat. Lists have no
status column; paid is the amount less the open balance. A list in groups names the customer or vendor once, above its rows
or in the first of them. Opening balances, which QuickBooks books as invoices and bills, are no documents. Dates follow the
company's locale.

Source: report exports of 2023 to 2026.
"""

from toolkit.connector import BALANCE, Connector, ExportFormat, Field, Point, RowFilter, Stream

_PHONES = ("Phone numbers", "Phone")
_CHILD_OF = "parent_part"
_NOT_A_LEDGER = ("Split", "Debit", "Product/Service|Product/Service full name", "Account", "Sales price")
_DATE = "Date|Transaction date|Invoice Date|Payment date|Bill date"
_NUMBER = "Num|No.|Invoice no.|Bill no.|Ref no."
_MEMO = "Memo/Description|Memo|Description"
_OPENING = ("(opening|beginning|starting) balance.*", "balance (brought )?forward.*")
_LIST = ExportFormat(
    "transaction list",
    (_DATE, "Transaction type", f"{_NUMBER}|Transaction number", "Amount|Total"),
    absent=_NOT_A_LEDGER,
)


def _party(name: str, header: str, role: str, formats: tuple[ExportFormat, ...], address: tuple[str, ...]) -> Stream:
    company = ("Company name", "Company")
    return Stream(
        name=name,
        entity="party",
        roles=(role,),
        key=(header,),
        key_form="undeleted",
        alt_ids=("Account #",),
        fields={
            "name": Field(tuple(header.split("|")), form="undeleted"),
            "company_name": Field(company),
            "given_name": Field(("First Name",)),
            "family_name": Field(("Last Name",)),
            "email": Field(("Email",), form="first_listed"),
            "phone": Field(_PHONES, form="labelled_phone"),
            "website": Field(("Website",)),
            "street": Field((*address, "Bill street", "Street Address", "Street"), form="block_street"),
            "city": Field(("Bill city", "City", *address), form="block_city"),
            "region": Field(("Bill state", "State", *address), form="block_region"),
            "postcode": Field(("Bill zip", "Zip", *address), form="block_postcode"),
            "country": Field(("Bill country", "Country")),
            "tax_id": Field(("Tax ID", "Business ID no.")),
            "parent_ref": Field(tuple(header.split("|")), form=_CHILD_OF),
            "created_at": Field(("Created on", "Create date")),
            "updated_at": Field(("Last modified", "Last changed on")),
            "state": Field(tuple(header.split("|")), values=((r"\(deleted\)\s*$", "archived"),)),
        },
        points=(
            Point("phone", "mobile", Field(("Phone numbers", "Mobile"), form="labelled_mobile")),
            Point("phone", "fax", Field(("Phone numbers", "Fax"), form="labelled_fax")),
            Point("address", "shipping", Field(("Ship address", "Shipping Address"))),
        ),
        formats=formats,
    )


def _document(
    name: str, entity: str, types: tuple[str, ...], formats: tuple[ExportFormat, ...], *, party: tuple[str, ...],
    fields: dict[str, Field] | None = None, derives_status: bool = False,
) -> Stream:  # fmt: skip
    return Stream(
        name=name,
        entity=entity,
        key=(f"{_NUMBER}|Transaction number",),
        is_id=False,
        identifying=("created_at", "issued_on", "paid_at", "party_name", "amount_minor", "description"),
        filters=(
            RowFilter("Transaction type|Type", values=types),
            *(RowFilter(column, excluded=_OPENING, reason=BALANCE) for column in ("", _DATE, _NUMBER, _MEMO)),
        ),
        group_header="|".join(party),
        derives_status=derives_status,
        formats=formats,
        fields={
            "number": Field((*_NUMBER.split("|"), "Transaction number")),
            "party_ref": Field((*party, "", "Group"), form="undeleted"),
            "party_name": Field((*party, "", "Group"), form="undeleted"),
            "description": Field(tuple(_MEMO.split("|"))),
            "amount_minor": Field(("Amount", "Total"), is_absolute=entity in {"payment", "credit_note"}),
            "tax_minor": Field(("Tax amount", "Sales tax", "Tax")),
            "currency": Field(("Currency",)),
            "department": Field(("Class", "Class full name", "Department")),
            "status": Field(("Status",)),
            "created_at": Field(("Create date", "Created on")),
            "created_by": Field(("Created by",)),
            "updated_at": Field(("Last modified", "Last changed on")),
            **(fields or {}),
        },
    )


_DATES = tuple(_DATE.split("|"))
_OWED = {
    "issued_on": Field(_DATES),
    "due_on": Field(("Due date",)),
    "paid_minor": Field(("Amount", "Total"), minus=("Open balance", "Balance"), needs_minus=True),
    "reference": Field(("P.O. number", "PO number", "Reference", "Ref no.")),
    "deal_ref": Field(("Deal ID", "Deal", "Estimate no.")),
}
_PAID = {
    "paid_at": Field(_DATES),
    "method": Field(("Payment method", "Method")),
    "reference": Field(("Ref no.", "Reference no.", "Reference")),
    "invoice_ref": Field(("Invoice no.", "Applied to", "Invoice number", "Invoice", "Linked transaction")),
}

STREAMS = (
    _party(
        "customers",
        "Customer full name|Customer",
        "customer",
        (
            ExportFormat(
                "customer contact list",
                ("Customer full name|Customer", "Phone numbers|Phone", "Full name|Email", "Bill address|Billing address"),
            ),
            ExportFormat("customer list", ("Customer", "Company name|Company", "Open balance")),
        ),
        ("Bill address", "Billing address"),
    ),
    _party(
        "vendors",
        "Vendor",
        "vendor",
        (
            ExportFormat("vendor contact list", ("Vendor", "Phone numbers|Phone", "Account #|Full name|Company")),
            ExportFormat("vendor list", ("Vendor", "Company name|Company", "Open balance")),
        ),
        ("Billing address", "Address", "Bill address"),
    ),
    _document(
        "invoices",
        "invoice",
        ("invoice", "tax invoice"),
        (
            _LIST,
            ExportFormat(
                "invoice list",
                (_DATE, _NUMBER, "Customer|Customer full name|Name", "Due date", "Amount|Total", "Open balance|Balance"),
                absent=(*_NOT_A_LEDGER, "Vendor"),
                titles=("invoice list", "open invoices", "invoices"),
            ),
        ),
        party=("Customer full name", "Customer", "Name"),
        fields=_OWED,
        derives_status=True,
    ),
    _document(
        "credit_memos", "credit_note", ("credit memo", "credit note", "refund"), (_LIST,),
        party=("Customer full name", "Customer", "Name"),
        fields={"issued_on": Field(_DATES)},
    ),
    _document(
        "bills",
        "bill",
        ("bill",),
        (
            _LIST,
            ExportFormat(
                "bill list",
                (_DATE, _NUMBER, "Vendor", "Due date", "Amount|Total", "Open balance|Balance"),
                absent=_NOT_A_LEDGER,
                titles=("bill list", "unpaid bills", "bills"),
            ),
            ExportFormat("unpaid bills", ("", "Past due", "Open balance"), absent=_NOT_A_LEDGER),
        ),
        party=("Vendor", "Name", "Supplier"),
        fields={**_OWED, "gl_code": Field(("Account", "Category", "Account name"))},
        derives_status=True,
    ),
    _document(
        "payments",
        "payment",
        ("payment", "receive payment", "sales receipt"),
        (
            _LIST,
            ExportFormat(
                "payment list",
                (_DATE, _NUMBER, "Customer|Customer full name", "Payment method|Method", "Amount|Total"),
                absent=(*_NOT_A_LEDGER, "Due date", "Vendor"),
                titles=("payments", "payment list"),
            ),
        ),
        party=("Customer full name", "Customer", "Name"),
        fields=_PAID,
    ),
    _document(
        "bill_payments", "payment", (r"bill (payment|pmt).*", "check", "expense"), (_LIST,),
        party=("Vendor", "Name", "Supplier", "Payee"), fields=_PAID,
    ),
    Stream(
        name="accounts",
        entity="account",
        key=("Account #|Number",),
        key_form="undeleted",
        is_id=False,
        identifying=("name",),
        fields={
            "code": Field(("Account #", "Number")),
            "name": Field(("Account Name", "Account", "Full name", "Name"), form="undeleted"),
            "kind": Field(("Type", "Account type")),
            "currency": Field(("Currency",)),
            "is_active": Field(
                ("Active", "Status", "Account Name", "Account", "Full name"),
                values=((r"\(deleted\)|^inactive|^no$|^false$", "false"), (r".", "true")),
            ),
        },
        formats=(
            ExportFormat("account list", ("Account Name|Account|Full name|Name", "Type|Account type", "Detail type")),
        ),
    ),
)  # fmt: skip

CONNECTOR = Connector(name="quickbooks", label="QuickBooks Online", category="ledger", streams=STREAMS)
