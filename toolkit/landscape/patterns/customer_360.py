"""One view of a customer over four systems; nothing is written."""

from toolkit.landscape.pattern import CRM, LEDGER, SUPPORT, WORK, Pattern, PatternFlow

PATTERN = Pattern(
    label="Customer seen as a whole",
    starts="Somebody opens a customer.",
    steps=(
        "Show what sales knows.",
        "Show running work.",
        "Show invoices and payments.",
        "Show open tickets.",
    ),
    flows=(
        PatternFlow(
            "crm_to_ledger_customer",
            "Customers of sales and of the books seen together",
            "party",
            CRM,
            "party",
            LEDGER,
            "manual",
        ),
        PatternFlow(
            "crm_to_work_customer",
            "Customers of sales and running work seen together",
            "party",
            CRM,
            "project",
            WORK,
            "manual",
        ),
        PatternFlow(
            "crm_to_support_customer",
            "Customers of sales and their tickets seen together",
            "party",
            CRM,
            "ticket",
            SUPPORT,
            "manual",
        ),
    ),
    kpi="minutes until a question about a customer is answered",
    rows=(120,),
    is_read_only=True,
)
