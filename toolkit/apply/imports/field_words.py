"""What a client calls a canonical column, where the product's own name of the field is not known."""

_WORDS = {
    "gl_code": "ledger account",
    "party_ref": "customer or supplier",
    "party_name": "customer or supplier name",
    "parent_ref": "company",
    "tax_id": "tax number",
    "record_id": "id",
    "issued_on": "date of issue",
    "paid_at": "date of payment",
}
_ENDS = ("_minor_per_hour", "_minor", "_on", "_at", "_ref", "_key")


def field_words(column: str) -> str:
    """Return what a client calls a canonical column.

    Examples
    --------
    >>> field_words("amount_minor"), field_words("due_on"), field_words("gl_code")
    ('amount', 'due', 'ledger account')
    """
    if column in _WORDS:
        return _WORDS[column]
    end = next((one for one in _ENDS if column.endswith(one)), "")
    return column.removesuffix(end).replace("_", " ")
