"""A change log that a client sent, read from its file: which column is the case, the person and the moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import RegisterAnswer, register_answer
from toolkit.audit.register import settings_now as _settings
from toolkit.errors import InputError, UnknownNameError
from toolkit.files.filled_sheets import FilledSheet, filled_sheets
from toolkit.files.header import normal_name
from toolkit.landscape.change_log import Changed, ChangeLog, change_log
from toolkit.tables.registers import HANDOVER
from toolkit.values.counted import counted
from toolkit.values.date import date_column

_WORDS: Mapping[str, tuple[str, ...]] = {
    "case": ("case", "case id", "record id", "record", "object id", "ticket", "ticket id", "order", "deal id", "parentid"),
    "who": ("who", "user", "changed by", "modified by", "actor", "author", "editor", "created by", "createdbyid"),
    "when": (
        "when",
        "at",
        "changed at",
        "modified at",
        "timestamp",
        "time",
        "date",
        "event time",
        "edit date",
        "createddate",
    ),
}
"""Names that such columns bear; nothing near is taken for one."""
_SHOWN = {
    "from_who": "from", "to_who": "to", "handovers": "handovers", "cases": "cases", "median_hours": "waits, median hours",
    "longest_hours": "longest, hours",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogColumns:
    """Names of the columns, as somebody gives them; an empty one is told by its name in the file."""

    case: str = ""
    who: str = ""
    when: str = ""


def read_change_log(engagement: Engagement, path: Path | str, columns: LogColumns | None = None) -> RegisterAnswer:
    """Return who changes cases after whom, how often, and how long they wait; nothing is kept.

    Parameters
    ----------
    engagement
        Its time zone and country say how moments are read.
    path
        CSV, XLSX, XLS or ODS; the first table that has the columns.
    columns
        Which columns they are, where their names do not tell.

    Raises
    ------
    InputError
        There is no such file, it cannot be read, or no table has the columns.
    UnknownNameError
        A column that was named is not there.
    """
    file = Path(path).expanduser()
    if not file.is_file():
        raise InputError(f"There is no file {str(file)!r}. Name the change log that the client sent.")
    given = columns or LogColumns()
    named = {key: getattr(given, key) for key in _WORDS}
    words = [one for own in _WORDS.values() for one in own] + [one for one in named.values() if one]
    sheets = list(filled_sheets(file, words))
    sheet, found = _chosen(file, sheets, named)
    log, problems = _log(engagement, sheet, found)
    return _answer(log, found, problems)


def _chosen(file: Path, sheets: Sequence[FilledSheet], named: Mapping[str, str]) -> tuple[FilledSheet, dict[str, str]]:
    """Return the table with the columns, and which they are."""
    lacking: list[str] = []
    for sheet in sheets:
        found = {key: _column(sheet, key, named[key]) for key in _WORDS}
        lacking = [key for key, column in found.items() if not column]
        if not lacking:
            return sheet, found
    headers = [header for sheet in sheets for header in sheet.headers if header]
    for name in named.values():
        if name and normal_name(name) not in headers:
            raise UnknownNameError(f"column in {file.name}", name, headers)
    asked = ", ".join(f"--{key} COLUMN" for key in lacking or _WORDS)
    seen = ", ".join(map(repr, headers[:12])) or "none"
    which = " and the ".join(lacking) or "case"
    raise InputError(f"{file.name} does not say which column is the {which}. Name it: {asked}. Columns: {seen}.")


def _column(sheet: FilledSheet, key: str, given: str) -> str:
    if given:
        return normal_name(given) if normal_name(given) in sheet.headers else ""
    fitting = [header for header in sheet.headers if header in _WORDS[key]]
    return fitting[0] if len(fitting) == 1 else ""


def _log(engagement: Engagement, sheet: FilledSheet, found: Mapping[str, str]) -> tuple[ChangeLog, list[str]]:
    settings = _settings(engagement)
    cells = [row for _, row in sheet.rows]
    written = pa.array([row.get(found["when"], "") for row in cells], pa.string())
    read = date_column(written, time_zone=settings.time_zone, country=settings.country)
    moments: list[Any] = read.instants.to_pylist()
    days = read.is_date_only.to_pylist()
    changes = [
        Changed(row.get(found["case"], ""), row.get(found["who"], ""), None if is_day else moment)
        for row, moment, is_day in zip(cells, moments, days, strict=True)
    ]
    failed, only_days = sum(read.is_failed.to_pylist()), sum(days)
    problems = [f"{counted(failed, 'moment')} could not be read."] if failed else []
    problems += [f"{counted(only_days, 'change')} tell a day and no time: no wait is told of them."] if only_days else []
    if not read.is_sure:
        problems.append(f"Whether days stand before months is not sure; they were read as {read.order or 'neither'}.")
    return change_log(changes), problems


def _answer(log: ChangeLog, found: Mapping[str, str], problems: Sequence[str]) -> RegisterAnswer:
    used = ", ".join(f"{key}: {column}" for key, column in found.items())
    left = [f"{counted(log.left_out, 'row')} without a case or a person."] if log.left_out else []
    return register_answer(
        f"{counted(log.changes, 'change')} of {counted(log.cases, 'case')} by {counted(log.people, 'person', 'people')}: "
        f"{counted(log.handover_count, 'handover')}.",
        HANDOVER,
        (
            {
                "from_who": one.from_who, "to_who": one.to_who, "handovers": one.handovers, "cases": one.cases,
                "timed": len(one.waits), "median_hours": one.median_hours, "longest_hours": one.longest_hours,
            }
            for one in log.handovers
        ),
        _SHOWN,
        notes=[f"Read as {used}. Waits are hours by the clock, nights included."],
        gaps=(*left, *problems),
    )  # fmt: skip
