"""Which fields of two documents are compared, and which may join them."""

DAY, PARTY, AMOUNT, CURRENCY = "day", "party", "amount_minor", "currency"
MONEY = frozenset({"amount_minor", "tax_minor", "fee_minor", "net_minor"})
USUAL_FIELDS = (AMOUNT, CURRENCY, DAY, PARTY, "tax_minor", "due_on", "gl_code")
"""What is compared when nobody said; of these only what both lists keep."""
COMPARABLE = (*USUAL_FIELDS, "number", "reference", "description", "status", "net_minor", "fee_minor", "department", "name")
KEYS = ("number", "reference", "description", "deal_ref", "invoice_ref", "name", "record_id")
"""Columns by which two lists may say that two documents are one."""
