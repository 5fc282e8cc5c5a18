"""Puts questions to the person at the terminal: numbered choices, Enter for the likeliest, ``s`` to skip."""

import sys
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING

import typer

from toolkit.audit.progress import Progress
from toolkit.cli.output import Bar

if TYPE_CHECKING:
    from toolkit.audit.pull.described import Ask
    from toolkit.settings import QuestionSettings

_SKIP = frozenset({"s", "skip"})
_STOP = frozenset({"q", "quit", "x"})


def asking(progress: Progress, *, is_wanted: bool, as_json: bool) -> "Ask | None":
    """Return what puts questions, where a person is at hand to answer them; the bar is taken away meanwhile.

    Parameters
    ----------
    progress
        What shows how far the work is.
    is_wanted
        Whether the person allowed questions.
    as_json
        Whether a machine reads the answer: then nobody is asked.
    """
    if not is_wanted or as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None

    def ask(questions: "Mapping[str, QuestionSettings]") -> dict[str, str]:
        with progress.paused() if isinstance(progress, Bar) else nullcontext():
            return terminal_answers(questions)

    return ask


def terminal_answers(
    questions: "Mapping[str, QuestionSettings]",
    *,
    read: Callable[[str], str] = input,
    write: Callable[[str], None] = typer.echo,
) -> dict[str, str]:
    """Return the answers that a person gives; what is skipped stays open in the settings.

    Parameters
    ----------
    questions
        By their names, the most important first.
    read
        Shows a prompt and returns what was typed.
    write
        Shows a line.
    """
    found: dict[str, str] = {}
    count = len(questions)
    write(f"{count} question{'s' if count != 1 else ''}, each of which changes a figure. s = skip, q = answer later.")
    for number, (name, one) in enumerate(questions.items(), start=1):
        answer = _answer(one, f"{number}/{count}", read, write)
        if answer is None:
            break
        if answer:
            found[name] = answer
    return found


def _answer(one: "QuestionSettings", place: str, read: Callable[[str], str], write: Callable[[str], None]) -> str | None:
    """Return the choice; empty where it was skipped, none where the person wants to stop."""
    from toolkit.audit.pull.questions import chosen_answer

    choices = list(one.choices.items())
    write(f"\n[{place}] {one.ask}")
    if one.samples:
        write(f"      for example: {'; '.join(one.samples)}")
    if one.changes:
        write(f"      It changes {one.changes}.")
    for number, (_, words) in enumerate(choices, start=1):
        write(f"  {number}  {words}" + ("   (Enter)" if number == 1 else ""))
    while True:
        try:
            typed = read("> ").strip()
        except EOFError:
            return None
        if typed.casefold() in _STOP:
            return None
        answer = "" if typed.casefold() in _SKIP or not choices else chosen_answer(one, typed or "1")
        if answer is not None:
            return answer
        write(f"  Type a number from 1 to {len(choices)}, Enter, s or q.")
