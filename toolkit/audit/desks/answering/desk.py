"""The kernel's side of ``answer_questions``: questions as ``engagement.yaml`` holds them, answers written behind them.

An answer is kept where every other way to give one keeps it; the next pull reads the files by it. Who answered, and when,
stands in the audit log.
"""

import hashlib
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from toolkit.audit.desks.answering.answers import answer_words, is_needless, other_ask, other_choices, refuse_answer
from toolkit.audit.desks.answering.still import still_picture
from toolkit.audit.desks.answering.tables import headers_of, looked_into, tables_of
from toolkit.audit.desks.client_tables import ClientTables, is_shortened
from toolkit.audit.desks.opened import opened_screen, reviewer_name
from toolkit.audit.desks.trial import tried
from toolkit.audit.desks.turns import PATIENCE_S, turn
from toolkit.audit.engagement import Engagement
from toolkit.errors import InputError
from toolkit.settings import FILE_NAME, QuestionSettings, Settings, change_settings, settings_of
from toolkit.settings.edits import edited_text
from toolkit.widgets.desk import Answer

if TYPE_CHECKING:
    from toolkit.widgets.screen import Screen

LOGGED = "answer"
_ABOUT = {
    "entity": "What it lists", "row": "What a row is", "column": "Which column", "key": "What names a record",
    "amounts": "With or without tax", "day_order": "Day or month first", "decimal_sign": "Decimal sign",
    "currency": "Currency", "status": "What a state means", "sheet": "Hidden sheet",
}  # fmt: skip
_KEEPS_OUT = {"rows": "Until then its rows are not counted.", "amount": "Until then it has no amounts.", "": ""}


def answer_questions(engagement: Engagement, *, reviewer: str = "") -> "Screen":
    """Open the screen that asks what only a person can say about the client's tables.

    Parameters
    ----------
    engagement
        After a pull: that is what finds the questions.
    reviewer
        Who answers; without, who is signed in to this machine.

    Raises
    ------
    InputError
        What draws screens is not installed, or the name cannot be shown.
    """
    return opened_screen("answer_questions", QuestionsDesk(engagement, reviewer_name(reviewer)))


