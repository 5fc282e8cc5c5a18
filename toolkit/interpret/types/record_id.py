"""The record's own id in its system."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="record_id",
    label="id",
    signs={
        "id": 5, "own id": 6.8, "own number": 5.8, "own code": 5.5, "number": 3, "transaction id": 5.2,
        "person id": 5.8, "code": 2.8, "internal id": 5.5, "transaction number": 4.5, "transaction reference": 4.5,
        "line id": 3.5, "account number": 1.5, "reference": 1.2, "payment id": 4, "position": 1,
        "position number": 4.5, "own": 3,
    },
    looks=("id_code", "whole_number", "uuid"),
    unlike=("date", "amount", "email", "percent"),
    looks_like="id",
    is_distinct=True,
)  # fmt: skip
