"""A person's family name."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="family_name",
    label="last name",
    signs={
        "family_name": 6.5, "family_name name": 6.5, "last name": 5, "customer family_name": 6.5,
        "billing family_name": 6.5, "contact family_name": 6, "name @given_name": 5,
    },
    looks=("family_name", "words"),
    unlike=("email", "date", "amount", "whole_number", "id_code", "company_name"),
    looks_like="name",
)  # fmt: skip
