"""Xero: contacts, sales invoices, credit notes, bills.

The invoice export has a row for each line and repeats the totals on every one: they count once, the lines are kept apart.
Invoice numbers are unique for sales but not for bills, where they are the supplier's: bills are keyed by contact and
number. The contact's name is unique in Xero. Dates follow the organisation's locale.

Source: exports of 2023 to 2026 ("Export" of invoices and of contacts; templates mark required columns with "*").
"""

from toolkit.connector import Connector, ExportFormat, Field, Lines, Point, RowFilter, Stream

_LINES = Lines(
    fields={
        "sku": Field(("InventoryItemCode",)),
        "description": Field(("Description",)),
        "gl_code": Field(("AccountCode",)),
        "quantity": Field(("Quantity",)),
        "amount_minor": Field(("LineAmount",)),
    }
)
_INVOICE_FILE = ExportFormat("invoices", ("ContactName", "InvoiceNumber", "InvoiceAmountDue", "TrackingName1|Type"))


def _documents(name: str, entity: str, key: tuple[str, ...], types: tuple[str, ...]) -> Stream:
    return Stream(
        name=name,
        entity=entity,
        key=key,
        fields={
            "number": Field(("InvoiceNumber",)),
            "party_ref": Field(("ContactName",)),
            "party_name": Field(("ContactName",)),
            "reference": Field(("Reference",)),
            "description": Field(("Description",)),
            "amount_minor": Field(("Total",), is_absolute=entity == "credit_note"),
            "tax_minor": Field(("TaxTotal",), is_absolute=entity == "credit_note"),
            "paid_minor": Field(("InvoiceAmountPaid",), is_absolute=entity == "credit_note"),
            "currency": Field(("Currency",)),
            "gl_code": Field(("AccountCode",)),
            "department": Field(("TrackingOption1",)),
            "status": Field(("Status",)),
            "issued_on": Field(("InvoiceDate",)),
            "due_on": Field(("DueDate",)),
        },
        filters=(RowFilter("Type", values=types),),
        formats=(_INVOICE_FILE,),
        lines=_LINES,
    )


CONTACTS = Stream(
    name="contacts",
    entity="party",
    key=("ContactName",),
    alt_ids=("AccountNumber",),
    fields={
        "name": Field(("ContactName",)),
        "given_name": Field(("FirstName",)),
        "family_name": Field(("LastName",)),
        "company_name": Field(("LegalName",)),
        "email": Field(("EmailAddress",)),
        "phone": Field(("PhoneNumber", "DDINumber", "MobileNumber")),
        "website": Field(("Website",)),
        "street": Field(("POAddressLine1", "POAddressLine2", "POAddressLine3", "POAddressLine4"), joined=", "),
        "city": Field(("POCity", "SACity")),
        "region": Field(("PORegion", "SARegion")),
        "postcode": Field(("POPostalCode", "SAPostalCode")),
        "country": Field(("POCountry", "SACountry")),
        "tax_id": Field(("TaxNumber", "CompanyNumber")),
    },
    points=(
        Point("phone", "mobile", Field(("MobileNumber",))),
        Point("phone", "direct", Field(("DDINumber",))),
        Point(
            "address",
            "street",
            Field(("SAAddressLine1", "SAAddressLine2", "SACity", "SARegion", "SAPostalCode", "SACountry"), joined=", "),
        ),
    ),
    formats=(
        ExportFormat(
            "contacts",
            ("ContactName", "AccountNumber", "POAddressLine1", "SAAddressLine1|TaxNumber|PhoneNumber"),
            absent=("InvoiceNumber",),
        ),
    ),
)

CONNECTOR = Connector(
    name="xero",
    label="Xero",
    category="ledger",
    streams=(
        CONTACTS,
        _documents("invoices", "invoice", ("InvoiceNumber",), ("sales( invoice)?", "invoice", "accrec")),
        _documents("credit_notes", "credit_note", ("InvoiceNumber",), (".*credit.*",)),
        _documents("bills", "bill", ("ContactName", "InvoiceNumber"), ("bill", "purchase.*", "accpay")),
    ),
)
