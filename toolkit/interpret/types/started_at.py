"""When it began."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="started_at",
    label="start",
    signs={
        "started": 5.6, "started date": 6.4, "started time": 4.8, "own started date": 6.6,
        "started date time": 6.4, "hired": 5, "hired date": 6, "planned started date": 5, "work started": 5.5,
        "date": 1.5, "contract started date": 5.5, "employee started date": 6,
    },
    looks=("date", "serial_date"),
    looks_like="date",
    common=-2.8,
)  # fmt: skip
