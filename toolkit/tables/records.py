"""What is canonically known of a record: parties, documents and their lines, products, accounts.

Money is ``_minor``: whole units of the currency's smallest coin (ISO 4217 exponent). ``_at`` is UTC, ``_on`` a date.
"""

from toolkit.tables.schema import COUNT, DAY, FLAG, INSTANT, MINOR, NUMBER, TEXT, TEXTS, Column, Schema

COMMON = (
    Column("record_key", TEXT, "system/stream/record_id", required=True),
    Column("system", TEXT, "the client's name of the system", required=True),
    Column("stream", TEXT, "kind of object, in the vendor's words", required=True),
    Column("record_id", TEXT, "id in the vendor's system, or the natural key", required=True),
    Column("entity", TEXT, "what the record is canonically", required=True),
    Column("created_at", INSTANT, "when the record was created in its system"),
    Column("created_by", TEXT, "who created it"),
    Column("updated_at", INSTANT, "when it was last changed"),
    Column("date_only", TEXTS, "names of the _at columns whose time of day is unknown (midnight stands for it)"),
    Column("state", TEXT, "active, archived, deleted or absent", required=True),
    Column("merged_into", TEXT, "record_key of the survivor, after a merge"),
    Column("alt_ids", TEXTS, "other ids of the same record"),
    Column("raw", TEXT, "the row exactly as the system sent it, as JSON text"),
)

PARTY = Schema(
    "party",
    (
        *COMMON,
        Column("kind", TEXT, "company, person or unknown", required=True),
        Column("roles", TEXTS, "customer, vendor, contact, lead, employee, requester"),
        Column("name", TEXT, "the name as written"),
        Column("given_name", TEXT, "first name"),
        Column("family_name", TEXT, "last name"),
        Column("company_name", TEXT, "the company, also of a person"),
        Column("email", TEXT, "first e-mail address, as written"),
        Column("phone", TEXT, "first phone number, as written"),
        Column("website", TEXT, "web site or domain, as written"),
        Column("street", TEXT, "street line, or the whole address when it cannot be split safely"),
        Column("city", TEXT, "city"),
        Column("region", TEXT, "state, county or province"),
        Column("postcode", TEXT, "postcode"),
        Column("country", TEXT, "country, as written"),
        Column("tax_id", TEXT, "tax number, as written"),
        Column("parent_ref", TEXT, "company of a contact, id or name as written"),
        Column("parent_key", TEXT, "record_key of that company, once resolved"),
        Column("owner", TEXT, "who looks after the party"),
        Column("department", TEXT, "of an employee"),
        Column("rate_minor_per_hour", MINOR, "pay of an employee", "minor units per hour"),
    ),
    key=("record_key",),
)

PARTY_POINT = Schema(
    "party_point",
    (
        Column("record_key", TEXT, "the party", required=True),
        Column("kind", TEXT, "email, phone, address or domain", required=True),
        Column("value", TEXT, "as written", required=True),
        Column("label", TEXT, "work, mobile, billing"),
        Column("is_primary", FLAG, "whether the party row shows it", required=True),
    ),
)

