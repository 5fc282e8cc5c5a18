"""When a bank line counts for interest."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="value_on",
    label="value date",
    signs={
        "value_date": 6.2, "value_date date": 7, "value_date day": 7, "worth date": 5, "worth day": 5,
        "posted value_date": 4, "completed date": 1.5,
    },
    looks=("date", "serial_date"),
    looks_like="date",
    common=-3.5,
)  # fmt: skip
