"""When it was paid."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="paid_at",
    label="paid on",
    signs={
        "paid date": 6.6, "payment date": 6.6, "paid": 4.2, "date": 4.4, "transaction date": 5,
        "created date": 4.3, "created": 4, "own date": 6.6, "payment received date": 6.6, "payment received": 4.5,
        "created date time": 4.3, "date time": 4.2, "paid time": 5.5, "posted date": 3.8, "entry date": 3.2,
        "payment": 1.5, "gl date": 4.6, "sale date": 3.5, "paid day": 5, "payout date": 5.5, "transfer date": 5,
        "received date": 5.8,
    },
    looks=("date", "serial_date"),
    looks_like="date",
    common=-2.4,
)  # fmt: skip
