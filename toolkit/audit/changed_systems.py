"""Systems that changed: renamed, retired, brought back, or confirmed to be smaller than they were.

History, decisions and cluster ids stay with the records whatever their system is called.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from toolkit.audit.engagement import Engagement, put_back
from toolkit.audit.pull.asked import FOLDER
from toolkit.audit.shared_state import opened_store
from toolkit.audit.sign_ins import vault_of
from toolkit.disk import disk_errors, removed_folder
from toolkit.errors import InputError, SnapshotMissingError, UnknownNameError
from toolkit.rest.vault.connections import rename
from toolkit.settings import FILE_NAME, edit_settings, renamed_system
from toolkit.store.catalogue import LEFT_OUT, NOT_SENT, PRESENT, RETIRED, SHRUNK, Presence
from toolkit.store.snapshots import safe_name


def rename_system(engagement: Engagement, old: str, new: str) -> list[str]:
    """Give a system another name, in settings, snapshots, decisions and clusters, and its folder in ``exports``.

    Parameters
    ----------
    engagement
        The engagement.
    old, new
        The names; the new one may already have been read, when its folder was renamed before.

    Returns
    -------
    list[str]
        What was done, in sentences.

    Raises
    ------
    UnknownNameError
        There is no system of the old name.
    InputError
        The new name cannot be one, or is the old one.
    """
    safe_name(new, "system")
    if old == new:
        raise InputError(f"{old} is called that already.")
    store = engagement.store
    _known(engagement, old, [])
    counting = set(store.snapshots()["system"].to_pylist())
    if {old, new} <= counting:
        raise InputError(
            f"There is a system {new} already, and {old} counts beside it: they are two. Choose another name, or take one "
            f"out first: integration-audit engagement retire {old}"
        )
    said = []
    with store.writing(f"renaming {old} to {new}"):
        streams = store.rename_system(old, new)
        said.append(f"{old} is {new} now: {', '.join(streams)}, with history, decisions and cluster ids.")
        settings = engagement.folder / FILE_NAME
        if settings.exists() and edit_settings(settings, lambda tree: renamed_system(tree, old, new)):
            said.append(f"{FILE_NAME} says {new} where it said {old}.")
        before, after = (engagement.folder / "exports" / name for name in (old, new))
        if before.is_dir() and not after.exists():
            with disk_errors(after):
                before.rename(after)
            said.append(f"The folder exports/{old} is exports/{new} now.")
        # What a pull has begun is of the old name; the next one begins with everything.
        removed_folder(engagement.folder / FOLDER / old)
        rename(vault_of(engagement), old, new)
    return said


def retire_system(engagement: Engagement, name: str) -> list[str]:
    """Take a system, or one stream of it (``system/stream``), out of every figure; its history and decisions stay.

    Raises
    ------
    UnknownNameError
        There is no such system or stream.
    """
    found = _known(engagement, name, [])
    _keep(engagement, f"retiring {name}", (Presence(*key, RETIRED) for key in found))
    return [f"{name} is retired: {_streams(found)} count no more. Bring it back with: engagement restore {name}"]


def restore_system(engagement: Engagement, name: str) -> list[str]:
    """Let a system, or one stream of it, that was retired or left out count again, by its last snapshot until it is sent.

    Raises
    ------
    UnknownNameError
        There is no such system or stream.
    InputError
        It counts already.
    """
    found = _known(engagement, name, [RETIRED, LEFT_OUT])
    rows = {(row["system"], row["stream"]): row for row in engagement.store.snapshots(all_streams=True).to_pylist()}

    def restored(key: tuple[str, str]) -> Presence:
        day = rows[key]["taken_at"]
        return Presence(*key, NOT_SENT, f"{'/'.join(key)} was brought back: its snapshot of {day.day} {day:%B %Y} is used.")

    _keep(engagement, f"restoring {name}", (restored(key) for key in found))
    return [f"{name} counts again: {_streams(found)}, by the last snapshot until it is sent."]


def confirm_system(engagement: Engagement, name: str) -> list[str]:
    """Note that a system, or one stream of it, is rightly as small as its newest file.

    Raises
    ------
    UnknownNameError
        There is no such system or stream.
    InputError
        Nothing of it shrank.
    """
    found = _known(engagement, name, [SHRUNK])
    _keep(engagement, f"confirming {name}", (Presence(*key, PRESENT) for key in found))
    return [f"{name} is as small as its newest file says: {_streams(found)}."]


def settings_put_back(folder: Path) -> list[str]:
    """Put ``engagement.yaml`` back as something was last computed with it, whatever stands there now.

    Raises
    ------
    SnapshotMissingError
        Nothing has been computed yet, so no copy was kept.
    """
    with opened_store(Path(folder)) as store:
        file = Path(folder) / FILE_NAME
        now = file.read_bytes().decode("utf-8-sig", "replace") if file.exists() else ""
        text = store.kept_settings(other_than=now)
        if not text:
            raise SnapshotMissingError(f"No other {FILE_NAME} was kept yet: each finished audit keeps the one it used.")
        aside = put_back(folder, text)
        store.log("settings_put_back", {})
    return [
        f"{FILE_NAME} is as it was in the last audit that used another one.",
        *([f"What stood there is {aside.name} now."] if aside else []),
    ]


def _known(engagement: Engagement, name: str, presences: list[str]) -> list[tuple[str, str]]:
    """Return the streams that a name stands for, those of them that are in one of the given states."""
    rows: list[dict[str, Any]] = engagement.store.snapshots(all_streams=True).to_pylist()
    keys = [(row["system"], row["stream"]) for row in rows]
    own = [key for key in keys if name in {key[0], "/".join(key)}]
    if not own:
        raise UnknownNameError("system", name, sorted({*(key[0] for key in keys), *("/".join(key) for key in keys)}))
    held = engagement.store.presences()
    fitting = [key for key in own if not presences or (key in held and held[key].presence in presences)]
    if not fitting:
        raise InputError(f"There is nothing to change: {name} counts as it was last sent.")
    return fitting


def _keep(engagement: Engagement, purpose: str, found: Iterable[Presence]) -> None:
    with engagement.store.writing(purpose):
        engagement.store.note_presence(found)


def _streams(found: Iterable[tuple[str, str]]) -> str:
    return ", ".join("/".join(key) for key in found)
