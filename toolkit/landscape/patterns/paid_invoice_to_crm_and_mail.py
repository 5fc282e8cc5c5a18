"""A paid invoice is seen by sales, and the client is thanked."""

from toolkit.landscape.pattern import CRM, LEDGER, Pattern, PatternFlow

PATTERN = Pattern(
    label="Paid invoice to CRM and thank-you mail",
    starts="An invoice is paid.",
    steps=(
        "Set the deal to paid.",
        "Send the thank-you mail.",
    ),
    flows=(
        PatternFlow(
            "invoice_to_deal", "Paid invoices shown at the deal", "invoice", LEDGER, "deal", CRM, "payment_received"
        ),
    ),
    kpi="deals that say unpaid although the invoice is paid",
    rows=(128,),
)
