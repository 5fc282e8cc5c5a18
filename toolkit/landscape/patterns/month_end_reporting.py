"""The month's reports put together from several systems."""

from toolkit.landscape.pattern import LEDGER, Pattern, PatternFlow

PATTERN = Pattern(
    label="Month-end reporting",
    starts="The month is over.",
    steps=(
        "Export the ledger.",
        "Export the other systems' figures.",
        "Put them together in a sheet.",
        "Send the report.",
    ),
    flows=(
        PatternFlow(
            "ledger_to_report",
            "Ledger figures copied into the report",
            "journal_line",
            LEDGER,
            "journal_line",
            ("sheet",),
            "schedule",
        ),
    ),
    kpi="working days until the report is there",
    rows=(123,),
)
