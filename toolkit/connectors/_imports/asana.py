"""Asana's CSV importer, which makes tasks in a project and changes none.

Source: help.asana.com 14244171470491, "Preparing data for CSV import" (read in 2026): the name first, then description,
section, assignee, collaborators, start and due date; each row is a task. Columns of the client's own must be there as fields
of the project, so only those are offered that the client's export has.
"""

from toolkit.connector import ByHand, HandWords, ImportColumn, ImportForm

_TASKS = (
    ImportForm(
        name="Asana tasks",
        actions=("create",),
        place="Open the project, the arrow beside its name, Import, CSV.",
        columns=(
            ImportColumn("name", "Name"),
            ImportColumn("description", "Description"),
            ImportColumn("status", "Section/Column"),
            ImportColumn("due_on", "Due Date"),
        ),
        required=("name",),
        unsaid=("state",),
        left_empty=("party_ref", "party_name", "amount_minor", "currency", "department", "reference"),
        own=("party_ref", "party_name", "amount_minor", "currency", "deal_ref"),
        day_form="%m/%d/%Y",
        max_rows=1_000,
        choices=("Look through the preview: each column stands for the field of its name. Days are month/day/year.",),
        on_repeat="Every task is made a second time: never import it twice.",
        source="help.asana.com, “Preparing data for CSV import”, read in 2026",
    ),
)

IMPORTS = {"tasks": _TASKS, "projects": _TASKS}

BY_HAND: HandWords = {
    "archive": ByHand(
        "Open the project, the arrow beside its name, Archive.", "Open the archived project, and Unarchive it."
    ),
}
