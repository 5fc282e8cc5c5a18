"""How many."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="quantity",
    label="quantity",
    signs={
        "quantity": 6.3, "line quantity": 6.6, "stock": 4.6, "size stock quantity": 5.5, "stock quantity": 6.5,
        "count": 3.4, "product quantity": 6.5, "count product": 4.5, "product count": 4.5, "own quantity": 6,
        "hours": 2.6, "quantity unit": 5.4, "ordered quantity": 6.3, "delivered quantity": 5.5,
        "quantity total": 5.5, "day": 1.2, "quantity hours": 4.5,
    },
    looks=("number",),
    unlike=("date", "email"),
    common=-3,
)  # fmt: skip
