"""Money out, or the debit side."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="debit",
    label="debit",
    signs={
        "debit": 6.4, "debit amount": 7, "paid debit": 6.4, "debit worth": 6.6, "gross debit": 7.2, "net debit": 5,
        "expense": 1.5, "debit transaction": 6, "debit total": 6.4, "own debit": 6.4,
    },
    looks=("number",),
    unlike=("date", "email", "words"),
    looks_like="money",
    is_many=True,
    common=-1.5,
)  # fmt: skip
