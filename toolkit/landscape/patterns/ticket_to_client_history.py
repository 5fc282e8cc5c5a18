"""A solved ticket stands in the client's history."""

from toolkit.landscape.pattern import CRM, SUPPORT, Pattern, PatternFlow

PATTERN = Pattern(
    label="Solved ticket to client history",
    starts="A ticket is solved.",
    steps=(
        "Find the client.",
        "Write what was solved into the history.",
    ),
    flows=(
        PatternFlow(
            "ticket_to_history",
            "Solved tickets written into the client's history",
            "ticket",
            SUPPORT,
            "party",
            CRM,
            "status_change",
        ),
    ),
    kpi="solved tickets that the history lacks",
    rows=(128,),
)
