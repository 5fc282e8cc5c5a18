"""What runs short is ordered."""

from toolkit.landscape.pattern import LEDGER, Pattern, PatternFlow

PATTERN = Pattern(
    label="Stock to purchase order",
    starts="A stock level falls below its minimum.",
    steps=(
        "Choose the supplier.",
        "Write the purchase order.",
        "Send it.",
        "Enter it in the ledger.",
    ),
    flows=(
        PatternFlow(
            "purchase_to_bill",
            "Purchases entered in the ledger",
            "order",
            ("inventory", "procurement", "erp"),
            "bill",
            LEDGER,
            "record_created",
        ),
    ),
    kpi="days without stock; orders without a bill",
    rows=(126,),
)
