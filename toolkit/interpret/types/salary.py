"""Pay of a month or a year; no hourly rate."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="salary",
    label="salary",
    signs={
        "salary": 5.5, "salary gross": 5.8, "salary amount": 5.8, "salary net": 5, "month salary": 6,
        "year salary": 6, "salary primary": 5.5, "salary total": 5.5,
    },
    looks=("number",),
    unlike=("date",),
    looks_like="money",
    common=-3.5,
)  # fmt: skip
