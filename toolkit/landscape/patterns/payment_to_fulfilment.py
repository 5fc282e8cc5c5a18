"""A paid order is sent."""

from toolkit.landscape.pattern import PAYMENTS, SHOP, Pattern, PatternFlow

PATTERN = Pattern(
    label="Payment to fulfilment",
    starts="A payment comes in.",
    steps=(
        "Find the order.",
        "Release it.",
        "Tell the warehouse.",
    ),
    flows=(
        PatternFlow("payment_to_order", "Payments release orders", "payment", PAYMENTS, "order", SHOP, "payment_received"),
    ),
    kpi="hours from payment to release",
    rows=(125,),
)
