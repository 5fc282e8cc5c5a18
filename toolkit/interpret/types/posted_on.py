"""The date of a bank or journal line."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="posted_on",
    label="booked on",
    signs={
        "posted date": 6.6, "entry date": 6.6, "date": 4.6, "transaction date": 6.2, "posted": 5.4,
        "posted day": 6.5, "entry day": 6.5, "completed date": 5, "gl date": 6, "posted period date": 5,
        "document date": 4, "ledger date": 6, "created": 3.5, "own date": 6, "day": 2.5, "statement date": 4,
        "transaction time": 4, "date time": 4.2, "journal date": 6.3, "value_date entry date": 5,
        "account date": 5, "payment date": 3.5, "contra date": 4, "issued date": 3,
    },
    looks=("date", "serial_date"),
    looks_like="date",
    common=-2.4,
)  # fmt: skip
