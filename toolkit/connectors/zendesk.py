"""Zendesk: users, organizations and tickets.

The account export of tickets has ``Summation column`` (always 1) and a requester with id, e-mail address
and domain; the JSON export has one object per line in the names of the programming interface. A user's
e-mail address counts as another id.

Asked, users and tickets come by the incremental export, from the beginning or from a moment: it alone has archived tickets
and deleted ones. It may be asked ten times a minute, a thousand records at a time, and leaves the last minute out.
Organizations are read whole. A user or ticket that was merged into another does not say into which.

Source: account exports of 2022 to 2026; JSON export (``requester_id``, ``organization_id``); the vendor's pages on
incremental exports, cursors and limits.
"""

from toolkit.connector import (
    About,
    Account,
    Api,
    Changed,
    Connector,
    Cursor,
    ExportFormat,
    Field,
    Interface,
    Limit,
    Lookup,
    Point,
    Proof,
    Reading,
    SignIn,
    Stream,
    with_imports,
    with_writings,
)
from toolkit.connectors._imports.zendesk import BY_HAND, IMPORTS
from toolkit.connectors._writings.zendesk import WRITINGS

API_VERSION = "v2"

API = Api(
    f"https://{{subdomain}}.zendesk.com/api/{API_VERSION}",
    version=API_VERSION,
    sign_in=(
        SignIn("basic"),
        SignIn(
            "oauth2_code",
            authorize_url="https://{subdomain}.zendesk.com/oauth/authorizations/new",
            token_url="https://{subdomain}.zendesk.com/oauth/tokens",  # noqa: S106  # an address
            client_auth="client_secret_post",
            scopes_read=("read",),
            needs=("client_id", "client_secret"),
        ),
        SignIn("bearer"),
    ),
    # Of the smallest plan.
    limits=(Limit(200, 60.0),),
    account=Account("/organizations", "{subdomain}", query=(("page[size]", "1"),)),
)


def _exported(kind: str, *further: tuple[str, str]) -> tuple[Reading, ...]:
    """Return the incremental export of a kind of object."""
    return (
        Reading(
            f"/incremental/{kind}/cursor",
            kind,
            query=(("start_time", "0"), ("per_page", "1000"), *further),
            paging=Cursor("cursor", path="after_cursor", end="end_of_stream", instead_of="start_time"),
            changed=Changed("updated_at", param="start_time", form="epoch_s"),
            scopes=("read",),
            limits=(Limit(10, 60.0),),
        ),
    )


def _listed(kind: str) -> Reading:
    return Reading(
        f"/{kind}",
        kind,
        query=(("page[size]", "100"),),
        paging=Cursor("page[after]", path="meta.after_cursor", more="meta.has_more"),
        changed=Changed("updated_at"),
        scopes=("read",),
    )


_ORGANIZATION = Lookup("(organization)", "organization_id", _listed("organizations"), "id", ("name",))
_GROUP = Lookup("(group)", "group_id", _listed("groups"), "id", ("name",))

USERS = Stream(
    name="users",
    entity="party",
    roles=("requester",),
    roles_by=Field(("role",), values=(("end.?user", "requester"), ("agent|admin", "employee")), path=("role",)),
    kind="person",
    key=("id",),
    alt_ids=("external_id", "email"),
    fields={
        "name": Field(("name",), path=("name",)),
        "company_name": Field(("organization", "organization name"), path=("(organization)",)),
        "email": Field(("email",), path=("email",)),
        "phone": Field(("phone",), path=("phone",)),
        "parent_ref": Field(("organization_id", "organization"), path=("organization_id",)),
        "created_at": Field(("created_at", "Created at"), path=("created_at",)),
        "updated_at": Field(("updated_at", "Updated at"), path=("updated_at",)),
        "state": Field(
            ("active", "suspended state"),
            values=(("^false$", "deleted"),),
            asked=Field(
                ("active", "suspended"), joined=", ", values=(("^false", "deleted"), ("^true, true$", "archived"))
            ),
        ),
    },
    formats=(
        ExportFormat("users", ("id", "role", "organization_id|organization", "email")),
    ),
    readings=_exported("users"),
    path_key=("id",),
    path_alt_ids=("external_id", "email"),
    lookups=(_ORGANIZATION,),
)  # fmt: skip

