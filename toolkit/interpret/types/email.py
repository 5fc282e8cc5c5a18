"""An e-mail address."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="email",
    label="e-mail address",
    signs={
        "email": 6.5, "email address": 6.5, "customer email": 6.5, "contact email": 6.5, "billing email": 6.5,
        "email work": 6, "requester email": 6.5, "sender email address": 6,
    },
    looks=("email",),
    is_many=True,
)  # fmt: skip
