"""How it was paid."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="method",
    label="payment method",
    signs={
        "method": 4, "payment method": 6.7, "payment type": 6.2, "payment": 2.2, "card type": 3.5,
        "transaction type": 4, "card brand": 3.6, "payment method type": 6.5, "type": 2, "method name": 3.5,
        "paid method": 6.5, "payment terms": 2, "paid by": 4.2, "account type": 1.5, "payment source": 3.5,
        "payment code": 3.5, "transfer type": 4,
    },
    unlike=("date", "amount", "email", "uuid"),
    is_few=True,
    common=-2.6,
)  # fmt: skip
