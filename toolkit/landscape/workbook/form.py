"""The form: its sheets, their columns, the words a client chooses from, and what the first page says.

The writer and the reader of the workbook both go by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from toolkit.landscape.systems import CATEGORIES

Kind = Literal["text", "choice", "minutes", "per month", "share", "days", "count", "date", "yes or no"]


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column of the form: the key of its value, its header, what to write in it, and what may be chosen."""

    key: str
    header: str
    kind: Kind
    hint: str
    width: int = 18
    choices: Mapping[str, str] | None = None
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One sheet of the form; a row counts once any of its cells is filled."""

    key: str
    name: str
    purpose: str
    columns: tuple[FormColumn, ...]


TRIGGER_WORDS = {
    "record_created": "A record is created",
    "status_change": "A status changes",
    "schedule": "On fixed days",
    "payment_received": "A payment arrives",
    "manual": "Somebody decides",
}

CARRIER_WORDS = {
    "copy": "Copied from screen to screen",
    "file": "Exported and imported as a file",
    "reentry": "Typed in again",
    "report_update": "Read from a report, then updated",
    "email": "Sent by e-mail",
    "sheet": "Kept in a spreadsheet",
}

EVIDENCE_WORDS = {
    "interview": "Somebody's estimate",
    "document": "A document says so",
    "measured": "Timed or counted",
}

_SYSTEMS = FormSheet(
    "systems",
    "Systems",
    "One row for each system, spreadsheet or shared mailbox that holds business data, also small and temporary ones.",
    (
        FormColumn("name", "System", "text", "What you call it, for example CRM or Site log", is_required=True),
        FormColumn("category", "Category", "choice", "Choose the nearest one", 22, CATEGORIES),
        FormColumn("product", "Product", "text", "Vendor and product, for example HubSpot"),
        FormColumn("is_informal", "Spreadsheet or mailbox", "yes or no", "Yes for sheets, templates, mailboxes", 14),
        FormColumn("process", "What it is used for", "text", "The work it serves", 28),
        FormColumn("owner", "Responsible", "text", "Who looks after it, or edits it"),
        FormColumn("users", "Users", "count", "How many people use it", 9),
        FormColumn("cost_per_month", "Cost per month", "per month", "Subscription, in your currency", 12),
        FormColumn("tier", "Plan", "text", "For example Professional", 14),
        FormColumn("data_in", "What goes in", "text", "Which data, and from where", 30),
        FormColumn("data_out", "What comes out", "text", "Which data, and to where", 30),
        FormColumn("moved_by", "Who carries data", "text", "Who copies data in or out by hand"),
        FormColumn("note", "Remarks", "text", "Anything else we should know", 30),
    ),
)

_HANDOFFS = FormSheet(
    "handoffs",
    "Handoffs",
    "One row for each time that somebody carries data from one system to another by hand.",
    (
        FormColumn("label", "What is carried", "text", "For example: won deals become projects", 30, is_required=True),
        FormColumn("system_l", "From system", "text", "As on the sheet Systems", is_required=True),
        FormColumn("system_r", "To system", "text", "As on the sheet Systems", is_required=True),
        FormColumn("by", "Who does it", "text", "Name, as on the sheet People"),
        FormColumn("trigger", "When", "choice", "What sets it off", 20, TRIGGER_WORDS),
        FormColumn("carrier", "How", "choice", "How the data gets across", 28, CARRIER_WORDS),
        FormColumn("volume_per_month", "Times per month", "per month", "How often", 10),
        FormColumn("minutes_low", "Minutes: at least", "minutes", "For one item, when all goes well", 11),
        FormColumn("minutes_likely", "Minutes: usually", "minutes", "For one item, on a usual day", 11),
        FormColumn("minutes_high", "Minutes: at most", "minutes", "For one item, on a bad day", 11),
        FormColumn("evidence", "How we know", "choice", "Where the minutes come from", 20, EVIDENCE_WORDS),
        FormColumn("who", "Who told us", "text", "Name"),
        FormColumn("on", "On", "date", "Date, as 2026-10-02", 12),
        FormColumn("error_rate", "Errors in 100", "share", "How many of 100 need mending", 10),
        FormColumn("rework_minutes", "Minutes to mend one", "minutes", "For one error", 11),
        FormColumn("delay_days", "Days of delay", "days", "How long data waits", 9),
        FormColumn("note", "Remarks", "text", "Anything else we should know", 30),
        FormColumn("handoff_id", "Our reference", "text", "Please leave as it is", 18),
    ),
)

_PEOPLE = FormSheet(
    "people",
    "People",
    "One row for each person who carries data, or who can tell us about it.",
    (
        FormColumn("name", "Name", "text", "First name is enough", is_required=True),
        FormColumn("role", "Role", "text", "For example bookkeeper", 22),
        FormColumn("department", "Department", "text", "For example Finance"),
        FormColumn("systems", "Works with", "text", "Systems, with commas between", 30),
        FormColumn("note", "Remarks", "text", "Anything else we should know", 30),
    ),
)

FORM_SHEETS = (_SYSTEMS, _HANDOFFS, _PEOPLE)

QUESTION_SHEET = FormSheet(
    "questions",
    "Questions",
    "What we could not tell from your files. One row for each question; each answer changes a figure.",
    (
        FormColumn("ask", "Question", "text", "Please leave as it is", 50, is_required=True),
        FormColumn("samples", "For example", "text", "Values from your file", 36),
        FormColumn("choices", "Choices", "text", "What we think of", 50),
        FormColumn("answer", "Your answer", "text", "The number of a choice, or its words", 22),
        FormColumn("question_id", "Question no", "text", "Please leave as it is", 24),
    ),
)
"""Only in a workbook that has something to ask."""

ALL_SHEETS = (*FORM_SHEETS, QUESTION_SHEET)
"""What can be on a workbook that came back."""

CHOICE_COLUMNS = tuple(column for form in FORM_SHEETS for column in form.columns if column.choices is not None)

MINUTES = ("minutes_low", "minutes_likely", "minutes_high")
"""What one item takes: at least, usually, at most."""

READ_ME = {
    "What this is": "A list of your systems, of the people who work with them, and of the data that people carry between "
    "them by hand. We use it to work out what that costs, and what connecting the systems would save.",
    "What to do": "Go through the sheets Systems, Handoffs and People. Yellow cells are yours. What we know already is "
    "filled in: please correct it where it is wrong.",
    "Do not know?": "Leave the cell empty. A guess is worse than a gap: we ask again where it matters.",
    "Small things count": "A spreadsheet that somebody keeps on the side, a shared mailbox, an e-mail template: each is a "
    "system here. Put Yes under Spreadsheet or mailbox.",
    "Minutes": "Write what one item takes: at least, usually, at most. A range such as 15-20 under Usually is fine too.",
    "Sending it back": "Save it as an Excel workbook and send it back. Please leave the names of sheets and columns as they "
    "are. It names people: treat it as confidential.",
}
