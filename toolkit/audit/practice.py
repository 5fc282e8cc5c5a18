"""Practising: an engagement's snapshots as stand-ins serve them, and the sample client's where there is no engagement."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq

from toolkit.audit.audited_folder import copied_sample
from toolkit.audit.engagement import Engagement, open_engagement
from toolkit.audit.progress import Progress, silent
from toolkit.audit.pull.read_as import canonical_settings
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.errors import InputError
from toolkit.sandbox.running import practisable
from toolkit.sandbox.served import ServedStream, ServedSystem
from toolkit.store.shared.place import MARKER
from toolkit.store.snapshots import read_side_table, read_snapshot, refuse_damaged_snapshot
from toolkit.store.state_file import STATE_NAME
from toolkit.tables import ENTITY_SCHEMAS


@contextmanager
def practice_systems(folder: Path | None, *, progress: Progress = silent) -> Iterator[tuple[str, str, list[ServedSystem]]]:
    """Yield the client, its currency, and the systems that can be practised on, for a ``with`` block.

    Parameters
    ----------
    folder
        An engagement that was pulled; the sample client without.
    progress
        What long work reports to.

    Raises
    ------
    InputError
        The engagement holds no snapshot of a system that has a stand-in.
    """
    with tempfile.TemporaryDirectory(prefix="integration-audit-") as scratch:
        if folder is None:
            folder = copied_sample(Path(scratch) / "sample")
            engagement = open_engagement(folder)
            pull_snapshots(engagement, progress=progress)
        else:
            _refuse_no_engagement(folder)
            engagement = open_engagement(folder)
        try:
            found = practisable(served_systems(engagement))
            if not found:
                raise _nothing_served(folder)
            yield engagement.settings.client, engagement.settings.currency or "USD", found
        finally:
            engagement.close()


def _refuse_no_engagement(folder: Path) -> None:
    """Refuse a folder in which nothing was ever pulled: opening it as an engagement would put files of ours there."""
    if folder.is_dir() and not any((folder / name).exists() for name in (STATE_NAME, MARKER)):
        raise _nothing_served(folder)


def _nothing_served(folder: Path) -> InputError:
    return InputError(
        f"{folder} holds no snapshot of a system that has a stand-in. Pull it first (integration-audit pull "
        f"{folder}), or practise on the sample client: integration-audit sandbox"
    )


def served_systems(engagement: Engagement) -> list[ServedSystem]:
    """Return every system of an engagement by its newest snapshots.

    Raises
    ------
    DamagedError
        A snapshot is gone, or no longer what was written.
    """
    systems: dict[str, ServedSystem] = {}
    for row in engagement.store.snapshots().to_pylist():
        path = engagement.folder / row["path"]
        refuse_damaged_snapshot(engagement.folder, row["path"], row["sha256"])
        manifest = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        is_asked = "pull" in manifest
        names = [name for name in ENTITY_SCHEMAS[row["entity"]].names if is_asked or name != "raw"]
        stream = ServedStream(
            read_snapshot(path, row["entity"], [name for name in names if name in set(pq.read_schema(path).names)]),
            read_side_table(path, "lines"),
            read_side_table(path, "points"),
            is_asked=is_asked,
        )
        if row["system"] not in systems:
            said = canonical_settings(engagement, row["system"], None)
            given = engagement.settings.systems.get(row["system"])
            systems[row["system"]] = ServedSystem(
                row["system"],
                row["connector"],
                {},
                label=(given.label if given is not None else "") or row["system"],
                time_zone=said["time_zone"],
                currency=said["currency"] or "USD",
            )
        systems[row["system"]].streams[row["stream"]] = stream
    return [*systems.values()]
