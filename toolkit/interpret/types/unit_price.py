"""Price of one."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="unit_price",
    label="unit price",
    signs={
        "price": 5.6, "size price": 6.4, "unit price": 6.7, "unit amount": 6.6, "product price": 6.4,
        "line price": 6.6, "sale price": 6.2, "rate @quantity": 5, "price net": 6, "price per unit": 6.8,
        "own price": 6, "unit rate": 6, "price gross": 5.8, "price total": 2, "unit price net": 6.5,
        "unit cost": 4.4, "amount per unit": 6,
    },
    looks=("number",),
    unlike=("date", "email", "words"),
    looks_like="money",
    common=-2,
)  # fmt: skip
