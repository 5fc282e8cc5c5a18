"""Country."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="country",
    label="country",
    signs={
        "country": 6.5, "country code": 6.5, "billing country": 6.5, "country name": 6.5, "customer country": 6.5,
        "address country": 6.5, "billing country code": 6.5,
    },
    looks=("country", "words"),
    unlike=("email", "date", "amount", "whole_number"),
)  # fmt: skip
