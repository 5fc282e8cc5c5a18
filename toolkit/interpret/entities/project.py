"""Projects and jobs."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="project",
    label="projects",
    nouns=("project", "job"),
    columns={
        "number": 1.5, "party_ref": 0.8, "party_name": 1.5, "description": 0.8, "reference": 0.6, "currency": 1,
        "status": 1.2, "department": 0.3, "owner": 0.8, "email": 0.3, "phone": 0.2, "street": 0.2, "city": 0.2,
        "region": 0.1, "postcode": 0.2, "country": 0.2, "tax_id": 0.2, "given_name": 0.1, "family_name": 0.1,
        "company_name": -0.3, "contact_name": -0.2, "created_at": 0.3, "updated_at": 0.2, "note": 0.3,
        "kind": 0.3, "record_id": 0.4, "created_by": -0.3, "website": -2, "ship_to": 0, "job_title": -2.5,
        "name": 1.5, "started_at": 1.5, "completed_at": 1.3, "due_on": 0.8, "amount_gross": 0.8,
        "amount_net": 0.2, "deal_ref": 0.4, "hours": 0, "cost": 0, "issued_on": -0.5,
    },
    signs={
        "project": 2.2, "job": 2.2, "job number": 1.4, "project name": 2, "started": 0.9, "ended": 0.6,
        "completed": 0.8, "location": 0.4, "budget": 1, "manager": 0.5, "project @started": 1.5,
        "job @started": 1, "task": -1, "hours": -1.2, "duration": -1.5,
    },
    cannot=("debit", "credit", "balance", "posted_on", "paid_at", "quantity", "unit_price", "tax", "project_ref"),
    named_by=("project", "job"),
)  # fmt: skip
