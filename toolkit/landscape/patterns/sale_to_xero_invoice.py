"""A closed sale becomes an invoice in Xero, or another ledger."""

from toolkit.landscape.pattern import CRM, LEDGER, Pattern, PatternFlow

PATTERN = Pattern(
    label="Closed sale to ledger invoice",
    starts="A sale is closed.",
    steps=(
        "Find or enter the contact.",
        "Write the draft.",
        "Have it approved and sent.",
    ),
    flows=(PatternFlow("deal_to_invoice", "Won deals invoiced", "deal", CRM, "invoice", LEDGER, "status_change"),),
    kpi="days from closed to invoiced",
    rows=(127,),
)
