"""How Zendesk's records are changed: wrapped in their kind's name; a ticket only in the version that was read.

A user that is put aside is suspended: who writes from its address then waits for an agent. Its address of mail is set when
it is made; later ones are added beside it, so that it is changed by hand. An organization can only be deleted, and is left
as it is. What is made carries our mark as its id of another system, by which it is found at once; nobody is written to.

Source: developer.zendesk.com, users, organizations, tickets ("Protecting against ticket update collisions": ``safe_update``,
``updated_stamp``), listing by ``external_id`` (read in 2026).
"""

from toolkit.connector import Mark, Merge, OneCall, Version, WriteCall, WriteField, Writing

_MARK = "external_id"
_LOST = (
    "the user that goes: its id, its fields and its sign-in; its addresses become further ones of the user that stays",
    "which of the two a ticket was asked by",
)
"""What nobody brings back: Zendesk takes no merge of users back, and merges end users only.

Source: support.zendesk.com, merging a user's duplicate account.
"""
_GONE = ("active", "false")
"""Zendesk answers with a deleted user as with any other, ``active`` being false.

Source: developer.zendesk.com, users (``active``: "false if the user has been deleted"). UNVERIFIED: that a user that was
merged into another is answered with so, too; if it is not there any more, it is gone as well.
"""


def _suspended(word: str) -> WriteCall:
    return WriteCall("PUT", "/users/{id}", body=f'{{"user": {{"suspended": {word}}}}}', has_fields=False)


WRITINGS = {
    "users": Writing(
        one=OneCall("/users/{id}"),
        fields=(
            WriteField("name", "name"),
            WriteField("email", "email", actions=("create",)),
            WriteField("phone", "phone"),
            WriteField("parent_ref", "organization_id", "number"),
        ),
        unsaid=("roles",),
        inside="user",
        body_inside="user",
        create=WriteCall("POST", "/users", body='{"user": {"skip_verify_email": true}}'),
        update=WriteCall("PUT", "/users/{id}"),
        merge=Merge(
            WriteCall("PUT", "/users/{id}/merge", body='{"user": {"id": 0}}', has_fields=False, id_path=""),
            _LOST,
            into_path="user.id",
        ),
        archive=_suspended("true"),
        restore=_suspended("false"),
        archived=("suspended", "true"),
        gone=_GONE,
        stamp="updated_at",
        mark=Mark(_MARK, "/users", _MARK, "users"),
        scopes=("users:write",),
    ),
    "organizations": Writing(
        one=OneCall("/organizations/{id}"),
        fields=(WriteField("name", "name"), WriteField("company_name")),
        unsaid=("roles",),
        inside="organization",
        body_inside="organization",
        create=WriteCall("POST", "/organizations"),
        update=WriteCall("PUT", "/organizations/{id}"),
        stamp="updated_at",
        mark=Mark(_MARK, "/organizations/search", _MARK, "organizations"),
        scopes=("organizations:write",),
    ),
    "tickets": Writing(
        one=OneCall("/tickets/{id}"),
        fields=(
            WriteField("name", "subject"),
            WriteField("party_ref", "requester_id", "number"),
            WriteField("status", "status"),
            WriteField("description", "comment.body", actions=("create",)),
            WriteField("reference", "external_id", actions=("update",)),
        ),
        inside="ticket",
        body_inside="ticket",
        create=WriteCall("POST", "/tickets"),
        update=WriteCall("PUT", "/tickets/{id}", body='{"ticket": {"safe_update": true}}'),
        version=Version(path="updated_at", condition_path="updated_stamp"),
        stamp="updated_at",
        mark=Mark(_MARK, "/tickets", _MARK, "tickets"),
        scopes=("tickets:write",),
    ),
}
