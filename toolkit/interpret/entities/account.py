"""A chart of accounts."""

from toolkit.interpret.entity_kind import EntityKind

ENTITY = EntityKind(
    entity="account",
    label="accounts",
    nouns=("account", "gl", "ledger"),
    columns={
        "code": 1.8, "name": 1.5, "kind": 1.2, "currency": 0.2, "balance": 0.3, "debit": 0, "credit": 0,
        "status": 0, "description": 0.5, "number": -1, "record_id": 0.3, "tax": -2,
    },
    signs={
        "account": 1.2, "account name": 1.4, "account code": 1.6, "account type": 1.4, "account number": 0.6,
        "gl": 1, "ledger": 1, "type": 0.3, "category": 0.2, "parent": 0.3, "opening": 0.8, "date": -2.5,
        "amount": -1, "description": -0.4, "email": -2, "phone": -2, "customer": -1.5, "tax_code": 0.3,
        "debit @opening": 1.5, "account @type": 0.8,
    },
    cannot=(
        "posted_on", "opened_at", "issued_on", "due_on", "paid_at", "email", "phone", "amount_gross", "unit_price",
        "quantity",
    ),
    named_by=("gl",),
)  # fmt: skip
