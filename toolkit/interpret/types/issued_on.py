"""The date of the document."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="issued_on",
    label="date of issue",
    signs={
        "issued": 5.4, "issued date": 6.4, "own date": 6.6, "document date": 5.8, "date": 4.4, "created date": 4,
        "created": 3, "date sale": 4, "own issued date": 6.8, "ordered date": 4.4, "transaction date": 4.5,
        "posted date": 3.6, "entry date": 3.4, "receipt date": 4.5, "invoice date": 5.5, "own created date": 4.5,
        "sent date": 3.5, "date time": 3.5, "bill date": 5.5, "own created": 4, "year month day": 3,
    },
    looks=("date", "serial_date"),
    looks_like="date",
    common=-2,
)  # fmt: skip
