"""Freight and postage."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="shipping",
    label="shipping cost",
    signs={
        "shipping": 5.4, "shipping amount": 6.4, "shipping cost": 6.4, "order shipping": 6, "shipping fee": 6.2,
        "shipping price": 6.2, "shipping total": 6, "delivered cost": 5.4, "delivered fee": 5.4, "shipping net": 5,
        "shipping gross": 5,
    },
    looks=("number",),
    unlike=("date", "email", "words"),
    looks_like="money",
    common=-3.5,
)  # fmt: skip
