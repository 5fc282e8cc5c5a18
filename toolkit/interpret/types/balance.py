"""Balance of the account, or what is still open."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="balance",
    label="balance",
    signs={
        "balance": 6.5, "outstanding": 6.2, "outstanding amount": 6.6, "balance amount": 6.6,
        "outstanding balance": 6.6, "account balance": 6.5, "own balance": 6.3, "own outstanding": 6.4,
        "closed balance": 6, "balance transaction": 6.2, "due amount": 5.4, "opening": 5, "closed @opening": 5.5,
        "ended @opening": 5, "opening balance": 5.4, "due balance": 6, "total outstanding": 6.4, "amount due": 5.4,
        "ended balance": 6,
    },
    looks=("number",),
    unlike=("date", "email", "words"),
    looks_like="money",
    is_many=True,
    common=-2.8,
)  # fmt: skip
