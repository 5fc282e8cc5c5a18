"""Interviews: guides by role written from what is still unknown, and answers read back into ``engagement.yaml``."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.interface_facts import known_interfaces
from toolkit.audit.listed_automations import listed_automations
from toolkit.audit.register import client_systems, pulled_streams, settings_now
from toolkit.audit.register_verbs import show_register
from toolkit.disk import atomic_file
from toolkit.errors import InputError, UnknownNameError
from toolkit.files.filled_sheets import filled_sheets
from toolkit.files.header import normal_name
from toolkit.landscape.guides.answers import HEADERS, GivenAnswer, ReadAnswers, read_answers
from toolkit.landscape.guides.questions import OpenHandoff, Question, Unknown, guide_questions
from toolkit.landscape.guides.roles import ROLES
from toolkit.landscape.guides.text import guide_markdown
from toolkit.landscape.handoffs import COST_INPUTS
from toolkit.landscape.screening import Screening, Sign
from toolkit.report.interview_workbook import write_interview_workbook
from toolkit.settings import FILE_NAME, AnswerSettings, HandoffSettings, change_settings

FOLDER = "interviews"
WORKBOOK = "interviews.xlsx"
_LOGGED = "interview_guides"


@dataclass(frozen=True, slots=True)
class Guides:
    """The files that were written, and the questions by role."""

    files: tuple[Path, ...]
    questions: Mapping[str, tuple[Question, ...]]


@dataclass(frozen=True, slots=True)
class AnswersRead:
    """What a workbook would keep: new or changed answers, and what could not be taken."""

    changed: Mapping[str, GivenAnswer]
    problems: tuple[str, ...]


def open_questions_by_role(engagement: Engagement, role: str = "") -> dict[str, tuple[Question, ...]]:
    """Return what to ask whom, of what nobody has told yet.

    Parameters
    ----------
    engagement
        The client's.
    role
        One alone; all without.

    Raises
    ------
    UnknownNameError
        There is no such role; the message offers the nearest.
    """
    if role and role not in ROLES:
        raise UnknownNameError("role", role, ROLES)
    found = guide_questions(_unknown(engagement), settings_now(engagement).answers)
    return {name: own for name, own in found.items() if not role or name == role}


def write_guides(engagement: Engagement, role: str = "") -> Guides:
    """Write the guides below ``reports/interviews``: a page for each role, and one workbook to fill in.

    What somebody has written on is not written over.

    Parameters
    ----------
    engagement
        The client's.
    role
        One alone; all without.

    Raises
    ------
    InputError
        The workbook there holds answers that were not read yet, or a page was changed.
    """
    questions = open_questions_by_role(engagement, role)
    folder = engagement.folder / "reports" / FOLDER
    workbook = folder / WORKBOOK
    if workbook.exists() and (unread := read_interviews(engagement, workbook)) and (unread.changed or unread.problems):
        raise InputError(
            f"{workbook} holds answers that were not read yet. Read them with 'integration-audit landscape answers "
            f'"{workbook}" "{engagement.folder}"\' or move it away.'
        )
    folder.mkdir(parents=True, exist_ok=True)
    client = settings_now(engagement).client
    pages = {folder / f"{name}.md": guide_markdown(client, ROLES[name], own) for name, own in questions.items()}
    _refuse_changed(engagement, pages)
    for page, text in pages.items():
        with atomic_file(page, "w", encoding="utf-8") as stream:
            stream.write(text)
    engagement.store.log(_LOGGED, {"sha256": [_sha256(text) for text in pages.values()]})
    return Guides((*pages, write_interview_workbook(workbook, questions, client=client)), questions)


def _refuse_changed(engagement: Engagement, pages: Iterable[Path]) -> None:
    """Refuse to write over a page that somebody has written on."""
    written = {sha256 for one in engagement.store.logged(_LOGGED) for sha256 in one.get("sha256", ())}
    for page in pages:
        if page.exists() and _sha256(page.read_text("utf-8")) not in written:
            raise InputError(f"{page} was changed since it was written and may hold answers. Move it away and try again.")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_interviews(engagement: Engagement, path: Path | str) -> AnswersRead:
    """Return which answers a workbook of interviews would add or change; nothing is written.

    Parameters
    ----------
    engagement
        Whose answers are known already.
    path
        The workbook as it was filled in, or one CSV file with the columns of a sheet.

    Raises
    ------
    InputError
        There is no such file, it cannot be read, or none of its sheets has the columns.
    """
    file = Path(path).expanduser()
    if not file.is_file():
        raise InputError(f"There is no file {str(file)!r}. Name the workbook that came back.")
    found = _read(file)
    kept = settings_now(engagement).answers
    changed = {name: one for name, one in found.answers.items() if not _is_kept(one, kept.get(name))}
    return AnswersRead(changed, found.problems)


def keep_answers(engagement: Engagement, read: AnswersRead) -> None:
    """Write answers into ``engagement.yaml``; every other line and comment of it stays.

    Raises
    ------
    InputError
        There is no ``engagement.yaml``, or it cannot be changed safely; it is left as it was.
    BusyError
        Another run is writing.
    """
    file = engagement.folder / FILE_NAME
    if not file.exists():
        raise InputError(f"There is no {file}. Create it first: integration-audit new {engagement.folder}.")
    changes: dict[tuple[str, ...], Any] = {
        ("answers", name, key): value for name, one in read.changed.items() for key, value in _facts(one).items()
    }
    if not changes:
        return
    with engagement.store.writing("answers of interviews"):
        change_settings(file, changes)
        engagement.store.log("answers_kept", {"answers": [*read.changed]})


def _facts(one: GivenAnswer) -> dict[str, str | date]:
    facts: dict[str, str | date] = {
        "question": one.question, "answer": one.answer, "who": one.who, "on": one.on, "confidence": one.confidence,
    }  # fmt: skip
    return {**facts, "about": one.about} if one.about else facts


def _is_kept(one: GivenAnswer, kept: AnswerSettings | None) -> bool:
    return kept is not None and all(getattr(kept, key) == value for key, value in _facts(one).items())


def _read(file: Path) -> ReadAnswers:
    names = {normal_name(header): key for key, header in HEADERS.items()}
    rows, is_form = [], False
    for sheet in filled_sheets(file, HEADERS.values()):
        keys = {name: names[name] for name in sheet.headers if name in names}
        if {"question", "answer"} <= {*keys.values()}:
            is_form = True
            rows += [
                (sheet.name, line, {key: cells.get(name, "") for name, key in keys.items()}) for line, cells in sheet.rows
            ]
    if not is_form:
        raise InputError(f"{file.name!r} has no sheet with the columns Question and Answer. Send it back as it went out.")
    return read_answers(rows)


def _unknown(engagement: Engagement) -> Unknown:
    systems = client_systems(engagement)
    categories = {one.name: one.category for one in systems}
    sheets = {one.name for one in systems if one.is_sheet}
    interfaces = known_interfaces(engagement)
    streams = pulled_streams(engagement)
    asked = [_open_handoff(name, one, streams, categories) for name, one in settings_now(engagement).handoffs.items()]
    screening = [
        Sign(row["item"], row["question"], row["answer"], row["because"] or "")
        for row in show_register(engagement, "screening").table.to_pylist()
    ]
    return Unknown(
        tuple(systems),
        tuple(one for one in asked if one.missing),
        tuple(listed_automations(engagement)),
        tuple(one.system for one in interfaces if one.card.score is None and one.system not in sheets),
        Screening(tuple(screening)),
    )


def _open_handoff(
    name: str, one: HandoffSettings, streams: Mapping[str, Mapping[str, str]], categories: Mapping[str, str]
) -> OpenHandoff:
    system, stream = one.to.split(".", 1)
    facts = {
        "who carries it": one.by, "what starts it": one.trigger, "how it is carried": one.carrier,
        "what exactly is carried": one.data, "in which form": one.format,
    }  # fmt: skip
    missing = [words for words, value in facts.items() if not value]
    missing += [words for key, words in COST_INPUTS if getattr(one, key) is None]
    label = one.label or name.replace("_", " ").capitalize()
    entity = streams.get(system, {}).get(stream, "")
    return OpenHandoff(name, label, entity, categories.get(system, ""), one.by, tuple(missing))
