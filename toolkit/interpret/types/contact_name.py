"""A person at the party."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="contact_name",
    label="contact person",
    signs={
        "contact": 4, "contact name": 5.2, "contact person": 5.6, "customer contact": 4.5,
        "person name @company": 3, "contact customer name": 4, "primary contact": 4.5,
        "contact person @company": 7, "contact @company": 6, "contact name @company": 6.8,
    },
    looks=("words", "person_name"),
    unlike=("email", "date", "amount", "whole_number", "phone", "id_code"),
    looks_like="name",
    common=-3,
)  # fmt: skip
