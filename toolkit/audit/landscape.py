"""The systems-and-handoffs workbook: out to the client with what is known, and back into ``engagement.yaml``.

An untouched workbook changes nothing; an empty cell changes nothing either. What was taken out of the workbook stays in the
file, and is named. The settings are read from the file as it is now, not as it was when the engagement was opened.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.landscape_changes import Change, Changes, landscape_changes
from toolkit.audit.landscape_known import known_landscape
from toolkit.audit.pull.questions import chosen_answer, open_questions
from toolkit.errors import InputError
from toolkit.files.landscape_workbook import landscape_answers, problem_lines
from toolkit.report.landscape_workbook import write_landscape_workbook as write_form
from toolkit.settings import FILE_NAME, QuestionSettings, Settings, change_settings, load_settings

WORKBOOK = "systems_and_handoffs.xlsx"
_LOGGED = "landscape_workbook"


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
        said = "".join(f"<li>{escape(one)}</li>" for one in (*self.problems, *self.notes))
        return f"<table><tr><th>setting</th><th>now</th><th>answer</th></tr>{rows}</table><ul>{said}</ul>"


def write_landscape_workbook(engagement: Engagement, path: Path | None = None) -> Path:
    """Write the workbook that the client fills in, with what is known of systems, handoffs and people.

    Parameters
    ----------
    engagement
        With settings or snapshots; handoffs that nobody confirmed stand in the workbook too.
    path
        Where to; ``reports/systems_and_handoffs.xlsx`` without.

    Raises
    ------
    InputError
        A workbook stands there that somebody has changed since it was written.
    """
    target = path or engagement.folder / "reports" / WORKBOOK
    if target.exists() and not _is_as_written(engagement, target):
        raise InputError(
            f"{target} was changed since it was written and may hold answers. Read them with 'integration-audit landscape "
            f'import "{target}" "{engagement.folder}"\' and move it away, or name another file.'
        )
    settings = _settings_now(engagement)
    known = known_landscape(engagement, settings)
    asked = [_question_row(name, one) for name, one in open_questions(settings.questions).items()]
    write_form(target, known.systems, known.handoffs, known.people, questions=asked, client=settings.client)
    engagement.store.log(_LOGGED, {"sha256": _sha256(target)})
    return target


def read_landscape_workbook(engagement: Engagement, path: Path | str) -> LandscapeReading:
    """Return what the workbook at ``path`` would change in ``engagement.yaml``; nothing is written.

    Parameters
    ----------
    path
        The workbook as it came back (XLSX, XLS, ODS), or one CSV file with the columns of its sheet Systems.

    Raises
    ------
    InputError
        The file cannot be read, or none of its sheets has the columns of the form.
    """
    file = Path(path).expanduser()
    if not file.is_file():
        raise InputError(f"There is no file {str(file)!r}. Name the workbook that came back.")
    answers = landscape_answers(file)
    settings = _settings_now(engagement)
    found: Changes = landscape_changes(engagement, settings, known_landscape(engagement, settings), answers)
    answered, unclear = _question_changes(settings, answers.questions)
    return LandscapeReading(
        file,
        (*found.changes, *answered),
        (*problem_lines(answers.problems), *found.problems, *unclear),
        (*problem_lines(answers.notes), *found.notes),
    )


def apply_landscape_answers(engagement: Engagement, answers: LandscapeReading) -> Engagement:
    """Write the answers into ``engagement.yaml`` and return the engagement with its new settings.

    Every other line and comment of the file stays. The file is checked as a whole before it is written.

    Raises
    ------
    InputError
        There is no ``engagement.yaml``, or it would not be valid with the answers; it is left as it was.
    BusyError
        Another run is writing.
    """
    file = engagement.folder / FILE_NAME
    if not file.exists():
        raise InputError(
            f"There is no {file}. Create it first: 'integration-audit audit \"{engagement.folder}\"' writes it from the "
            f"client's files, 'integration-audit new \"{engagement.folder}\"' an empty one."
        )
    if answers.changes:
        with engagement.store.writing("import of the systems-and-handoffs workbook"):
            change_settings(file, {one.keys: one.after for one in answers.changes})
            engagement.store.log("landscape_import", {"sha256": _sha256(answers.file), "changes": len(answers.changes)})
    overrides = [f"{dotted}={value}" for dotted, value in engagement.loaded.overrides.items()]
    return replace(engagement, loaded=load_settings(file, overrides))


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


def _question_row(name: str, one: QuestionSettings) -> dict[str, str]:
    choices = "\n".join(f"{number}: {words}" for number, words in enumerate(one.choices.values(), start=1))
    return {"ask": one.ask, "samples": "; ".join(one.samples), "choices": choices, "question_id": name}


def _question_changes(settings: Settings, rows: Iterable[Mapping[str, Any]]) -> tuple[list[Change], list[str]]:
    """Return what the sheet of questions answers, and the answers that are none."""
    changes: list[Change] = []
    problems: list[str] = []
    for row in rows:
        name, typed = row["question_id"] or "", row["answer"] or ""
        one = settings.questions.get(name)
        if not typed:
            continue
        if one is None:
            problems.append(f"Questions: {typed!r} answers a question that is not open any more: {row['ask'] or name}")
            continue
        answer = chosen_answer(one, typed)
        if answer is None:
            problems.append(f"Questions: {typed!r} is none of the choices of: {one.ask} ({', '.join(one.choices.values())})")
        elif answer != one.answer:
            changes.append(Change(("questions", name, "answer"), one.answer, answer))
    return changes, problems


def _settings_now(engagement: Engagement) -> Settings:
    file = engagement.folder / FILE_NAME
    return load_settings(file).settings if file.exists() else engagement.settings


def _is_as_written(engagement: Engagement, file: Path) -> bool:
    written = {one.get("sha256") for one in engagement.store.logged(_LOGGED)}
    return _sha256(file) in written


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
