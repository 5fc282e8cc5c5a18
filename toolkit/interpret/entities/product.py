"""Products and services for sale."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="product",
    label="products",
    nouns=("product", "stock", "service"),
    columns={
        "code": 1.8, "name": 1.5, "kind": 0.8, "unit_price": 1.5, "quantity": 0.6, "cost": 0.8, "currency": 0.5,
        "status": 0.2, "description": 0.3, "created_at": 0.2, "updated_at": 0.2, "party_name": 0,
        "department": -1, "note": 0, "record_id": 0.3, "sku": 0.5, "tax": -1, "number": -1, "website": -3,
    },
    signs={
        "product": 1.6, "sku": 1.6, "price": 1.6, "stock": 2.4, "barcode": 1.2, "brand": 0.8, "unit": 0.8,
        "cost": 0.5, "product code": 1.2, "product name": 0.8, "category": 0.3, "size": 0.4, "quantity": 0.2,
        "image": 0.4, "customer": -2.5, "order": -2, "invoice": -2, "date": -1.2, "email": -1.5,
        "price @description": 0.4, "margin": 0.4, "limit": 0.3,
    },
    cannot=("debit", "credit", "posted_on", "opened_at", "issued_on", "due_on", "paid_at", "balance", "email", "phone"),
    named_by=("product", "stock", "price"),
)  # fmt: skip
