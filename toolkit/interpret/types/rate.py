"""Pay or price of an hour."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="rate",
    label="hourly rate",
    signs={
        "rate hours": 6, "hours rate per": 6, "hours cost": 5.5, "salary hours": 6, "hours price": 5.5, "rate": 2,
        "hours amount": 4,
    },
    looks=("number",),
    unlike=("date",),
    looks_like="money",
    common=-2.2,
)  # fmt: skip
