"""When a deal was won or lost."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="closed_at",
    label="closed on",
    signs={
        "closed": 5, "closed date": 6.3, "own closed date": 6.6, "closed time": 5.8, "planned closed date": 3.8,
        "planned closed": 3.5, "order date": 2.5, "closed own": 5.5, "completed date": 2, "ordered date": 2,
    },
    looks=("date", "serial_date"),
    looks_like="date",
    common=-2.8,
)  # fmt: skip
