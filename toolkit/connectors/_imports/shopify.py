"""Shopify's import of customers, which makes them; what an overwrite does to fields that a file leaves out is nowhere said.

Source: Shopify help, "Description of the customer CSV file" as quoted by ascendfs.zendesk.com 26465992706843 and
blog.stagebit.com (February 2026): headers with their capitals, 15 MB, the column Email is there, codes of countries and
provinces. Products are not offered: a file without a product's options deletes its variants, and nobody exports those to us.
"""

from toolkit.connector import ByHand, HandWords, ImportColumn, ImportForm

IMPORTS = {
    "customers": (
        ImportForm(
            name="Shopify customers",
            actions=("create",),
            place="Customers, Import.",
            columns=(
                ImportColumn("given_name", "First Name"),
                ImportColumn("family_name", "Last Name"),
                ImportColumn("email", "Email", r"[^\s@]+@[^\s@]+\.[^\s@]+"),
                ImportColumn("company_name", "Default Address Company"),
                ImportColumn("street", "Default Address Address1"),
                ImportColumn("city", "Default Address City"),
                ImportColumn("region", "Default Address Province Code", r"[A-Z0-9]{1,3}"),
                ImportColumn("country", "Default Address Country Code", r"[A-Z]{2}"),
                ImportColumn("postcode", "Default Address Zip"),
                ImportColumn("phone", "Phone", r"\+[0-9]{7,15}"),
            ),
            record=ImportColumn("email", "Email", r"[^\s@]+@[^\s@]+\.[^\s@]+"),
            required=("email",),
            follows=(("name", ("given_name", "family_name")),),
            unsaid=("roles", "state"),
            max_rows=10_000,
            max_bytes=15_000_000,
            choices=("Leave “Overwrite existing customers” off.",),
            on_repeat="A customer with the same address or number is left as it is.",
            source="Shopify help, “Description of the customer CSV file”, as quoted in February 2026",
        ),
    ),
}

BY_HAND: HandWords = {
    "archive": ByHand(
        "Shopify cannot put a customer aside: add the tag “archived”, and a note that names the record that stays.",
        "Remove the tag and the note.",
    ),
    "merge": ByHand(
        "Customers: open the one that goes, More actions, Merge customer; look at who stays before you confirm.",
        "Shopify has no way to take a merge back: make the customer again from what stands under “before”.",
    ),
}
