"""Currency."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="currency",
    label="currency",
    signs={
        "currency": 6.3, "currency code": 6.6, "account currency": 5.5, "transaction currency": 6.6,
        "own currency": 6.6, "payment currency": 6.3, "gross currency": 6, "amount currency": 5.5,
        "currency name": 5, "amount currency code": 6,
    },
    looks=("currency",),
    unlike=("date", "amount", "email"),
)  # fmt: skip
