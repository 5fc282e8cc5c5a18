"""When the record was last changed."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="updated_at",
    label="changed",
    signs={
        "updated": 6, "updated date": 6.5, "last updated": 6.5, "last updated date": 6.8, "updated time": 6.3,
        "last updated time": 6.5, "own updated": 6.5, "own updated date": 6.5, "last activity date": 2.8,
        "last created": 1, "owner date": 3,
    },
    looks=("date", "serial_date"),
    looks_like="date",
)  # fmt: skip
