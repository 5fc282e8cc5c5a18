"""Place of a line in its document."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="line_no",
    label="line number",
    signs={
        "position": 5.4, "line number": 6.2, "line position": 6.2, "line": 2, "line id": 4.4, "position number": 6,
    },
    looks=("whole_number",),
    unlike=("date", "email"),
    common=-3.5,
)  # fmt: skip
