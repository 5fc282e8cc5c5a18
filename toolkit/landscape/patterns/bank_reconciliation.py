"""The ledger's payments held against the bank's lines."""

from toolkit.landscape.pattern import BANK, LEDGER, Pattern, PatternFlow

PATTERN = Pattern(
    label="Bank reconciliation",
    starts="A statement comes in.",
    steps=(
        "Fetch the statement.",
        "Tick off what is equal.",
        "Look for the rest.",
    ),
    flows=(
        PatternFlow(
            "payment_to_bank", "Ledger payments checked against the bank", "payment", LEDGER, "bank_line", BANK, "schedule"
        ),
    ),
    kpi="lines matched without a person; hours per statement",
    rows=(123,),
)
