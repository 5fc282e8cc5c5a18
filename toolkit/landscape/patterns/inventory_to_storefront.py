"""What is in stock is what the shop sells."""

from toolkit.landscape.pattern import SHOP, Pattern, PatternFlow

PATTERN = Pattern(
    label="Inventory to storefront",
    starts="A stock level changes.",
    steps=(
        "Read the stock.",
        "Set it in the shop.",
    ),
    flows=(
        PatternFlow(
            "stock_to_shop",
            "Stock levels entered in the shop",
            "product",
            ("inventory", "erp"),
            "product",
            SHOP,
            "record_created",
        ),
    ),
    kpi="orders for what is not there; minutes that the shop is behind",
    rows=(126,),
)
