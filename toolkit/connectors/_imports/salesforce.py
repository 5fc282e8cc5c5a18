"""Salesforce's Data Loader: records are found by Id, references are fields, and each row fills every column of its file.

Source: developer.salesforce.com, Data Loader Guide, "Data Loader Behavior with Bulk API Enabled": what an empty cell does
hangs on a setting, so no cell is ever empty; Bulk API guide, "Prepare CSV Files": UTF-8, commas, no spaces around cells.
Help, "Error 'CSV Error: Invalid CSV file format' with unicode / UTF-8 BOM": no byte-order mark. All read in 2026. The close
date of an opportunity is left out, since it is read as an instant, and stages, since each organisation has its own.
"""

from toolkit.changes import Action
from toolkit.connector import RECORD_ID, ByHand, HandWords, ImportColumn, ImportForm

_ID = r"[A-Za-z0-9]{15}([A-Za-z0-9]{3})?"
_SOURCE = "developer.salesforce.com, Data Loader Guide and Bulk API “Prepare CSV Files”, read in 2026"
_CHANGES: tuple[Action, ...] = ("update", "repoint")


def _forms(
    kind: str,
    columns: tuple[ImportColumn, ...],
    required: tuple[str, ...],
    *,
    follows: tuple[tuple[str, tuple[str, ...]], ...] = (),
    is_made: bool = True,
) -> tuple[ImportForm, ...]:
    """Return the loader's update and insert of a kind of object."""
    changed = ImportForm(
        name=f"Data Loader, Update {kind}",
        actions=_CHANGES,
        place=f"Data Loader: Update, object {kind}; map the columns by their names.",
        columns=columns,
        record=ImportColumn(RECORD_ID, "Id", _ID),
        follows=follows,
        max_rows=50_000,
        choices=("Read all CSVs with UTF-8 encoding: on. Insert null values: off.",),
        on_repeat="The same values are written once more: nothing changes.",
        source=_SOURCE,
    )
    made = ImportForm(
        name=f"Data Loader, Insert {kind}",
        actions=("create",),
        place=f"Data Loader: Insert, object {kind}; map the columns by their names.",
        columns=columns,
        required=required,
        follows=follows,
        unsaid=("roles", "state"),
        max_rows=50_000,
        choices=(
            "Read all CSVs with UTF-8 encoding: on. Insert null values: off.",
            "Keep the file of successes that the loader writes: it names the ids of what was made.",
        ),
        on_repeat="Every record is made a second time: never import it twice.",
        source=_SOURCE,
    )
    return (changed, made) if is_made else (changed,)


def _address(kind: str) -> tuple[ImportColumn, ...]:
    return (
        ImportColumn("street", f"{kind}Street", max_length=255),
        ImportColumn("city", f"{kind}City", max_length=40),
        ImportColumn("region", f"{kind}State", max_length=80),
        ImportColumn("postcode", f"{kind}PostalCode", max_length=20),
        ImportColumn("country", f"{kind}Country", max_length=80),
    )


_PERSON = (
    ImportColumn("given_name", "FirstName", max_length=40),
    ImportColumn("family_name", "LastName", max_length=80),
    ImportColumn("email", "Email", r"[^\s@]+@[^\s@]+\.[^\s@]+", 80),
    ImportColumn("phone", "Phone", max_length=40),
)
_WHOLE_NAME = (("name", ("given_name", "family_name")),)

IMPORTS = {
    "accounts": _forms(
        "Account",
        (
            ImportColumn("name", "Name", max_length=255),
            ImportColumn("phone", "Phone", max_length=40),
            ImportColumn("website", "Website", max_length=255),
            *_address("Billing"),
        ),
        ("name",),
        follows=(("company_name", ("name",)),),
    ),
    "contacts": _forms(
        "Contact",
        (*_PERSON, *_address("Mailing"), ImportColumn("parent_ref", "AccountId", _ID)),
        ("family_name",),
        follows=_WHOLE_NAME,
    ),
    "leads": _forms(
        "Lead",
        (
            *_PERSON,
            ImportColumn("company_name", "Company", max_length=255),
            ImportColumn("website", "Website", max_length=255),
            *_address(""),
        ),
        ("family_name", "company_name"),
        follows=_WHOLE_NAME,
    ),
    "opportunities": _forms(
        "Opportunity",
        (
            ImportColumn("name", "Name", max_length=120),
            ImportColumn("party_ref", "AccountId", _ID),
            ImportColumn("amount_minor", "Amount"),
            ImportColumn("description", "Description"),
        ),
        (),
        is_made=False,
    ),
}

BY_HAND: HandWords = {
    "archive": ByHand(
        "Open the record and delete it. It lies in the recycle bin for about 15 days.",
        "Setup or app launcher: Recycle Bin, choose the record, Restore, within about 15 days.",
    ),
    "merge": ByHand(
        "Open the record that stays, View Duplicates, and merge the other one into it.",
        "Restoring the other one from the recycle bin does not bring back what belonged to it: set that back by the list.",
    ),
}
