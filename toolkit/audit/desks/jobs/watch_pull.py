"""Watching a pull: which lists came, which are to come, what was not read to its end and why; started and stopped."""

from collections.abc import Collection, Mapping
from typing import Any

from toolkit.audit.desks.jobs.moments import at_words
from toolkit.audit.desks.jobs.plan_still import paragraph, table
from toolkit.audit.desks.jobs.started_commands import StartedCommands
from toolkit.audit.desks.opened import reviewer_name
from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.asked import asked_names, asked_system
from toolkit.audit.pull.asked_memory import pages_path
from toolkit.audit.pull.unfinished import lists_to_come, unfinished_sentences
from toolkit.errors import BusyError, InputError, UnknownNameError
from toolkit.report.systems import system_labels
from toolkit.store.catalogue import RETIRED
from toolkit.values.counted import counted
from toolkit.widgets.desk import Answer

_SUBJECT = "pull"
_PURPOSE = "pull of "


class WatchPullDesk:
    """The kernel's side of the screen where it shows a pull."""

    def __init__(self, engagement: Engagement, systems: Collection[str] = (), reviewer: str = "") -> None:
        self._engagement = engagement
        self._reviewer = reviewer_name(reviewer)
        self._commands = StartedCommands(engagement, _SUBJECT)
        known = {*engagement.settings.systems, *(row["system"] for row in engagement.store.snapshots().to_pylist())}
        for one in systems:
            if one not in known:
                raise UnknownNameError("system", one, known)
        self._systems = tuple(dict.fromkeys(systems))

    def first(self) -> dict[str, Any]:
        """Return the pull as it stands."""
        return {"subject": _SUBJECT, "reviewer": self._reviewer, "systems": [*self._systems], "state": self.state()}

    def questions(self) -> Mapping[str, Answer]:
        """Return what the page may ask."""
        return {"state": self.state, "start": self.start, "stop": self.stop}

    def still(self) -> str:
        """Return where the pull stands as a picture of HTML."""
        state = self.state()
        stands = f"Running since {state['running']['since']}." if state["running"] else "Not running."
        parts = [
            paragraph(f"{state['sentence']} {stands}"),
            table(
                ("System", "List", "Records", "Taken", "State", "Why"),
                ([one[name] for name in ("label", "what", "records", "taken", "words", "why")] for one in state["lists"]),
            ),
            *map(paragraph, state["missing"]),
        ]
        return f"<div class='tex2jax_ignore mathjax_ignore'>{''.join(parts)}</div>"

    def state(self) -> dict[str, Any]:
        """Return where the pull stands: by its own notes, the snapshots, and who writes now."""
        running = self._running()
        lists = self._lists(is_running=running is not None)
        came = sum(one["state"] == "came" for one in lists)
        ended = self._commands.ended()
        writer = self._commands.writer() if running is None else None
        return {
            "sentence": f"{came:,} of {counted(len(lists), 'list')} stand here whole.",
            "lists": lists,
            "came": came,
            "total": len(lists),
            "running": running,
            "busy": "" if writer is None else f"Another run is writing: {writer.purpose!r}, since {at_words(writer.since)}.",
            "missing": [] if running is not None else [*unfinished_sentences(self._engagement, self._systems)],
            "ended": None if ended is None else {"line": ended.line, "code": ended.code},
        }

    def start(self) -> dict[str, Any]:
        """Pull, as the command does; it goes on where a stopped one was."""
        if self._running() is not None:
            raise BusyError("The pull runs already.")
        self._commands.start(["pull", str(self._engagement.folder), *self._systems], self._reviewer)
        return self.state()

    def stop(self) -> dict[str, Any]:
        """Stop the pull, as Ctrl-C does; what came is kept."""
        self._commands.stop()
        return self.state()

    def _running(self) -> dict[str, Any] | None:
        writer = self._commands.writer()
        is_pull = writer is not None and writer.purpose.startswith(_PURPOSE)
        if not is_pull and not self._commands.is_running:
            return None
        by = self._commands.starter(writer)
        is_ours = self._commands.is_running or by is not None
        return {
            "since": at_words(writer.since) if writer is not None and is_pull else "just now",
            "by": self._reviewer if self._commands.is_running else by or "",
            "where": "" if is_ours or writer is None else f"process {writer.pid} on {writer.host}",
            "can_stop": is_ours,
            "is_stopping": self._commands.is_stopping(writer),
        }

    def _lists(self, *, is_running: bool) -> list[dict[str, Any]]:
        """Return a row for each list that is expected or there."""
        store = self._engagement.store
        held = {(row["system"], row["stream"]): row for row in store.snapshots().to_pylist()}
        presences = store.presences()
        to_come = set(lists_to_come(self._engagement))
        keys = [key for key in dict.fromkeys([*self._expected(), *sorted(held)]) if self._is_chosen(key[0])]
        systems = self._engagement.settings.systems
        connectors = {name: one.connector for name, one in systems.items()} | {
            key[0]: row["connector"] for key, row in held.items()
        }
        labels = system_labels(connectors, {name: one.label for name, one in systems.items()})
        found = []
        for key in keys:
            row, said = held.get(key), presences.get(key)
            if said is not None and said.presence == RETIRED:
                continue
            reasons = (
                [] if row is None else [*map(str, row["reasons"])] if isinstance(row["reasons"], list) else [row["reasons"]]
            )
            why = [*([said.reason] if said is not None and said.reason else []), *(one for one in reasons if one)]
            state = self._state_of(is_there=row is not None, is_whole=row is not None and row["is_complete"] and not why)
            if key in to_come:
                state = "coming" if is_running and self._received(key) else "to_come"
            found.append(
                {
                    "system": key[0],
                    "label": labels.get(key[0], key[0]),
                    "what": key[1].replace("_", " "),
                    "state": state,
                    "words": self._words(state, key),
                    "records": "" if row is None else f"{row['rows'] - row['rows_absent']:,}",
                    "taken": "" if row is None else at_words(row["taken_at"]),
                    "why": " ".join(why),
                }
            )
        return found

    def _expected(self) -> list[tuple[str, str]]:
        """Return the lists of the systems that are asked over their interface."""
        settings = self._engagement.settings
        found = []
        for name in asked_names(settings):
            try:
                system = asked_system(name, settings, self._engagement.folder)
            except InputError:
                # What is wrong with its settings is said by the pull itself.
                continue
            found += [(name, one.stream.name) for one in system.streams]
        return found

    def _is_chosen(self, system: str) -> bool:
        return not self._systems or system in self._systems

    def _state_of(self, *, is_there: bool, is_whole: bool) -> str:
        if not is_there:
            return "missing"
        return "came" if is_whole else "lacking"

    def _words(self, state: str, key: tuple[str, str]) -> str:
        words = {
            "came": "here, whole",
            "lacking": "here, not whole",
            "missing": "not here",
            "to_come": "to come",
            "coming": "coming",
        }[state]
        received = self._received(key) if state in {"coming", "to_come"} else 0
        size = f"{received / 1_000_000:,.1f} MB" if received >= 1_000_000 else f"{max(1, received // 1_000):,} kB"
        return f"{words}, {size} so far" if received else words

    def _received(self, key: tuple[str, str]) -> int:
        """Return how many bytes of a list's pages are on the disk."""
        try:
            return pages_path(self._engagement.folder, *key).stat().st_size
        except OSError:
            return 0
