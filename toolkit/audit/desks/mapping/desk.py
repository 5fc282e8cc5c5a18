"""The kernel's side of ``map_fields``: a draft on the page, what comes of it, and its way into ``engagement.yaml``."""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from toolkit.audit.desks.client_tables import ClientTables, shortened
from toolkit.audit.desks.mapping.conflicts import conflicts
from toolkit.audit.desks.mapping.draft import Draft, checked_draft, refuse_names
from toolkit.audit.desks.mapping.saving import Changes, confirmed, stream_changes, stream_in, stream_version
from toolkit.audit.desks.mapping.still import still_picture
from toolkit.audit.desks.mapping.table import NEW, VENDOR, OpenTable, found_file, guesses, open_table, proposed_draft
from toolkit.audit.desks.mapping.view import View, draft_view, table_shown
from toolkit.audit.desks.opened import opened_screen, reviewer_name
from toolkit.audit.desks.trial import tried
from toolkit.audit.desks.turns import PATIENCE_S, turn
from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.read_as import canonical_settings
from toolkit.audit.pull.sources import Source
from toolkit.audit.pull.streams import own_stream
from toolkit.errors import InputError
from toolkit.files.fields import Settings as ReadingSettings
from toolkit.interpret.interpretation import Interpretation
from toolkit.settings import FILE_NAME, Settings, change_settings, settings_of, settings_tree, write_settings
from toolkit.settings.edits import edited_text
from toolkit.widgets.desk import Answer

if TYPE_CHECKING:
    from toolkit.widgets.screen import Screen

LOGGED = "field_map"


def map_fields(engagement: Engagement, file: str, *, table: str = "", reviewer: str = "") -> "Screen":
    """Open the screen that says which column of a client's table is which of ours.

    Parameters
    ----------
    engagement
        With an ``engagement.yaml``: `pull_snapshots` writes one.
    file
        A file that the client sent (``exports/site log.csv`` or its name alone), or a stream that was read from one
        (``office/jobs``).
    table
        Which sheet or part of it; the first with rows without.
    reviewer
        Who decides; without, who is signed in to this machine.

    Raises
    ------
    InputError
        There is no such file or table, or what draws screens is not installed.
    """
    return opened_screen("map_fields", FieldsDesk(engagement, file, table, reviewer_name(reviewer)))


