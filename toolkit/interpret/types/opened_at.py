"""When a ticket was opened."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="opened_at",
    label="opened",
    signs={
        "opened": 5.6, "opened date": 6.4, "created": 5.3, "created date": 6, "created time": 6,
        "own created": 6.4, "own created date": 6.6, "date": 3, "opened time": 6, "sent date": 4,
        "received date": 4.5, "requester date": 3.5, "created date time": 6.4, "own date": 5,
    },
    looks=("date", "serial_date"),
    looks_like="date",
    common=-2.8,
)  # fmt: skip
