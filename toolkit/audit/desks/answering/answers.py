"""Which answers a question takes beside its choices, and what is said of them."""

from collections.abc import Mapping
from typing import Any

from toolkit.audit.pull.understanding import LEAVE_OUT
from toolkit.errors import InputError
from toolkit.interpret.column_scores import entity_kinds
from toolkit.settings import QuestionSettings, unusable_text
from toolkit.values.currency import CURRENCIES
from toolkit.values.status import OUTCOMES

NOTHING = ("leave_out", "none", "other")
_OTHER: Mapping[str, str] = {
    "entity": "What does it list?",
    "column": "Which column is it?",
    "key": "Which columns name a record?",
    "currency": "Which currency? Three letters, such as EUR.",
    "status": "What does it mean?",
}
_MAX_ANSWER = 500


def is_needless(one: QuestionSettings) -> str:
    """Return the answer that says that nothing of the kind is there; empty where the question must be decided.

    Examples
    --------
    >>> is_needless(QuestionSettings(about="column", ask="Which is the amount?", choices={"A=fee": "A", "none": "none"}))
    'none'
    >>> is_needless(QuestionSettings(about="day_order", ask="Day first?", choices={"dmy": "yes", "mdy": "no"}))
    ''
    """
    offered = next((choice for choice in one.choices if choice in NOTHING), "")
    return offered or {"entity": LEAVE_OUT, "column": "none", "key": "none"}.get(one.about, "")


def other_ask(one: QuestionSettings) -> str:
    """Return what is asked of whoever finds none of the choices right; empty where they are all there can be."""
    return _OTHER.get(one.about, "")


def other_choices(one: QuestionSettings, headers: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what else may be chosen: the answer, its words, and what stands in such a column.

    Parameters
    ----------
    one
        The question.
    headers
        Headers of its table, each with some cells as a text.
    """
    if one.about == "entity":
        found = [(kind.entity, kind.label, "") for kind in entity_kinds() if kind.entity != "other"]
    elif one.about == "status":
        found = [(outcome, outcome.replace("_", " "), "") for outcome in OUTCOMES]
    elif one.about == "column":
        meaning = next((choice.rpartition("=")[2] for choice in one.choices if "=" in choice), "")
        found = [(f"{header}={meaning}", header, cells) for header, cells in headers.items()] if meaning else []
    elif one.about == "key":
        found = [(header, header, cells) for header, cells in headers.items()]
    else:
        found = []
    return [
        {"answer": answer, "words": words, "cells": cells} for answer, words, cells in found if answer not in one.choices
    ]


def answer_words(one: QuestionSettings, answer: str) -> str:
    """Return an answer as a person reads it."""
    if answer in one.choices:
        return one.choices[answer]
    if one.about == "entity":
        return next((kind.label for kind in entity_kinds() if kind.entity == answer), answer)
    return {"none": "none of them", "leave_out": "leave it out"}.get(answer, answer.rpartition("=")[0] or answer)


def refuse_answer(one: QuestionSettings, answer: Any, headers: Mapping[str, str]) -> None:
    """Refuse what no question takes: a page may send anything.

    Parameters
    ----------
    one
        The question.
    answer
        As it came; empty takes an answer back.
    headers
        Of the question's table, for an answer that names columns.

    Raises
    ------
    InputError
        The message says what may be answered.
    """
    if not isinstance(answer, str) or len(answer) > _MAX_ANSWER or unusable_text(answer):
        raise InputError("An answer is one of the choices, or a short text.")
    if not answer or answer in one.choices or answer == is_needless(one):
        return
    if one.about == "currency" and answer in CURRENCIES:
        return
    if one.about == "key" and all(part.strip() in headers for part in answer.split(" + ")):
        return
    if any(answer == each["answer"] for each in other_choices(one, headers)):
        return
    offered = "; ".join(one.choices.values())
    free = {"currency": ", or any other currency's three letters", "column": ", or another column of the table"}
    raise InputError(f"{answer!r} is no answer to this question. It may be: {offered}{free.get(one.about, '')}.")
