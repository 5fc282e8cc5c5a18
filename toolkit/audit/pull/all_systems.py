"""A pull of everything: the systems that are asked over their interface, then the files of all others."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress, silent
from toolkit.audit.pull.asked import asked_names
from toolkit.audit.pull.pulled import Pull
from toolkit.audit.pull.snapshots import last_pull, pull_snapshots
from toolkit.audit.pull.unfinished import unfinished_sentences
from toolkit.errors import InputError, SnapshotMissingError, UnknownNameError


@dataclass(frozen=True, slots=True)
class SystemsPull:
    """What a pull brought: what the engagement holds now, and sentences; ``is_signed_out`` where somebody must sign in."""

    files: Pull
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    is_signed_out: bool


def pull_systems(
    engagement: Engagement,
    systems: Collection[str] = (),
    *,
    since: datetime | None = None,
    is_full: bool = False,
    progress: Progress = silent,
) -> SystemsPull:
    """Pull the systems of an engagement: over their interface where they are asked, from files where they are not.

    Parameters
    ----------
    engagement
        The engagement.
    systems
        Only these; all without.
    since
        Ask for what changed since then (UTC), whatever the last pull brought.
    is_full
        Ask for everything.
    progress
        What long work reports to.

    Raises
    ------
    InputError
        Both a day and everything are asked for, or there is nothing to pull from.
    UnknownNameError
        A system that no file and no setting names.
    BusyError
        Another run is writing.
    """
    if since is not None and is_full:
        raise InputError("Ask for everything (--full) or for what changed since a day (--since), not for both.")
    asked = asked_names(engagement.settings)
    chosen = [name for name in systems if name in asked] if systems else [*asked]
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_signed_out = False
    if chosen:
        # Whoever only sends files never waits for what asks systems to be loaded.
        from toolkit.audit.pull.asked_jobs import Asking
        from toolkit.audit.pull.asked_streams import pull_asked

        at = since.replace(tzinfo=UTC) if since is not None else None
        pulled = pull_asked(engagement, chosen, asking=Asking(is_full=is_full, since=at), progress=progress)
        missing, notes, is_signed_out = pulled.missing, pulled.notes, pulled.sign_in_again
    others = [name for name in systems if name not in asked]
    is_only_asked = bool(systems) and not others
    try:
        files = last_pull(engagement) if is_only_asked else pull_snapshots(engagement, systems=others, progress=progress)
    except SnapshotMissingError:
        if others:
            raise UnknownNameError("system", others[0], engagement.settings.systems) from None
        if not missing:
            raise
        # There are no files, and why nothing came over the interfaces is said already.
        files = last_pull(engagement)
    except UnknownNameError as error:
        raise UnknownNameError(error.kind, error.name, {*error.known, *engagement.settings.systems}) from None
    said = tuple(dict.fromkeys((*missing, *files.missing)))
    # Who pulls one system is told that another was never asked; this pull lacks nothing by it.
    aside = set(unfinished_sentences(engagement)) - set(unfinished_sentences(engagement, systems)) if systems else set()
    elsewhere = [one for one in said if one in aside]
    said = tuple(one for one in said if one not in aside)
    return SystemsPull(files, said, tuple(dict.fromkeys((*notes, *files.notes, *elsewhere))), is_signed_out)
