"""Payouts of a processor held against the bank."""

from toolkit.landscape.pattern import BANK, PAYMENTS, Pattern, PatternFlow

PATTERN = Pattern(
    label="Payment to reconciliation",
    starts="A payout reaches the bank.",
    steps=(
        "Take the payout apart into payments and fees.",
        "Match it with the bank's line.",
    ),
    flows=(
        PatternFlow(
            "payout_to_bank", "Payouts checked against the bank", "payment", PAYMENTS, "bank_line", BANK, "payment_received"
        ),
    ),
    kpi="payouts matched without a person",
    rows=(127,),
)
