"""The company a record is about or works for."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="company_name",
    label="company",
    signs={
        "company": 5.5, "company @given_name": 6.6, "company name": 6, "customer company": 5.5,
        "billing company": 6, "account name": 3, "company title": 4, "account": 4.4, "supplier name": 2.5,
        "contact company": 5,
    },
    unlike=("email", "date", "amount", "whole_number", "uuid", "url", "flag", "percent", "id_code"),
    looks_like="name",
)  # fmt: skip
