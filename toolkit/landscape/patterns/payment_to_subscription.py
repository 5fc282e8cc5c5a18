"""A payment, or one that failed, changes a subscription."""

from toolkit.landscape.pattern import CRM, PAYMENTS, Pattern, PatternFlow

PATTERN = Pattern(
    label="Payment to subscription status",
    starts="A payment comes in or fails.",
    steps=(
        "Find the subscription.",
        "Set it to active or on hold.",
    ),
    flows=(
        PatternFlow(
            "payment_to_customer_status",
            "Payments change the customer's status",
            "payment",
            PAYMENTS,
            "party",
            CRM,
            "payment_received",
        ),
    ),
    kpi="subscriptions whose status is not that of their payments",
    rows=(125,),
)
