"""The desk of ``edit_landscape``: systems, people and handoffs, as a drawing and as a table, saved as they are changed.

Every change is written at once, into ``engagement.yaml``, and acknowledged by the whole landscape as it is then: drawing and
table are drawn from one answer and cannot disagree.
"""

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit.audit.desks.landscape.changes import LandscapeChange, added_thing, confirmed_handoff, removed_thing, set_value
from toolkit.audit.desks.landscape.shown import shown_landscape
from toolkit.audit.desks.landscape.still import still_html
from toolkit.audit.desks.opened import opened_screen, reviewer_name
from toolkit.audit.desks.settings_file import FileState, SettingsFile
from toolkit.audit.engagement import Engagement
from toolkit.audit.landscape import landscape_now
from toolkit.errors import InputError
from toolkit.landscape.workbook.known import KnownLandscape
from toolkit.widgets.desk import Answer

if TYPE_CHECKING:
    from toolkit.widgets.screen import Screen

SCREEN = "edit_landscape"
_PLACED = "landscape_place"
_FARTHEST = 1000.0


def edit_landscape(engagement: Engagement, *, reviewer: str = "") -> "Screen":
    """Return the screen on which systems, people and handoffs are drawn, listed and changed.

    Parameters
    ----------
    engagement
        With an ``engagement.yaml``; snapshots are not needed, but say which lists there are.
    reviewer
        Who changes it; without, who is signed in to this machine.

    Raises
    ------
    InputError
        There is no ``engagement.yaml``, or what draws screens is not installed.
    """
    return opened_screen(SCREEN, LandscapeDesk(engagement, reviewer=reviewer))


class LandscapeDesk:
    """The landscape of one engagement."""

    def __init__(self, engagement: Engagement, *, reviewer: str = "") -> None:
        self._engagement = engagement
        self._file = SettingsFile(engagement, person=reviewer_name(reviewer), screen=SCREEN)
        self._reading = threading.Lock()

    def first(self) -> dict[str, Any]:
        """Return the landscape as it is."""
        return self._shown()

    def questions(self) -> Mapping[str, Answer]:
        """Return what a page may ask."""
        return {
            "all": self._shown,
            "since": self.since,
            "set": self.set,
            "add": self.add,
            "remove": self.remove,
            "confirm": self.confirm,
            "refuse": self.refuse,
            "place": self.place,
            "undo": self.undo,
            "redo": self.redo,
        }

    def still(self) -> str:
        """Return the landscape as HTML: the drawing and the handoffs as a table."""
        return still_html(self._shown())

    def set(self, *, kind: object, name: object, key: object, value: object, was: object = None) -> dict[str, Any]:
        """Change one thing that is known of a system, a person or a handoff.

        Parameters
        ----------
        kind, name, key
            ``system``, ``person`` or ``handoff``; which; and what of it.
        value
            What holds from now on; empty where nobody knows.
        was
            What the page shows: where something else stands by now, nothing is written.
        """
        return self._changed(lambda state, known: set_value(state, known, self._file.person, kind, name, key, value, was))

    def add(self, *, kind: object, values: object) -> dict[str, Any]:
        """Add a system, a person or a handoff; return the landscape, with the name of what was added.

        Parameters
        ----------
        kind, values
            ``system``, ``person`` or ``handoff``, and what is known of it, by key.
        """
        return self._changed(lambda state, known: added_thing(state, known, self._file.person, kind, values))

    def remove(self, *, kind: object, name: object, was: object = None) -> dict[str, Any]:
        """Take a system, a person or a handoff out of the file; what others lean on is refused.

        Parameters
        ----------
        kind, name
            ``system``, ``person`` or ``handoff``; which.
        was
            Its row as the page shows it: where something else is known of it by now, it stays.
        """
        return self._changed(lambda state, known: removed_thing(state, known, kind, name, was))

    def confirm(self, *, name: object) -> dict[str, Any]:
        """Say that a proposed handoff exists."""
        return self._changed(lambda state, known: confirmed_handoff(state, known, name, exists=True))

    def refuse(self, *, name: object) -> dict[str, Any]:
        """Say that a proposed handoff does not exist."""
        return self._changed(lambda state, known: confirmed_handoff(state, known, name, exists=False))

    def place(self, *, node: object, x: object, y: object) -> dict[str, Any]:
        """Keep where a box was dragged to.

        Parameters
        ----------
        node
            Which box; none at all puts all of them back to where they are computed.
        x, y
            Its centre, in units of the map.
        """
        if node is None:
            self._engagement.store.log(_PLACED, {"node": "", "by": self._file.person})
            return self._shown()
        known = {box["id"] for box in self._shown()["map"]["boxes"]}
        if not isinstance(node, str) or node not in known:
            raise InputError("There is no such box on the drawing.")
        if not all(isinstance(one, int | float) and -_FARTHEST <= one <= _FARTHEST for one in (x, y)):
            raise InputError(f"A box stands between -{_FARTHEST:g} and {_FARTHEST:g}.")
        self._engagement.store.log(_PLACED, {"node": node, "x": x, "y": y, "by": self._file.person})
        return self._shown()

    def since(self, *, version: object) -> dict[str, Any] | None:
        """Return the landscape where it is another than the page knows; nothing where it is the same."""
        return None if self._version(self._file.version()) == version else self._shown()

    def undo(self) -> dict[str, Any]:
        """Take back what this person did last."""
        said = self._file.undo()
        return {**self._shown(), "said": said}

    def redo(self) -> dict[str, Any]:
        """Do again what was taken back."""
        said = self._file.redo()
        return {**self._shown(), "said": said}

    def _changed(self, change: Any) -> dict[str, Any]:
        state = self._file.now()
        wanted: LandscapeChange = change(state, self._known(state))
        self._file.change(wanted.said, wanted.edits)
        return {**self._shown(), "said": wanted.said, "name": wanted.name}

    def _known(self, state: FileState) -> KnownLandscape:
        with self._reading:
            return landscape_now(self._engagement, state.settings)

    def _shown(self) -> dict[str, Any]:
        state = self._file.now()
        done, undone = self._file.steps()
        return {
            **shown_landscape(state, self._known(state)),
            "version": self._version(state.version),
            "client": state.settings.client,
            "currency": state.settings.currency,
            "person": self._file.person,
            "places": self._places(),
            "undo": done[-1].said if done else "",
            "redo": undone[-1].said if undone else "",
        }

    def _places(self) -> dict[str, list[float]]:
        """Return where boxes were dragged to; the last word on each."""
        found: dict[str, list[float]] = {}
        for one in self._engagement.store.logged(_PLACED):
            if one["node"]:
                found[one["node"]] = [one["x"], one["y"]]
            else:
                found = {}
        return found

    def _version(self, of_file: str) -> str:
        return f"{of_file}:{len(self._engagement.store.logged(_PLACED))}"
