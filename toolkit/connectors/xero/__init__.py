"""Xero: contacts, sales invoices, credit notes, bills, chart of accounts, transactions of accounts.

The invoice export has a row for each line and repeats the totals on every one: they count once, the lines are kept apart.
The templates for invoices and bills, in which clients keep what they import, have a row for each line too, and often no
total: then the lines add up, each quantity by unit amount less its discount in percent. A template does not say whether it
holds sales or bills: the file's name does, else the columns that only sales have (reference, discount, theme).
Invoice numbers are unique for sales in Xero but not in what was typed, and for bills they are the supplier's: number and
contact name a document. The contact's name is unique in Xero. Dates follow the organisation's locale.

"Account Transactions" names the account on a line of its own. A debit there is money into a bank account, unless the running
balance says otherwise. Rows that no invoice or journal made are lines of a bank account.

A sign-in may open several organisations: the one that is pulled is named by every request. Lists are paged by number, their
total and last page said; changes are asked for by a header. Nothing is ever deleted: contacts are archived or merged into
another, documents voided or deleted by their status. Days are written as milliseconds; a day has no zone. Payments of bills
and of invoices share one list. Bank transactions, asked, are money received and spent without an invoice; what is spent says
so by its type alone.

Source: exports of 2023 to 2026 ("Export" of invoices and of contacts; templates mark required columns with "*"); report
"Account Transactions" of 2024 and 2026; XeroAPI/Xero-OpenAPI 16.1.0; developer.xero.com (limits, scopes).
"""

from toolkit.connector import (
    BALANCE,
    About,
    Connector,
    ExportFormat,
    Field,
    Interface,
    Lines,
    Point,
    Proof,
    Reading,
    RowFilter,
    Stream,
    with_imports,
    with_writings,
)
from toolkit.connectors._imports.xero import BY_HAND, IMPORTS
from toolkit.connectors.xero.asking import API, CONTACT_LIST, UPDATED, invoices, listed
from toolkit.connectors.xero.only_asked import ONLY_ASKED
from toolkit.connectors.xero.writing import WRITINGS

_LINES = Lines(
    fields={
        "sku": Field(("InventoryItemCode",), path=("LineItems.ItemCode",)),
        "description": Field(("Description",), path=("LineItems.Description",)),
        "gl_code": Field(("AccountCode",), path=("LineItems.AccountCode",)),
        "quantity": Field(("Quantity",), path=("LineItems.Quantity",)),
        "amount_minor": Field(
            ("LineAmount",),
            otherwise=Field(("UnitAmount",), times="Quantity", percent_off="Discount"),
            path=("LineItems.LineAmount",),
        ),
    }
)
_INVOICE_FILE = ExportFormat("invoices", ("ContactName", "InvoiceNumber", "InvoiceAmountDue", "TrackingName1|Type"))
_TEMPLATE = ("ContactName", "InvoiceNumber", "InvoiceDate", "Quantity", "UnitAmount", "AccountCode|TaxType")
_ONLY_SALES = ("Reference", "Discount", "BrandingTheme")
_SALES_TEMPLATES = (
    ExportFormat("sales template", (*_TEMPLATE, "DueDate", "|".join(_ONLY_SALES)), absent=("InvoiceAmountDue",)),
    ExportFormat("template", _TEMPLATE, absent=("InvoiceAmountDue",), file_words=(r"\bsales?\b", r"\breceivables?\b")),
)
_BILL_TEMPLATES = (
    ExportFormat("bill template", (*_TEMPLATE, "DueDate"), absent=("InvoiceAmountDue", *_ONLY_SALES)),
    ExportFormat(
        "template", _TEMPLATE, absent=("InvoiceAmountDue",),
        file_words=(r"\bbills?\b", r"\bpurchases?\b", r"\bpayables?\b", r"\bsuppliers?\b"),
    ),
)  # fmt: skip


