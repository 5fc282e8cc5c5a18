"""The screen that asks what only a person can say of a client's tables."""

from toolkit.widgets.screen import Screen


class AnswerQuestions(Screen, page="answer_questions"):
    """One question at a time, its table beside it, one key for each answer."""
