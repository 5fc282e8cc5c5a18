"""Lines of a bank or card statement."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="bank_line",
    label="bank lines",
    nouns=("entry", "transaction"),
    columns={
        "number": -0.2, "party_ref": 0.8, "party_name": 0.8, "description": 1.4, "reference": 1, "currency": 0.8,
        "status": 0, "department": 0.3, "owner": 0.3, "email": 0.3, "phone": 0.2, "street": 0.2, "city": 0.2,
        "region": 0.1, "postcode": 0.2, "country": 0.2, "tax_id": -1.5, "given_name": 0.1, "family_name": 0.1,
        "company_name": -1, "contact_name": -0.2, "created_at": 0, "updated_at": 0.2, "note": 0.3, "kind": 0.6,
        "record_id": 0.3, "created_by": -0.3, "project_ref": -0.3, "website": -2, "ship_to": 0,
        "job_title": -2.5, "amount_gross": 1.5, "posted_on": 1.6, "value_on": 1.2, "balance": 1.2, "debit": 1.2,
        "credit": 1.2, "account": 1.2, "party_account": 1.2, "method": 0.6, "fee": 0.8, "name": -3,
    },
    signs={
        "balance": 1.6, "debit": 1, "credit": 1, "value_date": 3, "iban": 1.2, "contra": 1.4, "posted": 0.9,
        "entry": 0.5, "bank": 0.8, "account": 0.6, "purpose": 1.6, "description": 0.5, "bic": 1.4, "card": 0.8,
        "transaction date": 1.2, "cheque": 0.8, "transaction type": 0.6, "amount": 0.4, "date @amount": 0.3,
        "message": 0.6, "party": 0.6, "statement": 0.6, "posted date": 0.8, "entry date": 0.8,
        "contra account": 1, "invoice number": -1.5, "invoice date": -1.5, "due": -1.5, "gl": -2, "ledger": -2,
        "tax": -1, "customer": -1.2, "supplier": -1.2, "quantity": -1.5, "order": -0.6, "journal": -2,
        "exchange": 0.4, "fee": -0.2, "debit @balance": 1, "transaction": 0.4, "reference @balance": 0.4,
        "original": 0.1, "account @iban": 0.3, "contra name": 1.5, "message @amount": 0.6, "payment id": -1.2,
    },
    cannot=("opened_at", "issued_on", "paid_at", "due_on", "quantity", "unit_price", "tax", "line_no"),
    named_by=("bank", "statement", "card"),
    needs=("date", "number"),
)  # fmt: skip
