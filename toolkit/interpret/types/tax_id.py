"""Tax or company number of the party."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="tax_id",
    label="tax number",
    signs={
        "tax_id": 6.5, "tax_id number": 6.5, "tax number": 6, "tax id": 6.5, "customer tax_id": 6.5,
        "supplier tax_id": 6.5, "company_number": 5.5, "company_number number": 5.5, "company number": 4.5,
        "social_security": 5, "social_security number": 5, "tax company_number": 6, "tax_id company_number": 6,
        "own company_number": 6, "tax company_number number": 6.5,
    },
    looks=("tax_id", "id_code", "whole_number"),
    unlike=("email", "date", "flag"),
    looks_like="id",
    is_many=True,
)  # fmt: skip
