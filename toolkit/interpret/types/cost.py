"""What it costs us."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="cost",
    label="cost",
    signs={
        "cost": 5.2, "cost price": 6.4, "unit cost": 6.2, "product cost": 6, "purchase price": 6,
        "cost total": 5.4, "cost amount": 5.4,
    },
    looks=("number",),
    unlike=("date", "email", "words"),
    looks_like="money",
    common=-3,
)  # fmt: skip
