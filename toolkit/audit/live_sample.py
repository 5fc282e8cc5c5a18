"""The sample client, its systems asked over their interfaces: from stand-ins on this machine, where there are some."""

import shutil
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from toolkit.audit.audited_folder import Audit, copied_sample, run_audit
from toolkit.audit.engagement import open_engagement
from toolkit.audit.practice import served_systems
from toolkit.audit.progress import Progress, silent
from toolkit.audit.pull.snapshots import pull_snapshots
from toolkit.errors import InputError
from toolkit.sandbox.excerpt import connection_settings
from toolkit.sandbox.running import Running, practisable, running, stand_ins
from toolkit.settings import FILE_NAME, change_settings, lent_secrets
from toolkit.store.catalogue import RETIRED, Presence

_PER_MINUTE = 1500
"""What the sample client's systems allow: at the pace of the smallest plans, people would wait for a minute."""


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
        finally:
            engagement.close()
        copied_sample(folder)
        for path in {path for row in rows if row["system"] in names for path in row["source_files"] or ()}:
            (folder / path).unlink(missing_ok=True)
        with running(systems, is_unattended=True, per_minute=_PER_MINUTE) as found:
            _pull_live(folder, found, held, progress)
        shutil.rmtree(files, ignore_errors=True)
    return run_audit(folder, with_pdf=with_pdf, progress=progress)


def _pull_live(folder: Path, found: Sequence[Running], held: Collection[tuple[str, str]], progress: Progress) -> None:
    """Connect the engagement to its stand-ins, and pull from them as from any system.

    Lists that only name what others refer to (owners, organizations) are streams of their own over an interface. No file has
    them, so they do not count: the figures are those of the files.
    """
    from toolkit.audit.pull.asked_streams import pull_asked

    changes: dict[tuple[str, ...], Any] = {}
    for one in found:
        said = connection_settings(one)
        changes |= {("systems", one.system, name): said[name] for name in ("api", "sign_in")}
    change_settings(folder / FILE_NAME, changes)
    secrets = {name: value for one in found for name, value in one.secrets.items()}
    engagement = open_engagement(folder)
    try:
        with lent_secrets(secrets):
            pulled = pull_asked(engagement, progress=progress)
        rows = engagement.store.snapshots().to_pylist()
        further = {(row["system"], row["stream"]) for row in rows if row["rows"]} - {*held}
        systems = {one.system for one in found}
        engagement.store.note_presence([Presence(*key, RETIRED) for key in sorted(further) if key[0] in systems])
    finally:
        engagement.close()
    if pulled.missing:
        raise InputError(f"The stand-ins gave less than everything: {' '.join(pulled.missing)}")
