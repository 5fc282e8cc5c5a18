"""Lists that the audit does not use: time sheets, absences, movements."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="other",
    label="another list",
    nouns=("timesheet", "leave", "hours"),
    columns={
        "employee_ref": 1.2, "given_name": 0.8, "family_name": 0.8, "owner": 1, "project_ref": 1, "hours": 1.5,
        "quantity": 0.6, "started_at": 1.2, "completed_at": 1, "description": 0.8, "status": 0.6, "kind": 0.8,
        "department": 0.6, "amount_gross": 0.3, "created_at": 0.3, "updated_at": 0.2, "note": 0.6, "email": 0.3,
        "party_name": 0.5, "paid_at": -0.8, "spent_on": 0.8, "due_on": 0.2, "issued_on": -0.5, "party_ref": 0.2,
        "currency": 0, "reference": 0.3, "number": 0.5, "record_id": 0.5, "sku": 0.2, "cost": 0, "rate": 0.5,
        "unit_price": -0.5, "paid": -0.5, "balance": -0.5, "name": 0.3, "phone": 0, "tax_id": -0.5,
    },
    signs={
        "hours": 2.2, "duration": 2.4, "leave": 4, "overtime": 2.5, "timesheet": 4, "payroll type": 3,
        "started time": 1, "ended time": 1, "employee @hours": 1, "project @hours": 1.5,
        "employee number @amount": 1.2, "task @duration": 1.5, "activity": 0.3, "day": 0.3, "billing": 0.2,
        "user @duration": 1, "payroll": 1, "policy": 4, "lease": 4, "booking": 3, "asset": 3.5, "contract": 1.5,
        "contract number": 1.5, "stock @batch": 1.5,
    },
    named_by=("timesheet", "hours", "leave", "booking", "lease", "policy", "asset"),
)  # fmt: skip
