"""How Xero's records are changed: contacts are archived, documents changed while they may be, what a job made is deleted.

Everything is sent as a list of one. A contact's telephones and addresses are lists by their kind, and are sent as a whole.
An invoice or a bill is made as a draft, and Xero says itself which documents may still be changed. There is no version: each
record is read and compared just before.

Source: XeroAPI/Xero-OpenAPI 16.1.0 (operations, ``Idempotency-Key`` of at most 128 characters, ``ContactStatus``, what is
read only); developer.xero.com, read in autumn 2026. How long a key is kept is said nowhere (UNVERIFIED): it is trusted for
two minutes. That an archived contact is brought back by its status is UNVERIFIED: what is read back says so.
"""

from toolkit.connector import OneCall, WriteCall, WriteField, WriteLines, Writing

_KEY_HOURS = 1 / 30
_PHONE, _PLACE = "Phones.[PhoneType=DEFAULT]", "Addresses.[AddressType=POBOX]"


def _writing(
    kind: str,
    fields: tuple[WriteField, ...],
    *,
    scope: str,
    create: WriteCall | None = None,
    archive: WriteCall | None = None,
    restore: WriteCall | None = None,
    delete: WriteCall | None = None,
    archived: tuple[str, str] = ("Status", "DELETED"),
    lines: WriteLines | None = None,
    unsaid: tuple[str, ...] = (),
    whole: tuple[str, ...] = (),
    repeated: tuple[str, ...] = (),
) -> Writing:
    """Return how the records of a list are changed.

    Parameters
    ----------
    kind
        The list, as its path and answer name it.
    fields
        What may be written.
    scope
        The right to write it.
    create, archive, restore, delete, archived, lines, unsaid, whole, repeated
        As `Writing` has them.
    """
    return Writing(
        one=OneCall(f"/{kind}/{{id}}"),
        fields=fields,
        lines=lines,
        unsaid=unsaid,
        id=f"{kind.removesuffix('s')}ID",
        inside=f"{kind}.0",
        body_inside=f"{kind}.0",
        create=create,
        update=_post(kind, "{}"),
        archive=archive,
        restore=restore,
        delete=delete,
        whole=whole,
        repeated=repeated,
        archived=archived,
        stamp="UpdatedDateUTC",
        key_header="Idempotency-Key",
        key_hours=_KEY_HOURS,
        blank="empty",
        scopes=(scope,),
    )


def _post(kind: str, entry: str, *, has_fields: bool = True) -> WriteCall:
    """Return the request that changes a record; ``entry`` is what stands in it beside its fields."""
    body = f'{{"{kind}": [{entry}]}}'
    return WriteCall("POST", f"/{kind}/{{id}}", body, has_fields, refused=(f"{kind}.0.ValidationErrors.0",))


def _made(kind: str, entry: str) -> WriteCall:
    """Return the request that makes a record, and changes none that is there."""
    return WriteCall("PUT", f"/{kind}", f'{{"{kind}": [{entry}]}}', refused=(f"{kind}.0.ValidationErrors.0",))


_DOCUMENT = (
    WriteField("party_ref", "Contact.ContactID"),
    WriteField("issued_on", "Date", "day"),
    WriteField("due_on", "DueDate", "day"),
    WriteField("currency", "CurrencyCode"),
    WriteField("amount_minor", form="amount"),
)
_LINES = WriteLines(
    "LineItems",
    (
        WriteField("description", "Description"),
        WriteField("gl_code", "AccountCode"),
        WriteField("quantity", "Quantity", "number"),
        WriteField("amount_minor", "LineAmount", "amount"),
    ),
    "{}",
    # A line must say what it is for.
    (("description", "reference"), ("description", "description"), ("gl_code", "gl_code"), ("amount_minor", "amount_minor")),
)
_UNSAID = ("party_name", "net_minor", "tax_minor", "description", "gl_code", "department", "deal_ref")


def _invoices(kind: str, fields: tuple[WriteField, ...], unsaid: tuple[str, ...]) -> Writing:
    """Return how sales invoices (ACCREC) or bills (ACCPAY) are changed."""
    return _writing(
        "Invoices",
        (*fields, *_DOCUMENT),
        scope="accounting.invoices",
        create=_made("Invoices", f'{{"Type": "{kind}", "Status": "DRAFT", "LineAmountTypes": "Inclusive"}}'),
        delete=_post("Invoices", '{"Status": "DELETED"}', has_fields=False),
        lines=_LINES,
        unsaid=(*unsaid, "status"),
    )


WRITINGS = {
    "contacts": _writing(
        "Contacts",
        (
            WriteField("name", "Name"),
            WriteField("given_name", "FirstName"),
            WriteField("family_name", "LastName"),
            WriteField("email", "EmailAddress"),
            WriteField(
                "phone", f"{_PHONE}.PhoneNumber", clears=(f"{_PHONE}.PhoneAreaCode", f"{_PHONE}.PhoneCountryCode")
            ),
            WriteField(
                "street",
                f"{_PLACE}.AddressLine1",
                clears=tuple(f"{_PLACE}.AddressLine{number}" for number in range(2, 5)),
            ),
            WriteField("city", f"{_PLACE}.City"),
            WriteField("region", f"{_PLACE}.Region"),
            WriteField("postcode", f"{_PLACE}.PostalCode"),
            WriteField("country", f"{_PLACE}.Country"),
            WriteField("tax_id", "TaxNumber"),
        ),
        scope="accounting.contacts",
        create=_made("Contacts", "{}"),
        archive=_post("Contacts", '{"ContactStatus": "ARCHIVED"}', has_fields=False),
        restore=_post("Contacts", '{"ContactStatus": "ACTIVE"}', has_fields=False),
        archived=("ContactStatus", "ARCHIVED"),
        unsaid=("roles",),
        whole=("Phones", "Addresses"),
    ),
    "invoices": _invoices(
        "ACCREC", (WriteField("number", "InvoiceNumber"), WriteField("reference", "Reference")), _UNSAID
    ),
    "bills": _invoices("ACCPAY", (WriteField("number", "InvoiceNumber"),), (*_UNSAID, "reference")),
    "credit_notes": _writing(
        "CreditNotes",
        (WriteField("party_ref", "Contact.ContactID"), WriteField("reference", "Reference")),
        scope="accounting.invoices",
    ),
    "bank_transactions": _writing(
        "BankTransactions",
        (WriteField("party_ref", "Contact.ContactID"), WriteField("reference", "Reference")),
        scope="accounting.banktransactions",
        repeated=("Type", "BankAccount", "LineItems"),
    ),
}  # fmt: skip
