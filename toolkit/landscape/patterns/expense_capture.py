"""Receipts entered as expenses."""

from toolkit.landscape.pattern import LEDGER, Pattern, PatternFlow

PATTERN = Pattern(
    label="Expense capture",
    starts="A receipt is handed in.",
    steps=(
        "Read the receipt.",
        "Choose the account.",
        "Enter it in the ledger.",
        "Keep the receipt with it.",
    ),
    flows=(
        PatternFlow(
            "expense_to_ledger",
            "Expenses entered in the ledger",
            "expense",
            ("expenses", "sheet", "hr"),
            "expense",
            LEDGER,
            "record_created",
        ),
    ),
    kpi="expenses with the right account; days from receipt to entry",
    rows=(123,),
)
