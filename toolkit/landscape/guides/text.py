"""A guide as Markdown, to print or to read from; the words of a client are inert in it."""

import re
from collections.abc import Sequence

from toolkit.landscape.guides.questions import Question
from toolkit.landscape.guides.roles import Role

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#+!|~&$])")

SAMPLING_HEAD = ("Started", "Ended", "What", "From system", "To system", "Items", "Interrupted")
"""Columns of the sheet that a day is timed with."""
_SAMPLING_ROWS = 12
_BEFORE = (
    "Ask for a real case, not for the rule. Write who said it, on which day, and how sure: high (seen or done every day), "
    "medium (told from memory), low (heard of). An empty line is better than a guess."
)
_SAMPLING = (
    "Time at least ten items: one line for each time something is carried, looked up or typed again. Interrupted ones count "
    "only what was worked."
)


def guide_markdown(client: str, role: Role, questions: Sequence[Question]) -> str:
    """Return a guide.

    Parameters
    ----------
    client
        The client's name.
    role
        Who is asked.
    questions
        In the order of asking.
    """
    lines = [f"# {role.label}: interview at {inert(client)}", "", _BEFORE, "", "## Questions", ""]
    for number, one in enumerate(questions, start=1):
        lines += [f"{number}. {inert(one.ask)}", "", f"   Reference: {inert(one.question_id)}", "", "   Answer:", ""]
        lines += ["   Who, on which day, how sure:", ""]
    lines += [] if questions else ["Nothing is open for this role.", ""]
    head = " | ".join(SAMPLING_HEAD)
    empty = "| " + " | ".join(" " for _ in SAMPLING_HEAD) + " |"
    lines += ["## A day, timed", "", _SAMPLING, "", f"| {head} |", "|" + "---|" * len(SAMPLING_HEAD)]
    return "\n".join([*lines, *([empty] * _SAMPLING_ROWS), ""])


def inert(words: str) -> str:
    r"""Return words of a client on one line that no reader of Markdown takes for markup.

    Examples
    --------
    >>> inert("<b>Jo|2</b>")
    '\\<b\\>Jo\\|2\\</b\\>'
    """
    plain = "".join(one if one.isprintable() else " " for one in words)
    return _SIGNS.sub(r"\\\1", plain)
