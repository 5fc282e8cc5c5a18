"""Zendesk: users and tickets.

The account export of tickets has ``Summation column`` (always 1) and a requester with id, e-mail address
and domain; the JSON export has one object per line in the names of the programming interface. A user's
e-mail address counts as another id.

Source: account exports of 2022 to 2026; JSON export (``requester_id``, ``organization_id``).
"""

from toolkit.connector import Connector, ExportFormat, Field, Stream

USERS = Stream(
    name="users",
    entity="party",
    roles=("requester",),
    roles_by=Field(("role",), values=(("end.?user", "requester"), ("agent|admin", "employee"))),
    kind="person",
    key=("id",),
    alt_ids=("external_id", "email"),
    fields={
        "name": Field(("name",)),
        "company_name": Field(("organization", "organization name")),
        "email": Field(("email",)),
        "phone": Field(("phone",)),
        "parent_ref": Field(("organization_id", "organization")),
        "created_at": Field(("created_at", "Created at")),
        "updated_at": Field(("updated_at", "Updated at")),
        "state": Field(("active", "suspended state"), values=(("^false$", "deleted"),)),
    },
    formats=(
        ExportFormat("users", ("id", "role", "organization_id|organization", "email")),
    ),
)  # fmt: skip

TICKETS = Stream(
    name="tickets",
    entity="ticket",
    key=("Id|Ticket ID",),
    fields={
        "number": Field(("Id", "Ticket ID")),
        "name": Field(("Subject",)),
        "party_ref": Field(("Requester id", "requester_id", "Requester email", "Requester")),
        "party_name": Field(("Organization", "Requester")),
        "description": Field(("Description", "Tags")),
        "status": Field(("Status",)),
        "department": Field(("Group",)),
        "reference": Field(("Order number [txt]", "Order number", "Invoice number [txt]", "Invoice number", "external_id")),
        "opened_at": Field(("Created at", "created_at", "Requested")),
        "resolved_at": Field(("Solved at", "solved_at")),
        "created_at": Field(("Created at", "created_at", "Requested")),
        "created_by": Field(("Submitter",)),
        "updated_at": Field(("Updated at", "updated_at", "Updated")),
    },
    formats=(
        ExportFormat("tickets", ("Summation column", "Requester domain|Requester id", "Id")),
        ExportFormat(
            "ticket view", ("Id|Ticket ID", "Subject", "Requester", "Requester email|Requester id|Requested", "Status")
        ),
        ExportFormat("tickets, JSON", ("id", "requester_id", "subject", "status")),
    ),
)

CONNECTOR = Connector(name="zendesk", label="Zendesk", category="support", streams=(USERS, TICKETS))
