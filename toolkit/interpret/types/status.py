"""Stage or status."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="status",
    label="status",
    signs={
        "status": 6.2, "own status": 6.7, "payment status": 5.8, "stage": 5.6, "own stage": 6, "state": 3.6,
        "status name": 6, "invoice status": 6, "order status": 6, "delivered status": 5, "board name": 3,
        "list name": 5.5, "status category": 5.5, "line name": 1.5, "flag paid": 3.5, "paid": 3, "stage name": 5.8,
        "customer status": 5.5, "lead status": 6.3, "cancelled": 2.2, "status text": 5.8, "completed": 1.8,
        "employee status": 6, "own state": 4, "account status": 5.5, "stock status": 4, "flag closed": 3,
        "position": 0.5, "ticket status": 6,
    },
    unlike=("date", "amount", "email", "uuid", "whole_number"),
    is_few=True,
    common=-2,
)  # fmt: skip
