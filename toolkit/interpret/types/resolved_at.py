"""When a ticket was solved."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="resolved_at",
    label="resolved",
    signs={
        "resolved": 6.2, "resolved date": 6.6, "resolved time": 6.6, "closed": 5.2, "closed date": 6,
        "closed time": 6, "completed date": 4.5, "own closed date": 6.3, "completed": 3.5, "ended date": 4,
    },
    looks=("date", "serial_date"),
    looks_like="date",
    common=-2.8,
)  # fmt: skip
