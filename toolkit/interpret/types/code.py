"""Product code or account code."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="code",
    label="code",
    signs={
        "code": 5, "own code": 6.8, "sku": 6.5, "product code": 6.6, "product number": 6.6, "own number": 6.5,
        "own id": 5.5, "number": 3.6, "account code": 5.5, "account number": 5, "gl": 5, "id": 3.5,
        "product sku": 6.8, "product reference": 6, "product id": 5.5, "gl code": 5.5, "gl number": 5.5,
        "reference": 4,
    },
    looks=("id_code", "whole_number", "sku", "gl_code"),
    unlike=("date", "amount", "email"),
    looks_like="id",
    is_distinct=True,
    common=-3,
)  # fmt: skip
