"""The invoice that this document is about."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="invoice_ref",
    label="invoice number",
    signs={
        "invoice number": 6.3, "invoice id": 6.3, "invoice": 4.6, "invoice reference": 6, "bill number": 5.5,
        "invoice document number": 6, "bill": 3.5, "invoice code": 5.5, "bill reference": 5.2,
    },
    looks=("id_code", "whole_number", "uuid"),
    unlike=("date", "amount", "email"),
    looks_like="id",
    common=-2.5,
)  # fmt: skip
