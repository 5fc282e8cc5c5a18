"""What a pull rests on, so that the next one reads again only what changed: files by their content, settings, version."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.intake import KeptStream, ReadStream
from toolkit.audit.pull.memory import remembered_meanings
from toolkit.audit.pull.outlines import Outline, outline_facts
from toolkit.audit.pull.sources import Source, client_files
from toolkit.files.raw import RawTable
from toolkit.settings import FILE_NAME
from toolkit.store.checksums import file_sha256
from toolkit.store.readings import read_outlines, write_outlines
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
    engagement: Engagement,
    read: Sequence[ReadStream],
    kept: Sequence[KeptStream],
    notes: Sequence[str],
    *,
    outlines: str,
    is_all: bool,
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
    outlines
        The hash of what was kept of each file (`keep_files`).
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
        "outlines": outlines,
    }


def keep_files(
    engagement: Engagement, raws: Sequence[RawTable], sources: Sequence[Source], readings: Mapping[str, str]
) -> str:
    """Keep what was found in each file all of whose tables belong to streams; return a hash of that.

    Parameters
    ----------
    engagement
        The engagement.
    raws
        Every table of every file, or its outline.
    sources
        Those that belong to streams.
    readings
        By file, a hash of all that its tables depend on.
    """
    of_file: dict[str, list[Source]] = {}
    for one in sources:
        of_file.setdefault(one.raw.file, []).append(one)
    files: dict[str, Any] = {}
    # A file whose name cannot be shown as it is goes by another in its tables.
    for raw in (one for one in raws if one.file in readings):
        held = files.setdefault(raw.file, {"reading": readings[raw.file], "tables": []})
        held["tables"].append(_facts(raw, of_file.get(raw.file, ())))
    return write_outlines(engagement.folder, {file: one for file, one in files.items() if all(one["tables"])})


def _facts(raw: RawTable, sources: Sequence[Source]) -> Mapping[str, Any] | None:
    """Return what is kept of a table; None when nobody claims it."""
    if isinstance(raw, Outline):
        return raw.facts
    named = [(one.stream.name, one) for one in sources if one.stream is not None]
    own = [(stream, one) for stream, one in named if one.raw.part in {raw.part, f"{raw.part}#{stream}"}]
    if not own:
        return None
    _, first = own[0]
    return outline_facts(raw, first.candidates, first.recognition, [(stream, one.raw) for stream, one in own])


def kept_files(engagement: Engagement) -> dict[str, Any]:
    """Return what the last pull kept of files; nothing where the settings that it rests on are gone."""
    last = engagement.store.last_pull()
    if not engagement.has_settings_file or not engagement.store.is_intake_whole():
        return {}
    return read_outlines(engagement.folder, last.get("outlines", ""))


def kept_streams(engagement: Engagement, sources: Sequence[Source]) -> dict[tuple[str, str], KeptStream]:
    """Return the streams whose tables, settings and version are those of the last pull, and whose snapshots are whole."""
    store = engagement.store
    last = store.last_pull().get("streams", {}) if store.is_intake_whole() else {}
    whole = {(row["system"], row["stream"]) for row in store.snapshots(all_streams=True).to_pylist()}
    whole -= {(row["system"], row["stream"]) for row in store.damaged_snapshots()}
    kept = {}
    for (system, name), group in stream_groups(sources).items():
        held = last.get(f"{system}/{name}", {})
        key = stream_key(engagement, system, group)
        if held.get("key") == key and (system, name) in whole and group[0].stream is not None:
            entity, connector = group[0].stream.entity, group[0].connector
            kept[system, name] = KeptStream(key, system, name, entity, connector, group, held["notes"])
    return kept


def stream_groups(sources: Sequence[Source]) -> dict[tuple[str, str], list[Source]]:
    """Return the tables of each stream, by system and stream, in the order of these."""
    groups: dict[tuple[str, str], list[Source]] = {}
    for one in sources:
        if one.stream is not None:
            groups.setdefault((one.system, one.stream.name), []).append(one)
    return dict(sorted(groups.items()))


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
