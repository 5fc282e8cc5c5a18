"""The project that this document belongs to."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="project_ref",
    label="project",
    signs={
        "project": 5, "project number": 5.5, "project name": 5.5, "project id": 5.5, "job number": 5, "job": 3.5,
        "project code": 5.5, "board name": 4, "job id": 5, "project reference": 5.5, "job name": 4.5, "board": 3,
    },
    looks_like="id",
    common=-3,
)  # fmt: skip
