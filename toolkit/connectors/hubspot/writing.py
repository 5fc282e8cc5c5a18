"""How HubSpot's records are changed: properties as texts, to whom a contact belongs by an association; deleted is deleted.

An empty text empties a property. There is no key and no version: each record is read and compared just before. A contact's
address of mail is its own; nothing names a company, a deal, a ticket or a product that was made, so that a lost answer to
making one is for a person. What is deleted goes to the archive for 90 days, and only a person brings it back from there: a
job that takes it back makes it anew, with another id.

Source: hubspot-api-client 12.0.0 (objects, batch read by ``idProperty``, associations of v4); developers.hubspot.com, pages
on objects and associations, read in autumn 2026. That ``associatedcompanyid`` follows the primary association at once is
UNVERIFIED: what is read back says so.
"""

import json

from toolkit.connector import Batch, ColumnCall, Mark, Merge, OneCall, WriteCall, WriteField, Writing


def _company(kind: str, column: str, primary: int, *, is_list: bool = False) -> ColumnCall:
    """Return how a kind of object is given to another company; ``primary`` is the number of that association."""
    path = f"/crm/v4/objects/{kind}/{{id}}/associations/companies"
    body = json.dumps([{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": primary}])
    return ColumnCall(
        column,
        WriteCall("PUT", f"{path}/{{value}}", body=body, has_fields=False),
        WriteCall("DELETE", f"{path}/{{before}}", has_fields=False),
        is_list=is_list,
    )


_PLACE = (
    WriteField("city", "properties.city"),
    WriteField("region", "properties.state"),
    WriteField("postcode", "properties.zip"),
    WriteField("country", "properties.country"),
)
_OWNER = WriteField("owner", "properties.hubspot_owner_id")
_SETTLE_S = 10.0
_LOST = (
    "the ids of both records (the one that stays has a new one), and with them links from outside",
    "which of the two a note, a call, a mail or a list membership belonged to",
    "that a contact's two addresses of mail were two records: the other one stays as a further address",
)
"""What nobody brings back. Source: knowledge.hubspot.com, merge records; the product's reliability rules, section 4."""
_TOGETHER = 100
"""Records of one request. Source: developers.hubspot.com, batch update; UNVERIFIED."""


def _writing(
    kind: str,
    fields: tuple[WriteField, ...],
    properties: str,
    *,
    scope: str,
    by_column: tuple[ColumnCall, ...] = (),
    mark: Mark | None = None,
    further: tuple[str, ...] = (),
    unsaid: tuple[str, ...] = (),
    associated: str = "",
) -> Writing:
    """Return how a kind of object is changed.

    Parameters
    ----------
    kind
        Of object.
    fields
        What may be written.
    properties
        What is read of a record: nothing comes that is not named.
    scope
        The right to write it.
    by_column, mark, further, unsaid
        As `Writing` has them.
    associated
        Kinds of object whose associations a record says, too.
    """
    path = f"/crm/v3/objects/{kind}"
    beside = (("associations", associated),) if associated else ()
    return Writing(
        one=OneCall(f"{path}/{{id}}", query=(("properties", properties.replace(" ", ",")), *beside)),
        fields=fields,
        further=further,
        unsaid=unsaid,
        create=WriteCall("POST", path),
        update=WriteCall("PATCH", f"{path}/{{id}}"),
        archive=WriteCall("DELETE", f"{path}/{{id}}", has_fields=False),
        by_column=by_column,
        merge=Merge(
            WriteCall("POST", f"{path}/merge", body="{}", has_fields=False, id_path="objectIdToMerge"),
            _LOST,
            into_path="primaryObjectId",
            is_new_id=True,
            reversibility="R2",
            before=(OneCall(f"{path}/{{id}}", query=(("propertiesWithHistory", properties.replace(" ", ",")),)),),
        ),
        batch=Batch(
            WriteCall("POST", f"{path}/batch/update", id_path="id"),
            _TOGETHER,
            "inputs",
            results="results",
            errors="errors",
            error_ids="context.ids",
        ),
        stamp="updatedAt",
        mark=mark,
        blank="empty",
        settle_s=_SETTLE_S,
        scopes=(scope,),
    )


_CONTACT = "firstname lastname company email work_email phone mobilephone website address city state zip country"
_CONTACT_PROPERTIES = f"{_CONTACT} hubspot_owner_id associatedcompanyid"

WRITINGS = {
    "companies": _writing(
        "companies",
        (
            WriteField("name", "properties.name"),
            WriteField("company_name"),
            WriteField("phone", "properties.phone"),
            WriteField("website", "properties.domain"),
            WriteField("street", "properties.address", clears=("properties.address2",)),
            _OWNER,
            *_PLACE,
        ),
        "name domain website phone address address2 city state zip country lifecyclestage type hubspot_owner_id",
        scope="crm.objects.companies.write",
        further=(
            "properties.website",
            "properties.lifecyclestage",
            "properties.type",
            "properties.hubspot_owner_id",
        ),
        unsaid=("roles",),
    ),
    "contacts": _writing(
        "contacts",
        (
            WriteField("name"),
            WriteField("given_name", "properties.firstname"),
            WriteField("family_name", "properties.lastname"),
            WriteField("company_name", "properties.company"),
            WriteField("email", "properties.email"),
            WriteField("phone", "properties.phone"),
            WriteField("website", "properties.website"),
            WriteField("street", "properties.address"),
            WriteField("parent_ref"),
            _OWNER,
            *_PLACE,
        ),
        _CONTACT_PROPERTIES,
        scope="crm.objects.contacts.write",
        by_column=(_company("contacts", "parent_ref", 1),),
        mark=Mark(
            "properties.email",
            "/crm/v3/objects/contacts/batch/read",
            "inputs.0.id",
            "results",
            body=json.dumps({"idProperty": "email", "inputs": [{"id": ""}], "properties": _CONTACT_PROPERTIES.split()}),
            column="email",
        ),
        further=("properties.mobilephone", "properties.work_email", "properties.hubspot_owner_id"),
        unsaid=("roles",),
    ),
    "deals": _writing(
        "deals",
        (
            WriteField("name", "properties.dealname"),
            WriteField("amount_minor", "properties.amount", "amount_text"),
            WriteField("currency", "properties.deal_currency_code"),
            WriteField("description", "properties.description"),
            WriteField("party_ref"),
            WriteField("status", "properties.dealstage"),
        ),
        "dealname amount deal_currency_code description dealstage pipeline",
        scope="crm.objects.deals.write",
        by_column=(_company("deals", "party_ref", 5, is_list=True),),
        associated="companies,contacts",
    ),
    "tickets": _writing(
        "tickets",
        (
            WriteField("name", "properties.subject"),
            WriteField("description", "properties.content"),
            WriteField("party_ref"),
            WriteField("status", "properties.hs_pipeline_stage"),
        ),
        "subject content hs_pipeline hs_pipeline_stage",
        scope="tickets",
        by_column=(_company("tickets", "party_ref", 26, is_list=True),),
        associated="companies,contacts",
    ),
    "products": _writing(
        "products",
        (
            WriteField("code", "properties.hs_sku"),
            WriteField("name", "properties.name"),
            WriteField("price_minor", "properties.price", "amount_text"),
        ),
        "hs_sku name price",
        scope="crm.objects.products.write",
    ),
}
