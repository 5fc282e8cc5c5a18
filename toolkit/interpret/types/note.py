"""A remark."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="note",
    label="note",
    signs={
        "note": 5.4, "note description": 3, "note customer": 5.4, "internal note": 5.4, "own note": 5.5,
        "description note": 3.5, "reason": 3.8, "note text": 5.4,
    },
    unlike=("email", "date", "amount", "number", "uuid", "flag"),
    is_many=True,
    common=-2.5,
)  # fmt: skip
