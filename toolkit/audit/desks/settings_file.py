"""``engagement.yaml`` as several people change it at once: value by value, with who and when, and taken back as well.

A change says what it believes stands there; where something else stands, it is refused and nothing is written. What another
person, an editor or another screen has changed beside it stays. Every change is an event in the store.
"""

import hashlib
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from toolkit.audit.desks.turns import turn
from toolkit.audit.engagement import Engagement
from toolkit.errors import InputError
from toolkit.settings import FILE_NAME, GONE, Settings, change_settings, settings_of, settings_tree, write_settings

_ACTION = "settings_edit"
# Screens of one kernel write one after the other into one file; those of another client have nothing to wait for.
_WRITING: dict[Path, threading.Lock] = {}


@dataclass(frozen=True, slots=True)
class Edit:
    """One value: where it stands, what stands there, and what shall; ``GONE`` is nothing at all."""

    keys: tuple[str, ...]
    before: Any
    after: Any

    @property
    def turned(self) -> "Edit":
        """The edit that takes this one back."""
        return Edit(self.keys, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody did in one go, in a sentence.

    Where it took something out, ``text`` is the file as it was before and ``version`` as it was after: as long as nothing
    else has changed, taking it back brings back every comment too.
    """

    said: str
    edits: tuple[Edit, ...]
    text: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class FileState:
    """The file at one moment: a hash of its text, its tree, and what it means."""

    version: str
    tree: Mapping[str, Any]
    settings: Settings


class SettingsFile:
    """The settings of one engagement, as one person changes them on one screen."""

    def __init__(self, engagement: Engagement, *, person: str, screen: str) -> None:
        """Open the file.

        Parameters
        ----------
        engagement
            With an ``engagement.yaml``, and without settings on trial.
        person
            Who changes it.
        screen
            Whose changes are taken back together.

        Raises
        ------
        InputError
            There is no such file, or the engagement was opened with settings that are only tried.
        """
        self._engagement = engagement
        self._store = engagement.store
        self.path = engagement.folder / FILE_NAME
        self.person = person
        self._screen = screen
        self._state: FileState | None = None
        if not self.path.exists():
            raise InputError(
                f"There is no {self.path}. Create it first: 'integration-audit audit \"{engagement.folder}\"' writes it "
                f"from the client's files, 'integration-audit new \"{engagement.folder}\"' an empty one."
            )
        if engagement.is_trial:
            raise InputError(
                "The engagement was opened with settings on trial (overrides). Open it without them to change the file."
            )

    def now(self) -> FileState:
        """Return the file as it is now."""
        text = self._text()
        version = _version(text)
        # Reading YAML with its lines takes a tenth of a second: not again at every move of a slider.
        if self._state is None or self._state.version != version:
            self._state = FileState(version, settings_tree(text, self.path), settings_of(text, self.path))
        return self._state

    def version(self) -> str:
        """Return a hash of the file's text: it changes with every change, whoever makes it."""
        return _version(self._text())

    def change(self, said: str, edits: Sequence[Edit]) -> None:
        """Write values, where the file says what the edits believe.

        Parameters
        ----------
        said
            What is done, in a sentence.
        edits
            The values.

        Raises
        ------
        InputError
            Something else stands there by now, or the file would not be valid; it is left as it was.
        BusyError
            Another run is writing.
        """
        self._write("do", Step(said, tuple(edits)))

    def undo(self) -> str:
        """Take back what this person did last on this screen; return what that was, empty where there is nothing.

        Raises
        ------
        InputError
            Somebody has changed the same since; it stays.
        """
        done, _ = self.steps()
        if not done:
            return ""
        step = done[-1]
        self._write("undo", replace(step, edits=tuple(one.turned for one in reversed(step.edits))))
        return step.said

    def redo(self) -> str:
        """Do again what was last taken back; return what that was, empty where there is nothing.

        Raises
        ------
        InputError
            Somebody has changed the same since; it stays.
        """
        _, undone = self.steps()
        if not undone:
            return ""
        self._write("redo", undone[-1])
        return undone[-1].said

    def steps(self) -> tuple[list[Step], list[Step]]:
        """Return what this person has done on this screen and can take back, and what was taken back; the newest last.

        What cannot be read again is left where it was done: it locks nobody out of a screen.
        """
        done: list[Step | None] = []
        undone: list[Step | None] = []
        for one in self._store.logged(_ACTION):
            if (one["screen"], one["by"]) != (self._screen, self.person):
                continue
            if one["does"] == "do":
                done.append(_read_step(one))
                undone = []
            elif one["does"] == "undo" and done:
                undone.append(done.pop())
            elif one["does"] == "redo" and undone:
                done.append(undone.pop())
        return [one for one in done if one is not None], [one for one in undone if one is not None]

    def _write(self, does: str, step: Step) -> None:
        edits = [one for one in step.edits if one.before != one.after]
        event: dict[str, Any] = {"screen": self._screen, "by": self.person, "said": step.said, "does": does}
        event["edits"] = [_written(one) for one in step.edits]
        own = _WRITING.setdefault(self.path, threading.Lock())
        with own, turn(self._engagement, f"{self._screen} in JupyterLab"):
            text = self._text()
            tree = settings_tree(text, self.path)
            for one in edits:
                _refuse_other(tree, one)
            if does == "undo" and step.text and step.version == _version(text):
                write_settings(self.path, step.text)
            else:
                change_settings(self.path, {one.keys: one.after for one in edits})
            if does == "do" and any(one.after is GONE for one in edits):
                event |= {"text": text, "version": _version(self._text())}
            try:
                self._store.log(_ACTION, event)
            except Exception:
                # A change that nobody is told of, and that nobody could take back, does not stay.
                write_settings(self.path, text)
                raise
            self._engagement.reread()

    def _text(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"Cannot read {self.path}: {error}. It must be a readable text file in UTF-8.") from error


def value_at(tree: Mapping[str, Any], keys: Iterable[str]) -> Any:
    """Return what stands in a tree of settings at some keys; ``GONE`` where nothing does.

    Examples
    --------
    >>> value_at({"systems": {"crm": {"owner": "Sales"}}}, ("systems", "crm", "owner"))
    'Sales'
    """
    found: Any = tree
    for key in keys:
        if not isinstance(found, Mapping) or key not in found:
            return GONE
        found = found[key]
    return found


def _refuse_other(tree: Mapping[str, Any], edit: Edit) -> None:
    found = value_at(tree, edit.keys)
    if found == edit.before or (found is GONE and edit.before is None):
        return
    raise InputError(
        f"{'.'.join(edit.keys)!r} was changed meanwhile: it is now {_shown(found)}, no longer {_shown(edit.before)}. "
        "Nothing was saved. Look at it as it is now, and decide again."
    )


def _shown(value: Any) -> str:
    return "not there" if value is GONE else repr(value)[:80]


def _version(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _written(edit: Edit) -> dict[str, Any]:
    return {"keys": [*edit.keys], "before": _packed(edit.before), "after": _packed(edit.after)}


def _read_step(logged: Mapping[str, Any]) -> Step | None:
    try:
        edits = tuple(_read(edit) for edit in logged["edits"])
        return Step(logged["said"], edits, logged.get("text", ""), logged.get("version", ""))
    except (KeyError, TypeError, ValueError):
        return None


def _read(edit: Mapping[str, Any]) -> Edit:
    return Edit(tuple(edit["keys"]), _unpacked(edit["before"]), _unpacked(edit["after"]))


def _packed(value: Any) -> Any:
    """Return a value of the file as JSON can hold it; a day, a moment and nothing at all are told apart from texts."""
    if value is GONE:
        return {"gone": True}
    # Every moment is a day as well, for Python.
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Mapping):
        # As pairs: the log sorts keys, and what is put back should stand as it stood.
        return {"map": [[key, _packed(one)] for key, one in value.items()]}
    return [_packed(one) for one in value] if isinstance(value, list | tuple) else value


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpacked(one) for one in value]
    if not isinstance(value, dict):
        return value
    [(kind, held)] = value.items()
    if kind == "gone":
        return GONE
    if kind == "moment":
        return datetime.fromisoformat(held)
    return date.fromisoformat(held) if kind == "day" else {key: _unpacked(one) for key, one in held}
