"""Salesforce: accounts, contacts, leads, opportunities; from the data export and from reports.

Ids have 18 characters in exports and 15 in reports; both are read as the 18 of the same record, case and all. Reports have
the columns that somebody chose: ids only where they were added, often no owner. "Account ID" names the account in a report
on accounts and refers to it in all others. A converted lead lives on as a contact and is archived. Times are UTC.

Asked, it runs queries of its own language (SOQL) over what the user may see: each object is described first, since a query
that names one hidden field is refused as a whole. ``queryAll`` brings deleted records and those that were merged, which name
their survivor. A day's requests are counted for all programs of the client together.

Source: data export files of 2023 to 2026 (API names) and report exports (labels); the last three characters of an id are
a checksum over the capitals of the first fifteen (Salesforce help, "18-character IDs"). REST API guide (Query, QueryAll,
sObject Describe), release 260.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from toolkit.connector import (
    Connector,
    ExportFormat,
    Field,
    Lines,
    Point,
    Stream,
    with_imports,
    with_writings,
)
from toolkit.connectors._imports.salesforce import BY_HAND, IMPORTS
from toolkit.connectors.salesforce.about import ABOUT
from toolkit.connectors.salesforce.asking import API, query
from toolkit.connectors.salesforce.writing import WRITINGS

_CREATED_BY, _OWNER = ("CreatedBy.Name", "CreatedById"), ("Owner.Name", "OwnerId")
_API_NAME = re.compile(r"[A-Z][A-Za-z]+(?:\.Name)?")
_LABELS = frozenset({"Stage", "Mobile"})


def _asked(fields: Mapping[str, Field], **others: tuple[str, ...]) -> dict[str, Field]:
    """Return fields with their paths: an export writes a field's own name, a report a label; ``others`` are given."""
    return {column: _with_path(field, others.get(column, ())) for column, field in fields.items()}


def _with_path(field: Field, path: tuple[str, ...] = ()) -> Field:
    own = tuple(name for name in field.headers if _API_NAME.fullmatch(name) and name not in _LABELS)
    return replace(field, path=path or own)


def _read(**paths: tuple[str, ...]) -> dict[str, Field]:
    """Return fields that no export has."""
    return {column: Field((), path=path) for column, path in paths.items()}


def _points(*points: Point) -> tuple[Point, ...]:
    return tuple(replace(one, field=_with_path(one.field)) for one in points)


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

