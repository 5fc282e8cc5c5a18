"""Salesforce: accounts, contacts, leads, opportunities; from the data export and from reports.

Ids have 18 characters in exports and 15 in reports; both are read as the 18 of the same record, case and all. Reports have
the columns that somebody chose: ids only where they were added, often no owner. "Account ID" names the account in a report
on accounts and refers to it in all others. A converted lead lives on as a contact and is archived. Times are UTC.

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

_PERSON_NAMES = {
    "name": Field(("FirstName", "First Name", "LastName", "Last Name"), joined=" "),
    "given_name": Field(("FirstName", "First Name")),
    "family_name": Field(("LastName", "Last Name")),
}

_BILLING = "Billing City|Billing State/Province|Billing Street|Billing Zip/Postal Code|Billing Country"
_ABOUT_ACCOUNT = "Phone|Website|Industry|Account Source|Employees|Annual Revenue|Rating|Last Activity"
_PERSON = "Last Name|First Name|Full Name"
_NOT_ACCOUNTS = (_PERSON, "Opportunity Name", "Opportunity ID", "Contact ID", "Lead ID", "Case Number", "Stage", "Record ID")

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
        ExportFormat("account report", ("Account Name", _BILLING, "Account Owner"), absent=_NOT_ACCOUNTS),
        ExportFormat("account report, no owner", ("Account Name", _BILLING, _ABOUT_ACCOUNT), absent=_NOT_ACCOUNTS),
        ExportFormat(
            "account report, few columns",
            ("Account ID", "Account Name", f"{_BILLING}|{_ABOUT_ACCOUNT}|Account Owner"),
            absent=_NOT_ACCOUNTS,
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
        **_PERSON_NAMES,
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
        ExportFormat(
            "contact report, few columns",
            ("Contact ID", "Account ID|Account Name", _PERSON),
            absent=("Opportunity Name", "Record ID", "Case Number"),
        ),
        ExportFormat(
            "contact report, no id",
            ("Account Name", _PERSON, "Contact Owner|Account Owner|Mailing Street|Mailing Country|Lead Source"),
            absent=("Opportunity Name", "Case Number"),
        ),
    ),
)

LEADS = Stream(
    name="leads",
    entity="party",
    kind="person",
    roles=("lead",),
    key=("Id|Lead ID",),
    key_form=_ID,
    identifying=("name", "email", "company_name"),
    fields={
        **_PERSON_NAMES,
        "company_name": Field(("Company", "Company / Account")),
        "email": Field(("Email",)),
        "phone": Field(("Phone", "MobilePhone", "Mobile")),
        "website": Field(("Website",)),
        "street": Field(("Street",)),
        "city": Field(("City",)),
        "region": Field(("State", "State/Province")),
        "postcode": Field(("PostalCode", "Zip/Postal Code")),
        "country": Field(("Country",)),
        "parent_ref": Field(("ConvertedAccountId", "Converted Account ID"), form=_ID),
        "owner": Field(("Lead Owner", "OwnerId")),
        "merged_into": Field(("MasterRecordId",), form=_ID),
        **_DATES,
        "state": Field(
            ("IsDeleted", "IsConverted"),
            joined=" ",
            values=((r"^(true|1) ", "deleted"), (r" (true|1)$", "archived")),
        ),
    },
    points=(Point("phone", "mobile", Field(("MobilePhone", "Mobile"))),),
    formats=(
        ExportFormat("lead data", ("Id", "IsConverted|ConvertedAccountId", "Company", "Status")),
        ExportFormat("lead report", ("Company / Account", _PERSON, "Lead Owner|Lead Source|Lead Status|Rating|Email")),
        ExportFormat("lead report, few columns", ("Lead ID", "Company / Account|Company", f"{_PERSON}|Email")),
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
        ExportFormat(
            "opportunity report, few columns",
            ("Opportunity Name|Opportunity ID", "Amount|Close Date", "Stage|Account Name|Account ID|Opportunity ID"),
        ),
    ),
)

CONNECTOR = Connector(
    name="salesforce", label="Salesforce", category="crm", streams=(ACCOUNTS, CONTACTS, LEADS, OPPORTUNITIES)
)
