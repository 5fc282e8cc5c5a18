"""What a pull over interfaces did not get to: it was stopped, or the settings name a system that was never asked.

The lists that are to come are noted before the first is asked for, and each is struck out when its snapshot stands: however
a pull ends, what it left out is known. Each audit says it until they came.
"""

import json
from collections.abc import Collection, Iterable

from toolkit.audit.engagement import UNFINISHED, Engagement
from toolkit.audit.pull.asked import FOLDER, asked_names
from toolkit.disk import atomic_file, private_folder
from toolkit.report.row_counts import DATABASE, INTERFACE
from toolkit.store.catalogue import RETIRED
from toolkit.store.snapshots import safe_name


def note_unfinished(engagement: Engagement, lists: Iterable[tuple[str, str]], systems: Collection[str]) -> None:
    """Note which lists are still to come, in the place of what was noted of these systems before.

    Parameters
    ----------
    engagement
        The engagement; its right to write is held.
    lists
        System and stream.
    systems
        That are pulled.
    """
    path = private_folder(engagement.folder / UNFINISHED.parent) / UNFINISHED.name
    to_come = sorted({*lists, *(one for one in lists_to_come(engagement) if one[0] not in systems)})
    if not to_come:
        path.unlink(missing_ok=True)
        return
    with atomic_file(path, "w", encoding="utf-8") as stream:
        json.dump({"lists": to_come}, stream)


def unfinished_sentences(engagement: Engagement, systems: Collection[str] = ()) -> tuple[str, ...]:
    """Return what a stopped pull left out, and which systems of the settings were never asked, in sentences.

    What failed for a reason is said with it elsewhere, and what a person has retired is waited for no more.

    Parameters
    ----------
    engagement
        The engagement.
    systems
        Only these; all without.
    """
    asked = [name for name in asked_names(engagement.settings) if not systems or name in systems]
    if not asked:
        return ()
    held = engagement.store.presences()
    retired = {key for key, one in held.items() if one.presence == RETIRED}
    again = f"integration-audit pull {engagement.folder}"
    noted = [one for one in lists_to_come(engagement) if one[0] in asked and one not in retired]
    stopped = [
        f"The last pull of {name} was stopped before {_listed(noted, name)} came. Start it again, it goes on where it was: "
        f"{again}"
        for name in dict.fromkeys(system for system, _ in noted)
    ]
    said = {system for system, _ in noted} | {one.system for one in held.values() if one.reason or one.presence == RETIRED}
    came = _asked_before(engagement)
    from_files = {row["system"] for row in engagement.store.snapshots().to_pylist()}
    never = [
        f"System {name} was not pulled yet{'; what its files held is used' if name in from_files else ''}: {again}"
        for name in asked
        if name not in came and name not in said
    ]
    return (*stopped, *never)


def _asked_before(engagement: Engagement) -> set[str]:
    """Return the systems of which anything came over an interface: its rows are there, or what its pages took."""
    store = engagement.store
    if not store.is_intake_whole():
        # What is damaged is said of the file itself.
        return {*engagement.settings.systems}
    came = {str(row["system"]) for row in store.intake()[0].to_pylist() if row["part"] in {INTERFACE, DATABASE}}
    kept = {path.parts[-3] for path in (engagement.folder / FOLDER).glob("*/*/pages.json")}
    return came | {name for name in engagement.settings.systems if safe_name(name, "system") in kept}


def _listed(noted: Iterable[tuple[str, str]], name: str) -> str:
    return ", ".join(stream for system, stream in noted if system == name)


def lists_to_come(engagement: Engagement) -> list[tuple[str, str]]:
    """Return the lists that a pull has still to bring, each by system and stream, as it noted them itself.

    Parameters
    ----------
    engagement
        The engagement.
    """
    try:
        told = json.loads((engagement.folder / UNFINISHED).read_text("utf-8"))
        return [(str(system), str(stream)) for system, stream in told["lists"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
