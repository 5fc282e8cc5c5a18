"""What a client calls the documents of each kind, many of them, and which of them are paid on terms."""

NOUNS = {
    "deal": "won deals", "project": "projects", "order": "orders", "invoice": "invoices", "payment": "payments",
    "bank_line": "bank lines", "party": "customers", "bill": "bills", "credit_note": "credit notes", "ticket": "tickets",
    "employee": "employees", "quote": "quotes", "expense": "expenses", "task": "tasks", "journal_line": "journal lines",
}  # fmt: skip

PAYING = frozenset({"payment", "bank_line"})
"""Documents that say that money moved."""
_ON_TERMS = frozenset({"bill", "invoice"})


def is_payment_on_terms(entity_l: str | None, entity_r: str | None) -> bool:
    """Whether a handoff is the payment of a document that allows days for it: until then nothing waits.

    Examples
    --------
    >>> is_payment_on_terms("bill", "bank_line"), is_payment_on_terms("order", "payment")
    (True, False)
    """
    return entity_l in _ON_TERMS and entity_r in PAYING
