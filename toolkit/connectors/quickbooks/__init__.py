"""QuickBooks Online: customers, vendors, invoices, credit memos, bills, payments, bill payments, chart of accounts.

Reports and list pages, in the classic ("Transaction Type", "Open Balance") and the modern spelling; headers are compared
without case, so both are one. Transaction lists hold several types: "Transaction type" decides the stream of each row.
The display name is the only key of a customer or vendor; "Parent:Child" is kept whole, its first part is the parent, and
the suffix "(deleted)" of inactive ones becomes the state. Invoice numbers are typed, so they may repeat. Lists have no
status column; paid is the amount less the open balance. A list in groups names the customer or vendor once, above its rows
or in the first of them. Opening balances, which QuickBooks books as invoices and bills, are no documents. Dates follow the
company's locale.

The interface is asked by queries, ordered by the id that never changes; a page may have 1,000 rows, and the one behind the
last has no list at all. Lists of names hold inactive ones only where they are asked for. All transactions share one sequence
of ids, so those that an export has in one stream are one here, too. What was deleted is told for thirty days (CDC): a pull
after a longer time asks for everything. Voided transactions stay, with zero amounts and the note "Voided". There is no scope
that reads only: nothing but GET is ever sent. Lines that sum up others are no lines.

Source: report exports of 2023 to 2026; developer.intuit.com (query, change data capture, limits and throttles, minor
versions), read in autumn 2026.
"""

from toolkit.connector import (
    BALANCE,
    About,
    Connector,
    ExportFormat,
    Field,
    Interface,
    Point,
    Proof,
    Reading,
    RowFilter,
    Stream,
    with_imports,
    with_writings,
)
from toolkit.connectors._imports.quickbooks import BY_HAND, IMPORTS
from toolkit.connectors.quickbooks.asking import API, COST, KEPT, LINE, LINES, STAMP, names, street, transactions
from toolkit.connectors.quickbooks.only_asked import ONLY_ASKED
from toolkit.connectors.quickbooks.writing import WRITINGS

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


_FULL_NAME = ("FullyQualifiedName", "DisplayName")
_NUMBERS = ("PrimaryPhone.FreeFormNumber", "AlternatePhone.FreeFormNumber", "Mobile.FreeFormNumber")


def _party(
    name: str, header: str, role: str, formats: tuple[ExportFormat, ...], address: tuple[str, ...], *, asked: str
) -> Stream:
    company = ("Company name", "Company")
    return Stream(
        name=name,
        entity="party",
        roles=(role,),
        key=(header,),
        key_form="undeleted",
        alt_ids=("Account #",),
        fields={
            "name": Field(tuple(header.split("|")), form="undeleted", path=_FULL_NAME, path_form="undeleted"),
            "company_name": Field(company, path=("CompanyName",)),
            "given_name": Field(("First Name",), path=("GivenName",)),
            "family_name": Field(("Last Name",), path=("FamilyName",)),
            "email": Field(("Email",), form="first_listed", path=("PrimaryEmailAddr.Address",), path_form="first_listed"),
            "phone": Field(_PHONES, form="labelled_phone", path=_NUMBERS),
            "website": Field(("Website",), path=("WebAddr.URI",)),
            "street": Field(
                (*address, "Bill street", "Street Address", "Street"),
                form="block_street",
                asked=Field(street("BillAddr"), joined=", "),
            ),
            "city": Field(("Bill city", "City", *address), form="block_city", path=("BillAddr.City",)),
            "region": Field(
                ("Bill state", "State", *address), form="block_region", path=("BillAddr.CountrySubDivisionCode",)
            ),
            "postcode": Field(("Bill zip", "Zip", *address), form="block_postcode", path=("BillAddr.PostalCode",)),
            "country": Field(("Bill country", "Country"), path=("BillAddr.Country",)),
            # Other tax numbers come with most of their digits masked, and would be the same for many.
            "tax_id": Field(("Tax ID", "Business ID no."), path=("BusinessNumber", "GSTIN")),
            "parent_ref": Field(tuple(header.split("|")), form=_CHILD_OF, path=("ParentRef.value",)),
            "created_at": Field(("Created on", "Create date"), path=("MetaData.CreateTime",)),
            "updated_at": Field(("Last modified", "Last changed on"), path=(STAMP,)),
            "state": Field(
                tuple(header.split("|")), values=((r"\(deleted\)\s*$", "archived"),),
                asked=Field(("Active",), values=(("^false$", "archived"),)),
            ),
        },
        points=(
            Point(
                "phone", "mobile",
                Field(("Phone numbers", "Mobile"), form="labelled_mobile", path=("Mobile.FreeFormNumber",)),
            ),
            Point("phone", "fax", Field(("Phone numbers", "Fax"), form="labelled_fax", path=("Fax.FreeFormNumber",))),
            Point(
                "address", "shipping",
                Field(("Ship address", "Shipping Address"), asked=Field((*street("ShipAddr"), "ShipAddr.City",
                      "ShipAddr.CountrySubDivisionCode", "ShipAddr.PostalCode"), joined=", ")),
            ),
        ),
        formats=formats,
        readings=names(asked),
        path_key=("Id",),
        # Exports know a customer or vendor by the name.
        path_alt_ids=("FullyQualifiedName|DisplayName", "AcctNum"),
    )  # fmt: skip


