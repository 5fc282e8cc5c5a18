"""Department, cost centre, team or unit."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="department",
    label="department",
    signs={
        "department": 6.2, "department name": 6.2, "team": 4.2, "cost_centre": 5.5, "location": 2.6, "branch": 3.6,
        "service": 2.6, "service label": 5.5, "service department": 6, "cost_centre name": 5.5,
        "cost_centre number": 5.5, "cost_centre code": 5.5, "location name": 2.8, "department code": 5.5,
        "expense department": 6, "owner department": 5, "service name": 3.5, "expense region": 6.6,
        "department category": 5.8, "department description": 6, "location description": 3, "department label": 6,
        "service department label": 6.5,
    },
    unlike=("date", "amount", "email", "flag"),
    is_many=True,
    common=-2.5,
)  # fmt: skip
