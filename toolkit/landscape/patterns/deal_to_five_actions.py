"""Five actions from one change of a deal's stage."""

from toolkit.landscape.pattern import CRM, LEDGER, WORK, Pattern, PatternFlow, PatternMinutes

PATTERN = Pattern(
    label="One change of stage, five actions",
    starts="A deal is set to won.",
    steps=(
        "Set up the project.",
        "Add its tasks.",
        "Name the project manager.",
        "Post a message to the team's channel.",
        "Make a draft of the invoice.",
    ),
    flows=(
        PatternFlow("deal_to_project", "Won deals set up as projects", "deal", CRM, "project", WORK, "status_change"),
        PatternFlow("deal_to_invoice", "Won deals invoiced", "deal", CRM, "invoice", LEDGER, "status_change"),
    ),
    kpi="minutes from won to all five done; each run bills five units where a platform counts actions",
    rows=(118,),
    minutes_before=PatternMinutes(15, 30, "examples in a consultants' article on integration, 2026"),
)
