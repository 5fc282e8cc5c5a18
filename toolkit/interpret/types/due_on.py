"""When it is due."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="due_on",
    label="due on",
    signs={
        "due date": 6.6, "due": 5.8, "valid date": 5, "valid": 4.6, "payment due date": 6.6, "planned date": 4.4,
        "own due date": 6.8, "valid ended": 5, "planned closed date": 5, "planned ended date": 4.5,
        "due time": 5.5, "planned delivered date": 4, "planned": 2.8, "planned completed date": 5,
        "ended date": 1.5,
    },
    looks=("date", "serial_date"),
    looks_like="date",
    common=-2.6,
)  # fmt: skip
