"""HubSpot: companies, contacts, deals, tickets, products, owners.

Columns are those of the view a person exports, beside Record ID. Associations come as ids in one cell, joined by ";"; the
first is taken, the rest stay in the raw row. Times are in the portal's zone. A deal's stage is the portal's own label:
"won" or "lost" in it decides. CRMs built after it name their ids themselves ("Contact ID", "Deal ID").

Asked, it gives only the properties that are named. What changed is searched for, which ends after 10,000 records and names
no associations: those of the deals and tickets that it finds are asked for by their ids, a hundred at a time. Its archive
holds what was deleted in the last 90 days. The survivor of a merge names the ids that went into it; these are no more.
Owners, stages and pipelines are ids; their names are looked up.

Source: exports of 2024 to 2026 (``Record ID``, ``Associated Company IDs``, ``Create Date``); the client that HubSpot
publishes (hubspot-api-client 12.0.0) and its pages on usage limits and on searching the CRM.
"""

from toolkit.connector import (
    About,
    Connector,
    ExportFormat,
    Field,
    Interface,
    Point,
    Proof,
    Stream,
    with_imports,
    with_writings,
)
from toolkit.connectors._imports.hubspot import BY_HAND, IMPORTS
from toolkit.connectors.hubspot.asking import API, COMPANY, CONTACT, OWNER_NAMES, PARTY_NAMES, lists, owners, stages
from toolkit.connectors.hubspot.writing import WRITINGS

_ASSOCIATED = (
    "Associated Company|Associated Company IDs|Associated Company (Primary)|Associated Company IDs (Primary)|Create Date"
)
_OWN_DATES = {
    "created_at": Field(("Create Date", "Created Date"), path=("createdAt",)),
    "updated_at": Field(("Last Modified Date", "Last modified date"), path=("updatedAt",)),
}
_PLACE = {
    "city": Field(("City",), path=("properties.city",)),
    "region": Field(("State/Region", "State"), path=("properties.state",)),
    "postcode": Field(("Postal Code", "Zip"), path=("properties.zip",)),
    "country": Field(("Country/Region", "Country"), path=("properties.country",)),
}
_OWNER = ("(owner)", "(former owner)", "properties.hubspot_owner_id")

_COMPANY_FIELDS = {
    "name": Field(("Company name", "Name"), path=("properties.name",)),
    "company_name": Field(("Company name", "Name"), path=("properties.name",)),
    "phone": Field(("Phone Number",), path=("properties.phone",)),
    "website": Field(("Company Domain Name", "Website URL"), path=("properties.domain", "properties.website")),
    "street": Field(("Street Address", "Street Address 2"), joined=", ", path=("properties.address", "properties.address2")),
    "tax_id": Field(("Tax ID", "VAT Number")),
    "owner": Field(("Company owner",), path=_OWNER),
    "roles": Field(
        ("Lifecycle Stage", "Type"),
        values=(("customer", "customer"), ("vendor|supplier", "vendor")),
        path=("properties.lifecyclestage", "properties.type"),
    ),
    **_PLACE,
    **_OWN_DATES,
}

COMPANIES = Stream(
    name="companies",
    entity="party",
    kind="company",
    key=("Record ID|Record ID - Company|Company ID",),
    fields=_COMPANY_FIELDS,
    points=(Point("domain", "website", Field(("Website URL",), path=("properties.website",))),),
    formats=(
        ExportFormat("companies", ("Record ID|Company ID", "Company name", "Company owner|Company Domain Name")),
        ExportFormat("companies, few columns", ("Record ID", "Company name", "Industry|Phone Number|Lifecycle Stage")),
    ),
    readings=lists("companies", _COMPANY_FIELDS.values(), "crm.objects.companies.read"),
    path_key=("id",),
    path_merged="properties.hs_merged_object_ids",
    lookups=OWNER_NAMES,
)

