"""Bank lines matched every day instead of at the end of the month."""

from toolkit.landscape.pattern import BANK, LEDGER, Pattern, PatternFlow

PATTERN = Pattern(
    label="Continuous close",
    starts="Every working day.",
    steps=(
        "Fetch the bank's lines.",
        "Match them with the payments of the ledger.",
        "List what is left for a person.",
    ),
    flows=(
        PatternFlow(
            "payment_to_bank", "Ledger payments checked against the bank", "payment", LEDGER, "bank_line", BANK, "schedule"
        ),
    ),
    kpi="working days until the month is closed; half of them saved passes (8 days to 4)",
    rows=(121,),
)
