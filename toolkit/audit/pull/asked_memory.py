"""What a pull of a stream leaves for the next one: where changes begin, whose data it was, what its records looked like."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from toolkit.audit.pull.asked import FOLDER
from toolkit.disk import atomic_file, private_folder
from toolkit.rest.pages import LOG_NAME
from toolkit.store.snapshots import safe_name

_NAME, _PAGES = "last.json", "pages.json"
_PAGES_KEPT = timedelta(days=2)
"""Longer than any budget of a vendor's lasts."""


@dataclass(frozen=True, slots=True)
class StreamMemory:
    """What is known of the last whole pull of a stream.

    ``snapshot`` is the one that it made or found again: changes may be asked for only on top of it. ``since`` is where they
    begin (UTC, ISO; without the look-back), ``filled`` how many of ``records`` had a value at each path, ``kinds`` of which
    kinds these were. ``full_at`` is when everything was asked for last, ``begun_at`` when the last pull began.
    """

    snapshot: str = ""
    signature: str = ""
    since: str = ""
    full_at: str = ""
    begun_at: str = ""
    records: int = 0
    filled: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def since_at(self) -> datetime | None:
        """Where changes begin."""
        return datetime.fromisoformat(self.since) if self.since else None


def stream_folder(folder: Path, system: str, stream: str) -> Path:
    """Return where the pages of a stream stand while it is pulled, created when missing.

    Parameters
    ----------
    folder
        The engagement's.
    system, stream
        Their names.
    """
    return private_folder(_place(folder, system, stream))


def pages_path(folder: Path, system: str, stream: str) -> Path:
    """Return the file in which the pages of a stream are kept while it is pulled; it may not be there.

    Parameters
    ----------
    folder
        The engagement's.
    system, stream
        Their names.
    """
    return _place(folder, system, stream) / LOG_NAME


def _place(folder: Path, system: str, stream: str) -> Path:
    return folder / FOLDER / safe_name(system, "system") / safe_name(stream, "stream")


def stream_memory(folder: Path) -> StreamMemory:
    """Return what the last pull left in a stream's folder; nothing where there is none, or none that can be read."""
    kept = _read(folder / _NAME)
    try:
        return StreamMemory(**kept)
    except TypeError:
        return StreamMemory()


def keep_memory(folder: Path, memory: StreamMemory) -> None:
    """Keep what the next pull begins with; only once the snapshot is there."""
    _write(folder / _NAME, asdict(memory))


@dataclass(frozen=True, slots=True)
class PagesTaken:
    """How many pages one pull of a stream took: in all, and those that were asked for in this run; when, and of what."""

    begun_at: str
    pages: int
    asked: int
    is_full: bool


def keep_pages(folder: Path, taken: PagesTaken) -> None:
    """Note what a pull took, whatever came of it: a day's budget counts it."""
    oldest = (datetime.fromisoformat(taken.begun_at) - _PAGES_KEPT).isoformat()
    before = [one for one in _taken(folder) if one.begun_at >= oldest or one.is_full]
    # Of everything only the last one is remembered for longer.
    full = [one for one in before if one.is_full and one.begun_at < oldest][-1:]
    kept = [*full, *(one for one in before if one.begun_at >= oldest), taken]
    _write(folder / _PAGES, {"pulls": [asdict(one) for one in kept]})


def pages_taken(folder: Path, system: str, stream: str) -> list[PagesTaken]:
    """Return what the last pulls of a stream took, the oldest first; whoever only looks makes no folder.

    Parameters
    ----------
    folder
        The engagement's.
    system, stream
        Their names.
    """
    return _taken(_place(folder, system, stream))


def _taken(folder: Path) -> list[PagesTaken]:
    try:
        return [PagesTaken(**one) for one in _read(folder / _PAGES).get("pulls", [])]
    except TypeError:
        return []


def kept_account(folder: Path, system: str) -> dict[str, str]:
    """Return whose data the pulls of a system brought until now: id and name; empty before the first.

    Parameters
    ----------
    folder
        The engagement's.
    system
        Its name.
    """
    return {name: str(value) for name, value in _read(folder / FOLDER / system / "account.json").items()}


def keep_account(folder: Path, system: str, account: Mapping[str, str]) -> None:
    """Keep whose data a system's pulls bring.

    Parameters
    ----------
    folder
        The engagement's.
    system
        Its name.
    account
        Its id, and its name.
    """
    _write(private_folder(folder / FOLDER / safe_name(system, "system")) / "account.json", account)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, facts: Mapping[str, Any]) -> None:
    with atomic_file(path, "w", encoding="utf-8") as stream:
        json.dump(facts, stream, ensure_ascii=False, indent=1)