_VOIDED = Field(("PrivateNote",), values=((r"^voided\b", "Voided"),))


def _document(
    name: str, entity: str, types: tuple[str, ...], formats: tuple[ExportFormat, ...], *, party: tuple[str, ...],
    ref: tuple[str, ...], readings: tuple[Reading, ...], fields: dict[str, Field] | None = None,
    derives_status: bool = False,
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
            "number": Field((*_NUMBER.split("|"), "Transaction number"), path=("DocNumber", "PaymentRefNum")),
            "party_ref": Field((*party, "", "Group"), form="undeleted", path=tuple(f"{one}.value" for one in ref)),
            "party_name": Field(
                (*party, "", "Group"), form="undeleted", path=tuple(f"{one}.name" for one in ref), path_form="undeleted"
            ),
            "description": Field(tuple(_MEMO.split("|")), path=("PrivateNote", "CustomerMemo.value")),
            "amount_minor": Field(("Amount", "Total"), is_absolute=entity in {"payment", "credit_note"}, path=("TotalAmt",)),
            "tax_minor": Field(("Tax amount", "Sales tax", "Tax"), path=("TxnTaxDetail.TotalTax",)),
            "currency": Field(("Currency",), path=("CurrencyRef.value",)),
            "department": Field(
                ("Class", "Class full name", "Department"),
                path=("ClassRef.name", "DepartmentRef.name", f"{LINE}.ClassRef.name", f"{COST}.ClassRef.name"),
            ),
            "status": Field(("Status",), asked=_VOIDED),
            "created_at": Field(("Create date", "Created on"), path=("MetaData.CreateTime",)),
            "created_by": Field(("Created by",)),
            "updated_at": Field(("Last modified", "Last changed on"), path=(STAMP,)),
            **(fields or {}),
        },
        path_lines=LINES if readings[0].lines else None,
        readings=readings,
        path_key=("Id",),
        path_alt_ids=("DocNumber", "PaymentRefNum"),
    )


