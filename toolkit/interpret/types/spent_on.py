"""The date of an expense."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="spent_on",
    label="spent on",
    signs={
        "expense date": 6.7, "date": 4.6, "transaction date": 5.4, "receipt date": 5.6, "purchase date": 5.6,
        "own date": 6.5, "document date": 4.5, "day": 2.5, "issued date": 3.5, "posted date": 3.5,
    },
    looks=("date", "serial_date"),
    looks_like="date",
    common=-2.8,
)  # fmt: skip
