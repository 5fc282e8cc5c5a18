"""Handoffs: what a person carries from one system to another, as the client names it or as proposed from what is there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pyarrow as pa

from toolkit.tables import HANDOFF

Trigger = Literal["record_created", "status_change", "schedule", "payment_received", "manual"]
Carrier = Literal["copy", "file", "reentry", "report_update", "email", "sheet"]

TRIGGERS: tuple[Trigger, ...] = ("record_created", "status_change", "schedule", "payment_received", "manual")
CARRIERS: tuple[Carrier, ...] = ("copy", "file", "reentry", "report_update", "email", "sheet")

COST_INPUTS: tuple[tuple[str, str], ...] = (
    ("minutes_per_item", "minutes per item"),
    ("rework_minutes", "minutes to mend one error"),
)
"""What only people can say and a complete cost needs, with its name in a client's words."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """A person carrying records of one stream into another stream.

    ``grace_days`` is how long the target may lag before an item counts as missing. ``is_source_required`` says that
    every record of the target must come from the source, so that one without a source is extra.
    """

    handoff_id: str
    label: str
    system_l: str
    stream_l: str
    entity_l: str
    system_r: str
    stream_r: str
    entity_r: str
    by: str = ""
    trigger: Trigger | None = None
    carrier: Carrier | None = None
    grace_days: int = 30
    is_proposed: bool = False
    is_source_required: bool = False

    def __post_init__(self) -> None:
        if self.grace_days < 0:
            raise ValueError(f"grace_days of {self.handoff_id!r} must be 0 or more, not {self.grace_days}.")
        if self.trigger is not None and self.trigger not in TRIGGERS:
            raise ValueError(f"{self.trigger!r} is not a trigger; known: {', '.join(TRIGGERS)}.")
        if self.carrier is not None and self.carrier not in CARRIERS:
            raise ValueError(f"{self.carrier!r} is not a carrier; known: {', '.join(CARRIERS)}.")


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """A stream that was recognised: its system, its entity, and the system's category (crm, ledger, shop …).

    ``is_company_list`` says of a client's own list that it holds companies, whatever the list is called.
    """

    system: str
    stream: str
    entity: str
    category: str
    is_company_list: bool = False


@dataclass(frozen=True, slots=True)
class _Pattern:
    handoff_id: str
    label: str
    entity_l: str
    categories_l: tuple[str, ...]
    entity_r: str
    categories_r: tuple[str, ...]
    trigger: Trigger
    grace_days: int
    streams_l: tuple[str, ...] = ()
    streams_r: tuple[str, ...] = ()
    apart_l: tuple[str, ...] = ()


_LEDGER = ("ledger", "accounting")
_WORK = ("projects", "project")
_SHOP = ("shop", "e-commerce", "ecommerce")

# A client's usual chain, from winning the work to the money on the bank account.
_PATTERNS = (
    _Pattern(
        "company_to_customer", "New CRM companies entered as ledger customers", "party", ("crm",), "party", _LEDGER,
        "record_created", 30, ("companies", "accounts"), ("customers", "contacts"),
    ),
    _Pattern("deal_to_project", "Won deals set up as projects", "deal", ("crm",), "project", _WORK, "status_change", 14),
    _Pattern("deal_to_invoice", "Won deals invoiced", "deal", ("crm",), "invoice", _LEDGER, "status_change", 30),
    _Pattern("order_to_invoice", "Shop orders invoiced", "order", _SHOP, "invoice", _LEDGER, "record_created", 14),
    _Pattern("project_to_invoice", "Finished projects invoiced", "project", _WORK, "invoice", _LEDGER, "status_change", 30),
    _Pattern(
        "project_to_sheet", "Projects copied into a sheet", "project", _WORK, "project", ("sheet", "informal", "other", ""),
        "record_created", 14,
    ),
    _Pattern(
        "payment_to_ledger", "Card payments entered in the ledger", "payment", ("payments", "processor", "payment"),
        "payment", _LEDGER, "payment_received", 14, apart_l=("refunds",),
    ),
    _Pattern(
        "payment_to_bank", "Ledger payments checked against the bank", "payment", _LEDGER, "bank_line", ("bank", "banking"),
        "payment_received", 14,
    ),
)  # fmt: skip


def proposed_handoffs(streams: Sequence[StreamInfo]) -> tuple[Handoff, ...]:
    """Return the handoffs that streams like these usually need, none of them confirmed by the client.

    Projects are proposed as the source of invoices only where no deals are. Only different systems hand over. Ids are
    unique: a second pair of systems gets its systems' names appended. Labels are unique too.

    Examples
    --------
    >>> crm = StreamInfo("crm", "deals", "deal", "crm")
    >>> asana = StreamInfo("projects", "projects", "project", "projects")
    >>> [one.handoff_id for one in proposed_handoffs([asana, crm])]
    ['deal_to_project']
    """
    ordered = sorted(streams, key=lambda one: (one.system, one.stream))
    has_deal_invoices = _has(ordered, "deal") and _has(ordered, "invoice")
    found: list[Handoff] = []
    taken: set[str] = set()
    for pattern in _PATTERNS:
        if pattern.handoff_id == "project_to_invoice" and has_deal_invoices:
            # One sale would be billed twice in the count: the deal already stands for it.
            continue
        for left in ordered:
            for right in ordered:
                if left.system != right.system and _fits(pattern, left, right):
                    handoff_id = pattern.handoff_id
                    if handoff_id in taken:
                        handoff_id = f"{handoff_id}_{left.system}_{right.system}"
                    if handoff_id in taken:
                        handoff_id = f"{handoff_id}_{left.stream}_{right.stream}"
                    taken.add(handoff_id)
                    found.append(_proposed(pattern, handoff_id, left, right))
    return _told_apart(found)


def _told_apart(handoffs: Sequence[Handoff]) -> tuple[Handoff, ...]:
    """Return handoffs of which no two have one label: those that would say between which lists they go."""
    found = []
    for one in handoffs:
        alike = [other for other in handoffs if other.label == one.label]
        left, right = (_place(one, alike, side) for side in "lr")
        where = " to ".join(place for place in (left, right) if place)
        found.append(replace(one, label=f"{one.label} ({where})") if where else one)
    return tuple(found)


def _place(handoff: Handoff, alike: Sequence[Handoff], side: str) -> str:
    """Return what tells one side of a handoff from that of others of its label: the system, else system and list."""
    system, stream = getattr(handoff, f"system_{side}"), getattr(handoff, f"stream_{side}")
    others = [(getattr(one, f"system_{side}"), getattr(one, f"stream_{side}")) for one in alike]
    if len(alike) == 1:
        return ""
    has_several = len({name for of, name in others if of == system}) > 1
    words = f"{system} {stream}" if has_several else system
    words = words.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def handoff_table(handoffs: Sequence[Handoff], known_inputs: Mapping[str, Collection[str]] | None = None) -> pa.Table:
    """Return the handoffs as a HANDOFF table, each with what is still to be asked.

    Parameters
    ----------
    handoffs
        In the order to show.
    known_inputs
        Names of the cost inputs given per handoff id, e.g. ``{"deal_to_project": {"minutes_per_item"}}``.
    """
    known = known_inputs or {}
    return HANDOFF.from_rows(
        {
            "handoff_id": one.handoff_id, "label": one.label,
            "system_l": one.system_l, "stream_l": one.stream_l, "entity_l": one.entity_l,
            "system_r": one.system_r, "stream_r": one.stream_r, "entity_r": one.entity_r,
            "by": one.by or None, "trigger": one.trigger, "carrier": one.carrier, "is_proposed": one.is_proposed,
            "missing": still_to_ask(one, known.get(one.handoff_id, ())),
        }
        for one in handoffs
    )  # fmt: skip


def still_to_ask(handoff: Handoff, known: Collection[str]) -> list[str]:
    """Return what nobody has said of a handoff yet, in a client's words.

    Parameters
    ----------
    handoff
        As it is known.
    known
        Names of the cost inputs that are given.
    """
    asked = [] if handoff.by else ["who carries it"]
    asked += [] if handoff.trigger else ["what starts it"]
    asked += [] if handoff.carrier else ["how it is carried"]
    return asked + [words for name, words in COST_INPUTS if name not in known]


def _has(streams: Sequence[StreamInfo], entity: str) -> bool:
    return any(one.entity == entity for one in streams)


def _fits(pattern: _Pattern, left: StreamInfo, right: StreamInfo) -> bool:
    return (
        left.entity == pattern.entity_l
        and right.entity == pattern.entity_r
        and left.category in pattern.categories_l
        and right.category in pattern.categories_r
        and left.stream not in pattern.apart_l
        and (not pattern.streams_l or left.is_company_list or left.stream in pattern.streams_l)
        and (not pattern.streams_r or right.is_company_list or right.stream in pattern.streams_r)
    )


def _proposed(pattern: _Pattern, handoff_id: str, left: StreamInfo, right: StreamInfo) -> Handoff:
    return Handoff(
        handoff_id, pattern.label, left.system, left.stream, left.entity, right.system, right.stream, right.entity,
        trigger=pattern.trigger, grace_days=pattern.grace_days, is_proposed=True,
    )  # fmt: skip
