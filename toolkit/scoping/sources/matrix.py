"""Which system is master of which group of fields: as the client said, else proposed by the kind of system, else open.

A group that one system alone keeps has that one as its master. Where several keep it and nobody said who decides, the cell
is open and a proposal stands beside it: nobody signs a scope with an open cell. A derived view (reporting, a dashboard)
reads and is never master of anything.

Source: capabilities 45 to 48 and 54.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from toolkit.errors import InputError

Role = Literal["master", "copy", "reader", "open"]
ChangePolicy = Literal["reject", "propagate", "manual"]

_PARTY_GROUPS: dict[str, tuple[str, ...]] = {
    "name": ("name", "given_name", "family_name", "company_name"),
    "contact": ("email", "phone", "website"),
    "address": ("street", "city", "region", "postcode", "country"),
    "tax": ("tax_id",),
    "ownership": ("owner", "department", "parent_ref"),
}
_DOCUMENT_GROUPS: dict[str, tuple[str, ...]] = {
    "number": ("number", "reference", "invoice_ref", "deal_ref"),
    "party": ("party_ref", "party_name"),
    "text": ("name", "description"),
    "amounts": ("amount_minor", "net_minor", "tax_minor", "fee_minor", "currency"),
    "status": ("status", "is_won", "closed_at", "started_at", "completed_at", "opened_at", "resolved_at"),
    "payment": ("paid_minor", "paid_at", "method", "account", "posted_on"),
    "dates": ("issued_on", "due_on", "spent_on"),
    "coding": ("gl_code", "department"),
}
_PARTIES = frozenset({"party", "employee"})
_FINANCIAL = frozenset({"amounts", "payment", "coding", "dates", "number"})
_MASTER_CATEGORY: dict[tuple[str, str], str] = {
    ("party", "name"): "crm",
    ("party", "contact"): "crm",
    ("party", "ownership"): "crm",
    ("party", "address"): "crm",
    ("party", "tax"): "ledger",
    ("project", "status"): "projects",
    ("task", "status"): "projects",
    ("deal", "status"): "crm",
    ("ticket", "status"): "support",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """How many values a system keeps of one column of an entity."""

    entity: str
    column: str
    system: str
    filled: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One system's part in one group of fields of an entity."""

    entity: str
    field_group: str
    system: str
    role: Role
    is_proposed: bool
    policy: ChangePolicy | None
    columns: tuple[str, ...]
    filled: int
    is_open: bool
    why: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the client said: masters by entity and column (``default`` for the others), policies alike, and readers."""

    masters: Mapping[str, Mapping[str, str]]
    policies: Mapping[str, Mapping[str, ChangePolicy]]
    readers: Collection[str] = ()


def field_group(entity: str, column: str) -> str | None:
    """Return the group that a column of an entity belongs to; null for what nobody is master of.

    Examples
    --------
    >>> field_group("party", "phone"), field_group("invoice", "paid_minor"), field_group("deal", "record_id")
    ('contact', 'payment', None)
    """
    groups = _PARTY_GROUPS if entity in _PARTIES else _DOCUMENT_GROUPS
    return next((name for name, columns in groups.items() if column in columns), None)


def master_cells(kept: Iterable[Kept], categories: Mapping[str, str], said: Said) -> list[Cell]:
    """Return the matrix: a cell for each system that keeps anything of a group.

    Parameters
    ----------
    kept
        What the systems fill.
    categories
        Of each system: crm, ledger, projects, …
    said
        What the client said.

    Raises
    ------
    InputError
        Columns of one group have several masters that were said for the whole group, or a reader is named as master.
    """
    groups: defaultdict[tuple[str, str], defaultdict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for one in kept:
        name = field_group(one.entity, one.column)
        if name is not None and one.filled:
            before = groups[one.entity, name][one.system].get(one.column, 0)
            groups[one.entity, name][one.system][one.column] = before + one.filled
    return [
        cell
        for (entity, name), systems in sorted(groups.items())
        for cell in _group_cells(entity, name, systems, categories, said)
    ]


def _group_cells(
    entity: str, name: str, systems: Mapping[str, Mapping[str, int]], categories: Mapping[str, str], said: Said
) -> list[Cell]:
    masters = _said_masters(entity, name, systems, said)
    editing = [one for one in sorted(systems) if one not in said.readers]
    proposed = _proposed(entity, name, editing, categories)
    is_open = not masters and len(editing) > 1
    cells = []
    for system in sorted(systems):
        columns = systems[system]
        role, why = _role(system, masters, editing, is_reader=system in said.readers)
        is_proposed = is_open and system == proposed
        if is_proposed:
            why = f"Nobody said who decides; proposed: {system}, as a system of its kind."
        cells.append(
            Cell(
                entity,
                name,
                system,
                role,
                is_proposed,
                _policy(entity, columns, said) if role == "copy" else None,
                tuple(sorted(columns)),
                sum(columns.values()),
                is_open,
                why,
            )
        )
    return cells


def _said_masters(entity: str, name: str, systems: Mapping[str, Mapping[str, int]], said: Said) -> set[str]:
    """Return the masters that were said for the columns of a group."""
    given = said.masters.get(entity, {})
    columns = {column for kept in systems.values() for column in kept}
    found = {given.get(column, given.get("default", "")) for column in columns} - {""}
    for one in sorted(found & {*said.readers}):
        raise InputError(
            f"sources_of_truth names {one!r} for {entity} ({name}), and scope.readers says that it only reads. "
            "A derived view decides nothing: name another system, or take it out of scope.readers."
        )
    return found


def _proposed(entity: str, name: str, systems: Collection[str], categories: Mapping[str, str]) -> str | None:
    wanted = _MASTER_CATEGORY.get((entity, name))
    if wanted is None and name in _FINANCIAL and entity not in _PARTIES:
        wanted = "ledger"
    found = [one for one in systems if categories.get(one) == wanted]
    return found[0] if len(found) == 1 else None


def _role(system: str, masters: Collection[str], editing: Collection[str], *, is_reader: bool) -> tuple[Role, str]:
    if is_reader:
        return "reader", "A derived view: it reads, and no arrow writes to it."
    if system in masters:
        return "master", "As sources_of_truth says." if len(
            masters
        ) == 1 else "As sources_of_truth says, of some of its fields."
    if masters:
        return "copy", f"{' and '.join(sorted(masters))} decides."
    if len(editing) == 1:
        return "master", "The only system that keeps it."
    return "open", "Several systems keep it, and nobody said who decides."


def _policy(entity: str, columns: Collection[str], said: Said) -> ChangePolicy | None:
    given = said.policies.get(entity, {})
    found = {given.get(column, given.get("default")) for column in columns}
    return found.pop() if len(found) == 1 else None