_DATES = tuple(_DATE.split("|"))
_OWED = {
    "issued_on": Field(_DATES, path=("TxnDate",)),
    "due_on": Field(("Due date",), path=("DueDate",)),
    "paid_minor": Field(
        ("Amount", "Total"), minus=("Open balance", "Balance"), needs_minus=True,
        asked=Field(("TotalAmt",), minus=("Balance",), needs_minus=True),
    ),
    "reference": Field(("P.O. number", "PO number", "Reference", "Ref no.")),
    "deal_ref": Field(("Deal ID", "Deal", "Estimate no.")),
}  # fmt: skip
_PAID = {
    "paid_at": Field(_DATES, path=("TxnDate",)),
    "method": Field(("Payment method", "Method"), path=("PaymentMethodRef.name", "PayType", "PaymentType")),
    "reference": Field(("Ref no.", "Reference no.", "Reference"), path=("PaymentRefNum",)),
    "invoice_ref": Field(("Invoice no.", "Applied to", "Invoice number", "Invoice", "Linked transaction")),
    "account": Field(
        (),
        path=(
            "DepositToAccountRef.name", "CheckPayment.BankAccountRef.name", "CreditCardPayment.CCAccountRef.name",
            "AccountRef.name",
        ),
    ),
}  # fmt: skip
_CUSTOMER, _VENDOR = ("CustomerRef",), ("VendorRef", "EntityRef")

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
        asked="Customer",
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
        asked="Vendor",
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
        ref=_CUSTOMER,
        readings=transactions("Invoice", lines=True),
        fields=_OWED,
        derives_status=True,
    ),
    _document(
        "credit_memos", "credit_note", ("credit memo", "credit note", "refund"), (_LIST,),
        party=("Customer full name", "Customer", "Name"),
        ref=_CUSTOMER,
        readings=transactions("CreditMemo", "RefundReceipt", lines=True),
        fields={"issued_on": Field(_DATES, path=("TxnDate",))},
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
        ref=_VENDOR,
        readings=transactions("Bill", lines=True),
        fields={**_OWED, "gl_code": Field(("Account", "Category", "Account name"), path=(f"{COST}.AccountRef.name",))},
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
        ref=_CUSTOMER,
        readings=transactions("Payment", "SalesReceipt"),
        fields=_PAID,
    ),
    _document(
        "bill_payments", "payment", (r"bill (payment|pmt).*", "check", "expense"), (_LIST,),
        party=("Vendor", "Name", "Supplier", "Payee"), fields=_PAID, ref=_VENDOR,
        readings=transactions("BillPayment", "Purchase"),
    ),
    Stream(
        name="accounts",
        entity="account",
        key=("Account #|Number",),
        key_form="undeleted",
        is_id=False,
        identifying=("name",),
        fields={
            "code": Field(("Account #", "Number"), path=("AcctNum",)),
            "name": Field(
                ("Account Name", "Account", "Full name", "Name"), form="undeleted", path=("FullyQualifiedName", "Name"),
                path_form="undeleted",
            ),
            "kind": Field(("Type", "Account type"), path=("AccountType",)),
            "currency": Field(("Currency",), path=("CurrencyRef.value",)),
            **KEPT,
            "is_active": Field(
                ("Active", "Status", "Account Name", "Account", "Full name"),
                values=((r"\(deleted\)|^inactive|^no$|^false$", "false"), (r".", "true")),
                path=("Active",),
            ),
        },
        readings=names("Account"),
        path_key=("Id",),
        path_alt_ids=("AcctNum",),
        formats=(
            ExportFormat("account list", ("Account Name|Account|Full name|Name", "Type|Account type", "Detail type")),
        ),
    ),
    *ONLY_ASKED,
)  # fmt: skip

ABOUT = About(
    files="Reports: Customer and Vendor Contact List, Account List, Invoice, Bill and Payment List, as XLSX or CSV.",
    credentials={
        "refresh_token": (
            "Make an app at developer.intuit.com with the scope com.intuit.quickbooks.accounting.",
            "In the OAuth 2.0 Playground choose the app and the company, and get a refresh token.",
            "It ends 100 days after its last use: pull before.",
        ),
        "oauth2_code": ("Of an app under development, enter the redirect address below.",),
    },
    quirks=(
        "There is no right to read only: the one scope writes too. Nothing but queries is ever sent.",
        "Deleted records are told for thirty days; inactive names are read as archived.",
        "Exports name records by name, the interface by number: whoever changes from one to the other keeps every record.",
        "Merging is done in the product by renaming, and leaves no trace in the interface.",
    ),
    interface=Interface("query", read_only="no", webhooks="yes", bulk="partly", sandbox="yes", changes="yes",
                        deletions="partly", repeats="yes"),
    proved_on=(Proof("vendor_sdk", "node-quickbooks"), Proof("handwritten_contract", "Accounting API v3: query and changes"),
               Proof("export_files", "2023 to 2026")),
)  # fmt: skip

CONNECTOR = Connector(
    name="quickbooks",
    label="QuickBooks Online",
    category="ledger",
    streams=with_writings(with_imports(STREAMS, IMPORTS), WRITINGS),
    api=API,
    about=ABOUT,
    by_hand=BY_HAND,
)