ORGANIZATIONS = Stream(
    name="organizations",
    entity="party",
    kind="company",
    fields={
        "name": Field((), path=("name",)),
        "company_name": Field((), path=("name",)),
        "website": Field((), path=("domain_names.0",)),
        "created_at": Field((), path=("created_at",)),
        "updated_at": Field((), path=("updated_at",)),
    },
    points=(Point("domain", "further", Field((), path=("domain_names.1",))),),
    readings=(_listed("organizations"),),
    path_key=("id",),
    path_alt_ids=("external_id",),
)

TICKETS = Stream(
    name="tickets",
    entity="ticket",
    key=("Id|Ticket ID",),
    fields={
        "number": Field(("Id", "Ticket ID"), path=("id",)),
        "name": Field(("Subject",), path=("subject",)),
        "party_ref": Field(("Requester id", "requester_id", "Requester email", "Requester"), path=("requester_id",)),
        "party_name": Field(("Organization", "Requester"), path=("(organization)",)),
        "description": Field(("Description", "Tags"), path=("description",)),
        "status": Field(("Status",), path=("status",)),
        "department": Field(("Group",), path=("(group)",)),
        "reference": Field(
            ("Order number [txt]", "Order number", "Invoice number [txt]", "Invoice number", "external_id"),
            path=("external_id",),
        ),
        "opened_at": Field(("Created at", "created_at", "Requested"), path=("created_at",)),
        "resolved_at": Field(("Solved at", "solved_at"), path=("metric_set.solved_at", "dates.solved_at")),
        "created_at": Field(("Created at", "created_at", "Requested"), path=("created_at",)),
        "created_by": Field(("Submitter",)),
        "updated_at": Field(("Updated at", "updated_at", "Updated"), path=("updated_at",)),
        "state": Field((), values=(("^deleted$", "deleted"),), path=("status",)),
    },
    formats=(
        ExportFormat("tickets", ("Summation column", "Requester domain|Requester id", "Id")),
        ExportFormat(
            "ticket view", ("Id|Ticket ID", "Subject", "Requester", "Requester email|Requester id|Requested", "Status")
        ),
        ExportFormat("tickets, JSON", ("id", "requester_id", "subject", "status")),
    ),
    readings=_exported("tickets", ("include", "metric_sets")),
    path_key=("id",),
    lookups=(_ORGANIZATION, _GROUP),
)

ABOUT = About(
    files="Admin Center, Account, Tools, Reports, Export: tickets, users, organizations, as CSV or JSON.",
    credentials={
        "basic": (
            "Make an agent who may only read, or use a role that does.",
            "Admin Center, Apps and integrations, Zendesk API: add an API token.",
            "The user is the agent's address followed by /token, the password is the token.",
        ),
        "oauth2_code": ("Admin Center, Zendesk API, OAuth Clients: add one; it asks for the scope read.",),
    },
    quirks=(
        "The incremental export may be asked ten times a minute; the last minute is left out until the next pull.",
        "A ticket or user that was merged does not say into which.",
        "A user that a job puts aside is suspended: mail from its address waits for an agent then.",
        "The address of mail of an existing user is changed by hand.",
    ),
    interface=Interface("rest", read_only="yes", webhooks="yes", bulk="yes", sandbox="partly", changes="yes",
                        deletions="yes", repeats="partly"),
    proved_on=(Proof("vendor_sdk", "zenpy"), Proof("handwritten_contract", "incremental exports, lists of API v2"),
               Proof("export_files", "2022 to 2026")),
)  # fmt: skip

CONNECTOR = Connector(
    name="zendesk",
    label="Zendesk",
    category="support",
    streams=with_writings(with_imports((USERS, ORGANIZATIONS, TICKETS), IMPORTS), WRITINGS),
    api=API,
    about=ABOUT,
    by_hand=BY_HAND,
)
