"""Credit notes to customers."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="credit_note",
    label="credit notes",
    nouns=("credit_note",),
    columns={
        "number": 1.5, "party_ref": 0.8, "party_name": 1.5, "description": 0.8, "reference": 0.6, "currency": 1,
        "status": 0.8, "department": 0.3, "owner": 0.3, "email": 0.3, "phone": 0.2, "street": 0.2, "city": 0.2,
        "region": 0.1, "postcode": 0.2, "country": 0.2, "tax_id": 0.2, "given_name": 0.1, "family_name": 0.1,
        "company_name": -0.3, "contact_name": -0.2, "created_at": 0.3, "updated_at": 0.2, "note": 0.3,
        "kind": 0.3, "record_id": 0.4, "created_by": -0.3, "project_ref": -0.3, "website": -2, "ship_to": 0,
        "job_title": -2.5, "amount_gross": 1.5, "amount_net": 0.8, "tax": 0.8, "discount": 0.2, "balance": 0.3,
        "paid": 0.3, "shipping": -0.5, "fee": -0.5, "cost": -1, "issued_on": 1.6, "invoice_ref": 1,
        "quantity": -0.5, "name": -3,
    },
    signs={
        "credit_note": 6, "credit_note number": 2, "refund": 0.5,
    },
    cannot=("debit", "credit", "posted_on", "opened_at"),
    needs=("date", "number"),
)  # fmt: skip
