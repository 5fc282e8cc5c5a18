"""How likely."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="probability",
    label="probability",
    signs={
        "probability": 6.5, "probability percent": 6.5, "own probability": 6.6, "closed probability": 6,
    },
    common=-3,
    looks=("number", "percent"),
    unlike=("date", "email"),
)  # fmt: skip
