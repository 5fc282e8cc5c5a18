"""The bank account, card or ledger that the line stands in."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="account",
    label="account",
    signs={
        "account": 4.8, "account number": 5.6, "account name": 4, "iban": 4.4, "account iban": 5.5, "card": 3,
        "card number": 2.6, "our account": 6, "company account": 4.8, "supplier account": 4, "bank account": 5,
        "bank account number": 5.5, "own account": 5, "account id": 3.5, "branch account": 3,
        "bank account name": 3, "account type": 1.5, "credit card": 7, "statement account": 5,
        "order account": 4.5, "order iban": 4.5,
    },
    looks_like="id",
    unlike=("date", "amount"),
    is_many=True,
    is_few=True,
    common=-2.8,
)  # fmt: skip
