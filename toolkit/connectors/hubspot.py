"""HubSpot: companies, contacts, deals, tickets.

Columns are those of the view a person exports, beside Record ID. Associations come as ids in one cell, joined by ";"; the
first is taken, the rest stay in the raw row. Times are in the portal's zone. A deal's stage is the portal's own label:
"won" or "lost" in it decides. CRMs built after it name their ids themselves ("Contact ID", "Deal ID").

Source: exports of 2024 to 2026 (``Record ID``, ``Associated Company IDs``, ``Create Date``).
"""

from toolkit.connector import Connector, ExportFormat, Field, Point, Stream

_ASSOCIATED = (
    "Associated Company|Associated Company IDs|Associated Company (Primary)|Associated Company IDs (Primary)|Create Date"
)
_OWN_DATES = {
    "created_at": Field(("Create Date", "Created Date")),
    "updated_at": Field(("Last Modified Date", "Last modified date")),
}
_PLACE = {
    "city": Field(("City",)),
    "region": Field(("State/Region", "State")),
    "postcode": Field(("Postal Code", "Zip")),
    "country": Field(("Country/Region", "Country")),
}

COMPANIES = Stream(
    name="companies",
    entity="party",
    kind="company",
    key=("Record ID|Record ID - Company|Company ID",),
    fields={
        "name": Field(("Company name", "Name")),
        "company_name": Field(("Company name", "Name")),
        "phone": Field(("Phone Number",)),
        "website": Field(("Company Domain Name", "Website URL")),
        "street": Field(("Street Address", "Street Address 2"), joined=", "),
        "tax_id": Field(("Tax ID", "VAT Number")),
        "owner": Field(("Company owner",)),
        "roles": Field(("Lifecycle Stage", "Type"), values=(("customer", "customer"), ("vendor|supplier", "vendor"))),
        **_PLACE,
        **_OWN_DATES,
    },
    points=(Point("domain", "website", Field(("Website URL",))),),
    formats=(
        ExportFormat("companies", ("Record ID|Company ID", "Company name", "Company owner|Company Domain Name")),
        ExportFormat("companies, few columns", ("Record ID", "Company name", "Industry|Phone Number|Lifecycle Stage")),
    ),
)

CONTACTS = Stream(
    name="contacts",
    entity="party",
    kind="person",
    roles=("contact",),
    key=("Record ID|Record ID - Contact|Contact ID",),
    fields={
        "name": Field(("First Name", "Last Name"), joined=" "),
        "given_name": Field(("First Name",)),
        "family_name": Field(("Last Name",)),
        "company_name": Field(("Associated Company (Primary)", "Associated Company", "Company Name"), form="first_listed"),
        "email": Field(("Email", "Work email")),
        "phone": Field(("Phone Number", "Mobile Phone Number")),
        "website": Field(("Website URL",)),
        "street": Field(("Street Address",)),
        "parent_ref": Field(
            (
                "Associated Company IDs (Primary)",
                "Associated Company IDs",
                "Associated Company ID",
                "Record ID - Company",
                "Associated Company",
            ),
            form="first_listed",
        ),
        "owner": Field(("Contact owner",)),
        **_PLACE,
        **_OWN_DATES,
    },
    points=(
        Point("phone", "mobile", Field(("Mobile Phone Number",))),
        Point("email", "work", Field(("Work email",))),
    ),
    formats=(
        ExportFormat(
            "contacts",
            (
                "Record ID|Contact ID",
                "Contact owner|Lifecycle Stage|Lead Status|Marketing contact status",
                _ASSOCIATED,
                "Email|First Name|Last Name",
            ),
            absent=("Deal Name", "Company owner"),
        ),
        ExportFormat("contacts with companies", ("Record ID - Contact", "Record ID - Company|Contact owner")),
    ),
)

DEALS = Stream(
    name="deals",
    entity="deal",
    key=("Record ID|Deal ID",),
    fields={
        "number": Field(("Record ID", "Deal ID")),
        "name": Field(("Deal Name",)),
        "party_ref": Field(
            ("Associated Company IDs (Primary)", "Associated Company IDs", "Associated Company (Primary)",
             "Associated Company", "Associated Contact IDs", "Associated Contact"),
            form="first_listed",
        ),
        "party_name": Field(
            ("Associated Company (Primary)", "Associated Company", "Associated Contact"), form="first_listed"
        ),
        "description": Field(("Deal Description",)),
        "amount_minor": Field(("Amount", "Amount in company currency")),
        "currency": Field(("Currency", "Deal currency code")),
        "status": Field(("Deal Stage",)),
        "is_won": Field(
            ("Is Closed Won", "Deal Stage"), values=(("^true$|won", "true"), ("lost", "false"))
        ),
        "closed_at": Field(("Close Date",)),
        **_OWN_DATES,
    },
    formats=(
        ExportFormat("deals", ("Record ID|Deal ID", "Deal Name", "Deal Stage|Deal owner|Amount")),
    ),
)  # fmt: skip

TICKETS = Stream(
    name="tickets",
    entity="ticket",
    key=("Record ID|Ticket ID|Record ID - Ticket",),
    identifying=("name", "opened_at", "party_ref"),
    fields={
        "number": Field(("Ticket ID", "Record ID", "Record ID - Ticket")),
        "name": Field(("Ticket name",)),
        "party_ref": Field(
            ("Associated Company IDs (Primary)", "Associated Company IDs", "Associated Company (Primary)",
             "Associated Company", "Associated Contact IDs", "Associated Contact Email", "Associated Contact",
             "Associated Company Domain"),
            form="first_listed",
        ),
        "party_name": Field(
            ("Associated Company (Primary)", "Associated Company", "Associated Contact"), form="first_listed"
        ),
        "description": Field(("Ticket description",)),
        "department": Field(("Pipeline",)),
        "status": Field(("Ticket status",)),
        "opened_at": Field(("Create Date", "Created Date")),
        "resolved_at": Field(("Close Date", "Closed Date")),
        **_OWN_DATES,
    },
    formats=(
        ExportFormat("tickets", ("Ticket name", "Ticket status|Pipeline", "Record ID|Ticket ID|Record ID - Ticket")),
    ),
)  # fmt: skip

CONNECTOR = Connector(name="hubspot", label="HubSpot", category="crm", streams=(COMPANIES, CONTACTS, DEALS, TICKETS))
