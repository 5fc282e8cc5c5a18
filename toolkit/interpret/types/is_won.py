"""Whether a deal was won."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="is_won",
    label="won",
    signs={
        "closed flag": 5, "flag own closed": 5, "flag won": 6,
    },
    looks=("flag",),
    common=-5,
)  # fmt: skip
