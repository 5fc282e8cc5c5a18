"""Stripe: customers and payments.

Dashboard files are in major units ("15.00"), times in UTC as their headers say. ``Amount`` is in the
charge's currency; the fee is in the settlement currency and left out where the two differ. A partly
refunded payment stays "Paid": what was kept is the amount less the refunds.

Source: dashboard exports of 2023 to 2026 (``unified_payments.csv``, ``unified_customers.csv``).
"""

from toolkit.connector import Connector, ExportFormat, Field, Stream

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
    formats=(ExportFormat("customers", ("id", "Delinquent", "Total Spend", "Payment Count")),),
)

PAYMENTS = Stream(
    name="payments",
    entity="payment",
    key=("id",),
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
    formats=(
        ExportFormat(
            "payments",
            ("id", "Created date (UTC)|Created (UTC)", "Converted Amount|Amount Refunded", "Seller Message|Captured|Fee"),
        ),
    ),
)

CONNECTOR = Connector(
    name="stripe", label="Stripe", category="payments", category_label="card payments", streams=(CUSTOMERS, PAYMENTS)
)
