"""What a client calls the documents of each kind, many of them."""

NOUNS = {
    "deal": "won deals", "project": "projects", "order": "orders", "invoice": "invoices", "payment": "payments",
    "bank_line": "bank lines", "party": "customers", "bill": "bills", "credit_note": "credit notes", "ticket": "tickets",
    "employee": "employees", "quote": "quotes", "expense": "expenses", "task": "tasks", "journal_line": "journal lines",
}  # fmt: skip
