"""Expenses of staff, card purchases."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="expense",
    label="expenses",
    nouns=("expense", "receipt"),
    columns={
        "number": 1.5, "party_ref": 0.8, "party_name": 1.5, "description": 0.8, "reference": 0.6, "currency": 1,
        "status": 0.8, "department": 0.3, "owner": 0.8, "email": 0.3, "phone": 0.2, "street": 0.2, "city": 0.2,
        "region": 0.1, "postcode": 0.2, "country": 0.2, "tax_id": 0.2, "given_name": 0.1, "family_name": 0.1,
        "company_name": -0.3, "contact_name": -0.2, "created_at": 0.3, "updated_at": 0.2, "note": 1, "kind": 1,
        "record_id": 0.4, "created_by": -0.3, "project_ref": -0.3, "website": -2, "ship_to": 0,
        "job_title": -2.5, "amount_gross": 1.5, "amount_net": 0.8, "tax": 0.8, "discount": 0.2, "balance": 0.3,
        "paid": 0.3, "shipping": -0.5, "fee": -0.5, "cost": -1, "spent_on": 1.6, "method": 0.5, "gl_code": 0.2,
        "gl_name": 0.4, "name": -3,
    },
    signs={
        "expense": 2.2, "receipt": 1.2, "supplier": 0.3, "category": 0.8, "employee": 0.6, "expense date": 1.8,
        "label": 0.3, "note": 0.2, "billing": 0.2, "supplier @category": 1.8, "project": 0.2, "department": -0.3,
        "expense type": -0.6,
    },
    cannot=("debit", "credit", "posted_on", "opened_at", "issued_on", "paid_at"),
    named_by=("expense", "receipt"),
    needs=("date", "number"),
)  # fmt: skip
