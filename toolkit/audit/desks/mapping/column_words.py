"""What our columns are called on a page."""

from toolkit.tables import DOCUMENT_LINE, ENTITY_SCHEMAS

_WORDS = {
    "party_name": "customer or supplier", "party_ref": "customer or supplier no.", "parent_ref": "company of the contact",
    "net_minor": "net amount", "amount_minor": "amount", "tax_minor": "tax", "fee_minor": "fee", "paid_minor": "paid",
    "gl_code": "ledger account", "sku": "product code", "price_minor": "price", "rate_minor_per_hour": "pay per hour",
    "deal_ref": "deal", "invoice_ref": "invoice no.", "tax_id": "tax number", "is_won": "won", "is_active": "active",
    "given_name": "first name", "family_name": "last name", "company_name": "company", "merged_into": "merged into",
}  # fmt: skip


def column_words(column: str) -> str:
    """Return what a canonical column is called.

    Examples
    --------
    >>> column_words("amount_minor"), column_words("issued_on"), column_words("created_at")
    ('amount', 'issued on', 'created at')
    >>> column_words("lines.quantity")
    'of the line: quantity'
    """
    line, dot, name = column.rpartition(".")
    return ("of the line: " if line + dot else "") + _WORDS.get(name, name.replace("_", " "))


def column_meaning(entity: str, column: str) -> str:
    """Return what a canonical column of an entity holds, in a few words."""
    schema = DOCUMENT_LINE if column.startswith("lines.") else ENTITY_SCHEMAS[entity]
    return next((one.meaning for one in schema.columns if one.name == column.removeprefix("lines.")), "")
