"""Postcode."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="postcode",
    label="postcode",
    signs={
        "postcode": 6.5, "billing postcode": 6.5, "customer postcode": 6.5, "postcode code": 6.5,
        "address postcode": 6.5, "postcode number": 6,
    },
    looks=("postcode",),
    unlike=("email", "date"),
)  # fmt: skip
