"""Which column of an entity somebody means who wrote another name."""

from toolkit.errors import UnknownNameError
from toolkit.tables.records import ENTITY_COLUMNS, EVENT_COLUMNS

_EVERYDAY_WORDS = {
    "party_name": ("customer", "client", "supplier", "vendor", "payee", "merchant", "contact", "party", "company"),
    "amount_minor": ("amount", "total", "value", "gross", "sum", "money"),
    "tax_minor": ("tax", "vat", "gst"),
    "fee_minor": ("fee", "charge"),
    "paid_minor": ("paid",),
    "price_minor": ("price", "unit_price"),
    "rate_minor_per_hour": ("rate", "pay", "salary", "wage"),
    "given_name": ("first_name", "firstname", "forename"),
    "family_name": ("last_name", "lastname", "surname"),
    "name": ("title", "subject", "full_name"),
    "status": ("stage", "phase"),
    "postcode": ("zip", "zip_code", "postal_code"),
    "region": ("province", "county"),
    "code": ("sku", "number"),
    "description": ("memo", "note", "notes", "text"),
    "owner": ("manager", "responsible", "assignee"),
}


def nearest_column(entity: str, name: str) -> str | None:
    """Return the column of an entity that a name most likely means where its letters do not say so; null: none is known.

    The date of another entity, or just "date", means this one's own.

    Examples
    --------
    >>> nearest_column("invoice", "started_at"), nearest_column("project", "date"), nearest_column("bill", "vendor")
    ('issued_on', 'started_at', 'party_name')
    """
    columns = ENTITY_COLUMNS[entity]
    dates = {column for events in EVENT_COLUMNS.values() for column in events}
    if entity in EVENT_COLUMNS and (name in dates or name in {"date", "day", "on"}):
        return EVENT_COLUMNS[entity][0]
    return next((column for column, words in _EVERYDAY_WORDS.items() if name in words and column in columns), None)


def unknown_column(entity: str, name: str) -> UnknownNameError:
    """Return the error for a column that an entity lacks, with the nearest of its own.

    Examples
    --------
    >>> str(unknown_column("invoice", "started_at"))
    "There is no column of invoice named 'started_at'. Did you mean 'issued_on'?"
    """
    return UnknownNameError(f"column of {entity}", name, ENTITY_COLUMNS[entity], nearest=nearest_column(entity, name))
