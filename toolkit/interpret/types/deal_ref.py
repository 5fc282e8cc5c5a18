"""The deal that this document comes from."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="deal_ref",
    label="deal",
    signs={
        "deal": 4.5, "deal id": 6.2, "deal number": 6, "deal name": 4, "quote number": 5, "quote id": 5,
        "deal reference": 6, "quote reference": 5,
    },
    looks_like="id",
    common=-4,
)  # fmt: skip
