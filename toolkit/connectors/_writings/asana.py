"""How Asana's tasks are changed: name, notes and due date, wrapped in ``data``; there is no key and no version.

Jobs and tasks are both tasks there, which cannot be archived, and what is read of a task depends on its project: none is
made. A client's own fields are named by ids of the workspace, so they are changed by hand.

Source: the vendor's contract (github.com/Asana/openapi, fc9f8dc), ``PUT /tasks/{task_gid}``.
"""

from toolkit.connector import OneCall, WriteCall, WriteField, Writing

_TASKS = Writing(
    one=OneCall("/tasks/{id}", query=(("opt_fields", "name,notes,due_on,modified_at"),)),
    fields=(
        WriteField("name", "name"),
        # A task without notes has empty ones.
        WriteField("description", "notes", blank="empty"),
        WriteField("due_on", "due_on", "day"),
    ),
    id="gid",
    inside="data",
    body_inside="data",
    update=WriteCall("PUT", "/tasks/{id}"),
    stamp="modified_at",
    scopes=("tasks:write",),
)

WRITINGS = {"projects": _TASKS, "tasks": _TASKS}
