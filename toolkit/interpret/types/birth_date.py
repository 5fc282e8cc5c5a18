"""A person's date of birth."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="birth_date",
    label="date of birth",
    signs={
        "birth": 6, "birth date": 6.8, "birth day": 6.8, "birth year": 5,
    },
    looks=("date", "serial_date", "whole_number"),
    looks_like="date",
    common=-4,
)  # fmt: skip
