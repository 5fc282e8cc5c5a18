"""The order that this document belongs to."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="order_ref",
    label="order number",
    signs={
        "order number": 5.4, "order id": 5.4, "order": 3.6, "order reference": 5.4, "purchase order number": 5,
        "purchase order": 4, "sale order number": 5.5,
    },
    looks=("id_code", "whole_number", "uuid"),
    unlike=("date", "amount", "email"),
    looks_like="id",
    common=-3,
)  # fmt: skip
