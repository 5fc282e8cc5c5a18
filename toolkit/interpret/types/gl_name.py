"""Name of the ledger account or of the expense type."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="gl_name",
    label="ledger account's name",
    signs={
        "gl name": 6.3, "gl description": 6.3, "ledger name": 6, "account name": 5.2, "account description": 5.4,
        "expense type": 4.4, "expense category": 4.4, "contra account name": 6.6, "contra gl name": 6.3,
        "expense description": 4, "gl label": 6, "account label": 5.5, "ledger description": 6,
        "ledger account name": 6.3, "expense code description": 6, "expense account code description": 6.5,
        "category": 1.5, "account": 2,
    },
    unlike=("date", "amount", "email", "whole_number"),
    is_many=True,
    common=-3.5,
)  # fmt: skip
