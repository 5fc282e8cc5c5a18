"""City or town."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="city",
    label="city",
    signs={
        "city": 6.5, "billing city": 6.5, "city name": 6, "customer city": 6.5, "location": 2, "home city": 5.5,
        "address city": 6.5, "company city": 6,
    },
    looks=("city", "words"),
    unlike=("email", "date", "amount", "whole_number", "id_code"),
)  # fmt: skip
