"""Terms of payment."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="terms",
    label="terms",
    signs={
        "terms": 5.8, "payment terms": 6.6, "payment due day": 4.5, "customer terms": 5.5, "terms due": 5,
        "delivered terms": 5,
    },
    common=-3.5,
    unlike=("date", "amount", "email"),
)  # fmt: skip
