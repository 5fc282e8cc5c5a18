"""Account of the general ledger."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="gl_code",
    label="ledger account",
    signs={
        "gl": 6.3, "gl code": 6.7, "gl number": 6.7, "gl account": 6.7, "ledger code": 6.5, "ledger account": 6.3,
        "account": 3.4, "account code": 5.5, "account number": 3.6, "contra account": 4.5, "expense code": 6,
        "cost code": 5.5, "contra gl": 6.3, "gl contra account": 6.7, "ledger number": 6, "cost type": 1,
        "ledger": 3.8, "ledger account number": 6.5, "journal account": 4, "revenue account": 5.5,
        "sale account": 4.5, "expense account": 5.5,
    },
    looks=("gl_code", "id_code", "whole_number", "words"),
    unlike=("date", "amount", "email"),
    is_many=True,
    common=-3.5,
)  # fmt: skip
