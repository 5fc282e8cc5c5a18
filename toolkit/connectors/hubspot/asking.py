"""How HubSpot is asked: its address, its limits, lists of objects, what changed, and the names behind ids."""

import json
from collections.abc import Iterable

from toolkit.connector import (
    Account,
    Api,
    Changed,
    Completion,
    Cursor,
    Fault,
    Field,
    Limit,
    Lookup,
    Reading,
    SignIn,
    Window,
)

API_VERSION = "v3"

COMPANY, CONTACT = (f"associations.{kind}.results.0.id" for kind in ("companies", "contacts"))
"""Where a record names whom it is about: the first of those that it is associated with."""

API = Api(
    "https://api.hubapi.com",
    version=API_VERSION,
    sign_in=(
        SignIn("bearer"),
        SignIn(
            "oauth2_code",
            authorize_url="https://app.hubspot.com/oauth/authorize",
            token_url="https://api.hubapi.com/oauth/v1/token",  # noqa: S106  # an address
            client_auth="client_secret_post",
            scopes_read=tuple(f"crm.objects.{kind}.read" for kind in ("contacts", "companies", "deals", "owners")),
            # What a portal lacks would refuse the whole sign-in.
            authorize_extra=(("optional_scope", "tickets crm.objects.products.read"),),
            needs=("client_id", "client_secret"),
        ),
    ),
    # Those of the smallest plan.
    limits=(Limit(100, 10.0), Limit(250_000, 86_400.0)),
    at_once=5,
    account=Account("/account-info/v3/details", "portalId", "uiDomain"),
    faults=(Fault("wait", 477), Fault("wait", 423)),
)

_PAGES = Cursor("after", path="paging.next.after")
_SEARCH_LIMITS = (Limit(4, 1.0),)
_OWNERS = "/crm/v3/owners/"
_PARTIES = ("companies", "contacts")


def lists(
    kind: str, fields: Iterable[Field], scope: str, *, is_associated: bool = False, changed: str = "hs_lastmodifieddate"
) -> tuple[Reading, ...]:
    """Return the lists of a kind of object: all of them, what changed, the archive.

    Parameters
    ----------
    kind
        The kind.
    fields
        What is read of it: nothing comes that is not named.
    scope
        The right to read it.
    is_associated
        Whether its companies and contacts are read: lists give them, a search does not.
    changed
        The property that says when an object was changed.
    """
    read = [path for field in fields for path in (field.asked.headers if field.asked is not None else field.path)]
    paths = [path for path in read if path.startswith("properties.")]
    asked = sorted({*(path.removeprefix("properties.") for path in paths), "hs_merged_object_ids", "hubspot_owner_id"})
    associated = [("associations", ",".join(_PARTIES))] if is_associated else []
    query = (("limit", "100"), ("properties", ",".join(asked)), *associated)
    path, stamp = f"/crm/v3/objects/{kind}", Changed("updatedAt")
    whole = Reading(path, "results", query=query, paging=_PAGES, changed=stamp, scopes=(scope,), is_of_all=True)
    since = [{"propertyName": changed, "operator": operator, "value": "0"} for operator in ("GTE", "LT")]
    order = [{"propertyName": changed, "direction": "ASCENDING"}]
    search = Reading(
        f"{path}/search",
        "results",
        method="POST",
        body=json.dumps({"filterGroups": [{"filters": since}], "sorts": order, "properties": asked, "limit": 100}),
        paging=Cursor("after", path="paging.next.after", place="body"),
        changed=stamp,
        window=Window(
            10_000,
            "filterGroups.0.filters.0.value",
            "filterGroups.0.filters.1.value",
            form="epoch_ms",
            earliest="2006-01-01",
        ),
        total="total",
        scopes=(scope,),
        is_of_changes=True,
        limits=_SEARCH_LIMITS,
        completed=tuple(_associations(kind, other, scope) for other in _PARTIES) if is_associated else (),
    )
    archive = Reading(path, "results", query=(*query, ("archived", "true")), paging=_PAGES, changed=stamp, state="deleted")
    return whole, search, archive


def _associations(kind: str, other: str, scope: str) -> Completion:
    """Return with which companies or contacts the objects of a search are associated; those with none are left out."""
    listed = Reading(
        f"/crm/v4/associations/{kind}/{other}/batch/read",
        "results",
        method="POST",
        body=json.dumps({"inputs": []}),
        ids="inputs",
        scopes=(scope, f"crm.objects.{other}.read"),
    )
    return Completion(f"associations.{other}.results", listed, "from.id", "to", (("id", "toObjectId"),))


def owners(*, is_archived: bool) -> Reading:
    """Return the list of owners, or that of those who were taken off."""
    query = (("limit", "100"), ("archived", "true" if is_archived else "false"))
    return Reading(
        _OWNERS, "results", query=query, paging=_PAGES, changed=Changed("updatedAt"), scopes=("crm.objects.owners.read",),
        state="archived" if is_archived else "",
    )  # fmt: skip


OWNER_NAMES = tuple(
    Lookup(at, "properties.hubspot_owner_id", owners(is_archived=is_archived), "id", ("firstName", "lastName"))
    for at, is_archived in (("(owner)", False), ("(former owner)", True))
)


def _named(at: str, by: str, kind: str, *name: str) -> Lookup:
    """Return the names of the companies or contacts that records are associated with: they give the id alone."""
    body = json.dumps({"inputs": [], "properties": list(name)})
    listed = Reading(f"/crm/v3/objects/{kind}/batch/read", "results", method="POST", body=body, ids="inputs")
    return Lookup(at, by, listed, "id", tuple(f"properties.{one}" for one in name))


PARTY_NAMES = (
    _named("(company)", COMPANY, "companies", "name"),
    _named("(contact)", CONTACT, "contacts", "firstname", "lastname"),
)


def stages(kind: str, pipeline: str, stage: str) -> tuple[Lookup, ...]:
    """Return the names of a kind of object's pipelines, and of the stages in them.

    Parameters
    ----------
    kind
        The kind.
    pipeline, stage
        The properties in which a record has the ids.
    """
    listed = Reading(f"/crm/v3/pipelines/{kind}", "results", lines="stages")
    return (
        Lookup("(stage)", f"properties.{stage}", listed, "stages.id", ("stages.label",)),
        Lookup("(pipeline)", f"properties.{pipeline}", listed, "id", ("label",)),
    )
