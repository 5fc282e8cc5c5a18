"""What a workbook that came back would change, in sentences and as a small table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from toolkit.landscape.workbook.differences import Change
from toolkit.values.counted import counted


@dataclass(frozen=True, slots=True)
class LandscapeReading:
    """What a workbook that came back would change, what could not be taken, and how unclear cells were understood."""

    file: Path
    changes: tuple[Change, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]

    def lines(self) -> list[str]:
        """Return all of it as sentences."""
        taken = [f"{'.'.join(one.keys)}: {shown(one.before)} -> {shown(one.after)}" for one in self.changes]
        return [*(taken or ["Nothing new."]), *self.notes, *(f"Ask again: {one}" for one in self.problems)]

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape('.'.join(one.keys))}</td><td>{escape(shown(one.before))}</td><td>{escape(shown(one.after))}</td></tr>"
            for one in self.changes
        )
        said = "".join(f"<li>{escape(one)}</li>" for one in (*(f"Ask again: {one}" for one in self.problems), *self.notes))
        whole = (
            f"Not complete: {counted(len(self.problems), 'answer')} could not be taken." if self.problems else "Complete."
        )
        step = "Next: apply_landscape_answers(here, answers) writes them." if self.changes else ""
        table = (
            f"<table class='dataframe'><tr><th>setting</th><th>now</th><th>answer</th></tr>{rows}</table>" if rows else ""
        )
        first = (
            f"{counted(len(self.changes), 'answer')} of {self.file.name} would change engagement.yaml; none is written yet."
        )
        above = f"<div><b>{escape(first)}</b></div><div>{whole}</div><div>{step}</div>"
        return f"<div class='tex2jax_ignore mathjax_ignore'>{above}{table}<ul>{said}</ul></div>"


def shown(value: Any) -> str:
    """Return a setting as a person reads it.

    Examples
    --------
    >>> shown({"value": [10, 15, 25], "evidence": "interview", "who": "Dana", "on": date(2026, 10, 2)})
    '10 / 15 / 25 (interview, Dana, 2026-10-02)'
    >>> shown(None), shown(True), shown(0.03)
    ('-', 'yes', '0.03')
    """
    if value is None or value == "":
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        behind = ", ".join(shown(one) for name, one in value.items() if name != "value" and one)
        return f"{shown(value['value'])} ({behind})"
    if isinstance(value, list | tuple):
        return " / ".join(shown(one) for one in value)
    if isinstance(value, int | float):
        return f"{value:g}"
    return value.isoformat() if isinstance(value, date) else str(value)
