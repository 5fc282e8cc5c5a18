"""Time worked."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="hours",
    label="hours",
    signs={
        "hours": 5.8, "duration": 5.4, "work hours": 6, "hours count": 5.8, "hours total": 5.8, "overtime": 5,
        "overtime hours": 5.8, "duration hours": 6, "time hours": 5.5, "hours quantity": 5.8,
    },
    looks=("number", "duration", "time"),
    unlike=("date", "email"),
    is_many=True,
    common=-3.5,
)  # fmt: skip