_ACCOUNT_FIELDS = _asked(
    {
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
    owner=_OWNER,
    created_by=_CREATED_BY,
    parent_ref=("ParentId",),
)

_SHIPPING = ("ShippingStreet", "ShippingCity", "ShippingState", "ShippingPostalCode", "ShippingCountry")

ACCOUNTS = Stream(
    name="accounts",
    entity="party",
    kind="company",
    key=("Id|Account ID",),
    key_form=_ID,
    identifying=("name", "street", "postcode"),
    alt_ids=("AccountNumber|Account Number",),
    fields=_ACCOUNT_FIELDS,
    points=_points(
        Point("phone", "fax", Field(("Fax",))),
        Point(
            "address",
            "shipping",
            Field(_SHIPPING, joined=", "),
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
    readings=query("Account", _ACCOUNT_FIELDS.values(), *_SHIPPING, "Fax", offered=("AccountNumber",)),
    path_key=("Id",),
    path_alt_ids=("AccountNumber",),
)

_CONTACT_FIELDS = _asked(
    {
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
    owner=_OWNER,
    created_by=_CREATED_BY,
    company_name=("Account.Name",),
    parent_ref=("AccountId",),
)

CONTACTS = Stream(
    name="contacts",
    entity="party",
    kind="person",
    roles=("contact",),
    key=("Id|Contact ID",),
    key_form=_ID,
    identifying=("name", "email", "company_name"),
    fields=_CONTACT_FIELDS,
    points=_points(
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
    readings=query("Contact", _CONTACT_FIELDS.values(), "HomePhone", "OtherPhone"),
    path_key=("Id",),
)

_LEAD_FIELDS = _asked(
    {
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
    owner=_OWNER,
    created_by=_CREATED_BY,
)

LEADS = Stream(
    name="leads",
    entity="party",
    kind="person",
    roles=("lead",),
    key=("Id|Lead ID",),
    key_form=_ID,
    identifying=("name", "email", "company_name"),
    fields=_LEAD_FIELDS,
    points=_points(Point("phone", "mobile", Field(("MobilePhone", "Mobile")))),
    formats=(
        ExportFormat("lead data", ("Id", "IsConverted|ConvertedAccountId", "Company", "Status")),
        ExportFormat("lead report", ("Company / Account", _PERSON, "Lead Owner|Lead Source|Lead Status|Rating|Email")),
        ExportFormat("lead report, few columns", ("Lead ID", "Company / Account|Company", f"{_PERSON}|Email")),
    ),
    readings=query("Lead", _LEAD_FIELDS.values()),
    path_key=("Id",),
)

_LINES = "(SELECT Quantity, TotalPrice, ProductCode, Name, Description FROM OpportunityLineItems)"
_LINES_AT = "OpportunityLineItems.records"
_OPPORTUNITY_FIELDS = _asked(
    {
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
    created_by=_CREATED_BY,
    number=("Id",),
    party_ref=("AccountId",),
    party_name=("Account.Name",),
)

OPPORTUNITIES = Stream(
    name="opportunities",
    entity="deal",
    key=("Id|Opportunity ID",),
    key_form=_ID,
    identifying=("name", "party_name", "created_at"),
    fields=_OPPORTUNITY_FIELDS,
    formats=(
        ExportFormat("opportunity data", ("Id", "StageName", "CloseDate", "IsWon|Probability|AccountId")),
        ExportFormat("opportunity report", ("Opportunity Name", "Stage", "Account Name|Opportunity Owner")),
        ExportFormat(
            "opportunity report, few columns",
            ("Opportunity Name|Opportunity ID", "Amount|Close Date", "Stage|Account Name|Account ID|Opportunity ID"),
        ),
    ),
    readings=query("Opportunity", _OPPORTUNITY_FIELDS.values(), _LINES, offered=("CurrencyIsoCode",), lines=_LINES_AT),
    path_key=("Id",),
    path_lines=Lines(
        _read(
            sku=(f"{_LINES_AT}.ProductCode",),
            description=(f"{_LINES_AT}.Description", f"{_LINES_AT}.Name"),
            quantity=(f"{_LINES_AT}.Quantity",),
            amount_minor=(f"{_LINES_AT}.TotalPrice",),
        )
    ),
)

_PRICES = "(SELECT UnitPrice FROM PricebookEntries WHERE Pricebook2.IsStandard = true)"
_CHANGES = {"created_at": ("CreatedDate",), "updated_at": ("LastModifiedDate", "SystemModstamp")}
_PRODUCT_FIELDS = {
    **_read(
        code=("ProductCode",), name=("Name",), kind=("Family",), price_minor=("PricebookEntries.records.0.UnitPrice",),
        currency=("CurrencyIsoCode",), is_active=("IsActive",), **_CHANGES,
    ),
    "state": Field((), path=("IsDeleted",), values=(("^(true|1)$", "deleted"),)),
}  # fmt: skip

PRODUCTS = Stream(
    name="products",
    entity="product",
    fields=_PRODUCT_FIELDS,
    readings=query("Product2", _PRODUCT_FIELDS.values(), _PRICES, offered=("CurrencyIsoCode",)),
    path_key=("Id",),
    path_alt_ids=("ProductCode",),
)

_USER_FIELDS = {
    **_read(
        name=("Name",), given_name=("FirstName",), family_name=("LastName",), email=("Email",),
        phone=("Phone", "MobilePhone"), department=("Department",), **_CHANGES,
    ),
    "state": Field((), path=("IsActive",), values=(("^(false|0)$", "archived"),)),
}  # fmt: skip

USERS = Stream(
    name="users",
    entity="employee",
    kind="person",
    roles=("employee",),
    fields=_USER_FIELDS,
    # Others are programs, and guests of the client's portals.
    readings=query("User", _USER_FIELDS.values(), where="UserType = 'Standard'"),
    path_key=("Id",),
)

STREAMS = (ACCOUNTS, CONTACTS, LEADS, OPPORTUNITIES, PRODUCTS, USERS)

CONNECTOR = Connector(
    name="salesforce",
    label="Salesforce",
    category="crm",
    streams=with_writings(with_imports(STREAMS, IMPORTS), WRITINGS),
    api=API,
    about=ABOUT,
    by_hand=BY_HAND,
)
