"""QuickBooks Online's imports: customers, vendors and invoices are made; nothing that exists is changed.

Source: plugin-qbo.intuit.com, QuickBooks help "Which fields are imported" for customers and vendors (lengths of fields);
quickbooks.intuit.com, community answer 394876 and the template of invoices (headers, those that must be there); at most
1,000 rows of a list and 100 invoices a file; lists are taken from Excel or CSV, invoices from CSV; read in 2026. Whether
bills may be imported is said differently in different places, and so is what a second import of a name does: bills are
made by hand, and names that are there are left out.
"""

from toolkit.connector import ByHand, HandWords, ImportColumn, ImportForm

_LIST = "QuickBooks help, “Which fields are imported”, read in 2026"
_INVOICES = "QuickBooks community, answer 394876, and its template of invoices, read in 2026"


def _names(kind: str) -> ImportForm:
    """Return the import of customers or vendors."""
    name = ImportColumn("name", "Name", max_length=100)
    return ImportForm(
        name=f"QuickBooks {kind}",
        actions=("create",),
        place=f"Settings, Import data, {kind.capitalize()}.",
        columns=(
            name,
            ImportColumn("company_name", "Company", max_length=50),
            ImportColumn("email", "Email", r"[^\s@]+@[^\s@]+\.[^\s@]+", 100),
            ImportColumn("phone", "Phone", max_length=21),
            ImportColumn("website", "Website", r"https?://\S+", 1_000),
            ImportColumn("street", "Street", max_length=2_000),
            ImportColumn("city", "City", max_length=255),
            ImportColumn("region", "State", max_length=255),
            ImportColumn("postcode", "ZIP", max_length=30),
            ImportColumn("country", "Country", max_length=255),
        ),
        record=name,
        required=("name",),
        unsaid=("roles", "state"),
        max_rows=1_000,
        choices=("Map the columns by their names, and look through the preview.",),
        on_repeat="Names that are there already are refused or doubled: never import it twice.",
        takes_xlsx=True,
        source=_LIST,
    )


IMPORTS = {
    "customers": (_names("customers"),),
    "vendors": (_names("vendors"),),
    "invoices": (
        ImportForm(
            name="QuickBooks invoices",
            actions=("create",),
            place="Settings, Import data, Invoices.",
            columns=(
                ImportColumn("number", "*InvoiceNo", max_length=21),
                ImportColumn("party_name", "*Customer"),
                ImportColumn("issued_on", "*InvoiceDate"),
                ImportColumn("due_on", "*DueDate"),
                ImportColumn("reference", "Memo"),
                ImportColumn("description", "ItemDescription"),
                ImportColumn("amount_minor", "*ItemAmount"),
                ImportColumn("currency", "Currency", r"[A-Z]{3}"),
            ),
            required=("number", "party_name", "issued_on", "due_on", "amount_minor"),
            unsaid=("party_ref", "net_minor", "status", "state"),
            left_empty=("deal_ref", "department", "gl_code", "sku"),
            instead=(("number", "reference"),),
            apart="number",
            lines=(
                ImportColumn("description", "ItemDescription"),
                ImportColumn("quantity", "ItemQuantity"),
                ImportColumn("rate", "ItemRate"),
                ImportColumn("amount_minor", "*ItemAmount"),
            ),
            is_repeated=False,
            day_form="%m/%d/%Y",
            max_rows=100,
            choices=(
                "Leave custom transaction numbers off (Settings, Account and settings, Sales): QuickBooks gives its own.",
                "The column *InvoiceNo then only keeps the lines of one invoice together.",
                "Date format: MM/DD/YYYY. Amounts include tax. Leave Currency unmapped where the company has one currency.",
                "Do not tick “Add new contacts”: a customer that is not found is to be looked at.",
            ),
            on_repeat="Every invoice may be made a second time: never import it twice.",
            source=_INVOICES,
        ),
    ),
}

BY_HAND: HandWords = {
    "archive": ByHand(
        "Sales, Customers (or Expenses, Vendors): in the line of the name choose Make inactive.",
        "Show inactive names in the list, and choose Make active.",
    ),
    "merge": ByHand(
        "Rename the one that goes to the exact name of the one that stays, and confirm the merge.",
        "QuickBooks has no way to take a merge back: make the record again from what stands under “before”.",
    ),
}
