"""When the record was entered in its system."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="created_at",
    label="created",
    signs={
        "created": 5.5, "created date": 6.2, "created time": 6, "created date time": 6.2, "own created": 6.3,
        "own created date": 6.5, "date": 2.2, "lead date": 5, "own date": 4.5, "posted date": 2.5,
        "received date": 3, "date sale": 3, "ordered date": 3.5, "hired date": 3, "sent date": 2.5, "opened": 3,
        "opened date": 3.5, "time": 1.5, "lead created": 5,
    },
    looks=("date", "serial_date"),
    looks_like="date",
)  # fmt: skip
