"""The sample client, its systems asked over their interfaces: from stand-ins on this machine, where there are some."""

import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

from toolkit.audit.audited_folder import Audit, copied_sample, run_audit
from toolkit.audit.engagement import open_engagement
from toolkit.audit.practice import served_systems
from toolkit.audit.progress import Progress, silent
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.errors import InputError
from toolkit.rest.clock import Clock
from toolkit.sandbox.excerpt import connection_settings
from toolkit.sandbox.running import Running, practisable, running, stand_ins
from toolkit.settings import FILE_NAME, change_settings, lent_secrets
from toolkit.store.catalogue import RETIRED, Presence

_NOON = time_of_day(12)
_PER_MINUTE = 1500
"""What the sample client's systems allow: at the pace of the smallest plans, people would wait for a minute."""


@dataclass(frozen=True, slots=True)
class LiveSample:
    """The sample client in a folder, and the stand-ins that its systems are; ``held`` are the lists that its files have."""

    folder: Path
    found: Sequence[Running]
    held: Collection[tuple[str, str]]
    clock: Clock | None = None

    @property
    def systems(self) -> frozenset[str]:
        """Return the systems that are asked."""
        return frozenset(one.system for one in self.found)


def live_audit(folder: Path, *, with_pdf: bool = False, progress: Progress = silent) -> Audit:
    """Pull the sample client into a folder, from stand-ins of its systems and from the files of the others; audit it.

    Parameters
    ----------
    folder
        Where it goes.
    with_pdf
        Also print the report to PDF.
    progress
        What long work reports to.

    Raises
    ------
    InputError
        Something that is no copy of the sample client stands there already, or a pull brought less than everything.
    """
    with live_sample(folder, progress=progress) as sample:
        pull_live(sample, progress=progress)
    return run_audit(folder, with_pdf=with_pdf, progress=progress)


@contextmanager
def live_sample(
    folder: Path,
    *,
    per_minute: int = _PER_MINUTE,
    with_faults: bool = False,
    clock: Clock | None = None,
    progress: Progress = silent,
) -> Iterator[LiveSample]:
    """Copy the sample client into a folder, and connect it to stand-ins that run for a ``with`` block.

    Parameters
    ----------
    folder
        Where it goes.
    per_minute
        How many requests each system allows.
    with_faults
        Whether things go wrong now and then.
    clock
        What waits; the machine's without.
    progress
        What long work reports to.
    """
    with tempfile.TemporaryDirectory(prefix="integration-audit-") as scratch:
        files = copied_sample(Path(scratch) / "sample")
        engagement = open_engagement(files)
        try:
            known = {name for name, one in engagement.settings.systems.items() if one.connector in stand_ins()}
            pull_snapshots(engagement, systems=sorted(known), progress=progress)
            systems = practisable(served_systems(engagement))
            names = {one.name for one in systems}
            rows = engagement.store.snapshots().to_pylist()
            held = {(row["system"], row["stream"]) for row in rows}
            as_of = engagement.as_of()
        finally:
            engagement.close()
        copied_sample(folder)
        for path in {path for row in rows if row["system"] in names for path in row["source_files"] or ()}:
            (folder / path).unlink(missing_ok=True)
        # In the sample it is the day of its exports: what is changed is dated so.
        noon = datetime.combine(as_of, _NOON, UTC)
        more: dict[str, Any] = {"today": lambda: noon, **({} if clock is None else {"now": clock.monotonic_s})}
        with running(systems, is_unattended=True, per_minute=per_minute, with_faults=with_faults, **more) as found:
            changes: dict[tuple[str, ...], Any] = {}
            for one in found:
                said = connection_settings(one)
                ways = ("api", "sign_in", "sign_in_to_write")
                changes |= {("systems", one.system, name): said[name] for name in ways if name in said}
            change_settings(folder / FILE_NAME, changes)
            secrets = {name: value for one in found for name, value in one.every_secret.items()}
            with lent_secrets(secrets):
                yield LiveSample(folder, found, held, clock)
        shutil.rmtree(files, ignore_errors=True)


def pull_live(sample: LiveSample, *, is_full: bool = False, progress: Progress = silent) -> None:
    """Pull from stand-ins as from any system.

    Lists that only name what others refer to (owners, organizations) are streams of their own over an interface. No file has
    them, so they do not count: the figures are those of the files.

    Parameters
    ----------
    sample
        What is pulled.
    is_full
        Whether everything is asked for, also where it would be enough to ask what changed.
    progress
        What long work reports to.

    Raises
    ------
    InputError
        The pull brought less than everything.
    """
    from toolkit.audit.pull.asked_jobs import Asking
    from toolkit.audit.pull.asked_streams import pull_asked

    engagement = open_engagement(sample.folder)
    try:
        pulled = pull_asked(engagement, asking=Asking(is_full=is_full, clock=sample.clock), progress=progress)
        rows = engagement.store.snapshots().to_pylist()
        further = {(row["system"], row["stream"]) for row in rows if row["rows"]} - {*sample.held}
        engagement.store.note_presence([Presence(*key, RETIRED) for key in sorted(further) if key[0] in sample.systems])
    finally:
        engagement.close()
    if pulled.missing:
        raise InputError(f"The stand-ins gave less than everything: {' '.join(pulled.missing)}")
