"""Type or category."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="kind",
    label="type",
    signs={
        "type": 5, "own type": 5.6, "category": 5, "transaction type": 5.8, "own category": 5.8,
        "customer type": 5, "account type": 5, "document type": 5.4, "entry type": 5.4, "customer category": 5.2,
        "product category": 5.8, "product type": 5.8, "transaction category": 5.4, "expense type": 3.6,
        "expense category": 4, "cost type": 5.2, "category name": 5, "debit credit": 2.5, "lead type": 5,
        "type name": 5, "activity type": 4, "purpose type": 3.5, "leave type": 5.5, "salary type": 5.5,
        "payroll type": 5.5, "category description": 5.4, "category level": 5.6, "category description level": 5.8,
        "brand": 1.5, "type code": 4.4, "category code": 4.4, "sale type": 4,
    },
    unlike=("date", "amount", "email", "uuid"),
    is_few=True,
    is_many=True,
    common=-2.4,
)  # fmt: skip
