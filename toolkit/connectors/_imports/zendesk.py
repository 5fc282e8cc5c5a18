"""Zendesk's bulk import of users: they are found by e-mail, and each row fills every column of its file.

Source: support.zendesk.com, "Bulk importing users" (4408893496218) and "Bulk importing organization data (legacy)"
(10729670046106), read in 2026: at most 1,999 rows, UTF-8, no user twice in a file, no order within it, a field that is left
blank is overwritten. Organizations are made by their name alone, since we read no more of them.
"""

from toolkit.connector import ByHand, HandWords, ImportColumn, ImportForm

_MAIL = ImportColumn("email", "email", r"[^\s@]+@[^\s@]+\.[^\s@]+")
_USER = (ImportColumn("name", "name"), _MAIL, ImportColumn("phone", "phone"))
_SOURCE = "support.zendesk.com, “Bulk importing users” and “Bulk importing organizations”, read in 2026"
_MOST = 1_999
_SWITCHED = "Imports must be switched on by Zendesk's support first."

IMPORTS = {
    "users": (
        ImportForm(
            name="Zendesk users, existing",
            actions=("update",),
            place="Admin Center, People, Bulk actions, Import users.",
            columns=_USER,
            record=_MAIL,
            required=("name",),
            max_rows=_MOST,
            choices=("Update existing users only.", _SWITCHED),
            on_repeat="The same values are written once more: nothing changes.",
            source=_SOURCE,
        ),
        ImportForm(
            name="Zendesk users, new",
            actions=("create",),
            place="Admin Center, People, Bulk actions, Import users.",
            columns=_USER,
            record=_MAIL,
            required=("name", "email"),
            unsaid=("roles", "state", "given_name", "family_name"),
            max_rows=_MOST,
            choices=("Create new users only. Do not send a verification message.", _SWITCHED),
            on_repeat="A user with the same address is not made again.",
            source=_SOURCE,
        ),
    ),
    "organizations": (
        ImportForm(
            name="Zendesk organizations, new",
            actions=("create",),
            place="Admin Center, People, Bulk actions, Import organizations.",
            columns=(ImportColumn("name", "name"),),
            record=ImportColumn("name", "name"),
            required=("name",),
            follows=(("company_name", ("name",)),),
            unsaid=("roles", "state"),
            max_rows=_MOST,
            choices=("Create new organizations only.", _SWITCHED),
            on_repeat="An organization of the same name is not made again.",
            source=_SOURCE,
        ),
    ),
}

BY_HAND: HandWords = {
    "archive": ByHand("Open the user, and choose Suspend.", "Open the user, and choose Unsuspend."),
    "merge": ByHand(
        "Open the user that goes, Merge into another user, and choose the one that stays.",
        "Zendesk has no way to take a merge back: make the user again from what stands under “before”.",
    ),
}
