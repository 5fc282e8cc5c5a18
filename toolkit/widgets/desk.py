"""What a screen may ask: a desk answers questions of the page, from whichever thread they come.

Messages of the page: ``{"id": 7, "ask": "decide", "given": {...}}``. Each is answered once, by ``{"id": 7, "answer": ...}``
or by ``{"id": 7, "refused": sentence, "next": sentence}``. What a desk says unasked is ``{"told": ...}``.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from toolkit.errors import InputError, ToolkitError

Answer = Callable[..., Any]
"""Takes what the page gives by name; returns what JSON can hold, or raises `ToolkitError`."""


class Desk(Protocol):
    """The kernel's side of a screen.

    Questions are answered on another thread than cells run on, one after the other for one screen, but beside those of other
    screens: what a desk shares with others is locked.
    """

    def first(self) -> dict[str, Any]:
        """Return what the page shows before anything was asked: a kernel that runs other cells answers later."""
        ...

    def questions(self) -> Mapping[str, Answer]:
        """Return the questions that may be asked, by name."""
        ...

    def still(self) -> str:
        """Return the state as it is now as HTML, every client's text escaped: for a notebook that is exported or printed."""
        ...


def reply(desk: Desk, message: object) -> dict[str, Any] | None:
    """Return the answer to a message of the page; nothing where it is none of ours.

    Parameters
    ----------
    desk
        Whoever answers.
    message
        As it came.
    """
    if not isinstance(message, dict) or not isinstance(message.get("ask"), str):
        return None
    number, given = message.get("id"), message.get("given") or {}
    answer = desk.questions().get(message["ask"])
    if answer is None or not isinstance(given, dict):
        return {"id": number, "refused": "This page is of another version than the kernel.", "next": "Run the cell again."}
    try:
        return {"id": number, "answer": answer(**given)}
    except ToolkitError as error:
        # What was entered is entered anew on the page: no cell has to be run again.
        return {"id": number, "refused": str(error), "next": "" if isinstance(error, InputError) else error.next_step}
    except Exception as error:  # noqa: BLE001 - the page waits: what went wrong is said there
        return {
            "id": number,
            "refused": f"A fault of ours: {type(error).__name__}: {error}",
            # It may have happened behind what was kept: only looking tells.
            "next": "Whether it was saved is not known. Run the cell again and look; if the fault comes back, report it.",
        }