def _documents(
    name: str, entity: str, key: tuple[str, ...], types: tuple[str, ...], templates: tuple[ExportFormat, ...] = (), *,
    asked: Reading, key_path: str, alt_id: str,
) -> Stream:  # fmt: skip
    return Stream(
        name=name,
        entity=entity,
        key=key,
        scope="party_name",
        fields={
            "number": Field(("InvoiceNumber",), path=("InvoiceNumber", "CreditNoteNumber")),
            "party_ref": Field(("ContactName",), path=("Contact.ContactID",)),
            "party_name": Field(("ContactName",), path=("Contact.Name",)),
            "reference": Field(("Reference",), path=("Reference",)),
            "description": Field(("Description",), path=("LineItems.Description",)),
            "amount_minor": Field(("Total",), is_absolute=entity == "credit_note", path=("Total",)),
            "tax_minor": Field(("TaxTotal",), is_absolute=entity == "credit_note", path=("TotalTax",)),
            "paid_minor": Field(
                ("InvoiceAmountPaid",), is_absolute=entity == "credit_note", path=("AmountPaid", "AppliedAmount")
            ),
            "currency": Field(("Currency",), path=("CurrencyCode",)),
            "gl_code": Field(("AccountCode",), path=("LineItems.AccountCode",)),
            "department": Field(("TrackingOption1",), path=("LineItems.Tracking.0.Option",)),
            "status": Field(("Status",), path=("Status",)),
            "state": Field((), path=("Status",), values=(("^deleted$", "deleted"),)),
            "issued_on": Field(("InvoiceDate",), path=("DateString", "Date"), path_form="net_date"),
            "due_on": Field(("DueDate",), path=("DueDateString", "DueDate"), path_form="net_date"),
            "paid_at": Field((), path=("FullyPaidOnDate",), path_form="net_date"),
            "updated_at": UPDATED,
        },
        filters=(RowFilter("Type", values=types),),
        formats=(_INVOICE_FILE, *templates),
        lines=_LINES,
        readings=(asked,),
        path_key=(key_path,),
        # Exports know a document by its number, a bill by its supplier and number.
        path_alt_ids=(alt_id,),
    )


_MONEY_SOURCES = (
    ".*payment", ".*refund", "(receive|spend) money.*", "(bank )?transfer.*", ".*overpayment.*", ".*prepayment.*",
)  # fmt: skip
_TRANSACTIONS = ExportFormat("account transactions", ("Date", "Source", "Debit", "Credit", "Running Balance"))


def _transactions(
    name: str, entity: str, account: str, sources: RowFilter, fields: dict[str, Field], *readings: Reading
) -> Stream:
    return Stream(
        name=name,
        entity=entity,
        is_id=False,
        identifying=(account, "posted_on", "amount_minor", "description", "reference"),
        has_ordinal=True,
        fields={
            # The reader copies the account's line into a column of this name.
            account: Field(("Group",), path=("BankAccount.Name", "BankAccount.Code")),
            "posted_on": Field(("Date",), path=("DateString", "Date"), path_form="net_date"),
            "description": Field(("Description",), form="one_line", path=("LineItems.0.Description",)),
            "reference": Field(("Reference",), path=("Reference",)),
            "amount_minor": Field(
                ("Debit",),
                minus=("Credit",),
                sign_from="Running Balance",
                asked=Field(("Total",), negative_by=("Type", "^spend")),
            ),
            **fields,
        },
        filters=(
            RowFilter("Date", excluded=("(opening|closing) balance.*", "total.*", "net movement.*"), reason=BALANCE),
            sources,
        ),
        formats=(_TRANSACTIONS,),
        readings=readings,
        path_key=("BankTransactionID",),
    )


def _phone(kind: str) -> Field:
    parts = tuple(f"Phones.{kind}.{part}" for part in ("PhoneCountryCode", "PhoneAreaCode", "PhoneNumber"))
    return Field(parts, joined=" ")


def _place(name: str) -> tuple[str, ...]:
    return (f"Addresses.pobox.{name}", f"Addresses.street.{name}")


CONTACTS = Stream(
    name="contacts",
    entity="party",
    key=("ContactName",),
    alt_ids=("AccountNumber",),
    fields={
        "name": Field(("ContactName",), path=("Name",)),
        "given_name": Field(("FirstName",), path=("FirstName",)),
        "family_name": Field(("LastName",), path=("LastName",)),
        "company_name": Field(("LegalName",)),
        "email": Field(("EmailAddress",), path=("EmailAddress",)),
        "phone": Field(
            ("PhoneNumber", "DDINumber", "MobileNumber"),
            path=("Phones.default.PhoneNumber", "Phones.ddi.PhoneNumber", "Phones.mobile.PhoneNumber"),
        ),
        "website": Field(("Website",), path=("Website",)),
        "street": Field(
            ("POAddressLine1", "POAddressLine2", "POAddressLine3", "POAddressLine4"),
            joined=", ",
            path=tuple(f"Addresses.pobox.AddressLine{number}" for number in range(1, 5)),
        ),
        "city": Field(("POCity", "SACity"), path=_place("City")),
        "region": Field(("PORegion", "SARegion"), path=_place("Region")),
        "postcode": Field(("POPostalCode", "SAPostalCode"), path=_place("PostalCode")),
        "country": Field(("POCountry", "SACountry"), path=_place("Country")),
        "tax_id": Field(("TaxNumber", "CompanyNumber"), path=("TaxNumber", "CompanyNumber")),
        "merged_into": Field((), path=("MergedToContactID",)),
        "state": Field((), path=("ContactStatus",), values=(("archived|gdprrequest", "archived"),)),
        "updated_at": UPDATED,
    },
    points=(
        Point("phone", "mobile", Field(("MobileNumber",), asked=_phone("mobile"))),
        Point("phone", "direct", Field(("DDINumber",), asked=_phone("ddi"))),
        Point(
            "address",
            "street",
            Field(
                ("SAAddressLine1", "SAAddressLine2", "SACity", "SARegion", "SAPostalCode", "SACountry"),
                joined=", ",
                path=tuple(
                    f"Addresses.street.{name}"
                    for name in ("AddressLine1", "AddressLine2", "City", "Region", "PostalCode", "Country")
                ),
            ),
        ),
    ),
    readings=(CONTACT_LIST,),
    path_key=("ContactID",),
    # Exports know a contact by its name, which is unique.
    path_alt_ids=("Name", "AccountNumber"),
    formats=(
        ExportFormat(
            "contacts",
            ("ContactName", "AccountNumber", "POAddressLine1", "SAAddressLine1|TaxNumber|PhoneNumber"),
            absent=("InvoiceNumber",),
        ),
    ),
)

