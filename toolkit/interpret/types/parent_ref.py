"""The company or record above, by id or name."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="parent_ref",
    label="belongs to",
    signs={
        "parent": 4.5, "parent id": 6, "parent name": 4.5, "company id": 6, "parent company": 5.5,
        "parent account": 5.5, "parent customer": 5.5, "account id": 5, "parent number": 5,
    },
    looks_like="id",
    common=-3,
)  # fmt: skip