DOCUMENT = Schema(
    "document",
    (
        *COMMON,
        Column("number", TEXT, "the number people quote"),
        Column("name", TEXT, "title"),
        Column("party_ref", TEXT, "customer or supplier, id exactly as written; the name where there is no id"),
        Column("party_name", TEXT, "customer or supplier name as written"),
        Column("party_key", TEXT, "record_key of that party, once resolved"),
        Column("description", TEXT, "free text"),
        Column("reference", TEXT, "another document's number, as written"),
        Column("amount_minor", MINOR, "gross amount, positive as the document shows it", "minor units"),
        Column("net_minor", MINOR, "net amount, where the file states one", "minor units"),
        Column("tax_minor", MINOR, "tax within the amount", "minor units"),
        Column("fee_minor", MINOR, "fee deducted from the amount", "minor units"),
        Column("paid_minor", MINOR, "paid so far", "minor units"),
        Column("currency", TEXT, "ISO 4217 code"),
        Column("gl_code", TEXT, "ledger account"),
        Column("department", TEXT, "department or class"),
        Column("status", TEXT, "stage or status as written"),
        Column("is_won", FLAG, "deal: whether it was won"),
        Column("closed_at", INSTANT, "deal: when it was won or lost"),
        Column("started_at", INSTANT, "project: start"),
        Column("completed_at", INSTANT, "project: end"),
        Column("opened_at", INSTANT, "ticket: opened"),
        Column("resolved_at", INSTANT, "ticket: solved"),
        Column("issued_on", DAY, "quote, order, invoice, credit note, bill: date of issue"),
        Column("due_on", DAY, "the same: date due"),
        Column("paid_at", INSTANT, "payment: when"),
        Column("method", TEXT, "payment: how"),
        Column("invoice_ref", TEXT, "payment: the invoice's number as written"),
        Column("deal_ref", TEXT, "project, order or invoice: the deal as written"),
        Column("account", TEXT, "bank line: the account"),
        Column("posted_on", DAY, "bank or journal line: date"),
        Column("spent_on", DAY, "expense: date"),
        Column("offset_minutes", COUNT, "how far east of UTC the file wrote its times; null for UTC, and without a zone"),
    ),
    key=("record_key",),
)

DOCUMENT_LINE = Schema(
    "document_line",
    (
        Column("record_key", TEXT, "the document", required=True),
        Column("line_no", COUNT, "from 1", required=True),
        Column("sku", TEXT, "product code"),
        Column("description", TEXT, "text"),
        Column("gl_code", TEXT, "ledger account"),
        Column("quantity", NUMBER, "quantity"),
        Column("amount_minor", MINOR, "line amount", "minor units"),
    ),
    key=("record_key", "line_no"),
)

ITEM = Schema(
    "item",
    (
        *COMMON,
        Column("code", TEXT, "product code (SKU) or account code"),
        Column("name", TEXT, "name"),
        Column("kind", TEXT, "account: type; product: category"),
        Column("price_minor", MINOR, "product: price", "minor units"),
        Column("currency", TEXT, "ISO 4217 code"),
        Column("is_active", FLAG, "whether it may still be used"),
    ),
    key=("record_key",),
)

PARTY_ENTITIES = ("party", "employee")
ITEM_ENTITIES = ("product", "account")
DOCUMENT_ENTITIES = (
    "deal", "project", "task", "ticket", "quote", "order", "invoice", "credit_note", "bill", "payment", "bank_line",
    "expense", "journal_line",
)  # fmt: skip

ENTITY_SCHEMAS = {
    **dict.fromkeys(PARTY_ENTITIES, PARTY),
    **dict.fromkeys(ITEM_ENTITIES, ITEM),
    **dict.fromkeys(DOCUMENT_ENTITIES, DOCUMENT),
}

EVENT_COLUMNS = {
    "deal": ("closed_at", "created_at"),
    "project": ("started_at", "created_at"),
    "task": ("created_at",),
    "ticket": ("opened_at", "created_at"),
    "quote": ("issued_on", "created_at"),
    "order": ("created_at", "issued_on"),
    "invoice": ("issued_on", "created_at"),
    "credit_note": ("issued_on", "created_at"),
    "bill": ("issued_on", "created_at"),
    "payment": ("paid_at", "created_at"),
    "bank_line": ("posted_on",),
    "expense": ("spent_on", "created_at"),
    "journal_line": ("posted_on", "created_at"),
}
"""When a document happened: the first of these columns that is filled."""


def record_key(system: str, stream: str, record_id: str) -> str:
    """Return the text form of a record's key.

    Examples
    --------
    >>> record_key("crm", "contacts", "101")
    'crm/contacts/101'
    """
    return f"{system}/{stream}/{record_id}"
