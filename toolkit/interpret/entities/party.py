"""People and companies: customers, suppliers, contacts, leads, members."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="party",
    label="people and companies",
    nouns=("customer", "supplier", "contact", "person", "company", "lead", "member", "party", "user"),
    columns={
        "name": 1.2, "given_name": 1.5, "family_name": 1.5, "company_name": 1.2, "contact_name": 0.8,
        "email": 1.5, "phone": 1.5, "website": 1, "street": 1.5, "city": 1.5, "region": 1.2, "postcode": 1.5,
        "country": 1.2, "tax_id": 1.2, "parent_ref": 0.3, "owner": 0.5, "department": 0.2, "created_at": 0.8,
        "updated_at": 0.5, "record_id": 1.5, "kind": 0.4, "status": 0.3, "note": 0.5, "job_title": 0.6,
        "birth_date": 0.5, "source": 0.6, "balance": -0.5, "terms": 0.2, "discount": -1, "ship_to": -0.5,
        "created_by": -0.5, "reference": -1, "currency": -0.5, "account": 0, "priority": -1, "salary": -3,
        "description": -1,
    },
    signs={
        "email": 1.2, "phone": 1.2, "mobile": 0.8, "address": 0.8, "street": 1, "city": 0.7, "postcode": 0.8,
        "given_name": 1, "family_name": 1, "customer number": 0.8, "contact person": 1.2, "tax_id": 0.3,
        "salutation": 1, "consent": 1, "birth": 1, "lead": 1.5, "lead source": 1, "website": 0.8,
        "company_number": 0.5, "gender": 0.8, "customer name": 0.3, "member": 0.6, "fax": 1, "contact": 0.5,
        "name": 0.3, "source": 0.5, "company": 0.3, "credit limit": 1,
    },
    cannot=(
        "amount_gross", "debit", "credit", "quantity", "due_on", "paid_at", "posted_on", "issued_on", "unit_price", "number",
        "invoice_ref", "party_account",
    ),
    named_by=("customer", "supplier", "contact", "lead", "member", "company"),
)  # fmt: skip
