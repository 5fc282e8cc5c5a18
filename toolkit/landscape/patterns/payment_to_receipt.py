"""Who has paid gets a receipt."""

from toolkit.landscape.pattern import CRM, PAYMENTS, Pattern, PatternFlow

PATTERN = Pattern(
    label="Payment to receipt",
    starts="A payment comes in.",
    steps=(
        "Write the receipt.",
        "Send it.",
        "Note at the customer that it was sent.",
    ),
    flows=(
        PatternFlow(
            "payment_to_receipt", "Receipts noted at the customer", "payment", PAYMENTS, "party", CRM, "payment_received"
        ),
    ),
    kpi="payments without a receipt",
    rows=(125,),
)
