"""What the sheet Handoffs changes: handoffs that are known, new ones, and those that were only proposed."""

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.landscape.workbook.carried_streams import are_pulled, carried_streams
from toolkit.landscape.workbook.differences import Change, Changes, added, different_cells, joined, one_line, rows_by
from toolkit.landscape.workbook.figure_changes import figure_changes
from toolkit.landscape.workbook.known import KnownLandscape
from toolkit.landscape.workbook.setting_names import left_out_notes, setting_name

_KEYS = ("label", "by", "trigger", "carrier", "note")


def handoff_changes(known: KnownLandscape, rows: Iterable[Mapping[str, Any]], systems: Mapping[str, str]) -> Changes:
    """Return what the rows change; a handoff is told by our reference, else by its label.

    Parameters
    ----------
    known
        The landscape as it went out.
    rows
        The sheet as it came back.
    systems
        Names in the settings, by what the client calls a system in lower case.
    """
    by_id, by_label = rows_by(known.handoffs, "handoff_id"), rows_by(known.handoffs, "label")
    taken = {one["setting"] for one in known.handoffs}
    kept: list[str] = []
    parts: list[Changes] = []
    for row in rows:
        label = one_line(row["label"])
        given = by_id.get((row["handoff_id"] or "").casefold()) or by_label.get((label or "").casefold())
        if given is None and label and row["system_l"] and row["system_r"]:
            setting = setting_name(label, taken)
            parts.append(_new_handoff(known, setting, row, systems))
            taken |= {setting} if parts[-1].changes else set()
        elif given is not None and given["setting"] in kept:
            parts.append(Changes(problems=(f"Handoffs: {given['setting']!r} stands there twice; its first row was taken.",)))
        elif given is not None:
            kept.append(given["setting"])
            parts.append(_known_handoff(known, given, row, systems))
    said = joined(parts)
    proposed = _written_proposals(known, kept, said.changes) if said.changes else ()
    gone = left_out_notes("Handoff", known.handoffs, known.settings["handoffs"], set(kept))
    return joined([said, Changes(proposed, notes=gone)])


def _known_handoff(
    known: KnownLandscape, given: Mapping[str, Any], row: Mapping[str, Any], systems: Mapping[str, str]
) -> Changes:
    setting = given["setting"]
    problems = tuple(
        f"Handoffs: {setting!r} now goes {word} {row[key]!r} instead of {given[key]!r}. If that is so, correct "
        f"'{word}' in engagement.yaml, which also names the stream."
        for key, word in (("system_l", "from"), ("system_r", "to"))
        if row[key] and systems.get(row[key].casefold(), row[key]) != systems.get(given[key].casefold())
    )
    place = ("handoffs", setting)
    figures = figure_changes(known, setting, given, row)
    said = (*different_cells(place, given, row, _KEYS), *figures.changes)
    written = known.settings["handoffs"].get(setting)
    # Whoever answers a question about it has confirmed that there is such a handoff.
    confirmed = [Change((*place, "is_proposed"), True, after=False)] if said and written and written["is_proposed"] else []
    return Changes((*said, *confirmed), problems, figures.notes)


def _new_handoff(known: KnownLandscape, setting: str, row: Mapping[str, Any], systems: Mapping[str, str]) -> Changes:
    label = one_line(row["label"])
    system_l, system_r = (systems.get(row[key].casefold()) for key in ("system_l", "system_r"))
    if system_l is None or system_r is None:
        return Changes()  # The reader has reported that the sheet Systems does not list it.
    sides = carried_streams(label, system_l, system_r, known.pulled.streams)
    if sides.question:
        return Changes(problems=(f"Handoffs: {label!r} was not added. {sides.question}",))
    place = ("handoffs", setting)
    is_pulled = are_pulled((sides.from_, sides.to), known.pulled.streams)
    figures = figure_changes(known, setting, {}, row, is_pulled=is_pulled)
    return Changes(
        (
            *added(place, {"label": label, "from": sides.from_, "to": sides.to}),
            *different_cells(place, {"label": label}, row, _KEYS),
            *figures.changes,
        ),
        notes=(*([f"Handoffs: {label!r}: {sides.note}"] if sides.note else []), *figures.notes),
    )


def _written_proposals(known: KnownLandscape, kept: Iterable[str], changes: Iterable[Change]) -> tuple[Change, ...]:
    """Once one handoff stands in the file, those that are only proposed count no more: they are written too."""
    said = {one.keys for one in changes}
    answered = {keys[1] for keys in said}
    facts = {
        one.handoff_id: {
            "label": one.label,
            "from": f"{one.system_l}.{one.stream_l}",
            "to": f"{one.system_r}.{one.stream_r}",
            "trigger": one.trigger,
            "grace_days": one.grace_days,
            "is_proposed": one.handoff_id not in answered,
        }
        for one in (known.proposed[name] for name in kept if name in known.proposed)
    }
    return tuple(
        Change(("handoffs", name, key), None, value)
        for name, one in facts.items()
        for key, value in one.items()
        if value is not None and ("handoffs", name, key) not in said
    )
