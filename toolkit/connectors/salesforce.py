"""Salesforce: accounts, contacts, opportunities; from the data export and from reports.

Ids have 18 characters in exports and 15 in reports; both are read as the 18 of the same record, case and all. Reports have
ids only where somebody added the column. Times are UTC.

Source: data export files of 2023 to 2026 (API names) and report exports (labels); the last three characters of an id are
a checksum over the capitals of the first fifteen (Salesforce help, "18-character IDs").
"""

from toolkit.connector import Connector, ExportFormat, Field, Point, Stream

_ID = "salesforce_id"
_DATES = {
    "created_at": Field(("CreatedDate", "Created Date")),
    "created_by": Field(("CreatedById", "Created By")),
    "updated_at": Field(("LastModifiedDate", "SystemModstamp", "Last Modified Date")),
    "state": Field(("IsDeleted",), values=(("^(true|1)$", "deleted"),)),
}

ACCOUNTS = Stream(
    name="accounts",
    entity="party",
    kind="company",
    key=("Id|Account ID",),
    key_form=_ID,
    is_id=True,
    identifying=("name", "street", "postcode"),
    alt_ids=("AccountNumber|Account Number",),
    fields={
        "name": Field(("Name", "Account Name")),
        "company_name": Field(("Name", "Account Name")),
        "phone": Field(("Phone",)),
        "website": Field(("Website",)),
        "street": Field(("BillingStreet", "Billing Street")),
        "city": Field(("BillingCity", "Billing City")),
        "region": Field(("BillingState", "Billing State/Province")),
        "postcode": Field(("BillingPostalCode", "Billing Zip/Postal Code")),
        "country": Field(("BillingCountry", "Billing Country")),
        "parent_ref": Field(("ParentId", "Parent Account ID", "Parent Account"), form=_ID),
        "owner": Field(("Account Owner", "OwnerId")),
        "merged_into": Field(("MasterRecordId",), form=_ID),
        **_DATES,
    },
    points=(
        Point("phone", "fax", Field(("Fax",))),
        Point(
            "address",
            "shipping",
            Field(("ShippingStreet", "ShippingCity", "ShippingState", "ShippingPostalCode", "ShippingCountry"), joined=", "),
        ),
    ),
    formats=(
        ExportFormat(
            "account data", ("Id", "Name", "BillingCity|BillingStreet", "OwnerId|SystemModstamp|NumberOfEmployees")
        ),
        ExportFormat(
            "account report", ("Account Name", "Billing City|Billing State/Province|Billing Street", "Account Owner")
        ),
    ),
)

CONTACTS = Stream(
    name="contacts",
    entity="party",
    kind="person",
    roles=("contact",),
    key=("Id|Contact ID",),
    key_form=_ID,
    identifying=("name", "email", "company_name"),
    fields={
        "name": Field(("FirstName", "First Name", "LastName", "Last Name"), joined=" "),
        "given_name": Field(("FirstName", "First Name")),
        "family_name": Field(("LastName", "Last Name")),
        "company_name": Field(("Account Name",)),
        "email": Field(("Email",)),
        "phone": Field(("Phone", "MobilePhone", "Mobile")),
        "street": Field(("MailingStreet", "Mailing Street")),
        "city": Field(("MailingCity", "Mailing City")),
        "region": Field(("MailingState", "Mailing State/Province")),
        "postcode": Field(("MailingPostalCode", "Mailing Zip/Postal Code")),
        "country": Field(("MailingCountry", "Mailing Country")),
        "parent_ref": Field(("AccountId", "Account ID", "Account Name"), form=_ID),
        "owner": Field(("Contact Owner", "Account Owner", "OwnerId")),
        "department": Field(("Department",)),
        "merged_into": Field(("MasterRecordId",), form=_ID),
        **_DATES,
    },
    points=(
        Point("phone", "mobile", Field(("MobilePhone", "Mobile"))),
        Point("phone", "home", Field(("HomePhone",))),
        Point("phone", "other", Field(("OtherPhone",))),
    ),
    formats=(
        ExportFormat("contact data", ("Id", "AccountId", "LastName", "MailingCity|MobilePhone|ReportsToId|IsEmailBounced")),
        ExportFormat(
            "contact report",
            ("Account Name", "Mailing City|Mailing State/Province|Mailing Zip/Postal Code", "Last Name"),
        ),
    ),
)

OPPORTUNITIES = Stream(
    name="opportunities",
    entity="deal",
    key=("Id|Opportunity ID",),
    key_form=_ID,
    identifying=("name", "party_name", "created_at"),
    fields={
        "number": Field(("Id", "Opportunity ID"), form=_ID),
        "name": Field(("Name", "Opportunity Name")),
        "party_ref": Field(("AccountId", "Account ID", "Account Name"), form=_ID),
        "party_name": Field(("Account Name",)),
        "description": Field(("Description", "NextStep", "Next Step")),
        "amount_minor": Field(("Amount",)),
        "currency": Field(("CurrencyIsoCode", "Amount Currency")),
        "status": Field(("StageName", "Stage")),
        "is_won": Field(
            ("IsWon", "IsClosed", "StageName", "Stage"),
            joined=" ",
            values=((r"^(true|1)\b|won", "true"), (r"^(false|0) (true|1)\b|lost", "false")),
        ),
        "closed_at": Field(("CloseDate", "Close Date")),
        **_DATES,
    },
    formats=(
        ExportFormat("opportunity data", ("Id", "StageName", "CloseDate", "IsWon|Probability|AccountId")),
        ExportFormat("opportunity report", ("Opportunity Name", "Stage", "Account Name|Opportunity Owner")),
    ),
)

CONNECTOR = Connector(name="salesforce", label="Salesforce", category="crm", streams=(ACCOUNTS, CONTACTS, OPPORTUNITIES))
