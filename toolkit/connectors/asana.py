"""Asana: projects and tasks, both from the task export, and users.

The export has a row for every task of a project or a workspace. Firms that run their jobs in Asana keep one
tracker whose top-level tasks are the jobs, so a task without a parent is read as a project and a task below
one as a task. The parent is named by its title, not by its id, so ``reference`` holds that title as
written. A client with one Asana project for each job configures the streams in ``engagement.yaml`` instead.
``Completed At`` decides whether the work is done; dates have no time of day.

Asked, it lists the tasks of each project, and those below a task only for that task: a change below does not touch the task
above, so tasks below are read whole. What is two levels below is not read. A client's own fields are found by their names.
What was deleted answers no more, and is seen when everything is asked for.

Source: project exports of 2022 to 2026; the vendor's contract (github.com/Asana/openapi, fc9f8dc).
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
    Named,
    Proof,
    Reading,
    RowFilter,
    SignIn,
    Stream,
    Which,
    named_key,
    with_imports,
    with_writings,
)
from toolkit.connectors._imports.asana import BY_HAND, IMPORTS
from toolkit.connectors._writings.asana import WRITINGS

API_VERSION = "1.0"

_SCOPES = ("projects:read", "tasks:read", "users:read", "workspaces:read")

API = Api(
    f"https://app.asana.com/api/{API_VERSION}",
    version=API_VERSION,
    sign_in=(
        SignIn("bearer"),
        SignIn(
            "oauth2_code",
            authorize_url="https://app.asana.com/-/oauth_authorize",
            token_url="https://app.asana.com/-/oauth_token",  # noqa: S106  # an address
            client_auth="client_secret_post",
            scopes_read=_SCOPES,
            needs=("client_id", "client_secret"),
        ),
    ),
    # Of a workspace that does not pay.
    limits=(Limit(150, 60.0),),
    at_once=10,
    account=Account("/workspaces", "gid", "name", place="workspace", accounts="data"),
)

_FORMATS = (
    ExportFormat("tasks", ("Task ID", "Section/Column", "Assignee Email", "Projects")),
    ExportFormat("tasks, short", ("Task ID", "Assignee Email", "Parent task")),
)


def _field(*headers: str, path: tuple[str, ...] = ()) -> Field:
    """Return a field: the client's own ones by their names, and behind them what every task has."""
    own = tuple(f"custom_fields.{named_key(one)}" for one in headers if one not in _EVERY_TASK)
    return Field(headers, path=(*own, *path))


_EVERY_TASK = frozenset(
    ("Task ID", "Name", "Notes", "Projects", "Section/Column", "Start Date", "Completed At", "Created At", "Created By",
     "Last Modified", "Parent task", "Due Date")
)  # fmt: skip
_FIELDS = {
    "number": _field("Job no", "Job no.", "Job number", "Project no", "Project number", "Task ID", path=("gid",)),
    "name": _field("Name", path=("name",)),
    "party_ref": _field("Client ID", "Customer ID", "Client", "Customer", "Company", "Account"),
    "party_name": _field("Client", "Customer", "Company", "Account", "Client name", "Customer name"),
    "description": _field("Notes", path=("notes",)),
    "department": _field("Projects", path=("projects.0.name",)),
    "amount_minor": _field("Budget", "Contract value", "Contract amount", "Amount", "Value"),
    "currency": _field("Currency"),
    "status": Field(("Section/Column", "Status"), path=("memberships.0.section.name", "custom_fields.status")),
    "started_at": _field("Start Date", path=("start_on",)),
    "completed_at": _field("Completed At", path=("completed_at",)),
    "created_at": _field("Created At", path=("created_at",)),
    "created_by": _field("Created By", path=("created_by.name",)),
    "updated_at": _field("Last Modified", path=("modified_at",)),
    "deal_ref": _field("Deal ID", "HubSpot Deal ID", "CRM Deal ID", "Deal", "CRM deal", "Opportunity"),
    "reference": Field(
        ("Parent task", "Reference", "PO number", "Invoice"),
        path=("parent.name", *(f"custom_fields.{name}" for name in ("reference", "po number", "invoice"))),
    ),
    "due_on": _field("Due Date", path=("due_on",)),
}

