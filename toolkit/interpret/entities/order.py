"""Orders of customers, or to suppliers."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="order",
    label="orders",
    nouns=("order", "purchase", "sale"),
    columns={
        "number": 1.5, "party_ref": 0.8, "party_name": 1.5, "description": 0.8, "reference": 0.6, "currency": 1,
        "status": 0.8, "department": 0.3, "owner": 0.3, "email": 0.6, "phone": 0.4, "street": 0.5, "city": 0.5,
        "region": 0.4, "postcode": 0.5, "country": 0.5, "tax_id": 0.2, "given_name": 0.4, "family_name": 0.4,
        "company_name": -0.3, "contact_name": -0.2, "created_at": 1.2, "updated_at": 0.2, "note": 0.3,
        "kind": 0.3, "record_id": 0.4, "created_by": -0.3, "project_ref": -0.3, "website": -2, "ship_to": 1,
        "job_title": -2.5, "amount_gross": 1.5, "amount_net": 0.8, "tax": 0.8, "discount": 0.2, "paid": 0.3,
        "shipping": 0.8, "fee": -0.5, "cost": -1, "issued_on": 1.3, "due_on": 0.4, "sku": 0.8, "quantity": 0.8,
        "unit_price": 0.8, "method": 0.4, "paid_at": 0.3, "completed_at": 0.8, "line_no": -0.5, "name": -3,
    },
    signs={
        "order": 2.8, "order number": 2, "order date": 1.5, "shipping": 1.2, "delivered": 0.8, "sku": 0.9,
        "quantity": 0.6, "product": 0.5, "line": 0.5, "order status": 1.5, "purchase order": 2, "recipient": 0.8,
        "purchase": 0.6, "order total": 1, "invoice": -0.6, "customer @product": 0.4, "price @quantity": 0.4,
        "sale date @product": 1.5, "discount code": 1,
    },
    cannot=("debit", "credit", "posted_on", "opened_at", "balance"),
    named_by=("order",),
    needs=("date",),
)  # fmt: skip
