"""Whom to interview, and what each of them is asked about a usual day, whatever the landscape says."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody to interview: what to call the role, what it knows of, and the questions of a usual day by their keys.

    ``categories`` are the kinds of systems, and ``entities`` the records, of which this role is asked what is unknown.
    """

    label: str
    categories: tuple[str, ...]
    entities: tuple[str, ...]
    questions: Mapping[str, str]


ROLES: Mapping[str, Role] = {
    "ap_clerk": Role(
        "Accounts payable clerk",
        ("procurement", "expenses"),
        ("bill", "expense"),
        {
            "day": "Walk through the last supplier's bill from envelope to payment: what did you open, type, print, ask?",
            "twice": "What do you type that somebody has typed before? Where from, where to?",
            "mistakes": "Which mistakes do you find most often, who finds them, and what does mending one take?",
            "duplicates": "How do you notice that a bill was paid twice? When did it happen last?",
            "approval": "How does a bill wait for approval, and how do you know whose turn it is?",
            "frustration": "What annoys you every day?",
        },
    ),
    "bookkeeper": Role(
        "Bookkeeper",
        ("ledger", "erp", "bank", "payments", "hr"),
        ("invoice", "payment", "bank_line", "credit_note", "account", "employee"),
        {
            "day": "Walk through the last invoice from the sale to the money: what did you open, type, ask for?",
            "twice": "What do you type that stands in another system already?",
            "bank": "How are bank lines matched, how often, and what is left over each time?",
            "fees": "Where do fees of card payments go, and who takes them apart?",
            "mistakes": "Which corrections do you write most often, and what was their cause?",
            "sheets": "Which lists do you keep beside the ledger, and who else uses them?",
            "frustration": "What annoys you every day?",
        },
    ),
    "month_end_owner": Role(
        "Owner of the month-end close",
        (),
        ("journal_line",),
        {
            "days": "On which working day is the month closed? On which would you like it to be?",
            "waiting": "What do you wait for, from whom, in which order?",
            "reconciled": "Which figures are compared between systems by hand, and how long does each take?",
            "reports": "Which reports are put together from several systems, and who reads them?",
            "audit": "What does the auditor ask for, and how long does it take to gather?",
            "late": "Which invoices go out late, and why?",
            "frustration": "What goes wrong every month?",
        },
    ),
    "sales": Role(
        "Sales",
        ("crm", "marketing"),
        ("deal", "quote", "party"),
        {
            "won": "A deal is won: what do you do in the next hour, for whom, and what do they ask back?",
            "twice": "Which details of a customer do you enter that others enter again?",
            "unknown": "What would you like to see of a customer and cannot: invoices, tickets, running work?",
            "quotes": "Where do quotes live, and how does the amount come into the deal?",
            "forms": "How does somebody who fills in the web form become a contact, and how long does that take?",
            "frustration": "What annoys you every day?",
        },
    ),
    "operations": Role(
        "Operations",
        ("projects", "field_service", "inventory", "shop", "support", "industry", "health", "sheet"),
        ("project", "task", "order", "ticket", "product"),
        {
            "start": "How do you learn that work may begin, and what is missing then?",
            "changes": "The scope changes: who is told, and how does it reach the invoice?",
            "sheets": "Which lists, charts or sheets are kept on the side? Who keeps each, and for whom?",
            "hours": "How do hours or quantities reach payroll and the invoice?",
            "customers": "What do customers ask that you cannot answer without asking somebody else?",
            "frustration": "What annoys you every day?",
        },
    ),
    "it": Role(
        "IT",
        ("files", "office", "chat", "government"),
        (),
        {
            "links": "What runs between systems by itself already, who built it, and what happens when it stops?",
            "access": "Who may see and grant access for interfaces, and when was that last looked at?",
            "sandbox": "Where can something be tried that does no harm?",
            "limits": "Which systems have limits, contracts or versions that we must know of?",
            "security": "Which data may not leave where it is, and who decides that?",
            "frustration": "What do people ask you to mend again and again?",
        },
    ),
}
"""The roles in their order."""

REST = "it"
"""Who is asked of what no other role knows of."""
