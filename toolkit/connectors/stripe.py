"""Stripe: customers and payments.

Dashboard files are in major units ("15.00"), times in UTC as their headers say, columns those that somebody chose: the id
may be missing. ``Amount`` is in the charge's currency; the fee is in the settlement currency and left out where the two
differ. A partly refunded payment stays "Paid": what was kept is the amount less the refunds. Failed, pending and cancelled
payments, those authorised and not captured, and payments of the test mode moved no money.

Source: dashboard exports of 2023 to 2026 (``unified_payments.csv``, ``unified_customers.csv``); "Payment status" in the
dashboard's guide to exports.
"""

from toolkit.connector import Connector, ExportFormat, Field, RowFilter, Stream

_CREATED = Field(("Created date (UTC)", "Created (UTC)"), time_zone="UTC")

CUSTOMERS = Stream(
    name="customers",
    entity="party",
    roles=("customer",),
    key=("id",),
    alt_ids=("Email",),
    fields={
        "name": Field(("Name", "Description", "Email")),
        "email": Field(("Email",)),
        "phone": Field(("Phone",)),
        "street": Field(("Card Address Line1", "Card Address Line2", "Address Line1"), joined=", "),
        "city": Field(("Card Address City", "Address City")),
        "region": Field(("Card Address State", "Address State")),
        "postcode": Field(("Card Address Zip", "Address Postal Code")),
        "country": Field(("Card Address Country", "Address Country")),
        "tax_id": Field(("Business Vat ID", "Tax ID")),
        "created_at": _CREATED,
    },
    formats=(
        ExportFormat("customers", ("id", "Delinquent", "Total Spend", "Payment Count")),
        ExportFormat(
            "customers, few columns",
            ("id", "Email", "Created (UTC)|Created date (UTC)", "Delinquent|Total Spend|Payment Count|Refunded Volume"),
            absent=("Amount",),
        ),
    ),
)

_NOT_PAID = (
    "failed", "pending", "cancell?ed", "blocked", "incomplete", "requires.*", "uncaptured", "processing", "expired",
    "voided",
)  # fmt: skip
_ONLY_PAYMENTS = (
    "Amount Refunded|Captured|Decline Reason|Seller Message|Statement Descriptor|PaymentIntent ID|Card ID|Customer Email|"
    "Customer ID|Payment Source Type|Card Brand"
)

PAYMENTS = Stream(
    name="payments",
    entity="payment",
    key=("id",),
    identifying=("created_at", "party_ref", "amount_minor", "description", "invoice_ref"),
    alt_ids=("PaymentIntent ID",),
    fields={
        "number": Field(("id",)),
        "party_ref": Field(("Customer ID", "Customer Email")),
        "party_name": Field(("Customer Name", "Customer Description", "Card Name", "Shipping Name", "Customer Email")),
        "description": Field(("Description", "Statement Descriptor"), joined=" · "),
        "reference": Field(("Invoice Number", "order_id (metadata)", "Order ID (metadata)", "Invoice ID")),
        "invoice_ref": Field(("Invoice Number", "Invoice ID")),
        "deal_ref": Field(("deal_id (metadata)",)),
        "amount_minor": Field(("Amount",)),
        "fee_minor": Field(("Fee",), unless_other_currency="Converted Currency"),
        "paid_minor": Field(("Amount",), minus=("Amount Refunded",), needs_minus=True),
        "currency": Field(("Currency",), form="upper"),
        "status": Field(("Status",)),
        "method": Field(("Payment Source Type", "Card Brand")),
        "paid_at": _CREATED,
        "created_at": _CREATED,
    },
    filters=(
        RowFilter("Status", excluded=_NOT_PAID),
        RowFilter("Captured", excluded=("false", "0", "no")),
        RowFilter("Mode", excluded=("test",)),
        RowFilter("Livemode", excluded=("false",)),
    ),
    formats=(
        ExportFormat(
            "payments, few columns",
            ("Created date (UTC)|Created (UTC)", "Amount", _ONLY_PAYMENTS),
            absent=("Arrival Date (UTC)", "Available On (UTC)", "Net", "Amount Due", "Total Spend", "Subscription"),
        ),
        ExportFormat(
            "payments",
            ("id", "Created date (UTC)|Created (UTC)", "Converted Amount|Amount Refunded", "Seller Message|Captured|Fee"),
        ),
    ),
)

CONNECTOR = Connector(
    name="stripe", label="Stripe", category="payments", category_label="card payments", streams=(CUSTOMERS, PAYMENTS)
)
