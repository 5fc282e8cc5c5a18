"""What was taken off."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="discount",
    label="discount",
    signs={
        "discount": 6, "discount amount": 6.7, "discount percent": 5.6, "total discount": 6.2,
        "line discount": 6.2, "discount worth": 6.4, "own discount": 6, "discount rate": 5, "discount total": 6.2,
    },
    looks=("number", "percent"),
    unlike=("date", "email", "words", "id_code"),
    looks_like="money",
    common=-3,
)  # fmt: skip
