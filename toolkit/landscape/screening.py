"""The screening checklist: eight signs that an integration is worth a look, four of waste and four of hand work.

Source: capabilities rows 8, 9 and 20: five hours a week are worth it already.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Said = Literal["yes", "no", "unknown"]

ITEMS: Mapping[str, str] = {
    "hours_of_entry_per_week": "Do people spend {threshold:g} hours a week or more on entry that a system could do?",
    "reconciled_between_systems": "Is something reconciled between several systems by hand?",
    "mistakes_from_two_places": "Do mistakes come from data that is kept in two places?",
    "invoices_delayed": "Do invoices go out late because something has to be carried first?",
    "copied_between_screens": "Is something copied from one screen to another?",
    "files_exported_and_imported": "Is a file exported here and imported there?",
    "entered_in_several_places": "Is the same entered in several places?",
    "updated_from_reports": "Is a report printed or sent, and something updated from it by hand?",
}
"""The items in their order, each with its question."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One item: what the answer is, and who or what says so."""

    item: str
    question: str
    answer: Said
    because: str


@dataclass(frozen=True, slots=True)
class Screening:
    """The eight items; ``score`` counts yes, ``unknown`` what nobody has answered."""

    signs: tuple[Sign, ...]

    @property
    def score(self) -> int:
        """How many signs are there, 0 to 8."""
        return sum(one.answer == "yes" for one in self.signs)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Items that nobody has answered: the score may be higher by them."""
        return tuple(one.item for one in self.signs if one.answer == "unknown")


def screening(
    said: Mapping[str, str | None],
    seen: Mapping[str, str] | None = None,
    *,
    hours_per_week: float | None = None,
    hours_because: str = "",
    threshold_hours: float = 5.0,
) -> Screening:
    """Return the checklist as it is answered.

    Parameters
    ----------
    said
        ``yes`` or ``no`` by item, as somebody said; null and what is left out are not known.
    seen
        Why an item is a yes whatever was said, by item: a handoff of the kind is listed, or it was measured.
    hours_per_week
        Hours of entry, 0 or more; null where nobody knows.
    hours_because
        Who or what says so.
    threshold_hours
        From how many hours a week on it is a sign, above 0.

    Examples
    --------
    >>> found = screening({"invoices_delayed": "yes"}, {"copied_between_screens": "deal_to_project"}, hours_per_week=5)
    >>> found.score, len(found.unknown)
    (3, 5)
    """
    if threshold_hours <= 0:
        raise ValueError(f"threshold_hours must be above 0, not {threshold_hours!r}.")
    proof = dict(seen or {})
    signs = []
    for item, question in ITEMS.items():
        answer: Said = "unknown"
        because = ""
        if item == "hours_of_entry_per_week":
            if hours_per_week is not None:
                answer = "yes" if hours_per_week >= threshold_hours else "no"
                because = f"{hours_per_week:.1f} hours a week{', ' if hours_because else ''}{hours_because}"
        elif item in proof:
            answer, because = "yes", proof[item]
        elif said.get(item) in ("yes", "no"):
            answer, because = ("yes" if said[item] == "yes" else "no"), "as said"
        signs.append(Sign(item, question.format(threshold=threshold_hours), answer, because))
    return Screening(tuple(signs))
