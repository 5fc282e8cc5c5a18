"""Lines of a journal or general ledger."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="journal_line",
    label="journal lines",
    nouns=("journal", "entry", "transaction", "ledger", "document"),
    columns={
        "number": 1.5, "party_ref": 0.8, "party_name": 1.5, "description": 1.2, "reference": 0.6, "currency": 1,
        "status": 0.8, "department": 0.3, "owner": 0.3, "email": 0.3, "phone": 0.2, "street": 0.2, "city": 0.2,
        "region": 0.1, "postcode": 0.2, "country": 0.2, "tax_id": 0.2, "given_name": 0.1, "family_name": 0.1,
        "company_name": -0.3, "contact_name": -0.2, "created_at": -0.2, "updated_at": 0.2, "note": 0.3,
        "kind": 0.6, "record_id": 0.6, "created_by": -0.3, "project_ref": -0.3, "website": -2, "ship_to": 0,
        "job_title": -2.5, "debit": 1.6, "credit": 1.6, "gl_code": 1.6, "gl_name": 2.2, "posted_on": 1.6,
        "amount_gross": 0.8, "amount_net": 0, "tax": 0, "account": 0.4, "line_no": 0.3, "issued_on": -0.2,
        "balance": 0.3, "invoice_ref": 0.2, "name": -3,
    },
    signs={
        "debit": 1.2, "credit": 1.2, "journal": 3, "gl": 2.2, "ledger": 2, "contra": 0.5, "entry": 1.2,
        "document": 0.6, "account name": 0.6, "account": 0.6, "cost_centre": 0.6, "debit @account": 1.2,
        "contra account": 0.5, "tax_code": 0.8, "line": 0.3, "transaction type @account": 0.8,
        "number @account": 0.6, "account @transaction": 1, "customer @supplier": 1.5, "supplier": -0.8,
        "note @account": 0.5, "account @name": 0.2, "balance": -0.6, "iban": -2, "value_date": -1.5,
        "customer": 0, "opening": 0.2, "entry number": 1, "account @type": 0.2, "document date": 0.6,
    },
    cannot=("opened_at", "paid_at", "due_on", "quantity", "unit_price"),
    named_by=("journal", "ledger"),
    needs=("date", "number"),
)  # fmt: skip
