"""A payment of a processor is entered in the ledger."""

from toolkit.landscape.pattern import LEDGER, PAYMENTS, Pattern, PatternFlow

PATTERN = Pattern(
    label="Payment to ledger entry",
    starts="A payment comes in.",
    steps=(
        "Find the invoice.",
        "Enter the payment with its fee apart.",
        "Settle the invoice.",
    ),
    flows=(
        PatternFlow(
            "payment_to_ledger",
            "Card payments entered in the ledger",
            "payment",
            PAYMENTS,
            "payment",
            LEDGER,
            "payment_received",
        ),
    ),
    kpi="payments entered within a day; payments without an invoice",
    rows=(125,),
)
