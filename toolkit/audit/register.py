"""A register of the landscape: one table, worked out when somebody asks, and how it is read.

Each stands in a file of its own below ``registers``; a file that is added is found.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.verb_answers import frame_of
from toolkit.audit.verb_result import UNKNOWN, VerbResult
from toolkit.errors import DamagedError, SnapshotMissingError
from toolkit.files.parties_by_name import STREAM as NAMES
from toolkit.landscape.systems import System
from toolkit.report.landscape_gaps import described_systems
from toolkit.settings import FILE_NAME, Settings, load_settings
from toolkit.store import Run
from toolkit.tables.schema import Schema

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class RegisterAnswer(VerbResult):
    """A register to be read; ``table`` is the whole of it."""

    table: pa.Table = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Register:
    """What a register is about, in a few words, and how it is worked out."""

    about: str
    read: Callable[[Engagement], RegisterAnswer]


def register_answer(
    sentence: str,
    schema: Schema,
    rows: Iterable[Row],
    shown: Mapping[str, str],
    *,
    notes: Sequence[str] = (),
    gaps: Sequence[str] | None = None,
    next_step: str = "",
) -> RegisterAnswer:
    """Return rows as a register to be read.

    Parameters
    ----------
    sentence
        What was found.
    schema, rows
        The table.
    shown
        Which columns are shown, with the words above them.
    notes, gaps, next_step
        As a verb's answer has them.
    """
    table = schema.from_rows(rows)
    cells = tuple(tuple(cell_text(row[name]) for name in shown) for row in table.to_pylist())
    said = None if gaps is None else tuple(gaps)
    return RegisterAnswer(
        sentence, tuple(shown.values()), cells, frame_of(table), tuple(notes), said, next_step, table=table
    )


def cell_text(value: Any) -> str:
    """Return a value as a cell of a register shows it; a dash where nobody knows.

    Examples
    --------
    >>> cell_text(None), cell_text(True), cell_text(["a", "b"]), cell_text(2.50)
    ('–', 'yes', 'a; b', '2.5')
    """
    if value is None or value in ([], ""):
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, date):
        return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float):
        return f"{value:,.1f}".removesuffix(".0")
    return f"{value:,}" if isinstance(value, int) else str(value)


def settings_now(engagement: Engagement) -> Settings:
    """Return the settings as the file has them now."""
    file = engagement.folder / FILE_NAME
    return load_settings(file).settings if file.exists() and not engagement.is_trial else engagement.settings


def client_systems(engagement: Engagement) -> list[System]:
    """Return the client's systems: those that somebody described, and those of which only files were read."""
    read = {row["system"]: row["connector"] for row in engagement.store.snapshots().to_pylist()}
    described = settings_now(engagement).model_dump(include={"systems"})["systems"]
    return described_systems(described, read)


def pulled_streams(engagement: Engagement) -> dict[str, dict[str, str]]:
    """Return the lists that were pulled of each system, each with its entity."""
    found: dict[str, dict[str, str]] = {}
    for row in engagement.store.snapshots().to_pylist():
        if row["stream"] != NAMES:
            found.setdefault(row["system"], {})[row["stream"]] = row["entity"]
    return found


def last_run(engagement: Engagement) -> Run | None:
    """Return the latest run; none before the first audit."""
    try:
        return engagement.store.run()
    except (SnapshotMissingError, DamagedError):
        return None


def run_rows(engagement: Engagement, table: str) -> list[dict[str, Any]] | None:
    """Return the rows of a table of the latest run; none where no run has it yet."""
    run = last_run(engagement)
    return run.table(table).to_pylist() if run is not None and run.has(table) else None
