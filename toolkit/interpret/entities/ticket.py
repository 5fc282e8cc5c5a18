"""Help-desk tickets, cases and issues."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="ticket",
    label="tickets",
    nouns=("ticket",),
    columns={
        "number": 1.5, "party_ref": 0.8, "party_name": 1.5, "description": 0.8, "reference": 0.6, "currency": 1,
        "status": 1.3, "department": 0.3, "owner": 1.2, "email": 0.3, "phone": 0.2, "street": 0.2, "city": 0.2,
        "region": 0.1, "postcode": 0.2, "country": 0.2, "tax_id": 0.2, "given_name": 0.1, "family_name": 0.1,
        "company_name": -0.3, "contact_name": -0.2, "created_at": 0.3, "updated_at": 0.2, "note": 0.3,
        "kind": 0.3, "record_id": 0.4, "created_by": -0.3, "project_ref": -0.3, "website": -2, "ship_to": 0,
        "job_title": -2.5, "name": 1.5, "opened_at": 1.5, "resolved_at": 1.4, "priority": 1, "due_on": 0.3,
    },
    signs={
        "ticket": 5, "requester": 2, "subject": 1.6, "priority": 1.5, "resolved": 2.2, "owner": 0.6,
        "opened": 1.5, "closed": 0.4, "message": 0.3, "task": -0.5, "department": 0.2, "ticket id": 1,
        "author": 0.4, "score": 0.5,
    },
    cannot=(
        "amount_gross", "amount_net", "debit", "credit", "balance", "posted_on", "paid_at", "issued_on", "quantity",
        "unit_price", "tax", "started_at", "closed_at",
    ),
)  # fmt: skip
