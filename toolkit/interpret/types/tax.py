"""Tax within the amount."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="tax",
    label="tax",
    signs={
        "tax": 5.8, "tax amount": 7, "total tax": 6.6, "own tax": 6.4, "tax worth": 6.4, "sale tax": 6.4,
        "sale tax amount": 7, "order tax": 6.2, "line tax": 6.2, "total tax amount": 7.2,
        "own total tax amount": 7.4, "order sale tax": 6.8, "tax total": 6.4,
    },
    looks=("number",),
    unlike=("date", "email", "percent", "words"),
    looks_like="money",
    is_many=True,
    common=-2.6,
)  # fmt: skip
