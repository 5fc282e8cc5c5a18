"""What people answered, with who said it, when, and how sure that person is."""

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import Register, RegisterAnswer, register_answer, settings_now
from toolkit.tables.registers import ANSWER
from toolkit.values.counted import counted

_SHOWN = {
    "answer_id": "id", "about": "about", "question": "asked", "answer": "said", "who": "by", "on": "on",
    "confidence": "sure",
}  # fmt: skip


def read(engagement: Engagement) -> RegisterAnswer:
    """Return the answers in the order of the settings."""
    given = settings_now(engagement).answers
    rows = [
        {
            "answer_id": name, "about": one.about or None, "question": one.question, "answer": one.answer, "who": one.who,
            "on": one.on, "confidence": one.confidence,
        }
        for name, one in given.items()
    ]  # fmt: skip
    unsure = sum(one.confidence == "low" for one in given.values())
    people = len({one.who for one in given.values()})
    return register_answer(
        f"{counted(len(rows), 'answer')} of {counted(people, 'person', 'people')}." if rows else "Nobody has answered yet.",
        ANSWER,
        rows,
        _SHOWN,
        gaps=[f"{counted(unsure, 'answer')} of low confidence: ask somebody else, too."] if unsure else (),
        next_step="" if rows else "integration-audit landscape guides writes what to ask whom.",
    )


REGISTER = Register("what people answered, who, when, and how sure", read)
