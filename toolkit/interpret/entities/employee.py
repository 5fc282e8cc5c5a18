"""People who work for the client."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="employee",
    label="employees",
    nouns=("employee", "person", "user", "member"),
    columns={
        "name": 1.2, "given_name": 1.5, "family_name": 1.5, "company_name": 1.2, "contact_name": 0.8,
        "email": 1.5, "phone": 1.5, "website": 1, "street": 1.5, "city": 1.5, "region": 1.2, "postcode": 1.5,
        "country": 1.2, "tax_id": 1.2, "parent_ref": 0.3, "owner": 0.5, "department": 1.5, "created_at": 0.3,
        "updated_at": 0.5, "record_id": 1.5, "kind": 0.4, "status": 0.5, "note": 0.5, "job_title": 1.2,
        "birth_date": 0.8, "source": 0.6, "terms": 0.2, "discount": -1, "ship_to": -0.5, "created_by": -0.5,
        "reference": -1, "currency": -0.5, "account": -0.5, "priority": -1, "salary": 1, "description": -1,
        "rate": 1, "started_at": 1, "completed_at": 0, "hours": -1,
    },
    signs={
        "employee": 1.6, "employee @given_name": 1.2, "employee @salary": 1, "salary": 2.8, "hired": 2.6,
        "left": 1.2, "job_title": 0.9, "department": 0.8, "manager": 0.8, "social_security": 1, "birth": 0.5,
        "payroll": 2, "employee number": 1.5, "contract": 0.3, "given_name": 0.3, "family_name": 0.3,
        "team": 0.4, "gender": 0.3, "service @given_name": 0.6,
    },
    cannot=(
        "amount_gross", "debit", "credit", "due_on", "paid_at", "posted_on", "issued_on", "unit_price", "invoice_ref",
        "balance", "number", "party_account",
    ),
    named_by=("employee", "payroll"),
)  # fmt: skip
