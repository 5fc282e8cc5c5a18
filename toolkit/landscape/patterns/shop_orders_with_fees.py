"""Orders of a shop entered with fees and taxes apart."""

from toolkit.landscape.pattern import LEDGER, SHOP, Pattern, PatternFlow

PATTERN = Pattern(
    label="Shop orders with fees and taxes",
    starts="An order is paid.",
    steps=(
        "Enter the sale.",
        "Enter the tax apart.",
        "Enter the fee of shop and processor apart.",
        "Hold the sum against the payout.",
    ),
    flows=(
        PatternFlow(
            "order_to_invoice", "Shop orders entered in the ledger", "order", SHOP, "invoice", LEDGER, "record_created"
        ),
    ),
    kpi="orders whose fee and tax stand apart; difference between orders and payouts",
    rows=(123,),
)
