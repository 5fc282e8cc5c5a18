"""Asana: projects and tasks, both from the task export.

The export has a row for every task of a project or a workspace. Firms that run their jobs in Asana keep one
tracker whose top-level tasks are the jobs, so a task without a parent is read as a project and a task below
one as a task. The parent is named by its title, not by its id, so ``reference`` holds that title as
written. A client with one Asana project for each job configures the streams in ``engagement.yaml`` instead.
``Completed At`` decides whether the work is done; dates have no time of day.

Source: project exports of 2022 to 2026.
"""

from toolkit.connector import Connector, ExportFormat, Field, RowFilter, Stream

_FORMATS = (
    ExportFormat("tasks", ("Task ID", "Section/Column", "Assignee Email", "Projects")),
    ExportFormat("tasks, short", ("Task ID", "Assignee Email", "Parent task")),
)
_FIELDS = {
    "number": Field(("Job no", "Job no.", "Job number", "Project no", "Project number", "Task ID")),
    "name": Field(("Name",)),
    "party_ref": Field(("Client ID", "Customer ID", "Client", "Customer", "Company", "Account")),
    "party_name": Field(("Client", "Customer", "Company", "Account", "Client name", "Customer name")),
    "description": Field(("Notes",)),
    "department": Field(("Projects",)),
    "amount_minor": Field(("Budget", "Contract value", "Contract amount", "Amount", "Value")),
    "currency": Field(("Currency",)),
    "status": Field(("Section/Column", "Status")),
    "started_at": Field(("Start Date",)),
    "completed_at": Field(("Completed At",)),
    "created_at": Field(("Created At",)),
    "created_by": Field(("Created By",)),
    "updated_at": Field(("Last Modified",)),
    "deal_ref": Field(("Deal ID", "HubSpot Deal ID", "CRM Deal ID", "Deal", "CRM deal", "Opportunity")),
    "reference": Field(("Parent task", "Reference", "PO number", "Invoice")),
    "due_on": Field(("Due Date",)),
}


def _stream(name: str, entity: str, *, has_parent: bool) -> Stream:
    return Stream(
        name=name,
        entity=entity,
        key=("Task ID",),
        fields=_FIELDS,
        filters=(RowFilter("Parent task", is_filled=has_parent),),
        formats=_FORMATS,
    )


CONNECTOR = Connector(
    name="asana",
    label="Asana",
    category="projects",
    streams=(
        _stream("projects", "project", has_parent=False),
        _stream("tasks", "task", has_parent=True),
    ),
)
