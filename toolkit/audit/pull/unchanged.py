"""What a pull rests on, so that the next one reads again only what changed: files by their content, settings, version."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.intake import KeptStream, ReadStream
from toolkit.audit.pull.memory import remembered_meanings
from toolkit.audit.pull.sources import Source, client_files
from toolkit.settings import FILE_NAME
from toolkit.store.checksums import file_sha256
from toolkit.version import __version__


def pull_fingerprint(engagement: Engagement) -> str:
    """Return a hash over all that a pull depends on."""
    root = engagement.folder
    files = [(path.relative_to(root).as_posix(), file_sha256(path)) for path in client_files(root)]
    presences = sorted((one.system, one.stream, one.presence) for one in engagement.store.presences().values())
    overrides = dict(engagement.loaded.overrides)
    content: list[Any] = [
        __version__,
        files,
        written_settings(engagement),
        overrides,
        sorted(remembered_meanings().items()),
        presences,
    ]
    return hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()


def written_settings(engagement: Engagement) -> str:
    """Return ``engagement.yaml`` as it stands; empty when there is none."""
    path = engagement.folder / FILE_NAME
    return path.read_text(encoding="utf-8-sig") if path.exists() else ""


def pull_facts(
    engagement: Engagement, read: Sequence[ReadStream], kept: Sequence[KeptStream], notes: Sequence[str], *, is_all: bool
) -> dict[str, Any]:
    """Return what the next pull has to know of this one.

    Parameters
    ----------
    engagement
        The engagement, as the pull left it.
    read, kept
        The streams of the pull.
    notes
        What is said of them as long as nothing changes.
    is_all
        Whether all systems were pulled; after some of them, the rest is as the pull before left it.
    """
    streams = {f"{one.stream.system}/{one.stream.stream.name}": {"key": one.key, "notes": one.notes} for one in read}
    streams |= {f"{one.system}/{one.name}": {"key": one.key, "notes": list(one.notes)} for one in kept}
    before = {} if is_all else engagement.store.last_pull().get("streams", {})
    return {
        "fingerprint": pull_fingerprint(engagement) if is_all else None,
        "intake": engagement.store.intake_sha256(),
        "streams": {**before, **streams},
        "notes": list(notes),
    }


def stream_key(engagement: Engagement, system: str, group: Sequence[Source]) -> str:
    """Return a hash over all that a stream's records depend on: its tables, the version, and what the settings say of it.

    Parameters
    ----------
    engagement
        For the settings of the client and of the system.
    system
        A system of the settings, or a new one.
    group
        The tables of one stream, at least one; their order does not matter.
    """
    settings = engagement.settings
    own = settings.systems.get(system)
    content: list[Any] = [
        __version__,
        group[0].stream.name if group[0].stream else None,
        sorted(
            (one.raw.file, one.raw.part, one.raw.sha256, one.connector, one.stream.name if one.stream else "")
            for one in group
        ),
        own.model_dump(mode="json") if own is not None else None,
        [settings.country, settings.time_zone, settings.currency, list(settings.leave_out)],
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
