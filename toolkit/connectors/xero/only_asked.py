"""What Xero tells where it is asked, and no export has: payments, quotes, items, users."""

from dataclasses import replace

from toolkit.connector import Field, Lines, PageNumber, Stream, Which
from toolkit.connectors.xero.asking import UPDATED, listed


def _payments(name: str, kinds: str) -> Stream:
    """Return the payments of one direction: they share one list."""
    # The list counts payments of both directions.
    asked = replace(listed("Payments", "accounting.payments.read", order="PaymentID"), total="")
    return Stream(
        name=name,
        entity="payment",
        fields={
            "paid_at": Field((), path=("Date",), path_form="net_date"),
            "amount_minor": Field((), path=("Amount",)),
            "currency": Field((), path=("Invoice.CurrencyCode", "CreditNote.CurrencyCode")),
            "party_ref": Field((), path=("Invoice.Contact.ContactID", "CreditNote.Contact.ContactID")),
            "party_name": Field((), path=("Invoice.Contact.Name", "CreditNote.Contact.Name")),
            "reference": Field((), path=("Reference",)),
            "invoice_ref": Field((), path=("Invoice.InvoiceNumber", "InvoiceNumber")),
            "account": Field((), path=("Account.Name", "Account.Code")),
            "status": Field((), path=("Status",)),
            "state": Field((), path=("Status",), values=(("^deleted$", "deleted"),)),
            "updated_at": UPDATED,
        },
        readings=(replace(asked, which=Which("PaymentType", kinds)),),
        path_key=("PaymentID",),
    )


_QUOTES = Stream(
    name="quotes",
    entity="quote",
    fields={
        "number": Field((), path=("QuoteNumber",)),
        "name": Field((), path=("Title",)),
        "party_ref": Field((), path=("Contact.ContactID",)),
        "party_name": Field((), path=("Contact.Name",)),
        "reference": Field((), path=("Reference",)),
        "description": Field((), path=("Summary",)),
        "amount_minor": Field((), path=("Total",)),
        "tax_minor": Field((), path=("TotalTax",)),
        "currency": Field((), path=("CurrencyCode",)),
        "issued_on": Field((), path=("DateString", "Date"), path_form="net_date"),
        "due_on": Field((), path=("ExpiryDateString", "ExpiryDate"), path_form="net_date"),
        "status": Field((), path=("Status",)),
        "is_won": Field((), path=("Status",), values=(("accepted|invoiced", "true"), ("declined", "false"))),
        "state": Field((), path=("Status",), values=(("^deleted$", "deleted"),)),
        "updated_at": UPDATED,
    },
    # Pages of a hundred, without a word on how many there are.
    readings=(
        replace(listed("Quotes", "accounting.invoices.read", lines="LineItems"), paging=PageNumber(), total=""),
    ),
    path_key=("QuoteID",),
    path_alt_ids=("QuoteNumber",),
    path_lines=Lines(
        {
            "sku": Field((), path=("LineItems.ItemCode",)),
            "description": Field((), path=("LineItems.Description",)),
            "gl_code": Field((), path=("LineItems.AccountCode",)),
            "quantity": Field((), path=("LineItems.Quantity",)),
            "amount_minor": Field((), path=("LineItems.LineAmount",)),
        }
    ),
)  # fmt: skip

_ITEMS = Stream(
    name="items",
    entity="product",
    fields={
        "code": Field((), path=("Code",)),
        "name": Field((), path=("Name", "Description")),
        "price_minor": Field((), path=("SalesDetails.UnitPrice",)),
        "updated_at": UPDATED,
    },
    readings=(listed("Items", "accounting.settings.read", is_paged=False),),
    path_key=("ItemID",),
    path_alt_ids=("Code",),
)

_USERS = Stream(
    name="users",
    entity="employee",
    kind="person",
    roles=("employee",),
    fields={
        "name": Field((), path=("FirstName", "LastName"), joined=" "),
        "given_name": Field((), path=("FirstName",)),
        "family_name": Field((), path=("LastName",)),
        "email": Field((), path=("EmailAddress",)),
        "updated_at": UPDATED,
    },
    readings=(listed("Users", "accounting.settings.read", is_paged=False),),
    path_key=("UserID",),
    path_alt_ids=("EmailAddress",),
)

ONLY_ASKED = (
    _payments("payments", "ACCREC.*|AR.*"),
    _payments("bill_payments", "ACCPAY.*|AP.*"),
    _QUOTES,
    _ITEMS,
    _USERS,
)
