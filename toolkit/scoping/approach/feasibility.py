"""How feasible a connection is: six facts, each yes, partly or no; what is not known lowers the certainty, not the score.

The classes of effort that follow from the score are assumptions of ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.connector.about import Known
from toolkit.connector.scorecard import Criterion, Scorecard
from toolkit.errors import UnknownNameError
from toolkit.roi.one_time import EffortClass

QUESTIONS: Mapping[str, str] = {
    "documented_api": "both sides have a documented interface",
    "open_format": "the data comes in an open format, not a proprietary one",
    "full_access": "access to what is needed is granted, without limits that bind",
    "similar_structures": "both sides keep similar fields",
    "same_model": "one record here is one record there",
    "known_pattern": "others have connected these two in this way before",
}
"""The six facts, in words."""

_POINTS: Mapping[Known, float] = {"yes": 1.0, "partly": 0.5, "no": 0.0}
_SIMPLE_FROM, _MEDIUM_FROM = 75, 40
_MIN_KNOWN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Feasibility:
    """The answers, their score from 0 to 100, and the class of effort that it speaks for.

    The score is null where nothing is known, the class also where less than half is.
    """

    card: Scorecard
    score: int | None
    known_share: float
    effort: EffortClass | None

    @property
    def unknown(self) -> tuple[str, ...]:
        """The questions that nobody has answered."""
        return tuple(one.name for one in self.card.criteria if one.points is None)


def feasibility(answers: Mapping[str, Known]) -> Feasibility:
    """Return how feasible a connection is.

    Parameters
    ----------
    answers
        By the names of `QUESTIONS`; one that is absent or empty is unknown.

    Raises
    ------
    UnknownNameError
        There is no such question.

    Examples
    --------
    >>> found = feasibility(dict.fromkeys(QUESTIONS, "yes"))
    >>> found.score, found.effort
    (100, 'simple')
    >>> feasibility({"documented_api": "no"}).effort is None
    True
    """
    for name, answer in answers.items():
        if name not in QUESTIONS:
            raise UnknownNameError("fact of feasibility", name, QUESTIONS)
        if answer and answer not in _POINTS:
            raise UnknownNameError("answer", answer, _POINTS)
    card = Scorecard(tuple(Criterion(name, answer := answers.get(name, ""), _POINTS.get(answer)) for name in QUESTIONS))
    return Feasibility(card, card.score, card.known_share, _effort(card))


def _effort(card: Scorecard) -> EffortClass | None:
    if card.score is None or card.known_share < _MIN_KNOWN_SHARE:
        return None
    if card.score >= _SIMPLE_FROM:
        return "simple"
    return "medium" if card.score >= _MEDIUM_FROM else "complex"
