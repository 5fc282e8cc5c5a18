"""The audit that a screen shows: the latest where it is about the records and settings of now, else one that is made."""

from collections.abc import Collection

from toolkit.audit.engagement import Engagement
from toolkit.audit.runs import ORDER, run_stages
from toolkit.audit.stages.stage import basis_key
from toolkit.errors import InputError, SnapshotMissingError
from toolkit.store import Run

Fingerprint = tuple[tuple[str, str, str], ...]
"""System, stream and hash of every newest snapshot."""


def audited_run(engagement: Engagement, tables: Collection[str], upto: str) -> Run:
    """Return the run that a screen shows.

    What was decided since the latest audit does not make it another one: a screen shows those decisions itself. What was
    changed in ``engagement.yaml`` does, where it counts for what the screen shows: by it is proposed what people then take.

    Parameters
    ----------
    engagement
        The engagement.
    tables
        What the run must hold.
    upto
        Name of a stage that comes after all that bring them.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    """
    if engagement.is_trial:
        raise InputError("Decide on engagement.yaml as it stands, not on --set: write the settings down first.")
    try:
        run = engagement.store.run()
    except SnapshotMissingError:
        return run_stages(engagement, upto)
    own = tuple((row["system"], row["stream"], row["sha256"]) for row in run.table("snapshot").to_pylist())
    is_whole = all(run.has(name) for name in tables) and own == fingerprint(engagement)
    return run if is_whole and _is_by_these_settings(run, engagement, tables) else run_stages(engagement, upto)


def _is_by_these_settings(run: Run, engagement: Engagement, tables: Collection[str]) -> bool:
    """Return whether a run rests on the settings of now: by each stage that brings some tables, or what those read."""
    wanted = {*tables}
    for stage in reversed(ORDER):
        if wanted & {*stage.tables}:
            wanted |= {*stage.reads}
            if not str(run.facts["stage_keys"].get(stage.name)).startswith(basis_key(stage, engagement)):
                return False
    return True


def fingerprint(engagement: Engagement) -> Fingerprint:
    """Return what tells the records that are there now from those of another day."""
    return tuple((row["system"], row["stream"], row["sha256"]) for row in engagement.store.snapshots().to_pylist())


def refuse_other_records(engagement: Engagement, shown: Fingerprint) -> None:
    """Refuse to decide on records that were read anew since they were shown.

    Raises
    ------
    InputError
        Says what to do.
    """
    if fingerprint(engagement) != shown:
        raise InputError("The systems' records were read anew since this screen was opened. Nothing was saved.")
