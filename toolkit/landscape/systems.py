"""A client's systems, informal ones too: what is known of each, what is not, and where two do the same work."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

CATEGORIES: dict[str, str] = {
    "crm": "CRM",
    "ledger": "Accounting",
    "erp": "ERP",
    "projects": "Project management",
    "marketing": "E-mail marketing",
    "support": "Support desk",
    "files": "File storage",
    "office": "Office suite",
    "chat": "Chat",
    "hr": "HR and payroll",
    "shop": "E-commerce",
    "payments": "Payments",
    "expenses": "Expense tools",
    "inventory": "Inventory",
    "procurement": "Procurement",
    "field_service": "Job and field service",
    "industry": "Industry tools",
    "health": "Health care (HL7, FHIR)",
    "government": "Government and tax",
    "bank": "Bank",
    "sheet": "Spreadsheet or other informal tool",
}
"""Categories with the words a client reads."""

_INFORMAL = frozenset({"sheet"})


@dataclass(frozen=True, slots=True)
class System:
    """One of the client's systems; its name is the client's. ``cost_per_month`` is in the report's currency."""

    name: str
    connector: str = ""
    category: str = ""
    label: str = ""
    owner: str = ""
    users: int | None = None
    cost_per_month: float | None = None
    data_in: str = ""
    data_out: str = ""
    serves: str = ""
    is_informal: bool = False

    @property
    def shown_name(self) -> str:
        """The label, or the name where there is none."""
        return self.label or self.name

    @property
    def is_sheet(self) -> bool:
        """Whether the system is informal: a sheet, a mailbox, a shared document."""
        return self.is_informal or self.category in _INFORMAL


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what must be known is known: filled answers of all, and what each system still lacks."""

    filled: int
    asked: int
    missing: dict[str, tuple[str, ...]]

    @property
    def share(self) -> float | None:
        """Filled of asked, from 0 to 1; null without systems.

        Examples
        --------
        >>> Completeness(72, 75, {}).share
        0.96
        """
        return self.filled / self.asked if self.asked else None


def completeness(systems: Sequence[System]) -> Completeness:
    """Return how completely the systems are described: what goes in, what comes out, and who is responsible.

    Examples
    --------
    >>> crm = System("crm", data_in="web leads", data_out="won deals", owner="Sales")
    >>> completeness([crm, System("books", owner="Jo")]).missing
    {'books': ('what goes in', 'what comes out')}
    """
    missing: dict[str, tuple[str, ...]] = {}
    for system in systems:
        answers = {"what goes in": system.data_in, "what comes out": system.data_out, "who is responsible": system.owner}
        if system.is_sheet:
            # A sheet without a purpose cannot be replaced: the process it serves is asked for as well.
            answers["which process it serves"] = system.serves
        lacking = tuple(question for question, answer in answers.items() if not answer.strip())
        if lacking:
            missing[system.name] = lacking
    asked = sum(4 if system.is_sheet else 3 for system in systems)
    return Completeness(asked - sum(len(one) for one in missing.values()), asked, missing)


def unknown_categories(systems: Sequence[System], own: Collection[str] = ()) -> tuple[str, ...]:
    """Return the systems whose category is missing or none of ``CATEGORIES``: to be asked, never guessed.

    Those that an engagement has of its ``own`` are known too.
    """
    return tuple(one.name for one in systems if one.category not in CATEGORIES and one.category not in own)


def overlaps(systems: Sequence[System]) -> dict[str, tuple[str, ...]]:
    """Return the categories in which the client keeps several systems.

    Examples
    --------
    >>> overlaps([System("a", category="crm"), System("b", category="crm"), System("c", category="bank")])
    {'crm': ('a', 'b')}
    """
    by_category: dict[str, list[str]] = defaultdict(list)
    for system in systems:
        if system.category and not system.is_sheet:
            by_category[system.category].append(system.name)
    return {category: tuple(sorted(names)) for category, names in sorted(by_category.items()) if len(names) > 1}
