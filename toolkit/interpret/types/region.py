"""State, county or province."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="region",
    label="region",
    signs={
        "region": 6.5, "state": 3.8, "billing region": 6.5, "billing state": 6.5, "state name": 5, "state code": 5,
        "region code": 6, "customer state": 5, "address state": 6, "region name": 6, "billing state code": 6.5,
    },
    looks=("region", "words"),
    unlike=("email", "date", "amount", "whole_number", "status_word"),
)  # fmt: skip
