"""HubSpot's import of one list: records are found by Record ID, and an empty cell leaves the field as it is.

Source: knowledge.hubspot.com, "Set up import files" (3 October 2025): file types, rows a file, header row; "Understand the
import tool" (3 December 2024): create or update one object; "How do I import contacts?" (5 June 2018): a cell left blank
does not overwrite, and nothing but a workflow empties a field. What is associated with what is not changed here: an import
adds an association and takes none away. Stages need their pipeline, owners their address: neither is known to be right.
"""

from toolkit.connector import RECORD_ID, ByHand, HandWords, ImportColumn, ImportForm

_SOURCE = "knowledge.hubspot.com, “Set up import files”, 3 October 2025"
_PLACE = "CRM, {kind}, Import, Start an import, one file with {kind}."
_DOMAIN = r"(?i)[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}"
_EMAIL = r"[^\s@]+@[^\s@]+\.[^\s@]+"
_ADDRESS = (
    ImportColumn("street", "Street Address"),
    ImportColumn("city", "City"),
    ImportColumn("region", "State/Region"),
    ImportColumn("postcode", "Postal Code"),
    ImportColumn("country", "Country/Region"),
)
_MOST = 1_048_575


def _form(
    kind: str,
    columns: tuple[ImportColumn, ...],
    *,
    follows: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> ImportForm:
    """Return the import that changes records of a kind."""
    return ImportForm(
        name=f"HubSpot {kind}, existing",
        actions=("update",),
        place=_PLACE.format(kind=kind),
        columns=columns,
        record=ImportColumn(RECORD_ID, "Record ID", r"[0-9]+"),
        follows=follows,
        blank="keeps",
        max_rows=_MOST,
        choices=(
            "Update existing records only.",
            "The column “Record ID” finds the records: map it to Record ID.",
            "Leave “Do not overwrite” off for every column.",
        ),
        on_repeat="The same values are written once more: nothing changes.",
        takes_xlsx=True,
        source=_SOURCE,
    )


def _new(
    kind: str,
    columns: tuple[ImportColumn, ...],
    on_repeat: str,
    *,
    key: ImportColumn,
    follows: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> ImportForm:
    """Return the import that makes records of a kind; one that is there already would be changed, so none may be."""
    return ImportForm(
        name=f"HubSpot {kind}, new",
        actions=("create",),
        place=_PLACE.format(kind=kind),
        columns=columns,
        record=key,
        required=(key.column,),
        follows=follows,
        unsaid=("roles", "state"),
        blank="keeps",
        max_rows=_MOST,
        choices=("Create new records only.",),
        on_repeat=on_repeat,
        takes_xlsx=True,
        source=_SOURCE,
    )


_NAME, _WEBSITE = ImportColumn("name", "Company name"), ImportColumn("website", "Company Domain Name", _DOMAIN)
_COMPANY = (_NAME, _WEBSITE, ImportColumn("phone", "Phone Number"), *_ADDRESS)
_SAME_NAME = (("company_name", ("name",)),)
_MAIL = ImportColumn("email", "Email", _EMAIL)
_CONTACT = (
    ImportColumn("given_name", "First Name"),
    ImportColumn("family_name", "Last Name"),
    _MAIL,
    ImportColumn("phone", "Phone Number"),
    ImportColumn("website", "Website URL"),
    *_ADDRESS,
)
_WHOLE_NAME = (("name", ("given_name", "family_name")),)

IMPORTS = {
    "companies": (
        _form("Companies", _COMPANY, follows=_SAME_NAME),
        _new("Companies", _COMPANY, "A company of the same domain is not made again.", key=_WEBSITE, follows=_SAME_NAME),
    ),
    "contacts": (
        _form("Contacts", _CONTACT, follows=_WHOLE_NAME),
        _new("Contacts", _CONTACT, "A contact of the same address is not made again.", key=_MAIL, follows=_WHOLE_NAME),
    ),
    "deals": (
        _form(
            "Deals",
            (
                ImportColumn("name", "Deal Name"),
                ImportColumn("amount_minor", "Amount"),
                ImportColumn("description", "Deal Description"),
            ),
        ),
    ),
    "tickets": (_form("Tickets", (ImportColumn("name", "Ticket name"), ImportColumn("description", "Ticket description"))),),
    "products": (
        _form(
            "Products",
            (ImportColumn("name", "Name"), ImportColumn("code", "SKU"), ImportColumn("price_minor", "Unit price")),
        ),
    ),
}

BY_HAND: HandWords = {
    "archive": ByHand(
        "Open the record, Actions, Delete. HubSpot keeps it for 90 days.",
        "In the list: Actions, Restore records, within 90 days.",
    ),
    "repoint": ByHand(
        "Open the record. Under its associations add the company under “after”, make it the primary one, then remove the "
        "one under “before”.",
        "Add the company under “before” again, make it the primary one, then remove the other.",
    ),
    "merge": ByHand(
        "Open the record that stays, Actions, Merge, and choose the other one.",
        "HubSpot has no way to take a merge back: make the record again from what stands under “before”.",
    ),
}
