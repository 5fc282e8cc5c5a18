"""Bills of suppliers."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="bill",
    label="bills",
    nouns=("bill", "invoice", "purchase"),
    columns={
        "number": 1.5, "party_ref": 0.8, "party_name": 1.5, "description": 0.8, "reference": 0.6, "currency": 1,
        "status": 0.8, "department": 0.3, "owner": 0.3, "email": 0.3, "phone": 0.2, "street": 0.2, "city": 0.2,
        "region": 0.1, "postcode": 0.2, "country": 0.2, "tax_id": 0.2, "given_name": 0.1, "family_name": 0.1,
        "company_name": -0.3, "contact_name": -0.2, "created_at": 0.3, "updated_at": 0.2, "note": 0.3,
        "kind": 0.3, "record_id": 0.4, "created_by": -0.3, "project_ref": -0.3, "website": -2, "ship_to": 0,
        "job_title": -2.5, "amount_gross": 1.5, "amount_net": 0.8, "tax": 0.8, "discount": 0.2, "balance": 0.6,
        "paid": 0.6, "shipping": -0.5, "fee": -0.5, "cost": -1, "issued_on": 1.6, "due_on": 1.3, "gl_code": 0.4,
        "paid_at": 0.1, "quantity": 0.2, "unit_price": 0.2, "party_account": 0.2, "name": -3, "terms": 0.2,
    },
    signs={
        "bill": 3.6, "supplier": 1.4, "invoice": 0.9, "invoice number": 1.2, "invoice date": 0.8, "due": 0.8,
        "purchase": 1.2, "tax": 0.3, "supplier number": 0.6, "bill number": 1.6, "customer": -2,
        "purchase invoice": 3, "debit": -2, "credit": -2, "order": -1, "order number": -1, "sender": 0.8,
        "expense": -0.2, "payment": -0.3, "supplier @tax": 0.8, "supplier @invoice": 2.2, "cheque": -1.5,
        "category": -0.4, "document number @supplier": 1.2, "department": -0.4, "team": -0.3,
    },
    cannot=("debit", "credit", "posted_on", "opened_at"),
    named_by=("bill", "purchase"),
    needs=("date", "number"),
)  # fmt: skip
