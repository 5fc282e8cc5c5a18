"""How Shopify's customers and orders are changed: one GraphQL document for each kind of change, and nothing else.

There is no key and no version: each record is read and compared just before. A customer cannot be put aside, so one that
is carries the tag "archived", and loses nothing; its orders are moved to the customer that stays, one by one. An address can
be said of a new customer only: an existing one has several, and a list of them that is sent takes away the others. A new
customer carries our mark as a tag; the search for it is a little late, so that what it does not find may be there. Products
are not changed: what is read is a variant, and what would be changed is the product above it.

Two customers can be merged for good. Which of them stays, the shop decides: the one whose address of mail is to be kept
where that is said, else the only one that has an address, else by accounts and consents. So it is said, and asked
beforehand: where another would stay than was planned, or something blocks it, nothing is sent. The merge is done behind its
answer.

Source: shopify.dev, Admin GraphQL 2026-10: customerCreate, customerUpdate, tagsAdd, tagsRemove, orderUpdate,
orderCustomerSet, customerMerge, customerMergePreview, customerMergeJobStatus, rights to write (read in 2026). UNVERIFIED
against a shop: that a customer that was merged away is answered with null, that naming the address to keep of a customer who
has one is always valid.
"""

import json
from dataclasses import replace
from typing import Any

from toolkit.connector import AlsoNamed, Awaited, Mark, Merge, OneCall, Preview, WriteCall, WriteField, Writing

CUSTOMER = (
    "legacyResourceId firstName lastName defaultEmailAddress{emailAddress} defaultPhoneNumber{phoneNumber} tags "
    "createdAt updatedAt defaultAddress{company address1 address2 city provinceCode zip countryCodeV2 phone}"
)
"""What is read of a customer."""
ARCHIVED = "archived"
_ORDER = (
    "legacyResourceId name email note poNumber updatedAt customer{legacyResourceId} billingAddress{company name} "
    "shippingAddress{name}"
)
_PATH = "/graphql.json"
_REASONS = "userErrors{field message}"
_CREATED = ("create",)
_LOST = (
    "the id of the customer that goes, its account and its sign-in",
    "which of the two an order, a draft order, an address, a discount or a gift card belonged to",
    "the addresses of mail and phone, the consents and the note of the customer that goes, where both have them",
)
"""What nobody brings back: the shop takes no merge back. Source: shopify.dev, customerMerge (which fields are kept)."""
_MERGED = "$customerOneId:ID!,$customerTwoId:ID!,$overrideFields:CustomerMergeOverrideFields"
_KEPT = "overrideFields.customerIdOfEmailToKeep"
_AT = "data.customerMergePreview"
_JOB = "data.customerMergeJobStatus"


def _document(query: str, variables: Any) -> str:
    return json.dumps({"query": query, "variables": variables})


def _one(kind: str, fields: str) -> OneCall:
    query = f"query($id:ID!){{{kind}(id:$id){{{fields}}}}}"
    return OneCall(_PATH, "POST", body=_document(query, {"id": _gid(kind)}), id_path="variables.id")


def _gid(kind: str, place: str = "{id}") -> str:
    return f"gid://shopify/{kind.capitalize()}/{place}"


def _mutation(
    name: str, takes: str, gives: str, variables: Any, *, id_path: str = "", has_fields: bool = True, inside: str = ""
) -> WriteCall:
    """Return the request of one mutation.

    Parameters
    ----------
    name
        Of the mutation.
    takes
        Its variables and their types, as GraphQL writes them: each is an argument of the same name.
    gives
        What is asked of its answer.
    variables
        What is fixed of them.
    id_path
        Where they name the record.
    has_fields
        Whether the changed fields stand in them.
    inside
        Where the answer holds the record.
    """
    return WriteCall(
        "POST",
        _PATH,
        body=_document(f"mutation({takes}){{{name}({_arguments(takes)}){{{gives} {_REASONS}}}}}", variables),
        has_fields=has_fields,
        id_path=id_path,
        inside=inside,
        refused=(f"data.{name}.userErrors",),
    )


def _input(name: str, kind: str, fields: str, variables: Any) -> WriteCall:
    """Return the request of a mutation that takes an input, and answers with the record."""
    return _mutation(
        name,
        f"$input:{kind.capitalize()}Input!",
        f"{kind}{{{fields}}}",
        {"input": variables},
        id_path="variables.input.id" if "id" in variables else "",
        inside=f"data.{name}.{kind}",
    )


def _tagged(name: str) -> WriteCall:
    variables = {"id": _gid("customer"), "tags": [ARCHIVED]}
    return _mutation(name, "$id:ID!,$tags:[String!]!", "node{id}", variables, id_path="variables.id", has_fields=False)


def _pair() -> dict[str, str]:
    return {"customerOneId": _gid("customer"), "customerTwoId": _gid("customer")}


def _arguments(takes: str) -> str:
    """Return the arguments of a document: each variable under its own name."""
    return ",".join(f"{one.partition(':')[0].removeprefix('$')}:{one.partition(':')[0]}" for one in takes.split(","))


