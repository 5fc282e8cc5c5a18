"""Stripe: customers and payments.

Dashboard files are in major units ("15.00"), times in UTC as their headers say, columns those that somebody chose: the id
may be missing. ``Amount`` is in the charge's currency; the fee is in the settlement currency and left out where the two
differ. A partly refunded payment stays "Paid": what was kept is the amount less the refunds. Failed, pending and cancelled
payments, those authorised and not captured, and payments of the test mode moved no money.

The interface gives amounts in the smallest unit of their currency, which for three currencies is not that of ISO 4217. No
list can be asked for what changed, so each pull reads everything: what is not there any more is gone, and of customers the
events of thirty days say that they were deleted. Of the lines of an invoice ten stand in it, the rest in a list of its own.
What was refunded stands in the charge itself, too; a refund is a payment below nought, a payout a line of Stripe's balance:
own money on its way to the bank.

Source: dashboard exports of 2023 to 2026 (``unified_payments.csv``, ``unified_customers.csv``); "Payment status" in the
dashboard's guide to exports; stripe/openapi (fixtures of autumn 2026); docs.stripe.com, "Zero-decimal currencies", "Special
cases".
"""

from dataclasses import replace

from toolkit.connector import (
    About,
    Account,
    Api,
    Connector,
    Cursor,
    ExportFormat,
    Fault,
    Field,
    Interface,
    Limit,
    Lines,
    Proof,
    Reading,
    RowFilter,
    SignIn,
    Stream,
    Which,
    with_writings,
)
from toolkit.connectors._imports.stripe import BY_HAND
from toolkit.connectors._writings.stripe import WRITINGS

VERSION = "2026-10-28.endive"
_OTHER_DECIMALS = (("ISK", 2), ("UGX", 2), ("MGA", 0))
_PAGES = Cursor("starting_after", from_last="id", more="has_more")
_MOST = ("limit", "100")

API = Api(
    "https://api.stripe.com/v1",
    sign_in=(
        SignIn(
            "bearer",
            scopes_read=(
                "rak_charge_read", "rak_credit_note_read", "rak_customer_read", "rak_event_read", "rak_invoice_read",
                "rak_payout_read", "rak_product_read",
            ),
        ),
    ),
    version=VERSION,
    headers=(("Stripe-Version", VERSION),),
    limits=(Limit(25, 1.0),),
    at_once=6,
    account=Account("/account", "id", "settings.dashboard.display_name", is_optional=True),
    # The same change under the same key is on its way: asked for again, its answer comes.
    faults=(Fault("wait", 409, "error.code", "idempotency_key_in_use"),),
)  # fmt: skip


def _list(path: str, scope: str, *further: tuple[str, str], lines: bool = False) -> tuple[Reading, ...]:
    """Return how a list is asked for, and behind it the lines of documents that have more than stand in them."""
    whole = Reading(
        path,
        query=(_MOST, *further),
        records="data",
        paging=_PAGES,
        scopes=(scope,),
        lines="lines.data" if lines else "",
        more_lines=Which("lines.has_more", "true") if lines else None,
    )
    rest = Reading(
        f"{path}/{{parent}}/lines",
        query=(_MOST,),
        records="data",
        paging=_PAGES,
        scopes=(scope,),
        key=("id",),
        is_lines=True,
    )
    return (whole, rest) if lines else (whole,)


def _minor(*path: str) -> Field:
    """Return an amount in the smallest unit of its currency, as Stripe counts it."""
    return Field(path, form="minor_units", exponents=_OTHER_DECIMALS)


def _at(*path: str) -> Field:
    return Field((), path=path, path_form="epoch_s")


_DELETED = Reading(
    "/events",
    query=(("type", "customer.deleted"), _MOST),
    records="data",
    paging=_PAGES,
    key=("data.object.id",),
    scopes=("rak_event_read",),
    state="deleted",
    is_keys_only=True,
    is_optional=True,
)
_CURRENCY = Field((), path=("currency",), path_form="upper")
_LINES = Lines(
    {
        "sku": Field((), path=("lines.data.pricing.price_details.product",)),
        "description": Field((), path=("lines.data.description",)),
        "quantity": Field((), path=("lines.data.quantity",)),
        "amount_minor": Field((), asked=_minor("lines.data.amount")),
    }
)

_CREATED = Field(("Created date (UTC)", "Created (UTC)"), time_zone="UTC", path=("created",), path_form="epoch_s")

