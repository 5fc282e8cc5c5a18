"""Which system is master of which group of fields: as the client said, else proposed by the kind of system, else open.

A group that one system alone keeps has that one as its master. Where several keep it and nobody said who decides, the cell
is open and a proposal stands beside it: nobody signs a scope with an open cell. A derived view (reporting, a dashboard)
reads and is never master of anything.

Source: capabilities 45 to 48 and 54.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
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
        A reader is named as master.
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
        for part, master, own in _by_master(entity, name, systems, said)
        for cell in _group_cells(_Group(entity, part, name, master, own), categories, said)
    ]


@dataclass(frozen=True, slots=True)
class _Group:
    """Fields with one master, or none: how many values of each column every system keeps."""

    entity: str
    name: str
    whole: str
    master: str
    systems: Mapping[str, Mapping[str, int]]


def _by_master(
    entity: str, name: str, systems: Mapping[str, Mapping[str, int]], said: Said
) -> Iterator[tuple[str, str, dict[str, dict[str, int]]]]:
    """Yield a group's fields by who decides them: each row of the matrix has exactly one master, or is open."""
    given = said.masters.get(entity, {})
    columns = sorted({column for kept in systems.values() for column in kept})
    masters = {column: given.get(column, given.get("default", "")) for column in columns}
    for master in sorted({*masters.values()}):
        own = [column for column in columns if masters[column] == master]
        if master in said.readers:
            raise InputError(
                f"sources_of_truth names {master!r} for {entity} ({name}), and scope.readers says that it only reads. "
                "A derived view decides nothing: name another system, or take it out of scope.readers."
            )
        part = name if len(own) == len(columns) else f"{name} ({', '.join(own)})"
        kept = {system: {one: n for one, n in held.items() if one in own} for system, held in systems.items()}
        yield part, master, {system: held for system, held in kept.items() if held}


def _group_cells(group: _Group, categories: Mapping[str, str], said: Said) -> list[Cell]:
    editing = [one for one in sorted(group.systems) if one not in said.readers]
    proposed = _proposed(group.entity, group.whole, editing, categories)
    is_open = not group.master and len(editing) > 1
    cells = []
    for system, columns in sorted(group.systems.items()):
        role, why = _role(system, group.master, editing, is_reader=system in said.readers)
        is_proposed = is_open and system == proposed
        if is_proposed:
            why = f"Nobody said who decides; proposed: {system}, as a system of its kind."
        policy = _policy(group.entity, columns, said) if role == "copy" else None
        found = (group.entity, group.name, system, role, is_proposed, policy)
        cells.append(Cell(*found, tuple(sorted(columns)), sum(columns.values()), is_open, why))
    return cells


def _proposed(entity: str, name: str, systems: Collection[str], categories: Mapping[str, str]) -> str | None:
    wanted = _MASTER_CATEGORY.get((entity, name))
    if wanted is None and name in _FINANCIAL and entity not in _PARTIES:
        wanted = "ledger"
    found = [one for one in systems if categories.get(one) == wanted]
    return found[0] if len(found) == 1 else None


def _role(system: str, master: str, editing: Collection[str], *, is_reader: bool) -> tuple[Role, str]:
    if is_reader:
        return "reader", "A derived view: it reads, and no arrow writes to it."
    if system == master:
        return "master", "As sources_of_truth says."
    if master:
        return "copy", f"{master} decides."
    if len(editing) == 1:
        return "master", "The only system that keeps it."
    return "open", "Several systems keep it, and nobody said who decides."


def _policy(entity: str, columns: Collection[str], said: Said) -> ChangePolicy | None:
    given = said.policies.get(entity, {})
    found = {given.get(column, given.get("default")) for column in columns}
    return found.pop() if len(found) == 1 else None