_STAYS = (AlsoNamed(f"variables.{_KEPT}", "defaultEmailAddress.emailAddress", _gid("customer")),)
"""The address of mail that is to be kept decides which customer stays; one without an address has none to keep."""
_FIELDS = (
    "displayName email{emailAddress} phoneNumber{phoneNumber} orderCount draftOrderCount giftCardCount discountNodeCount"
)
_PREVIEW = Preview(
    OneCall(
        _PATH,
        "POST",
        body=_document(
            f"query({_MERGED}){{customerMergePreview({_arguments(_MERGED)}){{resultingCustomerId "
            f"defaultFields{{{_FIELDS}}} blockingFields{{note tags}} customerMergeErrors{{errorFields message}}}}}}",
            _pair(),
        ),
        id_path="variables.customerOneId",
    ),
    into_path="variables.customerTwoId",
    into_also=_STAYS,
    stays_at=f"{_AT}.resultingCustomerId",
    id_within=_gid("customer"),
    refused=(f"{_AT}.customerMergeErrors",),
    wait="MERGE_IN_PROGRESS",
    unless=(
        (f"{_AT}.blockingFields.note", "the notes of both are too long for one customer"),
        (f"{_AT}.blockingFields.tags", "both have more tags than one customer may have"),
    ),
    shown=(
        (f"{_AT}.defaultFields.displayName", "as"),
        (f"{_AT}.defaultFields.email.emailAddress", "mail"),
        (f"{_AT}.defaultFields.phoneNumber.phoneNumber", "phone"),
        (f"{_AT}.defaultFields.orderCount", "orders"),
        (f"{_AT}.defaultFields.draftOrderCount", "draft orders"),
        (f"{_AT}.defaultFields.giftCardCount", "gift cards"),
        (f"{_AT}.defaultFields.discountNodeCount", "discounts"),
    ),
)
_STATUS = Awaited(
    OneCall(
        _PATH,
        "POST",
        body=_document(
            "query($jobId:ID!){customerMergeJobStatus(jobId:$jobId)"
            "{status resultingCustomerId customerMergeErrors{errorFields message}}}",
            {"jobId": ""},
        ),
        id_path="variables.jobId",
    ),
    work_at="data.customerMerge.job.id",
    state_at=f"{_JOB}.status",
    done=("COMPLETED",),
    failed=("FAILED",),
    why_at=f"{_JOB}.customerMergeErrors",
    id_at=f"{_JOB}.resultingCustomerId",
)
_KEPT_BEFORE = (
    "note state tags defaultEmailAddress{emailAddress marketingState} defaultPhoneNumber{phoneNumber marketingState} "
    "addressesV2(first:50){nodes{company address1 address2 city provinceCode zip countryCodeV2 phone}} "
    "orders(first:250){nodes{legacyResourceId name}}"
)
_MERGE = Merge(
    replace(
        _mutation("customerMerge", _MERGED, "job{id done} resultingCustomerId", _pair(), id_path="variables.customerOneId",
                  has_fields=False),
        id_at="data.customerMerge.resultingCustomerId",
        id_within=_gid("customer"),
        awaited=_STATUS,
    ),
    _LOST,
    into_path="variables.customerTwoId",
    into_also=_STAYS,
    reversibility="R3",
    before=(_one("customer", _KEPT_BEFORE),),
    preview=_PREVIEW,
    scopes=("write_customer_merge",),
)  # fmt: skip

WRITINGS = {
    "customers": Writing(
        one=_one("customer", CUSTOMER),
        fields=(
            WriteField("name"),
            WriteField("given_name", "firstName"),
            WriteField("family_name", "lastName"),
            WriteField("email", "email"),
            WriteField("phone", "phone"),
            # One object in the place of a list is a list of one.
            WriteField("company_name", "addresses.company", actions=_CREATED),
            WriteField("street", "addresses.address1", actions=_CREATED),
            WriteField("city", "addresses.city", actions=_CREATED),
            WriteField("region", "addresses.provinceCode", actions=_CREATED),
            WriteField("postcode", "addresses.zip", actions=_CREATED),
            WriteField("country", "addresses.countryCode", actions=_CREATED),
        ),
        unsaid=("roles",),
        id="legacyResourceId",
        inside="data.customer",
        body_inside="variables.input",
        create=_input("customerCreate", "customer", CUSTOMER, {}),
        update=_input("customerUpdate", "customer", CUSTOMER, {"id": _gid("customer")}),
        archive=_tagged("tagsAdd"),
        restore=_tagged("tagsRemove"),
        archived=("tags", ARCHIVED),
        merge=_MERGE,
        stamp="updatedAt",
        mark=Mark(
            "tags",
            _PATH,
            "variables.query",
            "data.customers.nodes",
            template="tag:'{mark}'",
            body=_document(
                "query($query:String!){customers(first:2,query:$query){nodes{legacyResourceId tags}}}", {"query": ""}
            ),
            is_late=True,
        ),
        scopes=("write_customers",),
    ),
    "orders": Writing(
        one=_one("order", _ORDER),
        fields=(
            WriteField("description", "input.note", actions=("update",)),
            WriteField("reference", "input.poNumber", actions=("update",)),
            WriteField("party_ref", "customerId", template=_gid("customer", "{value}"), actions=("repoint",)),
        ),
        id="legacyResourceId",
        inside="data.order",
        body_inside="variables",
        update=_input("orderUpdate", "order", _ORDER, {"id": _gid("order")}),
        repoint=_mutation(
            "orderCustomerSet",
            "$orderId:ID!,$customerId:ID!",
            f"order{{{_ORDER}}}",
            {"orderId": _gid("order")},
            id_path="variables.orderId",
            inside="data.orderCustomerSet.order",
        ),
        stamp="updatedAt",
        scopes=("write_orders",),
    ),
}