class FieldsDesk:
    """Shows a table with its field map and keeps it; may be asked from several threads."""

    def __init__(
        self, engagement: Engagement, file: str, table: str, reviewer: str, *, patience_s: float = PATIENCE_S
    ) -> None:
        self._engagement, self._reviewer, self._patience_s = engagement, reviewer, patience_s
        self._path = engagement.folder / FILE_NAME
        if not self._path.exists():
            raise InputError(
                f"There is no {FILE_NAME} yet. Let the files be read first: pull_snapshots(here); then run this cell again."
            )
        self._tables = ClientTables(engagement)
        self._file, part = found_file(engagement, self._tables, file)
        self._part = table or part
        self._lock = threading.RLock()
        # Every state of a stream that was seen or kept here, so that undo leads back to it.
        self._known: dict[str, dict[str, Any] | None] = {"": None}
        self._texts: dict[tuple[str, str], str] = {}
        self._guessed: dict[tuple[int, str], Interpretation] = {}
        self._open = self._opened()

    def first(self) -> dict[str, Any]:
        """Return the table, its map, and what comes of it."""
        with self._lock:
            return self._state()

    def questions(self) -> Mapping[str, Answer]:
        """Return what the page may ask."""
        return {
            "since": self._since,
            "open": self._another,
            "view": self._view,
            "proposed": self._proposed,
            "preview": self._preview,
            "save": self._save,
            "put_back": self._put_back,
        }

    def still(self) -> str:
        """Return the map as it is kept, with samples, as HTML."""
        return still_picture(self.first())

    def _text(self) -> str:
        return self._path.read_text("utf-8-sig")

    def _read(self) -> tuple[str, dict[str, Any], Settings]:
        text = self._text()
        return text, settings_tree(text, self._path), settings_of(text, self._path)

    def _opened(self) -> OpenTable:
        _, tree, settings = self._read()
        return open_table(self._tables, self._file, self._part, settings, tree)

    def _state(self) -> dict[str, Any]:
        text, tree, settings = self._read()
        one = self._open
        now = stream_in(tree, one.draft.system, one.draft.stream)
        self._known[stream_version(now)] = now
        return {
            "file": self._file,
            "part": one.raw.part,
            "parts": list(one.parts),
            "isRead": one.is_read,
            "connector": one.connector,
            "version": stream_version(now),
            "text": _digest(text),
            "reviewer": self._reviewer,
            "folder": self._engagement.folder.name,
            "table": table_shown(one.raw),
            "draft": one.draft.shown(),
            "view": self._viewed(one.draft, settings).shown(),
            "by": self._last(one.draft),
        }

    def _last(self, draft: Draft) -> dict[str, Any]:
        name = f"{draft.system}.{draft.stream}"
        said = [one for one in self._engagement.store.logged(LOGGED) if one["stream"] == name]
        return {"by": said[-1]["by"], "at": said[-1]["at"]} if said else {}

    def _viewed(self, draft: Draft, settings: Settings) -> View:
        [raw] = shortened([self._open.raw])
        key = (id(self._open.raw), draft.entity)
        if key not in self._guessed:
            self._guessed = {key: guesses(raw, draft.entity, settings)}
        return draft_view(draft, raw, self._open, settings, found=self._guessed[key], how=self._how(draft, settings))

    def _how(self, draft: Draft, settings: Settings) -> ReadingSettings:
        try:
            own = draft.settings() if draft.fields else None
        except InputError:
            own = None
        now = replace(self._engagement, loaded=replace(self._engagement.loaded, settings=settings))
        return ReadingSettings(draft.system, **canonical_settings(now, draft.system, own))

    def _since(self, *, text: str = "") -> dict[str, Any] | None:
        """Return the map as it is kept now; nothing where the settings are as the page knows them."""
        with self._lock:
            if _digest(self._text()) == text:
                return None
            self._open = self._opened()
            return self._state()

    def _another(self, *, part: str) -> dict[str, Any]:
        """Open another table of the file."""
        with self._lock:
            if part not in self._open.parts:
                raise InputError("This file has no such table any more. Run the cell again.")
            self._part = part
            self._open = self._opened()
            return self._state()

    def _checked(self, draft: Any) -> Draft:
        if self._open.is_read == VENDOR:
            raise InputError(
                f"This table is read as an export of {self._open.connector}, whose columns are known. "
                "Nothing is to be mapped."
            )
        found = checked_draft(draft, self._open.draft.kept)
        before = self._open.draft
        if self._open.is_read == NEW:
            refuse_names(found)
        elif (found.system, found.stream) != (before.system, before.stream):
            raise InputError(f"The stream is called {before.system}/{before.stream}; it is renamed in {FILE_NAME} only.")
        return found

    def _view(self, *, draft: Any) -> dict[str, Any]:
        """Return what comes of a draft: each column as read, and what stands against it."""
        with self._lock:
            return self._viewed(self._checked(draft), self._read()[2]).shown()

    def _proposed(self, *, entity: str) -> dict[str, Any]:
        """Return the map that is proposed where the table lists something else."""
        with self._lock:
            one = self._open
            wanted = self._checked({**one.draft.shown(), "entity": entity, "fields": {}, "lines": {}}).entity
            _, tree, settings = self._read()
            source = Source(one.raw, one.draft.system, "table", "", None, None)
            found, _ = proposed_draft(source, settings, tree, entity=wanted)
            names = (found.system, found.stream) if one.is_read == NEW else (one.draft.system, one.draft.stream)
            draft = Draft(*names, wanted, found.row, found.total, found.key, found.fields, found.lines, one.draft.kept)
            return {"draft": draft.shown(), "view": self._viewed(draft, settings).shown()}

    def _preview(self, *, draft: Any) -> dict[str, Any]:
        """Return what is read of the whole table now, and what would be."""
        with self._lock:
            found = self._checked(draft)
            text, tree, settings = self._read()
            after = edited_text(text, self._changes(tree, found))
            raws = [self._open.raw]
            against = conflicts(found, found.settings(), self._open.raw)
            return {
                "now": tried(self._engagement, raws, text).shown(),
                "after": tried(self._engagement, raws, after).shown(),
                "conflicts": against,
                "key": " + ".join(found.key),
                "unmapped": self._viewed(found, settings).unmapped,
            }

    def _changes(self, tree: Mapping[str, Any], draft: Draft) -> Changes:
        changes = stream_changes(tree, draft.system, draft.stream, draft.mapping(), category=self._open.category)
        return changes | confirmed(tree, draft.system, draft.stream)

    def _save(self, *, draft: Any, version: str) -> dict[str, Any]:
        """Keep a map, if the stream is as the page shows it and nothing stands against it."""
        with self._lock:
            found = self._checked(draft)
            against = conflicts(found, found.settings(), self._open.raw)
            if against:
                more = f" (And {len(against) - 1} more.)" if len(against) > 1 else ""
                raise InputError(against[0] + more)
            with turn(self._engagement, f"field map of {found.system}/{found.stream}", patience_s=self._patience_s):
                text, tree, _ = self._read()
                self._refuse_changed(tree, found, version)
                changes = self._changes(tree, found)
                self._refuse_other_reader(edited_text(text, changes), found)
                self._keep(text, found, changes, before=version, after=stream_version(found.mapping()))
            return self._state()

    def _put_back(self, *, version: str, to: str) -> dict[str, Any]:
        """Go back (or forth) to a state of the stream that was there before, if nobody has changed it since."""
        with self._lock:
            if to not in self._known or not isinstance(version, str):
                raise InputError("That state is not known here any more: the kernel was restarted since. Change it by hand.")
            one, wanted = self._open.draft, self._known[to]
            with turn(self._engagement, f"field map of {one.system}/{one.stream}", patience_s=self._patience_s):
                text, tree, _ = self._read()
                self._refuse_changed(tree, one, version)
                whole = self._texts.get((_digest(text), to))
                changes = stream_changes(tree, one.system, one.stream, wanted, category=self._open.category)
                self._keep(text, one, changes, before=version, after=to, whole=whole)
            return self._state()

    def _refuse_changed(self, tree: Mapping[str, Any], draft: Draft, version: Any) -> None:
        now = stream_version(stream_in(tree, draft.system, draft.stream))
        if now and not version and self._open.is_read == NEW:
            raise InputError(f"There is a stream {draft.system}/{draft.stream} already. Choose another name.")
        if now != version:
            raise InputError(
                f"{draft.system}/{draft.stream} was changed in {FILE_NAME} meanwhile. It is shown as it is now; your own "
                "changes were not kept."
            )

    def _refuse_other_reader(self, text: str, draft: Draft) -> None:
        """Refuse a map by which this very table would not be read: another stream lies nearer to its file."""
        settings = settings_of(text, self._path)
        found = own_stream(self._open.raw, settings, "")
        if found is None or (found.system, found.stream.name) != (draft.system, draft.stream):
            other = f"{found.system}/{found.stream.name}" if found is not None else "no stream"
            raise InputError(
                f"With this map the table would be read as {other}, not as {draft.system}/{draft.stream}. Map more of its "
                f"columns, or mend the file patterns in {FILE_NAME}."
            )

    def _keep(
        self,
        text: str,
        draft: Draft,
        changes: Changes,
        *,
        before: str,
        after: str,
        whole: str | None = None,
    ) -> None:
        if whole is None:
            change_settings(self._path, changes)
        else:
            write_settings(self._path, whole)
        now = self._text()
        # Undo puts back every character, as long as nobody has written anything since.
        self._texts[_digest(now), before] = text
        at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        detail = {
            "stream": f"{draft.system}.{draft.stream}",
            "before": before,
            "after": after,
            "by": self._reviewer,
            "at": at,
        }
        self._engagement.store.log(LOGGED, detail)
        self._engagement.reread()
        self._open = self._opened()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
