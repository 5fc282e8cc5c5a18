"""Payments, payouts and published spending."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="payment",
    label="payments",
    nouns=("payment", "transaction", "payout"),
    columns={
        "number": 1.5, "party_ref": 0.8, "party_name": 1.6, "description": 0.8, "reference": 0.6, "currency": 1,
        "status": 0.8, "department": 1, "owner": 0.3, "email": 0.3, "phone": 0.2, "street": 0.2, "city": 0.2,
        "region": 0.1, "postcode": 0.2, "country": 0.2, "tax_id": 0.2, "given_name": 0.1, "family_name": 0.1,
        "company_name": -0.3, "contact_name": -0.2, "created_at": 0.3, "updated_at": 0.2, "note": 0.3,
        "kind": 0.3, "record_id": 0.4, "created_by": -0.3, "project_ref": -0.3, "website": -2, "ship_to": 0,
        "job_title": -2.5, "amount_gross": 1.6, "amount_net": 0.6, "tax": 0.1, "fee": 1, "paid_at": 1.6,
        "method": 1, "invoice_ref": 0.8, "gl_code": 0.6, "gl_name": 0.8, "balance": 0.2, "debit": -0.5,
        "credit": -0.5, "order_ref": 0, "discount": -0.5, "shipping": -1, "name": -3, "account": 0.1,
        "quantity": -2,
    },
    signs={
        "payment": 1.6, "payment date": 1.8, "paid date": 1.6, "fee": 1.6, "transaction id": 0.8,
        "transaction number": 0.8, "payment method": 0.7, "payout": 2.5, "refund": 0.8, "supplier": 0.8,
        "expense": 0.5, "department": 0.8, "expense type": 1.2, "expense department": 1.5,
        "supplier @department": 2, "supplier @team": 1, "supplier @service": 1.2, "invoice number": 0.2,
        "invoice date": -0.8, "due": -1, "customer id": 0.2, "card": 0.4, "debit": -0.4, "credit": -0.4,
        "balance": -0.2, "party": 0.2, "net @fee": 1, "gross @fee": 1.2, "payment reference": 1.2,
        "payment reference @invoice": 1.5, "sender": 1.2, "expense category": 0.8, "purpose": 0, "status": 0.2,
        "gl @supplier": 1.2, "transaction @supplier": 1.2, "expense code": 0.8, "cost @supplier": 0.4,
        "company @supplier": 0.3, "document date": -0.8, "tax @gross": -0.8, "tip": 1, "zone": 1.5,
        "transaction code": 1, "supplier @expense": 1.5, "value_date": -1.5, "payment id": 2.5,
        "cheque number @supplier": 2.5, "cheque date": 2, "order": -0.4,
    },
    cannot=("opened_at", "posted_on", "issued_on", "due_on"),
    named_by=("payment", "payout"),
    needs=("date", "number"),
)  # fmt: skip
