"""A person's function."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="job_title",
    label="job title",
    signs={
        "job_title": 6, "contact job_title": 6, "job title": 6, "position @given_name": 5, "position @name": 2.5,
        "position @email": 4.5, "title @given_name": 3.5,
    },
    common=-3.5,
    unlike=("date", "amount", "email", "whole_number"),
)  # fmt: skip
