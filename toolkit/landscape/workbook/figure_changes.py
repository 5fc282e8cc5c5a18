"""What the figures of a handoff's row change: estimates, each with who said so and when.

What the files measure counts more than what somebody remembers: such an answer is named and not taken.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from toolkit.landscape.workbook.carried_streams import are_pulled
from toolkit.landscape.workbook.differences import Change, Changes, is_same, one_line
from toolkit.landscape.workbook.form import MINUTES
from toolkit.landscape.workbook.known import KnownLandscape, Tree

_MEASURED = {
    "volume_per_month": "times per month",
    "error_rate": "of the items with an error",
    "delay_days": "days of delay",
}


def figure_changes(
    known: KnownLandscape,
    setting: str,
    given: Mapping[str, Any],
    row: Mapping[str, Any],
    *,
    is_pulled: bool | None = None,
) -> Changes:
    """Return the figures of a row that are new.

    Parameters
    ----------
    known
        The landscape as it went out.
    setting
        The handoff's name in the settings.
    given, row
        Its row as it went out (empty for a new one) and as it came back.
    is_pulled
        Whether both sides of a new handoff were pulled; of others the settings say what their sides are.
    """
    written = known.settings["handoffs"].get(setting)
    changes: list[Change] = []
    notes: list[str] = []
    for key, answer in _answered(row).items():
        held = written[key] if written else None
        if key != "minutes_per_item" and is_same(answer[1], given.get(key)):
            continue
        if key in _MEASURED and held is None and _is_measured(known, setting, key, is_pulled=is_pulled):
            notes.append(_measured_note(setting, key, answer[1], known.pulled.measured.get(setting, {}).get(key)))
            continue
        # Where the minutes come from is asked; of a count nobody has said that it was counted.
        after = _figure(answer, row, held, has_evidence=key not in _MEASURED)
        if after is not None:
            changes.append(Change(("handoffs", setting, key), _before(held), after))
    return Changes(tuple(changes), notes=tuple(notes))


def _answered(row: Mapping[str, Any]) -> dict[str, tuple[float, float, float]]:
    """Return low, likely and high of each figure that a row gives, by its name in the settings."""
    found: dict[str, tuple[float, float, float]] = {}
    low, likely, high = (row[key] for key in MINUTES)
    if likely is not None:
        found["minutes_per_item"] = (likely if low is None else low, likely, likely if high is None else high)
    return found | {key: (row[key],) * 3 for key in ("rework_minutes", *_MEASURED) if row[key] is not None}


def _is_measured(known: KnownLandscape, setting: str, key: str, *, is_pulled: bool | None) -> bool:
    """Whether the files say it: the latest run has it, or there was no run yet and both sides were pulled."""
    if setting in known.pulled.measured:
        return known.pulled.measured[setting].get(key) is not None
    if is_pulled is not None:
        return is_pulled
    written = known.settings["handoffs"].get(setting)
    return are_pulled([written["from"], written["to"]] if written else [], known.pulled.streams)


def _measured_note(setting: str, key: str, answer: float, measured: float | None) -> str:
    says = "measure it" if measured is None else f"say {measured:.3g}"
    return (
        f"Handoffs: {setting!r}: the answer is {answer:.3g} {_MEASURED[key]}, the files {says}. What is measured "
        f"counts; to use the answer, write {key} into engagement.yaml."
    )


def _figure(
    values: tuple[float, float, float], row: Mapping[str, Any], held: Tree | None, *, has_evidence: bool
) -> dict[str, Any] | None:
    """Return an estimate as the settings hold it, or nothing where it says what is held already."""
    same = held if held is not None and all(map(is_same, values, _range(held))) else None
    evidence = (row["evidence"] if has_evidence else None) or (same["evidence"] if same else "interview")
    who = one_line(row["who"]) or (same["who"] if same else "")
    on: date | None = row["on"] or (same["on"] if same else None)
    if same and (evidence, who, on) == (same["evidence"], same["who"], same["on"]):
        return None
    found: dict[str, Any] = {"value": values[1] if values[0] == values[2] else list(values), "evidence": evidence}
    found |= {"who": who} if who else {}
    found |= {"on": on} if on else {}
    return found | ({"source": same["source"]} if same and same["source"] else {})


def _range(held: Tree) -> tuple[float, float, float]:
    value = held["value"]
    return value if isinstance(value, tuple) else (value, value, value)


def _before(held: Tree | None) -> dict[str, Any] | None:
    if held is None:
        return None
    value = list(held["value"]) if isinstance(held["value"], tuple) else held["value"]
    return {"value": value, "evidence": held["evidence"], "who": held["who"], "on": held["on"]}
