"""An accepted quote becomes a won deal."""

from toolkit.landscape.pattern import CRM, Pattern, PatternFlow

PATTERN = Pattern(
    label="Accepted quote to deal",
    starts="A quote is accepted.",
    steps=(
        "Find the deal.",
        "Set it to won with the quote's amount.",
    ),
    flows=(
        PatternFlow(
            "quote_to_deal",
            "Accepted quotes set to won",
            "quote",
            ("ledger", "accounting", "erp", "sheet", "files"),
            "deal",
            CRM,
            "status_change",
        ),
    ),
    kpi="deals whose amount is that of the quote",
    rows=(124,),
)
