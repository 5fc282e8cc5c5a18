"""A telephone number."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="phone",
    label="telephone",
    signs={
        "phone": 6.5, "phone number": 6.5, "mobile": 6, "mobile number": 6.2, "mobile phone": 6.5,
        "contact number": 3.5, "customer phone": 6.5, "billing phone": 6.5, "work phone": 6, "home phone": 5.5,
        "contact phone": 6,
    },
    looks=("phone",),
    unlike=("date", "amount"),
    is_many=True,
)  # fmt: skip
