"""``answer_questions``: what only a person can say of a client's tables, put one after the other."""

from toolkit.audit.desks.answering.desk import QuestionsDesk, answer_questions

__all__ = ["QuestionsDesk", "answer_questions"]
