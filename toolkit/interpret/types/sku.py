"""Product code of a line."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="sku",
    label="article number",
    signs={
        "sku": 6.5, "size sku": 6.5, "product number": 6.5, "product code": 6.5, "product sku": 6.8,
        "barcode": 4.4, "product id": 5.5, "line sku": 6.8, "product reference": 6, "product barcode": 4.6,
        "line product sku": 6.8, "own sku": 6, "reference quantity": 2, "reference @quantity": 3.8,
        "reference @quantity @price": 7, "code @quantity": 3.6,
    },
    looks=("id_code", "sku", "whole_number", "words"),
    unlike=("date", "amount", "email"),
    looks_like="id",
    common=-3,
)  # fmt: skip
