"""When it was finished."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="completed_at",
    label="end",
    signs={
        "completed": 5.4, "completed date": 6.4, "ended": 5, "ended date": 6, "delivered date": 5,
        "own completed date": 6.6, "completed time": 5.8, "ended time": 3, "received date": 5.4,
        "own ended date": 6.2, "planned ended date": 4.4, "left date": 3.8, "delivered": 2.2,
        "contract ended date": 5.5,
    },
    looks=("date", "serial_date"),
    looks_like="date",
    common=-2.8,
)  # fmt: skip
