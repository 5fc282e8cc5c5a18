"""Money in, or the credit side."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="credit",
    label="credit",
    signs={
        "credit": 6.2, "credit amount": 7, "paid credit": 6.4, "credit worth": 6.6, "gross credit": 7.2,
        "net credit": 5, "credit transaction": 6, "credit total": 6.4, "received": 2.5, "revenue": 1.5,
        "own credit": 6,
    },
    looks=("number",),
    unlike=("date", "email", "words"),
    looks_like="money",
    is_many=True,
    common=-1.5,
)  # fmt: skip
