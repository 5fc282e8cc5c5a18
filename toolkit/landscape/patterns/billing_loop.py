"""From milestone to invoice to payment and back, as a closed circle."""

from toolkit.landscape.pattern import CRM, LEDGER, WORK, Pattern, PatternFlow

PATTERN = Pattern(
    label="Billing loop",
    starts="A milestone is reached, a payment comes in, or the scope changes.",
    steps=(
        "Invoice the milestone.",
        "Carry the payment's status back to the deal.",
        "Flag a change of scope in the project before the next invoice.",
    ),
    flows=(
        PatternFlow("milestone_to_invoice", "Milestones invoiced", "project", WORK, "invoice", LEDGER, "status_change"),
        PatternFlow(
            "payment_to_deal", "Payments carried back to the deal", "payment", LEDGER, "deal", CRM, "payment_received"
        ),
        PatternFlow(
            "scope_to_project", "Changes of scope flagged in the project", "deal", CRM, "project", WORK, "status_change"
        ),
    ),
    kpi="days from milestone to invoice; paid invoices whose deal still says unpaid",
    rows=(119,),
    is_loop=True,
)
