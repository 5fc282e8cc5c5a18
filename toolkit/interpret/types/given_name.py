"""A person's given name."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="given_name",
    label="first name",
    signs={
        "given_name": 6.5, "given_name name": 6.5, "first name": 5, "customer given_name": 6.5,
        "billing given_name": 6.5, "contact given_name": 6, "name @family_name": 5,
    },
    looks=("given_name", "words"),
    unlike=("email", "date", "amount", "whole_number", "id_code", "company_name"),
    looks_like="name",
)  # fmt: skip
