"""Tasks and cards of a board."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="task",
    label="tasks",
    nouns=("task",),
    columns={
        "number": 1.5, "party_ref": 0.8, "party_name": 1.5, "description": 1, "reference": 0.6, "currency": 1,
        "status": 0.8, "department": 0.3, "owner": 1.2, "email": 0.3, "phone": 0.2, "street": 0.2, "city": 0.2,
        "region": 0.1, "postcode": 0.2, "country": 0.2, "tax_id": 0.2, "given_name": 0.1, "family_name": 0.1,
        "company_name": -0.3, "contact_name": -0.2, "created_at": 0.3, "updated_at": 0.2, "note": 0.3,
        "kind": 0.3, "record_id": 0.4, "created_by": -0.3, "project_ref": 1.2, "website": -2, "ship_to": 0,
        "job_title": -2.5, "name": 1.5, "started_at": 0.8, "completed_at": 1.2, "due_on": 1.2, "priority": 0.8,
        "opened_at": -2, "hours": 0,
    },
    signs={
        "task": 3.2, "board": 3, "list": 2.2, "due": 0.5, "owner": 0.6, "label": 0.8, "completed": 0.6,
        "priority": 0.6, "parent": 0.4, "task id": 1.5, "task name": 2, "project": 0.3, "card @list": 2,
        "hours": -1, "duration": -1.5,
    },
    cannot=(
        "amount_gross", "amount_net", "debit", "credit", "balance", "posted_on", "paid_at", "issued_on", "quantity",
        "unit_price", "tax",
    ),
)  # fmt: skip
