"""Who looks after it."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="owner",
    label="owner",
    signs={
        "owner": 5.5, "owner name": 6, "owner id": 5.5, "own owner": 6.5, "sale person": 5.5, "sale employee": 5.5,
        "employee name": 4.5, "employee": 2.5, "user": 3, "user name": 3.5, "customer owner": 5.5,
        "account owner": 5.5, "manager": 3.2, "project manager": 4.5, "account manager": 5.5, "member": 2,
        "author": 2.8, "to owner": 6, "sale owner": 6,
    },
    looks=("person_name", "words", "email", "id_code"),
    unlike=("date", "amount", "flag"),
    looks_like="name",
    is_many=True,
)  # fmt: skip
