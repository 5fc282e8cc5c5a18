"""Where an answer comes from: what was asked, who said it, when, how sure, and the figures of what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import run_rows, settings_now
from toolkit.errors import UnknownNameError

PREFIX = "answer."


@dataclass(frozen=True, slots=True)
class AnswerExplanation:
    """An answer as it is kept; ``figures`` are those of the latest audit on what people said of its handoff."""

    answer_id: str
    answer: Mapping[str, Any]
    figures: tuple[str, ...]

    def facts(self, limit: int = 20) -> dict[str, Any]:
        """Return the explanation as plain values, with at most ``limit`` figures."""
        return {"answer_id": self.answer_id, **self.answer, "figures": [*self.figures[:limit]]}

    def lines(self, limit: int = 20) -> list[str]:
        """Return the explanation as text, with at most ``limit`` figures."""
        one = self.answer
        about = [f"About: {one['about']} (engagement.yaml)."] if one["about"] else []
        rest = [f"Figures of the same handoff that rest on what people said: {', '.join(self.figures[:limit])}"]
        return [
            f"{PREFIX}{self.answer_id}: {one['answer']}",
            f"Asked: {one['question']}",
            f"Evidence: interview. {one['who']} said it on {one['on']}; how sure: {one['confidence']}.",
            *about,
            *(rest if self.figures else []),
        ]

    def __repr__(self) -> str:
        return "\n".join(self.lines())

    def _repr_html_(self) -> str:
        return "".join(f"<div>{escape(line)}</div>" for line in self.lines())


def explained_answer(engagement: Engagement, name: str) -> AnswerExplanation:
    """Return where an answer comes from.

    Parameters
    ----------
    engagement
        The engagement.
    name
        ``answer.NAME``, as ``answers`` of the settings names it.

    Raises
    ------
    UnknownNameError
        There is no such answer; the message offers the nearest.
    """
    kept = settings_now(engagement).answers
    answer_id = name.removeprefix(PREFIX)
    if answer_id not in kept:
        raise UnknownNameError("answer", answer_id, kept)
    one = kept[answer_id]
    handoff = one.about.removeprefix("handoffs.") if one.about.startswith("handoffs.") else ""
    rows = run_rows(engagement, "figure") or [] if handoff else []
    told = [row["figure_id"] for row in rows if row["evidence"] == "interview" and handoff in row["figure_id"].split(".")]
    return AnswerExplanation(answer_id, one.model_dump(mode="json"), tuple(sorted(told)))
