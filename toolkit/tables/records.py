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
        Column("is_won", FLAG, "whether it was won"),
        Column("closed_at", INSTANT, "when it was won or lost"),
        Column("started_at", INSTANT, "when the work began"),
        Column("completed_at", INSTANT, "when the work was finished"),
        Column("opened_at", INSTANT, "when it was opened"),
        Column("resolved_at", INSTANT, "when it was solved"),
        Column("issued_on", DAY, "date of issue"),
        Column("due_on", DAY, "date until which it is due, valid or planned"),
        Column("paid_at", INSTANT, "when it was paid"),
        Column("method", TEXT, "how it is paid"),
        Column("invoice_ref", TEXT, "number of the invoice it belongs to, as written"),
        Column("deal_ref", TEXT, "the deal behind it, id or name as written"),
        Column("account", TEXT, "the bank account, or where the money lies"),
        Column("posted_on", DAY, "date of posting"),
        Column("spent_on", DAY, "day the money was spent"),
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
        Column("kind", TEXT, "type of the account, category of the product"),
        Column("price_minor", MINOR, "price of one", "minor units"),
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

_TIMES = ("created_at", "updated_at", "created_by", "state", "merged_into")
_ADDRESS = ("street", "city", "region", "postcode", "country")
_SIDE = ("party_name", "party_ref")
_TEXTS = ("description", "reference", "department")
_WORK = ("amount_minor", "currency", "net_minor", "tax_minor", "deal_ref", *_TEXTS, "gl_code", "fee_minor", *_TIMES)
_BILLED = ("net_minor", "tax_minor", "due_on", "paid_minor", "status", "reference", "description", "paid_at", "method",
           "department", "gl_code", "deal_ref", "fee_minor")  # fmt: skip
_POSTED = ("net_minor", "tax_minor", "fee_minor", "method", "invoice_ref", "deal_ref", "status", "department", *_TIMES)

ENTITY_COLUMNS: dict[str, tuple[str, ...]] = {
    "party": (
        "name", "given_name", "family_name", "company_name", "email", "phone", *_ADDRESS, "tax_id", "website", "parent_ref",
        "roles", "owner", "department", *_TIMES,
    ),
    "employee": (
        "name", "given_name", "family_name", "email", "phone", "department", "rate_minor_per_hour", "owner", *_ADDRESS,
        "tax_id", "company_name", "website", "parent_ref", "roles", *_TIMES,
    ),
    "product": ("code", "name", "price_minor", "currency", "kind", "is_active", *_TIMES),
    "account": ("code", "name", "kind", "currency", "is_active", *_TIMES),
    "deal": ("name", "number", *_SIDE, "status", "is_won", "closed_at", "due_on", *_WORK),
    "project": ("name", "number", *_SIDE, "status", "started_at", "completed_at", "due_on", *_WORK),
    "task": ("name", "number", *_SIDE, "status", "started_at", "completed_at", "due_on", *_WORK),
    "ticket": ("name", "number", *_SIDE, "status", "opened_at", "resolved_at", "due_on", *_WORK),
    "quote": (
        "number", "name", *_SIDE, "issued_on", "amount_minor", "currency", "net_minor", "tax_minor", "due_on", "status",
        "is_won", "closed_at", "deal_ref", *_TEXTS, "gl_code", *_TIMES,
    ),
    "order": (
        "number", *_SIDE, "created_at", "issued_on", "amount_minor", "currency", "completed_at", *_BILLED, "invoice_ref",
        *_TIMES[1:],
    ),
    "invoice": ("number", *_SIDE, "issued_on", "amount_minor", "currency", *_BILLED, *_TIMES),
    "credit_note": ("number", *_SIDE, "issued_on", "amount_minor", "currency", "invoice_ref", *_BILLED, *_TIMES),
    "bill": ("number", *_SIDE, "issued_on", "amount_minor", "currency", *_BILLED, *_TIMES),
    "payment": (
        "paid_at", "amount_minor", "currency", *_SIDE, "number", "reference", "description", "account", "issued_on",
        "paid_minor", "gl_code", *_POSTED,
    ),
    "bank_line": (
        "posted_on", "amount_minor", "currency", "description", *_SIDE, "account", "reference", "number", "gl_code",
        *_POSTED,
    ),
    "expense": (
        "spent_on", "amount_minor", "currency", *_SIDE, "description", "number", "reference", "paid_at", "gl_code", *_POSTED,
    ),
    "journal_line": (
        "posted_on", "gl_code", "amount_minor", "currency", "description", *_SIDE, "number", "reference", "account",
        *_POSTED,
    ),
}  # fmt: skip
"""Canonical columns that an export may fill, by entity, the most important first. A column that is not here is either no
matter of that entity (an invoice does not start) or filled by the toolkit itself (ids, ``party_key``, ``raw``)."""


def record_key(system: str, stream: str, record_id: str) -> str:
    """Return the text form of a record's key.

    Parameters
    ----------
    system, stream
        Names without a slash.
    record_id
        As the system writes it; it may hold slashes.

    Examples
    --------
    >>> record_key("crm", "contacts", "101")
    'crm/contacts/101'
    """
    return f"{system}/{stream}/{record_id}"