ACCOUNTS = Stream(
    name="accounts",
    entity="account",
    key=("Code",),
    identifying=("name",),
    fields={
        "code": Field(("Code",), path=("Code",)),
        "name": Field(("Name",), path=("Name",)),
        "kind": Field(("Type",), path=("Type",)),
        "currency": Field((), path=("CurrencyCode",)),
        "is_active": Field((), path=("Status",), values=(("^active$", "true"), (".", "false"))),
        "updated_at": UPDATED,
    },
    readings=(listed("Accounts", "accounting.settings.read", is_paged=False),),
    path_key=("AccountID",),
    path_alt_ids=("Code",),
    formats=(ExportFormat("chart of accounts", ("Code", "Name", "Type", "Tax Code")),),
)

ABOUT = About(
    files="Contacts, Invoices, Bills: Export; bank transactions and accounts from their own pages.",
    credentials={
        "oauth2_code": (
            "Make an app at developer.xero.com (web app, or mobile and desktop app without a secret).",
            "Enter the redirect address below; the scopes to read are those of this page.",
            "A sign-in that is not used for 60 days ends.",
        ),
        "client_credentials": ("A custom connection is for one organisation, and must be paid for.",),
    },
    quirks=(
        "One sign-in may open several organisations: the settings say which one is meant.",
        "5,000 requests a day and organisation, counted for every app together.",
        "Bank transactions, asked, are money received and spent without an invoice; payments of documents stand apart.",
        "Nothing is deleted: documents are voided, contacts archived or merged, and say so.",
    ),
    interface=Interface("rest", read_only="yes", webhooks="yes", bulk="yes", sandbox="yes", changes="yes",
                        deletions="yes", repeats="yes"),
    proved_on=(Proof("vendor_contract", "Xero-OpenAPI 16.1.0"), Proof("export_files", "2023 to 2026")),
)  # fmt: skip

CONNECTOR = Connector(
    name="xero",
    label="Xero",
    category="ledger",
    streams=with_writings(
        with_imports(
            (
                CONTACTS,
                _documents(
                    "invoices",
                    "invoice",
                    ("InvoiceNumber",),
                    ("sales( invoice)?", "invoice", "accrec"),
                    _SALES_TEMPLATES,
                    asked=invoices("ACCREC"),
                    key_path="InvoiceID",
                    alt_id="InvoiceNumber",
                ),
                _documents(
                    "credit_notes",
                    "credit_note",
                    ("InvoiceNumber",),
                    (".*credit.*",),
                    asked=listed("CreditNotes", "accounting.invoices.read", order="CreditNoteID", lines="LineItems"),
                    key_path="CreditNoteID",
                    alt_id="CreditNoteNumber",
                ),
                _documents(
                    "bills",
                    "bill",
                    ("ContactName", "InvoiceNumber"),
                    ("bill", "purchase.*", "accpay"),
                    _BILL_TEMPLATES,
                    asked=invoices("ACCPAY"),
                    key_path="InvoiceID",
                    alt_id="Contact.Name&InvoiceNumber",
                ),
                _transactions(
                    "bank_transactions",
                    "bank_line",
                    "account",
                    RowFilter("Source", values=_MONEY_SOURCES),
                    {
                        "party_name": Field(("Description",), form="one_line", path=("Contact.Name",)),
                        "party_ref": Field((), path=("Contact.ContactID",)),
                        "method": Field(("Source",)),
                        "currency": Field((), path=("CurrencyCode",)),
                        "status": Field((), path=("Status",)),
                        # By what is voided no money moved.
                        "state": Field((), path=("Status",), values=(("^(?:deleted|voided)$", "deleted"),)),
                        "updated_at": UPDATED,
                    },
                    listed("BankTransactions", "accounting.banktransactions.read", order="BankTransactionID"),
                ),
                _transactions(
                    "account_transactions", "journal_line", "gl_code", RowFilter("Source", excluded=_MONEY_SOURCES), {}
                ),
                ACCOUNTS,
                *ONLY_ASKED,
            ),
            IMPORTS,
        ),
        WRITINGS,
    ),
    api=API,
    about=ABOUT,
    by_hand=BY_HAND,
)
