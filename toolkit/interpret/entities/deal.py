"""Sales opportunities."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="deal",
    label="deals",
    nouns=("deal", "lead"),
    columns={
        "number": 1.5, "party_ref": 0.8, "party_name": 1.5, "description": 0.8, "reference": 0.6, "currency": 1,
        "status": 1.2, "department": 0.3, "owner": 1.2, "email": 0.3, "phone": 0.2, "street": 0.2, "city": 0.2,
        "region": 0.1, "postcode": 0.2, "country": 0.2, "tax_id": 0.2, "given_name": 0.1, "family_name": 0.1,
        "company_name": -0.3, "contact_name": 0.6, "created_at": 0.8, "updated_at": 0.2, "note": 0.3,
        "kind": 0.2, "record_id": 0.4, "created_by": -0.3, "project_ref": -0.3, "website": -2, "ship_to": 0,
        "job_title": -2.5, "name": 1.5, "amount_gross": 1.5, "amount_net": 0.2, "closed_at": 1.5,
        "probability": 1, "due_on": 0.2, "source": 0.4, "is_won": 0.5,
    },
    signs={
        "deal": 4.5, "pipeline": 3, "stage": 1.5, "probability": 2.5, "planned closed date": 2,
        "closed date": 0.8, "lead": 0.8, "won": 2, "next activity": 0.5, "owner": 0.5, "source": 0.4,
        "deal name": 2,
    },
    cannot=("debit", "credit", "balance", "tax", "posted_on", "paid_at", "issued_on", "quantity", "unit_price"),
)  # fmt: skip
