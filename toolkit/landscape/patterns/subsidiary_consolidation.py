"""The books of several companies put together."""

from toolkit.landscape.pattern import LEDGER, Pattern, PatternFlow

PATTERN = Pattern(
    label="Subsidiary consolidation",
    starts="The month is over.",
    steps=(
        "Export each company's books.",
        "Bring them to one chart of accounts and one currency.",
        "Take out what they owe each other.",
    ),
    flows=(
        PatternFlow(
            "books_to_group",
            "Books of a subsidiary carried into the group's",
            "journal_line",
            LEDGER,
            "journal_line",
            LEDGER,
            "schedule",
        ),
    ),
    kpi="working days until the group's figures are there",
    rows=(126,),
)
