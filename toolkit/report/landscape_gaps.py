"""What is not known of a client's systems, and where two of them do the same work, in sentences for the client."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from toolkit.landscape.systems import CATEGORIES, System, completeness, overlaps
from toolkit.report.systems import connector_categories
from toolkit.values.counted import listed

_MAX_NAMED = 6


def described_systems(described: Mapping[str, Mapping[str, Any]], read: Mapping[str, str]) -> list[System]:
    """Return the client's systems: those that somebody described, and those of which only files were read.

    Parameters
    ----------
    described
        What the settings say of each system, by its name.
    read
        Connector of each system of which a file was read, by its name.

    Examples
    --------
    >>> found = described_systems({"wall": {"label": "Wall chart", "is_informal": True}}, {"crm": "hubspot", "log": "table"})
    >>> [(one.name, one.category, one.is_sheet) for one in found]
    [('crm', 'crm', False), ('log', '', True), ('wall', '', True)]
    """
    usual = connector_categories()
    found = []
    for name in sorted({*described, *read}):
        said = described.get(name, {})
        connector = read.get(name) or str(said.get("connector") or "")
        # What no vendor's export was recognised in is somebody's own sheet.
        is_own_sheet = name in read and connector == "table"
        found.append(
            System(
                name,
                connector,
                category=str(said.get("category") or usual.get(connector, "")),
                label=str(said.get("label") or ""),
                owner=str(said.get("owner") or ""),
                data_in=str(said.get("data_in") or ""),
                data_out=str(said.get("data_out") or ""),
                serves=str(said.get("process") or ""),
                is_informal=bool(said.get("is_informal")) or is_own_sheet,
            )
        )
    return found


def landscape_sentences(systems: Sequence[System], shown: Callable[[str], str]) -> list[str]:
    """Return how much is known of the systems, what is asked of which, and which do the same work.

    Parameters
    ----------
    systems
        The client's systems.
    shown
        What the client calls a system, by its name.

    Examples
    --------
    >>> crm = System("crm", category="crm", data_in="web leads", data_out="deals", owner="Jo")
    >>> for line in landscape_sentences([crm, System("old", category="crm")], str.upper):
    ...     print(line)
    3 of 6 answers about the systems are there. Still to be told of OLD: what goes in, what comes out and who is responsible.
    CRM and OLD do the same kind of work (CRM). Which of them leads, and can the other go?
    """
    known = completeness(systems)
    lines = []
    if known.missing:
        asked: dict[tuple[str, ...], list[str]] = {}
        for name, lacking in known.missing.items():
            asked.setdefault(lacking, []).append(shown(name))
        wants = "; ".join(f"of {_listed(names)}: {_listed(lacking)}" for lacking, names in asked.items())
        lines.append(f"{known.filled} of {known.asked} answers about the systems are there. Still to be told {wants}.")
    for category, names in overlaps(systems).items():
        others = "the other" if len(names) == 2 else "the others"
        said, kind = _listed([shown(name) for name in names]), CATEGORIES.get(category, category)
        lines.append(f"{said} do the same kind of work ({kind}). Which of them leads, and can {others} go?")
    return lines


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_MAX_NAMED])
    shown += [f"{len(names) - _MAX_NAMED} more"] if len(names) > _MAX_NAMED else []
    return listed(shown)
