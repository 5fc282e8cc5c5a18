"""From a won deal to the team that delivers it."""

from toolkit.landscape.pattern import CRM, LEDGER, WORK, Pattern, PatternFlow, PatternMinutes

PATTERN = Pattern(
    label="Won deal handed over to delivery",
    starts="A deal is set to won.",
    steps=(
        "Set up the project from a template.",
        "Copy the client's details and the scope into it.",
        "Choose the team by the kind of deal.",
        "Prepare the first invoice, or the schedule of invoices.",
        "Tell the team and the client.",
    ),
    flows=(
        PatternFlow("deal_to_project", "Won deals set up as projects", "deal", CRM, "project", WORK, "status_change"),
        PatternFlow("deal_to_invoice", "Won deals invoiced", "deal", CRM, "invoice", LEDGER, "status_change"),
    ),
    kpi="days from won to started; projects without a deal",
    rows=(117,),
    minutes_before=PatternMinutes(15, 30, "examples in a consultants' article on integration, 2026"),
)