class QuestionsDesk:
    """Shows questions and keeps answers; may be asked from several threads."""

    def __init__(self, engagement: Engagement, reviewer: str, *, patience_s: float = PATIENCE_S) -> None:
        self._engagement = engagement
        self._patience_s = patience_s
        self._reviewer = reviewer
        self._path = engagement.folder / FILE_NAME
        self._tables = ClientTables(engagement)
        self._writing = threading.Lock()

    def first(self) -> dict[str, Any]:
        """Return every question with its answer, and what to do where none is asked."""
        return self._state(self._text())

    def questions(self) -> Mapping[str, Answer]:
        """Return what the page may ask."""
        return {"since": self._since, "answer": self._answer, "look": self._look, "attempt": self._attempt}

    def still(self) -> str:
        """Return every question with its answer as HTML."""
        return still_picture(self.first())

    def _text(self) -> str:
        return self._path.read_text("utf-8-sig") if self._path.exists() else ""

    def _settings(self, text: str) -> Settings:
        return settings_of(text, self._path) if text else self._engagement.settings

    def _state(self, text: str) -> dict[str, Any]:
        settings = self._settings(text)
        said = self._said()
        return {
            "version": _version(text),
            "client": settings.client,
            "reviewer": self._reviewer,
            "questions": [self._shown(name, one, said) for name, one in settings.questions.items()],
            "pulled": bool(self._engagement.store.snapshots().num_rows),
            "read": bool(self._engagement.store.intake()[0].num_rows),
        }

    def _said(self) -> dict[tuple[str, str], Mapping[str, Any]]:
        """Return who gave the answers, by question and answer; the last one counts."""
        return {(one["question"], one["answer"]): one for one in self._engagement.store.logged(LOGGED)}

    def _shown(self, name: str, one: QuestionSettings, said: Mapping[tuple[str, str], Mapping[str, Any]]) -> dict[str, Any]:
        by = said.get((name, one.answer), {}) if one.answer else {}
        where, _, ask = one.ask.partition(": ") if ": " in one.ask else ("", "", one.ask)
        return {
            "name": name,
            "about": _ABOUT.get(one.about, one.about),
            "where": where,
            "ask": ask,
            "samples": list(one.samples),
            "choices": [{"answer": choice, "words": words} for choice, words in one.choices.items()],
            "changes": one.changes,
            "keepsOut": _KEEPS_OUT[one.keeps_out],
            "needless": is_needless(one),
            "otherAsk": other_ask(one),
            "answer": one.answer,
            "answerWords": answer_words(one, one.answer) if one.answer else "",
            "by": by.get("by", ""),
            "at": by.get("at", ""),
        }

    def _since(self, *, version: str = "") -> dict[str, Any] | None:
        """Return the questions as they are now; nothing where the page has them."""
        text = self._text()
        return None if _version(text) == version else self._state(text)

    def _one(self, name: object, settings: Settings) -> QuestionSettings:
        one = settings.questions.get(name) if isinstance(name, str) else None
        if one is None:
            raise InputError(
                "This question is not asked any more: its answer was used by a pull, or it was taken out of engagement.yaml."
            )
        return one

    def _answer(self, *, name: str, answer: str, before: str) -> dict[str, Any]:
        """Keep an answer, if the question is as the page shows it; an empty one takes it back."""
        purpose = f"answers about {self._engagement.settings.client}"
        while True:
            text = self._text()
            # The client's tables are read for this, which may take long: not while others wait for their turn.
            self._refuse(name, answer, before, text)
            with self._writing, turn(self._engagement, purpose, patience_s=self._patience_s):
                # What was looked at must be what is written into.
                if self._text() == text:
                    return self._keep(name, answer, before)

    def _refuse(self, name: str, answer: str, before: str, text: str) -> None:
        """Refuse an answer that cannot be, or that is given to what the page does not show."""
        settings = self._settings(text)
        one = self._one(name, settings)
        if one.answer != before:
            who = self._said().get((name, one.answer), {}).get("by", "somebody else")
            now = f"{answer_words(one, one.answer)!r}" if one.answer else "open again"
            raise InputError(f"Meanwhile this is {now}, by {who}. Look at it again before you change it.")
        if answer in one.choices:
            return
        refuse_answer(one, answer, headers_of(self._raws(one, settings)))
        if answer:
            # What is free text is tried before it is kept: it may name a column that the list cannot hold.
            tried(self._engagement, (), edited_text(text, {("questions", name, "answer"): answer}))

    def _keep(self, name: str, answer: str, before: str) -> dict[str, Any]:
        change_settings(self._path, {("questions", name, "answer"): answer})
        at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        detail = {"question": name, "answer": answer, "before": before, "by": self._reviewer, "at": at}
        self._engagement.store.log(LOGGED, detail)
        self._engagement.reread()
        return self._state(self._text())

    def _raws(self, one: QuestionSettings, settings: Settings) -> Any:
        return tables_of(self._engagement, self._tables, one, settings)

    def _look(self, *, name: str) -> dict[str, Any]:
        """Return the rows behind a question, and what else may be answered."""
        settings = self._settings(self._text())
        one = self._one(name, settings)
        raws = self._raws(one, settings)
        country = settings.country if "country" in settings.model_fields_set else None
        return {"name": name, **looked_into(one, raws, country), "others": other_choices(one, headers_of(raws))}

    def _attempt(self, *, name: str, answer: str) -> dict[str, Any]:
        """Return what is read of the question's tables without an answer, or with one."""
        text = self._text()
        settings = self._settings(text)
        one = self._one(name, settings)
        raws = self._raws(one, settings)
        refuse_answer(one, answer, headers_of(raws))
        if one.about == "sheet":
            hidden = sum(raw.rows.num_rows for raw in raws if raw.part.partition("#")[0] in one.sheets)
            return {"sheet": hidden if answer not in {"", is_needless(one)} else 0}
        text = edited_text(text, {("questions", name, "answer"): answer})
        return {**tried(self._engagement, raws, text).shown(), "isPart": is_shortened(raws)}


def _version(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
