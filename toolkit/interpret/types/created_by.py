"""Who entered it."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="created_by",
    label="created by",
    signs={
        "author": 5, "created by": 6.5, "created user": 5.5, "author @ticket": 5.4, "author @priority": 5,
        "created owner": 5, "author name": 5.5, "by created name": 6, "own author": 5.5, "posted by": 5,
    },
    looks=("person_name", "words", "email", "id_code"),
    unlike=("date", "amount"),
    common=-2.4,
)  # fmt: skip
