"""The amount without tax."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="amount_net",
    label="net amount",
    signs={
        "net": 6, "net amount": 7, "subtotal": 5.4, "without tax amount": 7, "total net": 7.1, "without tax": 6,
        "without tax total": 7.1, "own net": 6.8, "net total": 7, "net worth": 6.8, "sale net": 6.6,
        "line subtotal": 6.2, "line net": 6.6, "own subtotal": 6.2, "net price": 3, "line total net": 7,
        "product subtotal": 5.2, "tax subtotal": 4, "product total @tax": 2, "line amount @quantity": 4,
        "amount @gross": 4.9,
    },
    looks=("number",),
    unlike=("date", "email", "percent", "words"),
    looks_like="money",
    common=-2.6,
)  # fmt: skip
