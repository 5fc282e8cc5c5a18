"""How much hand work a job saved, by what somebody said or measured of one item; where nobody did, that is said.

A default of the business case is nobody's word, so it is not counted here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toolkit.changes import Operation, Plan
from toolkit.changes.steps import DONE, JournalEntry
from toolkit.estimates import Evidence, weakest_evidence
from toolkit.settings import EstimateSettings, Settings
from toolkit.values.counted import counted

DUPLICATES, CORRECTIONS = "duplicates merged", "records corrected"
_NOBODYS: Evidence = "default"


@dataclass(frozen=True, slots=True)
class HandWork:
    """Items of one kind that nobody has to do by hand: how many, and the minutes of one, where somebody knows them."""

    what: str
    items: int
    minutes: tuple[float, float, float] | None = None
    evidence: Evidence = _NOBODYS
    who: str = ""

    @property
    def saved(self) -> tuple[float, float, float] | None:
        """Minutes of all of them, low, likely and high; none where nobody said how long one takes."""
        if self.minutes is None:
            return None
        low, likely, high = (self.items * one for one in self.minutes)
        return low, likely, high


def hand_work(plan: Plan, steps: Mapping[str, JournalEntry], settings: Settings) -> list[HandWork]:
    """Return what the changes that were done would have been by hand, the most first.

    A document that was entered is one item of its handoff, a record that was merged away one duplicate, a record whose
    fields were changed one correction; the fields and references of a merged group belong to its duplicates.

    Parameters
    ----------
    plan
        What was carried out.
    steps
        The last step of each change.
    settings
        Of the engagement: what people said of each handoff, and of cleaning up.
    """
    if plan.kind == "undo":
        return []
    done = [one for one in plan.operations if one.op_id in steps and steps[one.op_id].state in DONE]
    found = Counter(_kind(one, plan, settings, _merged(plan)) for one in done)
    del found[""]
    known = [_priced(what, count, settings) for what, count in found.items()]
    return sorted(known, key=lambda one: (-one.items, one.what))


def hand_sentence(work: Iterable[HandWork]) -> str:
    """Return all of it in a sentence, with the evidence that it rests on.

    Examples
    --------
    >>> hand_sentence([HandWork("deal_to_invoice", 20, (10, 15, 25), "interview", "Dana")])
    'About 300 minutes of hand work saved (200 to 500; interview).'
    >>> hand_sentence([HandWork("records corrected", 3)])
    'Nobody said how long one of these takes: records corrected.'
    """
    work = [*work]
    known = [one for one in work if one.saved is not None]
    unknown = [one.what for one in work if one.saved is None]
    said = []
    if known:
        low, likely, high = (sum(one.saved[place] for one in known if one.saved is not None) for place in range(3))
        spread = "" if low == high else f"{low:,.0f} to {high:,.0f}; "
        evidence = weakest_evidence(*(one.evidence for one in known))
        about = "" if low == high else "About "
        said.append(f"{about}{counted(round(likely), 'minute')} of hand work saved ({spread}{evidence}).")
    if unknown:
        said.append(f"Nobody said how long one of these takes: {', '.join(unknown)}.")
    return " ".join(said) or "No hand work was saved: nothing stands that somebody would have done by hand."


def _merged(plan: Plan) -> frozenset[str]:
    """Return the groups of records of which a plan takes duplicates away."""
    return frozenset(
        one.evidence.cluster_id for one in plan.operations if one.evidence.cluster_id and one.action in {"archive", "merge"}
    )


def _kind(one: Operation, plan: Plan, settings: Settings, merged: frozenset[str]) -> str:
    """Return what a change would have been by hand; empty where it is a part of another, or no work of a person."""
    if one.action in {"archive", "merge"}:
        return DUPLICATES if one.evidence.cluster_id else ""
    if one.action == "create":
        return _handoff(one, plan, settings)
    if one.action == "update" and not (plan.kind == "cleanup" and one.evidence.cluster_id in merged):
        return CORRECTIONS
    return ""


def _handoff(one: Operation, plan: Plan, settings: Settings) -> str:
    """Return the handoff that carries such a record; where several do, all that they are called."""
    source = ".".join((one.natural_key or "").split("/")[:2])
    target = f"{plan.target.system}.{one.stream}"
    names = sorted(name for name, given in settings.handoffs.items() if (given.from_, given.to) == (source, target))
    return ", ".join(names) or f"{one.stream.replace('_', ' ')} added"


def _priced(what: str, count: int, settings: Settings) -> HandWork:
    rates = {
        DUPLICATES: settings.rates.cleanup_minutes_per_duplicate,
        CORRECTIONS: settings.rates.cleanup_minutes_per_mismatch,
    }
    given = settings.handoffs.get(what)
    said: EstimateSettings | None = rates.get(what) if what in rates else given.minutes_per_item if given else None
    if said is None or said.evidence == _NOBODYS:
        return HandWork(what, count)
    known = said.estimate("min")
    return HandWork(what, count, (known.low, known.likely, known.high), known.evidence, known.who)
