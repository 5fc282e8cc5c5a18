"""How a vendor merges, where that is not derived from its connector: who stays, what blocks it, what is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from toolkit.sandbox.row_types import Others, Record


def as_asked(_body: Any, _goes: Record, _stays: Record) -> bool:
    """Return that the record which is named to stay stays.

    Parameters
    ----------
    _body, _goes, _stays
        What was asked for, and both records.
    """
    return True


def never_blocked(_stream: str, _goes: Record, _stays: Record, _others: Others) -> str:
    """Return no reason why two records are not merged.

    Parameters
    ----------
    _stream, _goes, _stays, _others
        Where both stand, both records, and all others.
    """
    return ""


def by_its_id(_stream: str, _record: Record, _goes: Record) -> bool:
    """Return that nothing belongs to a record but what names it.

    Parameters
    ----------
    _stream, _record, _goes
        A record of a list, and the one that is merged away.
    """
    return False


@dataclass(frozen=True, slots=True)
class Merging:
    """A vendor's own merge.

    ``answered`` is the body of an answer to one that was done, by the id of the record that stays, that of the one that
    went, the ids of what was moved, and the name of the work; ``refused`` of one that was not, by the reason. ``blocked``
    says why two records are not merged, ``is_as_asked`` whether the one that the body names stays. ``previewed`` is the
    answer to who asks beforehand, by the two, the id of the one that would stay, the reason against it and the other
    records; ``state`` what is said of a work by its name, the id that stays, and how often it was asked for. ``belongs``
    says whether a record of a list belongs to the one that goes though it does not name it. ``wholes`` are objects that the
    record that stays takes over as a whole or not at all; without ``lists_gone`` no list shows what was merged away.
    """

    answered: Callable[[str, str, list[str], str], Any]
    refused: Callable[[str], Any]
    blocked: Callable[[str, Record, Record, Others], str] = never_blocked
    is_as_asked: Callable[[Any, Record, Record], bool] = as_asked
    previewed: Callable[[Record, Record, str, str, Others], Any] | None = None
    state: Callable[[str, str, int], Any] | None = None
    belongs: Callable[[str, Record, Record], bool] = by_its_id
    wholes: tuple[str, ...] = ()
    lists_gone: bool = True
