"""Sheets that somebody has hidden: they are left out until a person says that they count."""

from collections.abc import Iterable, Mapping

from toolkit.audit.pull.file_names import name_pattern, name_words, plain_name
from toolkit.audit.pull.streams import table_place
from toolkit.audit.pull.understanding import LEAVE_OUT
from toolkit.files.raw import RawTable
from toolkit.settings import QuestionSettings

READ = "read"
"""The answer that hidden sheets count."""


def hidden_sheet_questions(tables: Iterable[tuple[RawTable, str]]) -> dict[str, QuestionSettings]:
    """Return a question for every workbook of which hidden sheets were left out.

    Parameters
    ----------
    tables
        Tables that are read, each with its stream (``system.stream``).
    """
    found: dict[str, dict[str, RawTable]] = {}
    for raw, stream in tables:
        if raw.hidden_sheets:
            found.setdefault(raw.file, {}).setdefault(stream, raw)
    questions: dict[str, QuestionSettings] = {}
    for file, streams in found.items():
        raw = next(iter(streams.values()))
        wanted = f"{plain_name(name_words(table_place(raw).file)) or 'workbook'}_hidden_sheets"
        name, number = wanted, 2
        while name in questions:
            name, number = f"{wanted}_{number}", number + 1
        questions[name] = _question(file, raw, streams)
    return questions


def _question(file: str, raw: RawTable, streams: Mapping[str, RawTable]) -> QuestionSettings:
    sheets = raw.hidden_sheets
    names = ", ".join(repr(name) for name in sheets)
    are = "sheet {} is hidden and was" if len(sheets) == 1 else "sheets {} are hidden and were"
    return QuestionSettings(
        about="sheet",
        ask=f"{file.rpartition('/')[2]}: the {are.format(names)} left out. Do their rows count?",
        choices={LEAVE_OUT: "no, leave them out", READ: "yes, read them too"},
        streams=tuple(sorted(streams)),
        files=(name_pattern(table_place(raw).file),),
        sheets=sheets,
        changes="whether their rows are counted at all",
    )
