"""Invoices to customers."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="invoice",
    label="invoices",
    nouns=("invoice", "sale"),
    columns={
        "number": 1.5, "party_ref": 0.8, "party_name": 1.5, "description": 0.8, "reference": 0.6, "currency": 1,
        "status": 0.8, "department": 0.3, "owner": 0.3, "email": 0.3, "phone": 0.2, "street": 0.2, "city": 0.2,
        "region": 0.1, "postcode": 0.2, "country": 0.2, "tax_id": 0.2, "given_name": 0.1, "family_name": 0.1,
        "company_name": -0.3, "contact_name": -0.2, "created_at": 0.3, "updated_at": 0.2, "note": 0.3,
        "kind": 0.3, "record_id": 0.4, "created_by": -0.3, "project_ref": 0.2, "website": -2, "ship_to": 0,
        "job_title": -2.5, "amount_gross": 1.5, "amount_net": 0.8, "tax": 0.8, "discount": 0.2, "balance": 0.8,
        "paid": 0.8, "shipping": -0.5, "fee": -0.5, "cost": -1, "issued_on": 1.6, "due_on": 1.4, "paid_at": 0.3,
        "deal_ref": 0.2, "quantity": 0.4, "unit_price": 0.4, "sku": 0.2, "gl_code": -0.2, "line_no": -0.5,
        "terms": 0.4, "method": 0.2, "order_ref": 0, "name": -3,
    },
    signs={
        "invoice": 2.8, "invoice number": 2.2, "invoice date": 1.6, "due": 1.2, "customer": 0.7,
        "outstanding": 0.8, "tax": 0.4, "net": 0.3, "gross": 0.3, "paid": 0.3, "customer number": 0.4,
        "terms": 0.5, "subtotal": 0.3, "supplier": -3, "purchase": -1, "cheque": -1, "debit": -2, "credit": -2,
        "invoice status": 0.8, "balance": -0.2, "deal": -0.6, "total @tax": 0.3,
    },
    cannot=("debit", "credit", "posted_on", "opened_at"),
    named_by=("invoice",),
    needs=("date", "number"),
)  # fmt: skip