CUSTOMERS = Stream(
    name="customers",
    entity="party",
    roles=("customer",),
    key=("id",),
    alt_ids=("Email",),
    fields={
        "name": Field(("Name", "Description", "Email"), path=("name", "description", "email")),
        "email": Field(("Email",), path=("email",)),
        "phone": Field(("Phone",), path=("phone",)),
        "street": Field(
            ("Card Address Line1", "Card Address Line2", "Address Line1"),
            joined=", ",
            path=("address.line1", "address.line2"),
        ),
        "city": Field(("Card Address City", "Address City"), path=("address.city",)),
        "region": Field(("Card Address State", "Address State"), path=("address.state",)),
        "postcode": Field(("Card Address Zip", "Address Postal Code"), path=("address.postal_code",)),
        "country": Field(("Card Address Country", "Address Country"), path=("address.country",)),
        "tax_id": Field(("Business Vat ID", "Tax ID"), path=("tax_ids.data.0.value",)),
        "state": Field((), path=("metadata.archived",), values=(("^true$", "archived"),)),
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
    readings=(*_list("/customers", "rak_customer_read", ("expand[]", "data.tax_ids")), _DELETED),
    path_key=("id",),
    path_alt_ids=("email",),
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
        "number": Field(("id",), path=("id",)),
        "party_ref": Field(("Customer ID", "Customer Email"), path=("customer", "receipt_email", "billing_details.email")),
        "party_name": Field(
            ("Customer Name", "Customer Description", "Card Name", "Shipping Name", "Customer Email"),
            path=("billing_details.name", "shipping.name", "receipt_email", "billing_details.email"),
        ),
        "description": Field(
            ("Description", "Statement Descriptor"), joined=" · ", path=("description", "statement_descriptor")
        ),
        "reference": Field(
            ("Invoice Number", "order_id (metadata)", "Order ID (metadata)", "Invoice ID"),
            path=("metadata.invoice_number", "metadata.order_id", "metadata.Order ID"),
        ),
        "invoice_ref": Field(("Invoice Number", "Invoice ID"), path=("metadata.invoice_number",)),
        "deal_ref": Field(("deal_id (metadata)",), path=("metadata.deal_id",)),
        "amount_minor": Field(("Amount",), asked=_minor("amount")),
        "fee_minor": Field(
            ("Fee",),
            unless_other_currency="Converted Currency",
            asked=replace(_minor("balance_transaction.fee"), unless_other_currency="balance_transaction.currency"),
        ),
        "paid_minor": Field(
            ("Amount",),
            minus=("Amount Refunded",),
            needs_minus=True,
            asked=replace(_minor("amount"), minus=("amount_refunded",), needs_minus=True),
        ),
        "currency": Field(("Currency",), form="upper", path=("currency",), path_form="upper"),
        "status": Field(("Status",), path=("status",)),
        "method": Field(
            ("Payment Source Type", "Card Brand"), path=("payment_method_details.type", "payment_method_details.card.brand")
        ),
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
    readings=_list("/charges", "rak_charge_read", ("expand[]", "data.balance_transaction")),
    path_key=("id",),
    path_alt_ids=("payment_intent",),
    path_filters=(
        RowFilter("status", excluded=_NOT_PAID),
        RowFilter("captured", excluded=("false",)),
    ),
)

_BILLED = {
    "number": Field((), path=("number",)),
    "party_ref": Field((), path=("customer",)),
    "description": Field((), path=("description", "memo")),
    "amount_minor": Field((), asked=_minor("total")),
    "net_minor": Field((), asked=_minor("total_excluding_tax")),
    "currency": _CURRENCY,
    "status": Field((), path=("status",)),
    "created_at": _at("created"),
}

INVOICES = Stream(
    name="invoices",
    entity="invoice",
    fields={
        **_BILLED,
        "party_name": Field((), path=("customer_name", "customer_email")),
        "paid_minor": Field((), asked=_minor("amount_paid")),
        "issued_on": _at("status_transitions.finalized_at", "effective_at", "created"),
        "due_on": _at("due_date"),
        "paid_at": _at("status_transitions.paid_at"),
        "deal_ref": Field((), path=("metadata.deal_id",)),
    },
    readings=_list("/invoices", "rak_invoice_read", lines=True),
    path_key=("id",),
    path_alt_ids=("number",),
    path_lines=_LINES,
)

CREDIT_NOTES = Stream(
    name="credit_notes",
    entity="credit_note",
    fields={**_BILLED, "issued_on": _at("effective_at", "created"), "invoice_ref": Field((), path=("invoice",))},
    readings=_list("/credit_notes", "rak_credit_note_read", lines=True),
    path_key=("id",),
    path_alt_ids=("number",),
    path_lines=_LINES,
)

_OF_CHARGE = ("charge.receipt_email", "charge.billing_details.email")

REFUNDS = Stream(
    name="refunds",
    entity="payment",
    fields={
        "number": Field((), path=("id",)),
        "party_ref": Field((), path=("customer", "charge.customer", *_OF_CHARGE)),
        "party_name": Field((), path=("charge.billing_details.name", "charge.shipping.name", *_OF_CHARGE)),
        "description": Field((), path=("description", "reason", "charge.description")),
        "reference": Field((), path=("charge.id", "payment_intent")),
        "invoice_ref": Field((), path=("charge.metadata.invoice_number",)),
        "deal_ref": Field((), path=("charge.metadata.deal_id",)),
        "amount_minor": Field((), asked=replace(_minor("amount"), negative_by=("object", "^refund$"))),
        "currency": _CURRENCY,
        "status": Field((), path=("status",)),
        "method": Field((), path=("destination_details.type",)),
        "paid_at": _at("created"),
        "created_at": _at("created"),
    },
    # Who may read charges may read refunds.
    readings=_list("/refunds", "rak_charge_read", ("expand[]", "data.charge")),
    path_key=("id",),
    path_filters=(RowFilter("status", excluded=_NOT_PAID),),
)

PAYOUTS = Stream(
    name="payouts",
    entity="bank_line",
    fields={
        "account": Field((), path=("object",), values=(("^payout$", "Stripe"),)),
        "number": Field((), path=("id",)),
        "posted_on": _at("arrival_date", "created"),
        "description": Field((), path=("description", "statement_descriptor")),
        "reference": Field((), path=("trace_id.value", "balance_transaction")),
        # One below nought was taken from the bank.
        "amount_minor": Field((), asked=replace(_minor("amount"), negative_by=("object", "^payout$"))),
        "currency": _CURRENCY,
        "status": Field((), path=("status",)),
        "method": Field((), path=("type",)),
        "created_at": _at("created"),
    },
    readings=_list("/payouts", "rak_payout_read"),
    path_key=("id",),
    path_filters=(RowFilter("status", excluded=_NOT_PAID),),
)

PRODUCTS = Stream(
    name="products",
    entity="product",
    fields={
        "code": Field((), path=("metadata.sku", "default_price.lookup_key")),
        "name": Field((), path=("name",)),
        "price_minor": Field((), asked=_minor("default_price.unit_amount")),
        "currency": Field((), path=("default_price.currency",), path_form="upper"),
        "is_active": Field((), path=("active",), values=(("^true$", "true"), ("^false$", "false"))),
        "created_at": _at("created"),
        "updated_at": _at("updated"),
    },
    readings=_list("/products", "rak_product_read", ("expand[]", "data.default_price")),
    path_key=("id",),
)

ABOUT = About(
    files="Customers, Payments: Export, all columns.",
    credentials={
        "bearer": (
            "Developers, API keys: create a restricted key.",
            "Give it Read for customers, charges and refunds, payouts, invoices, credit notes, products and events.",
            "Give it None for all else.",
        ),
    },
    quirks=(
        "Lists tell what is new, not what changed: changes come from events, which are kept for thirty days.",
        "Amounts are in the smallest unit of their currency; some currencies have none, some have three digits.",
        "A deleted customer is in no list; events tell.",
        "A refund is a payment below nought; of its charge the amount refunded is said, too.",
        "A payout is a line of Stripe's own balance, dated by its arrival at the bank; what failed or waits is put aside.",
        "A job deletes no customer: one that is put aside is marked in its metadata (archived, merged_into).",
        "A customer with a subscription is left as it is.",
    ),
    interface=Interface("rest", read_only="yes", webhooks="yes", bulk="no", sandbox="yes", changes="partly",
                        deletions="partly", repeats="yes"),
    proved_on=(Proof("vendor_sdk", "stripe"), Proof("vendor_contract", "stripe/openapi e0123a3"),
               Proof("export_files", "2023 to 2026")),
)  # fmt: skip

CONNECTOR = Connector(
    name="stripe",
    label="Stripe",
    category="payments",
    category_label="card payments",
    streams=with_writings((CUSTOMERS, PAYMENTS, REFUNDS, PAYOUTS, INVOICES, CREDIT_NOTES, PRODUCTS), WRITINGS),
    api=API,
    about=ABOUT,
    by_hand=BY_HAND,
)
