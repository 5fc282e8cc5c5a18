"""The questions and their answers as they are now, as a page that needs no kernel."""

from collections.abc import Mapping
from typing import Any

from toolkit.audit.verb_result import html_answer
from toolkit.values.counted import counted

_MAX_ROWS = 50


def still_picture(state: Mapping[str, Any]) -> str:
    """Return what is asked, what was answered and by whom as HTML; every text of the client is escaped.

    Parameters
    ----------
    state
        As the page gets it.
    """
    asked = state["questions"]
    still_open = sum(not one["answer"] for one in asked)
    if not asked:
        return html_answer(nothing_asked(state), (), ())
    sentence = f"{counted(len(asked), 'question')} about the tables of {state['client']}; {still_open:,} open."
    rows = [
        (
            f"{one['where']}: {one['ask']}" if one["where"] else one["ask"],
            "; ".join(one["samples"]),
            one["answerWords"] or "open",
            f"{one['by']} {one['at'][:10]}".strip() if one["answer"] else f"It changes {one['changes']}.",
        )
        for one in asked
    ]
    return html_answer(sentence, ("question", "for example", "answer", ""), rows)


def nothing_asked(state: Mapping[str, Any]) -> str:
    """Return what to do where no question is there."""
    if not state["read"]:
        return "Nothing has been read yet. Put the client's files into exports, then run pull_snapshots(here)."
    return "Nothing is asked about this client's tables. Next: check_quality(here)."