_MOBILE = Field(("Mobile Phone Number",), path=("properties.mobilephone",))
_WORK_EMAIL = Field(("Work email",), path=("properties.work_email",))
_CONTACT_FIELDS = {
    "name": Field(("First Name", "Last Name"), joined=" ", path=("properties.firstname", "properties.lastname")),
    "given_name": Field(("First Name",), path=("properties.firstname",)),
    "family_name": Field(("Last Name",), path=("properties.lastname",)),
    "company_name": Field(
        ("Associated Company (Primary)", "Associated Company", "Company Name"),
        form="first_listed",
        path=("properties.company",),
    ),
    "email": Field(("Email", "Work email"), path=("properties.email", "properties.work_email")),
    "phone": Field(("Phone Number", "Mobile Phone Number"), path=("properties.phone", "properties.mobilephone")),
    "website": Field(("Website URL",), path=("properties.website",)),
    "street": Field(("Street Address",), path=("properties.address",)),
    "parent_ref": Field(
        (
            "Associated Company IDs (Primary)",
            "Associated Company IDs",
            "Associated Company ID",
            "Record ID - Company",
            "Associated Company",
        ),
        form="first_listed",
        path=("properties.associatedcompanyid",),
    ),
    "owner": Field(("Contact owner",), path=_OWNER),
    **_PLACE,
    **_OWN_DATES,
}

CONTACTS = Stream(
    name="contacts",
    entity="party",
    kind="person",
    roles=("contact",),
    key=("Record ID|Record ID - Contact|Contact ID",),
    fields=_CONTACT_FIELDS,
    points=(Point("phone", "mobile", _MOBILE), Point("email", "work", _WORK_EMAIL)),
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
    readings=lists("contacts", _CONTACT_FIELDS.values(), "crm.objects.contacts.read", changed="lastmodifieddate"),
    path_key=("id",),
    path_merged="properties.hs_merged_object_ids",
    lookups=OWNER_NAMES,
)

_DEAL_FIELDS = {
    "number": Field(("Record ID", "Deal ID"), path=("id",)),
    "name": Field(("Deal Name",), path=("properties.dealname",)),
    "party_ref": Field(
        ("Associated Company IDs (Primary)", "Associated Company IDs", "Associated Company (Primary)",
         "Associated Company", "Associated Contact IDs", "Associated Contact"),
        form="first_listed",
        path=(COMPANY, CONTACT),
    ),
    "party_name": Field(
        ("Associated Company (Primary)", "Associated Company", "Associated Contact"),
        form="first_listed",
        path=("(company)", "(contact)"),
    ),
    "description": Field(("Deal Description",), path=("properties.description",)),
    "amount_minor": Field(("Amount", "Amount in company currency"), path=("properties.amount",)),
    "currency": Field(("Currency", "Deal currency code"), path=("properties.deal_currency_code",)),
    "status": Field(("Deal Stage",), path=("(stage)", "properties.dealstage")),
    "is_won": Field(
        ("Is Closed Won", "Deal Stage"),
        values=(("^true$|won", "true"), ("lost", "false")),
        asked=Field(
            ("properties.hs_is_closed_won", "properties.hs_is_closed"),
            joined=" ",
            values=(("^true", "true"), ("^false true$", "false")),
        ),
    ),
    "closed_at": Field(("Close Date",), path=("properties.closedate",)),
    **_OWN_DATES,
}  # fmt: skip

DEALS = Stream(
    name="deals",
    entity="deal",
    key=("Record ID|Deal ID",),
    fields=_DEAL_FIELDS,
    formats=(
        ExportFormat("deals", ("Record ID|Deal ID", "Deal Name", "Deal Stage|Deal owner|Amount")),
    ),
    readings=lists("deals", _DEAL_FIELDS.values(), "crm.objects.deals.read", is_associated=True),
    path_key=("id",),
    path_merged="properties.hs_merged_object_ids",
    lookups=(*PARTY_NAMES, *stages("deals", "pipeline", "dealstage")),
)  # fmt: skip

_TICKET_FIELDS = {
    "number": Field(("Ticket ID", "Record ID", "Record ID - Ticket"), path=("id",)),
    "name": Field(("Ticket name",), path=("properties.subject",)),
    "party_ref": Field(
        ("Associated Company IDs (Primary)", "Associated Company IDs", "Associated Company (Primary)",
         "Associated Company", "Associated Contact IDs", "Associated Contact Email", "Associated Contact",
         "Associated Company Domain"),
        form="first_listed",
        path=(COMPANY, CONTACT),
    ),
    "party_name": Field(
        ("Associated Company (Primary)", "Associated Company", "Associated Contact"),
        form="first_listed",
        path=("(company)", "(contact)"),
    ),
    "description": Field(("Ticket description",), path=("properties.content",)),
    "department": Field(("Pipeline",), path=("(pipeline)", "properties.hs_pipeline")),
    "status": Field(("Ticket status",), path=("(stage)", "properties.hs_pipeline_stage")),
    "opened_at": Field(("Create Date", "Created Date"), path=("createdAt",)),
    "resolved_at": Field(("Close Date", "Closed Date"), path=("properties.closed_date",)),
    **_OWN_DATES,
}  # fmt: skip

