"""Changes of ``engagement.yaml`` from a screen: everything else in the file stays, and each change can be taken back."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.audit.desks.turns import turn
from toolkit.audit.engagement import Engagement
from toolkit.errors import InputError, OvertakenError
from toolkit.settings import FILE_NAME, change_settings, write_settings


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The text of the file before and after a change."""

    before: str
    after: str


def rewritten(
    engagement: Engagement, changes: Mapping[tuple[str, ...], Any], *, believed: str, reviewer: str
) -> tuple[Engagement, Rewriting]:
    """Write values into ``engagement.yaml``; return the engagement with them, and what takes it back.

    Parameters
    ----------
    engagement
        With a file.
    changes
        Where to what, as `change_settings` takes them.
    believed
        Hash of the file that whoever changes it has seen (`settings_hash`).
    reviewer
        Who changes it; the log of the engagement keeps it.

    Raises
    ------
    OvertakenError
        The file was changed in the meantime.
    InputError
        There is no file, or it would not be valid.
    BusyError
        Another run is writing.
    """
    path = _path(engagement)
    with turn(engagement, "a change of engagement.yaml"):
        before = _text(path)
        if _hash(before) != believed:
            raise OvertakenError("engagement.yaml was changed in the meantime. Nothing was written.")
        change_settings(path, changes)
        return _reloaded(engagement, path, reviewer), Rewriting(before, _text(path))


def put_back(engagement: Engagement, change: Rewriting, *, reviewer: str) -> Engagement:
    """Write the file as it was before a change; return the engagement with it.

    Parameters
    ----------
    engagement, change
        What `rewritten` returned.
    reviewer
        Who takes it back.

    Raises
    ------
    OvertakenError
        The file was changed again since.
    BusyError
        Another run is writing.
    """
    path = _path(engagement)
    with turn(engagement, "a change of engagement.yaml"):
        if _text(path) != change.after:
            raise OvertakenError("engagement.yaml was changed again since: take the change back there by hand.")
        write_settings(path, change.before)
        return _reloaded(engagement, path, reviewer)


def settings_hash(engagement: Engagement) -> str:
    """Return a hash of ``engagement.yaml`` as it is now; empty where there is none."""
    path = engagement.folder / FILE_NAME
    return _hash(_text(path)) if path.exists() else ""


def _path(engagement: Engagement) -> Path:
    path = engagement.folder / FILE_NAME
    if not path.exists():
        raise InputError(f"There is no {FILE_NAME} to write it into. Run 'integration-audit audit' first: it writes one.")
    return path


def _reloaded(engagement: Engagement, path: Path, reviewer: str) -> Engagement:
    engagement.store.log("settings_change", {"sha256": _hash(_text(path)), "by": reviewer})
    engagement.reread()
    return engagement


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
