"""How urgent."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="priority",
    label="priority",
    signs={
        "priority": 6.5, "own priority": 6.6,
    },
    common=-3,
    unlike=("date", "email"),
)  # fmt: skip
