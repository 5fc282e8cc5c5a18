"""What came back on the sheets of interviews: answers that can be kept, and what could not be taken, with its place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from toolkit.landscape.guides.questions import question_name

HEADERS: Mapping[str, str] = {
    "question_id": "Our reference",
    "question": "Question",
    "answer": "Answer",
    "who": "Who said it",
    "on": "On (2026-10-02)",
    "confidence": "How sure (high, medium, low)",
    "about": "About",
}
"""Columns of the sheet by their keys."""

CONFIDENCES = ("high", "medium", "low")
_MAX_SEEN = 60


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer that can be kept."""

    answer_id: str
    question: str
    answer: str
    who: str
    on: date
    confidence: str
    about: str


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """Answers by their ids, and what could not be taken, as sentences with their places."""

    answers: Mapping[str, GivenAnswer] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read_answers(rows: Iterable[tuple[str, int, Mapping[str, str]]]) -> ReadAnswers:
    """Return what the rows say; a row without an answer is none, and one that lacks who or when is a problem.

    Parameters
    ----------
    rows
        Sheet, line from 1, and the cells by the keys of ``HEADERS``.

    Examples
    --------
    >>> cells = {"question": "How?", "answer": "By mail", "who": "Jo", "on": "2026-10-02", "confidence": "High"}
    >>> found = read_answers([("Sales", 4, cells), ("Sales", 5, {"question": "Why?", "answer": "So", "who": "Jo"})])
    >>> [*found.answers], found.problems
    (['how'], ('Sales, row 5: write on which day it was said, as 2026-10-02.',))
    """
    found: dict[str, GivenAnswer] = {}
    problems = []
    for sheet, line, cells in rows:
        text = {key: _one_line(cells.get(key, "")) for key in HEADERS}
        if not text["answer"]:
            continue
        told = _problem(text)
        name = question_name(text["question_id"] or text["question"])
        if not told and name in found:
            told = f"{name!r} was answered above already; put both into one answer."
        if told:
            problems.append(f"{sheet}, row {line}: {told}")
            continue
        found[name] = GivenAnswer(
            name, text["question"], text["answer"], text["who"], date.fromisoformat(text["on"][:10]),
            text["confidence"].casefold(), text["about"],
        )  # fmt: skip
    return ReadAnswers(found, tuple(problems))


def _problem(text: Mapping[str, str]) -> str:
    if not text["question"]:
        return "the question is gone; write what was asked."
    if not text["who"]:
        return "write who said it."
    if not _is_day(text["on"]):
        return "write on which day it was said, as 2026-10-02."
    if text["confidence"].casefold() not in CONFIDENCES:
        return f"how sure is {text['confidence'][:_MAX_SEEN]!r}; write high, medium or low."
    return ""


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _one_line(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
