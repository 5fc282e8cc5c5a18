"""Names and words by which other parts know an outcome of the business case; whoever only reads it loads nothing else."""

LOSS = "missed"
"""The line of revenue that is never invoiced."""

LINE_METRICS = {
    "labour": "work_cost_per_month",
    "errors": "error_cost_per_month",
    "delay": "delay_cost_per_month",
    "duplicates": "duplicate_loss_per_month",
    "subscriptions": "subscription_cost_per_month",
    LOSS: "lost_revenue_per_month",
}
"""What each line of today's cost is called as a figure."""

AT_LIKELY = "at the likely value of every input: "
"""What stands before the arithmetic of a median, which is that of the likely values."""

NOT_COMPARED = "could not be compared, so nothing is counted for it"
"""What a line says that rests on a measure which is held back: what it costs is unknown, and not zero."""
