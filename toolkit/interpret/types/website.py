"""A web site or domain of the party."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="website",
    label="web site",
    signs={
        "website": 6.5, "company website": 6.5, "website link": 6.5, "website address": 6, "link": 2.5,
        "company link": 3.5,
    },
    looks=("url", "domain"),
    common=-2.5,
)  # fmt: skip
