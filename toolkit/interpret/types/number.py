"""The number people quote."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="number",
    label="number",
    signs={
        "number": 4.2, "own number": 6.9, "own id": 6.2, "own code": 5.8, "own reference": 3.4, "own": 3.6,
        "name": 1, "document number": 5.5, "document": 3.5, "id": 3, "transaction number": 4.8,
        "reference number": 3.5, "receipt number": 4.5, "reference": 1.8, "code": 2, "document id": 5,
        "document reference": 4.5, "invoice number": 3, "order number": 3, "bill number": 3,
    },
    looks=("id_code", "whole_number", "uuid"),
    unlike=("date", "amount", "email", "percent"),
    looks_like="id",
    is_distinct=True,
)  # fmt: skip
