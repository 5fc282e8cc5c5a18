"""The systems-and-handoffs workbook: out to the client with what is known, and back into ``engagement.yaml``.

An untouched workbook changes nothing; an empty cell changes nothing either. What was taken out of the workbook stays in the
file, and is named. The settings are read from the file as it is now, not as it was when the engagement was opened.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.questions import chosen_answer, open_questions
from toolkit.audit.stages.reconcile import system_categories
from toolkit.connectors import connectors
from toolkit.errors import InputError, SnapshotMissingError
from toolkit.files.header import normal_name
from toolkit.files.landscape_workbook import landscape_answers
from toolkit.files.parties_by_name import STREAM as NAMES
from toolkit.landscape.workbook.answers import problem_lines
from toolkit.landscape.workbook.carried_streams import measured_values
from toolkit.landscape.workbook.changes import landscape_changes, question_changes
from toolkit.landscape.workbook.differences import joined
from toolkit.landscape.workbook.known import KnownLandscape, PulledSystems, known_landscape, question_rows
from toolkit.landscape.workbook.reading import LandscapeReading
from toolkit.report.landscape_workbook import write_landscape_workbook as write_form
from toolkit.settings import FILE_NAME, Settings, change_settings, load_settings

WORKBOOK = "systems_and_handoffs.xlsx"
_LOGGED = "landscape_workbook"


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
    known = landscape_now(engagement, settings)
    asked = question_rows({name: known.settings["questions"][name] for name in open_questions(settings.questions)})
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
    settings = _settings_now(engagement)
    answers = landscape_answers(file, settings.currency or "")
    known = landscape_now(engagement, settings, _measures(engagement))
    asked = settings.questions
    found = joined(
        [
            landscape_changes(known, answers, _vendors(row["product"] for row in answers.systems)),
            question_changes(
                known.settings["questions"], answers.questions, lambda name, typed: chosen_answer(asked[name], typed)
            ),
        ]
    )
    return LandscapeReading(
        file,
        found.changes,
        (*problem_lines(answers.problems), *found.problems),
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
    return replace(engagement, loaded=engagement.written_settings())


def landscape_now(engagement: Engagement, settings: Settings, measures: Iterable[Mapping[str, Any]] = ()) -> KnownLandscape:
    """Return what the settings and the snapshots say.

    Parameters
    ----------
    engagement
        With its snapshots.
    settings
        As they are now.
    measures
        Rows of HANDOFF_MEASURE; what a run measured counts only against answers.
    """
    streams: dict[str, dict[str, str]] = {}
    read_with: dict[str, str] = {}
    for row in engagement.store.snapshots().to_pylist():
        streams.setdefault(row["system"], {})
        read_with[row["system"]] = row["connector"]
        if row["stream"] != NAMES:
            streams[row["system"]][row["stream"]] = row["entity"]
    pulled = PulledSystems(streams, read_with, system_categories(engagement), measured_values(measures))
    # What no vendor's export was recognised in is no product.
    products = {one.name: one.label for one in connectors() if one.name != "table"}
    return known_landscape(_tree(settings), pulled, products)


def _tree(settings: Settings) -> dict[str, Any]:
    """Return the settings as data; a choice by default is not something that somebody has said."""
    tree = settings.model_dump(by_alias=True, include={"systems", "handoffs", "people", "questions"})
    for name, one in settings.systems.items():
        if "is_informal" not in one.model_fields_set:
            tree["systems"][name]["is_informal"] = None
    return tree


def _measures(engagement: Engagement) -> list[dict[str, Any]]:
    """Return what the latest run measured of the handoffs; nothing before the first."""
    try:
        run = engagement.store.run()
        return run.table("handoff_measure").to_pylist() if run.has("handoff_measure") else []
    except SnapshotMissingError:
        return []


def _vendors(products: Iterable[str | None]) -> dict[str, str]:
    """Return the connector of each product that the client names, by the product as it is written."""
    named = {normal_name(word): one.name for one in connectors() for word in (one.name, one.label)}
    return {one: named[normal_name(one)] for one in products if one and normal_name(one) in named}


def _settings_now(engagement: Engagement) -> Settings:
    file = engagement.folder / FILE_NAME
    return load_settings(file).settings if file.exists() else engagement.settings


def _is_as_written(engagement: Engagement, file: Path) -> bool:
    written = {one.get("sha256") for one in engagement.store.logged(_LOGGED)}
    return _sha256(file) in written


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