TICKETS = Stream(
    name="tickets",
    entity="ticket",
    key=("Record ID|Ticket ID|Record ID - Ticket",),
    identifying=("name", "opened_at", "party_ref"),
    fields=_TICKET_FIELDS,
    formats=(
        ExportFormat("tickets", ("Ticket name", "Ticket status|Pipeline", "Record ID|Ticket ID|Record ID - Ticket")),
    ),
    readings=lists("tickets", _TICKET_FIELDS.values(), "tickets", is_associated=True),
    path_key=("id",),
    path_merged="properties.hs_merged_object_ids",
    lookups=(*PARTY_NAMES, *stages("tickets", "hs_pipeline", "hs_pipeline_stage")),
)  # fmt: skip

_PRODUCT_FIELDS = {
    "code": Field(("SKU",), path=("properties.hs_sku",)),
    "name": Field(("Name",), path=("properties.name",)),
    "price_minor": Field(("Unit price",), path=("properties.price",)),
    "kind": Field(("Product type",), path=("properties.hs_product_type",)),
    **_OWN_DATES,
}

PRODUCTS = Stream(
    name="products",
    entity="product",
    key=("Record ID",),
    fields=_PRODUCT_FIELDS,
    formats=(ExportFormat("products", ("Record ID", "Name", "SKU", "Unit price")),),
    readings=lists("products", _PRODUCT_FIELDS.values(), "crm.objects.products.read"),
    path_key=("id",),
)

OWNERS = Stream(
    name="owners",
    entity="employee",
    kind="person",
    roles=("employee",),
    fields={
        "name": Field((), joined=" ", path=("firstName", "lastName")),
        "given_name": Field((), path=("firstName",)),
        "family_name": Field((), path=("lastName",)),
        "email": Field((), path=("email",)),
        "created_at": Field((), path=("createdAt",)),
        "updated_at": Field((), path=("updatedAt",)),
    },
    readings=(owners(is_archived=False), owners(is_archived=True)),
    path_key=("id",),
)

ABOUT = About(
    files="In each list: Export, all properties, associations included.",
    credentials={
        "bearer": (
            "In HubSpot: Settings, Integrations, Private Apps (or Legacy Apps), Create.",
            "Give it the scopes to read companies, contacts, deals, owners, tickets and products, and no other.",
            "Copy its access token into a variable of the environment.",
        ),
        "oauth2_code": ("Make an app in a developer account, with the scopes to read and the redirect address below.",),
    },
    quirks=(
        "A search ends after 10,000 records and lags some seconds behind; lists of what changed are cut so that they fit.",
        "What was deleted is kept for 90 days; what went before is seen by a full pull alone.",
        "A deal or ticket that is only given to another company is not changed by it: a full pull shows that.",
        "A stage is the portal's own word: whether it means won is asked where the word does not say so.",
        "What a job deletes comes back only by a person (90 days); a job that takes it back makes another of it.",
    ),
    interface=Interface("rest", read_only="yes", webhooks="yes", bulk="yes", sandbox="yes", changes="yes",
                        deletions="partly", repeats="partly"),
    proved_on=(Proof("vendor_sdk", "hubspot-api-client"), Proof("handwritten_contract", "lists and search of CRM v3"),
               Proof("export_files", "2024 to 2026")),
)  # fmt: skip

CONNECTOR = Connector(
    name="hubspot",
    label="HubSpot",
    category="crm",
    streams=with_writings(with_imports((COMPANIES, CONTACTS, DEALS, TICKETS, PRODUCTS, OWNERS), IMPORTS), WRITINGS),
    api=API,
    about=ABOUT,
    by_hand=BY_HAND,
)
