"""Invoices written from what sales has closed."""

from toolkit.landscape.pattern import CRM, LEDGER, Pattern, PatternFlow

PATTERN = Pattern(
    label="Sales invoicing",
    starts="A deal is set to won.",
    steps=(
        "Take customer, items and prices from the deal.",
        "Write the invoice.",
        "Send it.",
    ),
    flows=(PatternFlow("deal_to_invoice", "Won deals invoiced", "deal", CRM, "invoice", LEDGER, "status_change"),),
    kpi="days from won to invoiced; invoices that need a correction",
    rows=(123,),
)
