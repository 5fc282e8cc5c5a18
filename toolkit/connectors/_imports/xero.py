"""Xero's imports: contacts are changed by importing the exported row again, invoices and bills are made as drafts.

Source: help.xero.com/us/Contacts-Import-Existing and help.xero.com/us/Contacts_Import (read in 2026): contacts are found by
ContactName, which cannot be changed so, up to 1,000 a file; what an empty cell does is not said, so that rows are the
client's own ones, whole. help.xero.com/Help/Accounts_InvoiceImport.htm and the templates for invoices and bills: drafts,
days as the organisation writes them, up to 500 a file. Nothing that exists is changed by importing invoices.
"""

from toolkit.connector import ByHand, HandWords, ImportColumn, ImportForm

_NAME = ImportColumn("name", "ContactName")
_CONTACT = (
    _NAME,
    ImportColumn("given_name", "FirstName"),
    ImportColumn("family_name", "LastName"),
    ImportColumn("company_name", "LegalName"),
    ImportColumn("email", "EmailAddress", r"[^\s@]+@[^\s@]+\.[^\s@]+"),
    ImportColumn("phone", "PhoneNumber"),
    ImportColumn("website", "Website", r"https?://\S+"),
    ImportColumn("street", "POAddressLine1"),
    ImportColumn("city", "POCity"),
    ImportColumn("region", "PORegion"),
    ImportColumn("postcode", "POPostalCode"),
    ImportColumn("country", "POCountry"),
    ImportColumn("tax_id", "TaxNumber"),
)
_CONTACTS = "help.xero.com, “Update multiple contacts' details in one go”, “Import contacts into Xero”, read in 2026"
_INVOICES = "help.xero.com, “Import invoices, bills and credit notes into Xero”, and its templates, read in 2026"


def _drafts(kind: str, menu: str, *more: ImportColumn) -> ImportForm:
    """Return the import of sales invoices or bills, one line each."""
    return ImportForm(
        name=f"Xero {kind}",
        actions=("create",),
        place=f"Business, {menu}, Import.",
        columns=(
            ImportColumn("party_name", "*ContactName"),
            ImportColumn("number", "*InvoiceNumber"),
            *more,
            ImportColumn("issued_on", "*InvoiceDate"),
            ImportColumn("due_on", "*DueDate"),
            ImportColumn("description", "*Description"),
            ImportColumn("amount_minor", "*UnitAmount"),
            ImportColumn("gl_code", "*AccountCode"),
            ImportColumn("currency", "Currency", r"[A-Z]{3}"),
        ),
        required=("party_name", "number", "issued_on", "due_on", "amount_minor"),
        unsaid=("party_ref", "net_minor", "tax_minor", "status", "state"),
        left_empty=("deal_ref", "department", *(() if more else ("reference",)), "sku"),
        instead=(("number", "reference"),),
        apart="number",
        lines=(
            ImportColumn("description", "*Description"),
            ImportColumn("quantity", "*Quantity"),
            ImportColumn("rate", "*UnitAmount"),
            ImportColumn("gl_code", "*AccountCode"),
        ),
        constants=(("*Quantity", "1"), ("*TaxType", "")),
        day_form="%d/%m/%Y",
        max_rows=500,
        choices=(
            "Update contact details: no. The amounts are tax inclusive.",
            "Days are day/month/year. If your organisation writes the month first, give us word: do not import.",
            "Where it had no number of its own, a draft has that of what it stands for: give it one before you approve it.",
            "Choose account and tax rate in each draft before you approve it, where they are empty.",
        ),
        on_repeat="Drafts may be made a second time: never import it twice.",
        source=_INVOICES,
    )


IMPORTS = {
    "contacts": (
        ImportForm(
            name="Xero contacts, existing",
            actions=("update",),
            place="Contacts, All contacts, Import.",
            columns=_CONTACT,
            record=_NAME,
            rows="whole",
            max_rows=1_000,
            choices=("Leave every column of the file in its place.",),
            on_repeat="The same values are written once more: nothing changes.",
            source=_CONTACTS,
        ),
        ImportForm(
            name="Xero contacts, new",
            actions=("create",),
            place="Contacts, All contacts, Import.",
            columns=(ImportColumn("name", "*ContactName"), *_CONTACT[1:]),
            record=ImportColumn("name", "*ContactName"),
            required=("name",),
            unsaid=("roles", "state"),
            max_rows=1_000,
            on_repeat="A contact of the same name is changed, not made again.",
            source=_CONTACTS,
        ),
    ),
    "invoices": (_drafts("sales invoices", "Invoices", ImportColumn("reference", "Reference")),),
    "bills": (_drafts("bills", "Bills to pay"),),
}

BY_HAND: HandWords = {
    "archive": ByHand("Contacts: tick the contact, Options, Archive.", "Contacts, Archived: tick the contact, Restore."),
    "merge": ByHand(
        "Contacts: tick the contact that goes, Options, Merge, and choose the one that stays.",
        "Xero has no way to take a merge back: restore the archived contact and set its documents back by the list.",
    ),
}
