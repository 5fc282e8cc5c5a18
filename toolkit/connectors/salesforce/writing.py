"""How Salesforce's records are changed: rows of an object, conditioned on when each was changed last; deleted into the bin.

There is no key. Where the client has a field for ids of other systems (text, unique, "external ID"), and the settings name
it, a record that is made carries our mark there: it is found again by it, and sent again it is no second one. Without one,
what became of a record that was made and whose answer was lost, a person looks up. A duplicate that the client's own rules
see is refused. The recycle bin is emptied after about 15 days, and nothing of this interface brings a record back from it: a
job that takes it back makes one anew. An account takes its contacts, opportunities and cases along: it is deleted only when
none belongs to it.

Updates go together only where the settings say so: an entry among others cannot name the version that it means.

Source: developer.salesforce.com, REST API guide (sObject Rows, conditional requests, sObject Rows by External ID, Update
Records Using sObject Collections), release 260; simple-salesforce 1.12.10. That rows carry no parts of a second is what the
guide's examples show; that an entry which was refused names no id, too (UNVERIFIED beyond).
"""

import json

from toolkit.connector import Batch, Hanging, Mark, OneCall, Upsert, Version, WriteCall, WriteField, Writing
from toolkit.connectors.salesforce.merging import MERGES

_VERSION = Version("LastModifiedDate", condition="If-Unmodified-Since", form="http")
_SETTLE_S = 10.0
_TOGETHER = 200
"""Records of one request. Source: REST API guide, sObject Collections."""
_PERSON = (
    WriteField("name"),
    WriteField("given_name", "FirstName"),
    WriteField("family_name", "LastName"),
    WriteField("email", "Email"),
    WriteField("phone", "Phone"),
)


def _address(kind: str) -> tuple[WriteField, ...]:
    return (
        WriteField("street", f"{kind}Street"),
        WriteField("city", f"{kind}City"),
        WriteField("region", f"{kind}State"),
        WriteField("postcode", f"{kind}PostalCode"),
        WriteField("country", f"{kind}Country"),
    )


def _of(kind: str, field: str, words: str) -> Hanging:
    """Return the list of what belongs to a record, and why it is not deleted while there is any."""
    query = f"SELECT Id FROM {kind} WHERE {field} = '{{id}}' LIMIT 1"
    return Hanging("/query", (("q", query),), "records.0", f"{words} belong to it, and would be deleted with it.")


def _upsert(kind: str) -> Upsert:
    """Return how a record is made under an id of another system; a query sees it at once."""
    query = f"SELECT Id, LastModifiedDate, {{field}} FROM {kind} WHERE {{field}} = '{{mark}}' LIMIT 2"
    return Upsert(
        WriteCall("PATCH", f"/sobjects/{kind}/{{field}}/{{key}}", id_at="id"),
        Mark("{field}", "/query", "q", "records", template=query),
    )


def _writing(
    kind: str,
    fields: tuple[WriteField, ...],
    *,
    further: tuple[str, ...] = (),
    hanging: tuple[Hanging, ...] = (),
    is_made: bool = True,
) -> Writing:
    """Return how an object is changed.

    Parameters
    ----------
    kind
        Its name.
    fields
        What may be written.
    further
        What a record that is made anew gets beside.
    hanging
        What must not be there when a record is deleted.
    is_made
        Whether records of it are made and deleted.
    """
    path = f"/sobjects/{kind}"
    return Writing(
        one=OneCall(f"{path}/{{id}}"),
        fields=fields,
        further=further,
        unsaid=("roles",) if is_made else (),
        id="Id",
        create=WriteCall("POST", path, id_at="id") if is_made else None,
        update=WriteCall("PATCH", f"{path}/{{id}}"),
        archive=WriteCall("DELETE", f"{path}/{{id}}", has_fields=False, hanging=hanging) if is_made else None,
        merge=MERGES.get(kind),
        upsert=_upsert(kind) if is_made else None,
        batch=Batch(
            WriteCall(
                "PATCH",
                "/composite/sobjects",
                body=json.dumps({"attributes": {"type": kind}}),
                id_path="id",
                id_at="id",
                refused=("errors.0",),
            ),
            _TOGETHER,
            "records",
            body=json.dumps({"allOrNone": False}),
        ),
        version=_VERSION,
        stamp="LastModifiedDate",
        settle_s=_SETTLE_S,
        scopes=("api", "refresh_token"),
    )


WRITINGS = {
    "accounts": _writing(
        "Account",
        (
            WriteField("name", "Name"),
            WriteField("company_name"),
            WriteField("phone", "Phone"),
            WriteField("website", "Website"),
            *_address("Billing"),
            WriteField("parent_ref", "ParentId"),
        ),
        further=(
            "OwnerId", "AccountNumber", "Fax",
            "ShippingStreet", "ShippingCity", "ShippingState", "ShippingPostalCode", "ShippingCountry",
        ),
        hanging=(
            _of("Contact", "AccountId", "Contacts"),
            _of("Opportunity", "AccountId", "Opportunities"),
            _of("Case", "AccountId", "Cases"),
            _of("Account", "ParentId", "Other accounts"),
        ),
    ),
    "contacts": _writing(
        "Contact",
        (*_PERSON, *_address("Mailing"), WriteField("department", "Department"), WriteField("parent_ref", "AccountId")),
        further=("OwnerId", "MobilePhone", "HomePhone", "OtherPhone"),
        hanging=(_of("Case", "ContactId", "Cases"),),
    ),
    "leads": _writing(
        "Lead",
        (*_PERSON, WriteField("company_name", "Company"), WriteField("website", "Website"), *_address("")),
        further=("OwnerId", "MobilePhone"),
    ),
    "opportunities": _writing(
        "Opportunity",
        (
            WriteField("name", "Name"),
            WriteField("party_ref", "AccountId"),
            WriteField("amount_minor", "Amount", "amount"),
            WriteField("currency", "CurrencyIsoCode"),
            WriteField("description", "Description"),
            WriteField("status", "StageName"),
        ),
        is_made=False,
    ),
    "products": _writing(
        "Product2",
        (WriteField("code", "ProductCode"), WriteField("name", "Name"), WriteField("kind", "Family")),
        is_made=False,
    ),
}  # fmt: skip
