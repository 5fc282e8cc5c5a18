"""How a screen is opened, and who sits at it."""

import importlib
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, cast

from toolkit.errors import InputError
from toolkit.settings import user_name
from toolkit.widgets.desk import Desk

if TYPE_CHECKING:
    from toolkit.widgets.screen import Screen

_MAX_NAME = 80


@dataclass(frozen=True, slots=True)
class StillScreen:
    """A picture of a screen that cannot be drawn here, and what it would need."""

    desk: Desk
    lacks: str

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.lacks)}</p>{self.desk.still()}"

    def __repr__(self) -> str:
        return self.lacks


def opened_screen(name: str, desk: Desk) -> "Screen":
    """Return the widget of a screen over its desk; its picture where what draws screens is not installed.

    A notebook of a job runs on servers too, which draw no screens.

    Parameters
    ----------
    name
        Of the screen's file in ``toolkit.widgets``; its class has the same name in capitals: ``review_pairs``,
        ``ReviewPairs``.
    desk
        The kernel's side.
    """
    try:
        module = importlib.import_module(f"toolkit.widgets.{name}")
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in {"anywidget", "ipywidgets", "traitlets"}:
            raise
        lacks = f"Screens need {error.name}, which is not installed here: python -m pip install 'integration-audit[lab]'."
        # For who opens it both are something that a notebook shows.
        return cast("Screen", StillScreen(desk, lacks))
    screen: Screen = getattr(module, "".join(one.title() for one in name.split("_")))(desk)
    return screen


def reviewer_name(given: str) -> str:
    """Return who decides: the name that was given, else the one under which somebody signed in to this machine.

    Parameters
    ----------
    given
        As the consultant typed it; may be empty.

    Raises
    ------
    InputError
        It cannot be shown on one line, or nobody is known.
    """
    name = " ".join(given.split()) or user_name()
    if not name or len(name) > _MAX_NAME or not name.isprintable():
        raise InputError(f"Say who decides: reviewer='Dana Ruiz' (at most {_MAX_NAME} characters).")
    return name