_OPTIONS = (
    "name,notes,completed,completed_at,created_at,created_by.name,modified_at,start_on,due_on,parent.gid,parent.name,num_subtasks,"
    "assignee.name,assignee.email,projects.name,memberships.section.name,custom_fields.name,custom_fields.number_value,"
    "custom_fields.display_value"
)
_PAGES = Cursor("offset", path="next_page.offset")
_PROJECTS = Reading(
    "/workspaces/{workspace}/projects", "data", query=(("limit", "100"), ("opt_fields", "name")), paging=_PAGES,
    is_parents=True, key=("gid",), scopes=("projects:read",),
)  # fmt: skip


def _tasks(
    path: str, *query: tuple[str, str], changed: Changed | None = None, which: Which | None = None, is_parents: bool = False
) -> Reading:
    return Reading(
        path,
        "data",
        query=(*query, ("limit", "100"), ("opt_fields", "num_subtasks" if is_parents else _OPTIONS)),
        paging=_PAGES,
        changed=changed,
        is_parents=is_parents,
        which=which,
        named=None if is_parents else Named("custom_fields", "name", ("number_value", "display_value")),
        key=("gid",),
        scopes=("tasks:read",),
    )


_IN_PROJECT = ("project", "{parent}")
_TOP = (
    _PROJECTS,
    _tasks("/tasks", _IN_PROJECT, changed=Changed("modified_at", param="modified_since"), which=Which("parent.gid", "")),
)
_BELOW = (
    _PROJECTS,
    _tasks("/tasks", _IN_PROJECT, which=Which("num_subtasks", "[1-9][0-9]*"), is_parents=True),
    _tasks("/tasks/{parent}/subtasks", changed=Changed("modified_at")),
)


def _stream(name: str, entity: str, *, has_parent: bool) -> Stream:
    return Stream(
        name=name,
        entity=entity,
        key=("Task ID",),
        fields=_FIELDS,
        filters=(RowFilter("Parent task", is_filled=has_parent),),
        formats=_FORMATS,
        readings=_BELOW if has_parent else _TOP,
        path_key=("gid",),
    )


ABOUT = About(
    files="In a project: the arrow beside its name, Export/Print, CSV.",
    credentials={
        "bearer": ("Settings, Apps, Manage developer apps: a personal access token of a member who sees the projects.",),
        "oauth2_code": ("Make an app in the developer console with the scopes to read; enter the redirect address below.",),
    },
    quirks=(
        "A change to a task below does not touch the task above: tasks below are read whole.",
        "What was deleted is not told; a full pull shows what is gone.",
        "A job makes no task, since what is read of one depends on its project; a client's own fields are changed by hand.",
    ),
    interface=Interface("rest", read_only="yes", webhooks="yes", bulk="partly", sandbox="no", changes="yes",
                        deletions="partly", repeats="no"),
    proved_on=(Proof("vendor_contract", "Asana/openapi fc9f8dc"), Proof("export_files", "2022 to 2026")),
)  # fmt: skip

CONNECTOR = Connector(
    name="asana",
    label="Asana",
    category="projects",
    streams=with_writings(
        with_imports(
            (
                _stream("projects", "project", has_parent=False),
                _stream("tasks", "task", has_parent=True),
                Stream(
                    name="users",
                    entity="employee",
                    kind="person",
                    roles=("employee",),
                    fields={"name": Field((), path=("name",)), "email": Field((), path=("email",))},
                    readings=(
                        Reading(
                            "/workspaces/{workspace}/users",
                            "data",
                            query=(("opt_fields", "name,email"),),
                            scopes=("users:read",),
                        ),
                    ),
                    path_key=("gid",),
                ),
            ),
            IMPORTS,
        ),
        WRITINGS,
    ),
    api=API,
    about=ABOUT,
    by_hand=BY_HAND,
)
