"""Street line, or the whole address."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="street",
    label="street",
    signs={
        "street": 6.5, "address": 5.5, "billing address": 6, "billing street": 6.5, "customer address": 6,
        "street address": 6.5, "house_number": 4, "address_2": 4.2, "street house_number": 6, "home address": 5,
        "company address": 6, "supplier address": 6, "party address": 5, "address line": 5.5,
        "billing address_2": 4.2, "document address": 3,
    },
    looks=("street", "whole_address", "words", "free_text"),
    unlike=("email", "date", "amount", "phone", "url"),
    is_many=True,
)  # fmt: skip
