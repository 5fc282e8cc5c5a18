"""Which system decides which field: as the client said, or as systems of a category usually do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.errors import InputError

DEFAULT = "default"

# Categories in order of preference per entity and column; "default" stands for all columns not named.
_USUAL: dict[str, dict[str, tuple[str, ...]]] = {
    "party": {
        DEFAULT: ("crm", "ledger", "accounting", "shop", "support"),
        "tax_id": ("ledger", "accounting"),
    },
    "employee": {DEFAULT: ("hr", "people", "payroll")},
    "deal": {DEFAULT: ("crm",)},
    "quote": {DEFAULT: ("crm",)},
    "project": {DEFAULT: ("projects", "project")},
    "task": {DEFAULT: ("projects", "project")},
    "ticket": {DEFAULT: ("support",)},
    "order": {DEFAULT: ("shop", "e-commerce", "ecommerce")},
    "product": {DEFAULT: ("inventory", "shop", "ledger", "accounting")},
    "invoice": {DEFAULT: ("ledger", "accounting")},
    "credit_note": {DEFAULT: ("ledger", "accounting")},
    "bill": {DEFAULT: ("ledger", "accounting")},
    "payment": {DEFAULT: ("ledger", "accounting")},
    "account": {DEFAULT: ("ledger", "accounting")},
    "bank_line": {DEFAULT: ("bank", "banking")},
}


@dataclass(frozen=True, slots=True)
class SourceOfTruth:
    """The deciding system per entity and column; under ``default`` that of all other columns of the entity."""

    systems: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entity, columns in self.systems.items():
            for column, system in columns.items():
                if not isinstance(system, str) or not system:
                    raise InputError(
                        f"sources_of_truth names {system!r} for {entity}.{column}. Exactly one system decides a field: "
                        "name one."
                    )

    def system_for(self, entity: str, column: str) -> str | None:
        """Return the system that decides a column of an entity; null where nobody decided.

        Examples
        --------
        >>> truth = SourceOfTruth({"party": {"default": "crm", "tax_id": "ledger"}})
        >>> truth.system_for("party", "email"), truth.system_for("party", "tax_id"), truth.system_for("deal", "name")
        ('crm', 'ledger', None)
        """
        columns = self.systems.get(entity, {})
        return columns.get(column, columns.get(DEFAULT))


def default_sources_of_truth(categories: Mapping[str, str]) -> SourceOfTruth:
    """Return the usual sources of truth: the CRM for contact data, the ledger for money and tax, and so on.

    Where two systems share the deciding category the field stays open: only the client can say which one.

    Parameters
    ----------
    categories
        Category per system.

    Examples
    --------
    >>> truth = default_sources_of_truth({"hubspot": "crm", "books": "ledger", "asana": "projects"})
    >>> truth.system_for("party", "email"), truth.system_for("invoice", "status"), truth.system_for("project", "status")
    ('hubspot', 'books', 'asana')
    """
    systems: dict[str, dict[str, str]] = {}
    for entity, columns in _USUAL.items():
        for column, wanted in columns.items():
            system = _only_system(categories, wanted)
            if system is not None:
                systems.setdefault(entity, {})[column] = system
    return SourceOfTruth(systems)


def _only_system(categories: Mapping[str, str], wanted: tuple[str, ...]) -> str | None:
    for category in wanted:
        holders = sorted(system for system, its in categories.items() if its == category)
        if holders:
            return holders[0] if len(holders) == 1 else None
    return None
