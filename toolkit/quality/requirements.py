"""What a record cannot do without, by entity."""

from typing import NamedTuple


class Requirement(NamedTuple):
    """One of ``columns`` must be filled; ``words`` says what is missing otherwise."""

    columns: tuple[str, ...]
    words: str
    severity: str


PARTY_COLUMNS = ("party_ref", "party_key", "party_name")
_NUMBER = Requirement(("number",), "a number", "high")
_AMOUNT = Requirement(("amount_minor", "net_minor"), "an amount", "high")
_CURRENCY = Requirement(("currency",), "a currency", "medium")
_CUSTOMER = Requirement(PARTY_COLUMNS, "a customer", "high")
_SUPPLIER = Requirement(PARTY_COLUMNS, "a supplier", "high")
_ISSUED = Requirement(("issued_on",), "a date", "high")
_DUE = Requirement(("due_on",), "a due date", "medium")
_GL_CODE = Requirement(("gl_code",), "a ledger account", "medium")
_NAME = Requirement(("name",), "a name", "high")

REQUIRED: dict[str, tuple[Requirement, ...]] = {
    "party": (
        Requirement(("name", "company_name", "given_name", "family_name"), "a name", "high"),
        Requirement(("email", "phone"), "an e-mail address or telephone number", "medium"),
    ),
    "employee": (
        Requirement(("name", "given_name", "family_name"), "a name", "high"),
        Requirement(("email",), "an e-mail address", "medium"),
        Requirement(("department",), "a department", "low"),
    ),
    "product": (_NAME, Requirement(("code",), "a product code", "medium")),
    "account": (_NAME,),
    "deal": (
        _NAME,
        Requirement(PARTY_COLUMNS, "a customer", "medium"),
        Requirement(("amount_minor", "net_minor"), "an amount", "low"),
    ),
    "project": (_NAME, Requirement(PARTY_COLUMNS, "a customer", "low")),
    "task": (_NAME,),
    "ticket": (Requirement(("name",), "a subject", "medium"), Requirement(PARTY_COLUMNS, "a requester", "medium")),
    "quote": (_NUMBER, _CUSTOMER, _AMOUNT, _ISSUED, _CURRENCY),
    "order": (
        _NUMBER,
        _CUSTOMER,
        _AMOUNT,
        Requirement(("issued_on", "created_at"), "a date", "high"),
        _CURRENCY,
    ),
    "invoice": (_NUMBER, _CUSTOMER, _AMOUNT, _ISSUED, _DUE, _CURRENCY),
    "credit_note": (_NUMBER, _CUSTOMER, _AMOUNT, _ISSUED, _CURRENCY),
    "bill": (_NUMBER, _SUPPLIER, _AMOUNT, _ISSUED, _DUE, _GL_CODE, _CURRENCY),
    "payment": (
        Requirement(PARTY_COLUMNS, "a payer or payee", "medium"),
        _AMOUNT,
        Requirement(("paid_at", "created_at"), "a date", "high"),
        _CURRENCY,
    ),
    "bank_line": (
        _AMOUNT,
        Requirement(("posted_on",), "a date", "high"),
        Requirement(("description", "party_name", "name"), "a text", "low"),
    ),
    "expense": (_AMOUNT, Requirement(("spent_on",), "a date", "high"), _GL_CODE),
    "journal_line": (_AMOUNT, Requirement(("posted_on",), "a date", "high"), _GL_CODE),
}
