"""How Shopify's customers and orders are changed: one GraphQL document for each kind of change, and nothing else.

There is no key and no version: each record is read and compared just before. A customer cannot be put aside, so one that
is carries the tag "archived", and loses nothing; its orders are moved to the customer that stays, one by one. An address can
be said of a new customer only: an existing one has several, and a list of them that is sent takes away the others. A new
customer carries our mark as a tag; the search for it is a little late, so that what it does not find may be there. Products
are not changed: what is read is a variant, and what would be changed is the product above it.

Source: shopify.dev, Admin GraphQL 2026-10: customerCreate, customerUpdate, tagsAdd, tagsRemove, orderUpdate,
orderCustomerSet, rights to write (read in 2026).
"""

import json
from typing import Any

from toolkit.connector import Mark, OneCall, WriteCall, WriteField, Writing

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
    names = ",".join(f"{one.partition(':')[0].removeprefix('$')}:{one.partition(':')[0]}" for one in takes.split(","))
    return WriteCall(
        "POST",
        _PATH,
        body=_document(f"mutation({takes}){{{name}({names}){{{gives} {_REASONS}}}}}", variables),
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
