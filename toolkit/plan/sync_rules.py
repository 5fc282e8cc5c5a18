"""Rules of syncing, as data: which handoffs enter what is missing, which fields follow whom, what a person decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

Dating = Literal["event", "as_of"]
"""How a document that is made is dated: on the day of what it stands for, or on the day as of which is planned."""
Conflict = Literal["manual", "newest", "source_of_truth"]
"""What holds where both sides changed one field: nothing (a person decides), the newer record, or the deciding system."""
Blank = Literal["keep", "overwrite"]
Deletes = Literal["keep", "archive"]
Level = Literal["account", "party"]

CONFLICTS: tuple[Conflict, ...] = get_args(Conflict)
_OF_ITS_OWN_SYSTEM = frozenset(
    {"record_id", "number", "party_ref", "party_name", "party_key", "parent_ref", "parent_key", "deal_ref", "invoice_ref"}
)
MIN_PROBABILITY = 0.9
"""Below it, a match that the model made is none to write by."""


@dataclass(frozen=True, slots=True)
class SyncHandoff:
    """A handoff into or out of the system that is changed, and what syncing may do for it.

    ``dated`` null: an invoice, quote or credit note for a deal, project or ticket is dated as of today, all else on the day
    of its event. ``payment_days`` null: as the customer's documents there always had, else left to the system.
    ``party_stream`` null: the list that the target's documents refer to. ``values`` stand in every document that is made.
    """

    handoff_id: str
    system_l: str
    stream_l: str
    entity_l: str
    system_r: str
    stream_r: str
    entity_r: str
    creates: bool = True
    corrects: bool = True
    dated: Dating | None = None
    payment_days: int | None = None
    party_stream: str | None = None
    creates_parties: bool = True
    values: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.payment_days is not None and self.payment_days < 0:
            raise ValueError(f"payment_days of {self.handoff_id!r} must be 0 or more, not {self.payment_days}")


@dataclass(frozen=True, slots=True)
class PartyRule:
    """Parties of some roles in one system, all of which a list of another must have.

    At the level ``account`` a company and its contacts are one; at the level ``party`` each person counts.
    """

    system_l: str
    system_r: str
    stream_r: str
    roles: tuple[str, ...]
    level: Level = "account"


@dataclass(frozen=True, slots=True)
class StaleRule:
    """A system whose party fields follow the value chosen for the party; no column named: all that were compared."""

    system: str
    columns: tuple[str, ...] = ()
    formatting: bool = False


@dataclass(frozen=True, slots=True)
class StatusRule:
    """A status that follows the counterpart's: what is written there (in any case) to what is to be written here.

    ``only_from`` are the statuses that may be overwritten; none named: any.
    """

    handoff_id: str
    system: str
    values: Mapping[str, str]
    only_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PairRule:
    """Fields that two systems keep alike: of parties, or with ``handoff_id`` of the documents that it joins.

    ``columns`` says for each what holds where both changed it. ``is_one_way``: only ``system_r`` is changed, and
    ``system_l`` decides. Else ``truth`` names the deciding system of a column.
    """

    system_l: str
    system_r: str
    columns: Mapping[str, Conflict]
    is_one_way: bool = False
    handoff_id: str | None = None
    blank: Blank = "keep"
    deletes: Deletes = "keep"
    truth: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for column, conflict in self.columns.items():
            if conflict not in CONFLICTS:
                raise ValueError(f"{conflict!r} of {column!r} is no rule for conflicts; known: {', '.join(CONFLICTS)}")
            if column in _OF_ITS_OWN_SYSTEM:
                raise ValueError(f"{column!r} means something in its own system only: it is not kept alike")


@dataclass(frozen=True, slots=True)
class SyncRules:
    """All rules of syncing. Of two handoffs that would enter one event, the one named first does.

    Nothing is dated on or before ``closed_until``, and no document of then is changed.
    """

    handoffs: tuple[SyncHandoff, ...] = ()
    parties: tuple[PartyRule, ...] = ()
    stale: tuple[StaleRule, ...] = ()
    statuses: tuple[StatusRule, ...] = ()
    pairs: tuple[PairRule, ...] = ()
    closed_until: date | None = None
    min_probability: float = MIN_PROBABILITY

    def __post_init__(self) -> None:
        if not 0 < self.min_probability <= 1:
            raise ValueError(f"min_probability must be above 0 and at most 1, not {self.min_probability}")
