"""What people said of how records are carried, held against what their data tell."""

from collections.abc import Mapping
from typing import NamedTuple

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.arrivals.model import KINDS

AGREES, CONTRADICTS, NOBODY_SAID, OPEN = "agrees", "contradicts", "nobody_said", "open"
KIND_WORDS = {
    "by_hand": "by hand",
    "by_file": "by file",
    "by_automation": "by automation",
    "not_at_all": "not at all",
}
"""How records arrive, in a client's words."""
_CARRIED = {
    "copy": ("by_hand",),
    "reentry": ("by_hand",),
    "report_update": ("by_hand",),
    "email": ("by_hand",),
    "file": ("by_file",),
    # A sheet is typed over, or imported.
    "sheet": ("by_hand", "by_file"),
}
_BY_A_PERSON = ("by_hand", "by_file")
_UNBELIEVED = 0.1


class Said(NamedTuple):
    """What was said, and which kinds that can mean; both empty where nobody said anything."""

    words: str
    kinds: tuple[str, ...]


def said_of(handoff: Handoff) -> Said:
    """Return what ``engagement.yaml`` says of how a handoff is carried; of a proposed one nobody said anything.

    Examples
    --------
    >>> said_of(Handoff("x", "X", "crm", "deals", "deal", "ledger", "invoices", "invoice", by="Dana", carrier="file"))
    Said(words='by file (carrier: file), by Dana', kinds=('by_file',))
    """
    who = f"by {handoff.by}" if handoff.by else ""
    if handoff.carrier is not None:
        kinds = _CARRIED[handoff.carrier]
        how = " or ".join(KIND_WORDS[one] for one in kinds)
        return Said(", ".join(one for one in (f"{how} (carrier: {handoff.carrier})", who) if one), kinds)
    return Said(f"{who} (by: {handoff.by})", _BY_A_PERSON) if handoff.by else Said("", ())


def agreement(said: Said, kind: str | None, probabilities: Mapping[str, float]) -> str:
    """Return whether what was said agrees with the data.

    A contradiction needs both: a kind that the data tell, and too little left for all that the words can mean.

    Parameters
    ----------
    said
        What was said.
    kind
        What the data tell; null where they do not.
    probabilities
        Of each kind.
    """
    if not said.kinds:
        return NOBODY_SAID
    if kind is None:
        return OPEN
    if kind in said.kinds:
        return AGREES
    believed = sum(probabilities[one] for one in KINDS if one in said.kinds)
    return CONTRADICTS if believed <= _UNBELIEVED else OPEN
