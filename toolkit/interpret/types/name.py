"""What a record is called: a party, a product, a project, a ticket."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="name",
    label="name",
    signs={
        "name": 4, "customer name": 5, "supplier name": 5, "company name": 4.2, "person name": 5,
        "contact name": 4, "employee name": 5, "member name": 5, "account name": 4, "own name": 6.5,
        "own title": 6.5, "own subject": 6, "own description": 3.5, "title": 4, "subject": 5, "customer": 3,
        "supplier": 3, "company": 2.5, "product": 3.5, "product name": 6, "product description": 4,
        "description": 2.2, "own": 4.5, "project": 3, "contact": 2, "party name": 3.5, "job name": 4,
    },
    unlike=("email", "date", "amount", "whole_number", "uuid", "url", "flag", "percent"),
    looks_like="name",
    common=-1.5,
)  # fmt: skip
