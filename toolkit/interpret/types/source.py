"""Where it came from."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="source",
    label="source",
    signs={
        "source": 5.8, "lead source": 6.5, "own source": 6.2, "customer source": 6, "source name": 5.5,
        "original source": 5.5,
    },
    common=-3,
    unlike=("date", "amount"),
)  # fmt: skip
