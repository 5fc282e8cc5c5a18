"""Fee kept by a bank or provider."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="fee",
    label="fee",
    signs={
        "fee": 6, "fee amount": 6.6, "payment fee": 6.4, "transaction fee": 6.4, "service fee": 5.2,
        "cost transaction": 4.6, "cost": 4, "bank fee": 6.2, "own fee": 6, "total fee": 6, "fee tax": 3,
        "card fee": 5.6,
    },
    looks=("number",),
    unlike=("date", "email", "words"),
    looks_like="money",
    is_many=True,
    common=-3,
)  # fmt: skip
