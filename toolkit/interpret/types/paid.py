"""What has been paid of it."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="paid",
    label="paid so far",
    signs={
        "paid amount": 6.6, "received amount": 6.4, "paid": 3.4, "amount received": 6.4, "paid total": 6,
        "payment amount": 3, "total paid": 6.2, "payment received": 3, "own paid": 4, "own paid amount": 6.6,
    },
    looks=("number",),
    unlike=("date", "email", "flag", "status_word", "words"),
    looks_like="money",
    common=-3,
)  # fmt: skip
