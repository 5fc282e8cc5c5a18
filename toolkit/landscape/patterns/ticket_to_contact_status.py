"""What support knows shows at the contact."""

from toolkit.landscape.pattern import CRM, SUPPORT, Pattern, PatternFlow

PATTERN = Pattern(
    label="Ticket to contact status",
    starts="A ticket is opened, escalated or solved.",
    steps=(
        "Find the contact.",
        "Set its status.",
    ),
    flows=(
        PatternFlow("ticket_to_contact", "Tickets shown at the contact", "ticket", SUPPORT, "party", CRM, "status_change"),
    ),
    kpi="open tickets that sales does not see",
    rows=(124,),
)
