"""Answers to questions, however they were given: each becomes what a person would have written into the settings.

An answer about what a table holds is used when the table is read (``understanding``); all others change the stream's lines
here. A question that is answered is taken off the list, and so is what it confirmed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.audit.pull.understanding import LEAVE_OUT
from toolkit.connector import header_key
from toolkit.errors import InputError, UnknownNameError
from toolkit.files.interpreted import canonical_column
from toolkit.interpret.questions import PRODUCT
from toolkit.settings import FILE_NAME, QuestionSettings, Settings, edit_settings, put
from toolkit.tables import ENTITY_COLUMNS

_NOTHING = frozenset({LEAVE_OUT, "other", "none"})
_TOTALS = frozenset({"repeats", "first_line", "adds_up"})
_SIDES = ("credit", "debit")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a person said of a column: its header and its meaning."""

    header: str
    meaning: str


def answered(settings: Settings) -> dict[str, QuestionSettings]:
    """Return the questions of the settings that have an answer."""
    return {name: one for name, one in settings.questions.items() if one.answer}


def note_answers(path: Path, answers: Mapping[str, str]) -> None:
    """Write answers behind their questions, as a person would who fills them in.

    Raises
    ------
    InputError
        An answer is none of the choices; the file is left as it was.
    """

    def edit(tree: Any) -> None:
        for name, answer in answers.items():
            tree["questions"][name]["answer"] = answer

    edit_settings(path, edit)


def apply_answers(path: Path, settings: Settings) -> tuple[Confirmed, ...]:
    """Change the streams that answered questions are about; return what was confirmed of columns.

    Answers about what files hold stay behind their questions: they are used when the files are read.

    Raises
    ------
    InputError
        An answer cannot be used; the message names it and the right words. The file is left as it was.
    """
    given = answered(settings)
    if not given:
        return ()

    def edit(tree: Any) -> None:
        for name, one in given.items():
            if one.about == "entity" and one.streams:
                _read_anew(tree, name, one)
            elif one.about == "sheet":
                _read_sheets(tree, name, one)
            elif one.about in {"entity", "row"} and one.files:
                if one.answer in _NOTHING:
                    put(tree, "leave_out", [*(tree.get("leave_out") or []), *one.files], at=1)
                    del tree["questions"][name]
            else:
                _change_streams(tree, name, one)
                del tree["questions"][name]
        if "questions" in tree and not tree["questions"]:
            del tree["questions"]

    edit_settings(path, edit)
    columns = [chosen_column(one) for one in given.values() if one.about == "column" and _is_told_by_header(one)]
    return tuple(Confirmed(header, meaning) for header, meaning in columns if PRODUCT not in header)


def chosen_column(one: QuestionSettings) -> tuple[str, str]:
    """Return the header and the meaning that an answer about columns names.

    Examples
    --------
    >>> chosen_column(QuestionSettings(about="column", ask="Which is the amount?", answer="Betrag=amount_gross"))
    ('Betrag', 'amount_gross')
    >>> chosen_column(QuestionSettings(about="column", ask="What is it?", column="Betrag", answer="none"))
    ('Betrag', 'none')
    """
    header, equals, meaning = one.answer.rpartition("=")
    return (header, meaning) if equals else (one.column, one.answer)


def _is_told_by_header(one: QuestionSettings) -> bool:
    """Return whether a chosen column may mean the same at another client: it was not offered against its own header."""
    offered = list(one.choices)
    behind = offered[offered.index("none") :] if "none" in offered else []
    return one.answer not in {*_NOTHING, *behind}


def _read_anew(tree: Any, name: str, one: QuestionSettings) -> None:
    """Take out the streams whose entity was answered, and ask their files by that answer."""
    files: list[str] = []
    sheets: list[str] = []
    for dotted in one.streams:
        system, _, stream = dotted.partition(".")
        given = tree["systems"].get(system, {}).get("streams", {}).pop(stream, None)
        if given is not None:
            files += _listed(given.get("file"))
            sheets += _listed(given.get("sheet"))
            _confirm(tree, dotted, whole=True)
    question = tree["questions"][name]
    del question["streams"]
    question["files"] = files
    if sheets:
        question["sheets"] = sheets
    if one.answer in _NOTHING:
        put(tree, "leave_out", [*(tree.get("leave_out") or []), *files], at=1)
        del tree["questions"][name]


def _read_sheets(tree: Any, name: str, one: QuestionSettings) -> None:
    """Name the hidden sheets that count beside their systems; that they do not count stays behind the question."""
    if one.answer in _NOTHING:
        return
    for system in dict.fromkeys(dotted.partition(".")[0] for dotted in one.streams):
        given = tree["systems"].get(system)
        if given is not None:
            before = _listed(given.get("hidden_sheets"))
            put(given, "hidden_sheets", list(dict.fromkeys([*before, *one.sheets])), at=1)
    del tree["questions"][name]


def _change_streams(tree: Any, name: str, one: QuestionSettings) -> None:
    if one.about == "currency":
        if not re.fullmatch("[A-Z]{3}", one.answer):
            raise InputError(f"{FILE_NAME}: the answer to {name!r} must be a currency code such as EUR, not {one.answer!r}.")
        put(tree, "currency", one.answer, at=1)
        _confirm(tree, "currency")
        return
    for dotted in one.streams:
        system, _, stream = dotted.partition(".")
        given = tree["systems"].get(system, {}).get("streams", {}).get(stream)
        if given is not None:
            _change_stream(given, name, one)
            _confirm_answer(tree, dotted, one)


def _change_stream(given: Any, name: str, one: QuestionSettings) -> None:
    answer = one.answer
    if one.about in {"day_order", "decimal_sign"}:
        put(given, one.about, answer, at=1)
    elif one.about == "row":
        if answer in _TOTALS:
            put(given, "total", answer, at=1)
        put(given, "row", "record" if answer == "record" else "line of a document", at=1)
    elif one.about == "amounts":
        _set_amounts(given, answer)
    elif one.about == "column":
        _set_column(given, name, *chosen_column(one))
    elif one.about == "key":
        given["key"] = [] if answer in _NOTHING else [part.strip() for part in answer.split(" + ")]
    elif one.about == "status":
        _set_status(given, one)


def _set_amounts(given: Any, answer: str) -> None:
    """Let the amount be the one with tax, or the one without."""
    fields, wanted = given["fields"], "net_minor" if "net" in answer else "amount_minor"
    other = "amount_minor" if wanted == "net_minor" else "net_minor"
    if wanted not in fields and other in fields and wanted in ENTITY_COLUMNS[given["entity"]]:
        put(fields, wanted, fields.pop(other))


def _set_column(given: Any, name: str, header: str, meaning: str) -> None:
    for place in (given["fields"], given.get("lines") or {}):
        for column in [column for column, source in place.items() if _reads(source, header)]:
            del place[column]
    if meaning in _NOTHING:
        return
    quantity, times, price = header.partition(PRODUCT)
    if times and meaning == "amount_gross":
        put(given["fields"], "amount_minor", {"column": price, "times": quantity})
        if given.get("row", "record") != "record":
            put(given, "total", "adds_up", at=1)
        return
    if meaning in _SIDES:
        before = given["fields"].get("amount_minor")
        sides = dict(before) if isinstance(before, Mapping) and set(before) <= set(_SIDES) else {}
        put(given["fields"], "amount_minor", {**sides, meaning: header})
        return
    if meaning == "record_id":
        given["key"] = [header]
        return
    column = canonical_column(meaning, given["entity"])
    if column is None:
        names = ENTITY_COLUMNS[given["entity"]]
        raise InputError(f"{FILE_NAME}, question {name!r}: {UnknownNameError('meaning', meaning, names)}")
    put(given["fields"], column, header)


def _set_status(given: Any, one: QuestionSettings) -> None:
    """Take what the values that were shown stand for."""
    if not given.get("statuses"):
        put(given, "statuses", {}, at=1)
    for value in one.samples:
        put(given["statuses"], value, one.answer)


def _reads(source: Any, header: str) -> bool:
    names = source.values() if isinstance(source, Mapping) else source if isinstance(source, list) else [source]
    return any(header_key(str(one)) == header_key(header) for one in names)


def _confirm_answer(tree: Any, dotted: str, one: QuestionSettings) -> None:
    what = {"key": ".key", "row": "", "amounts": ".amount_minor"}.get(one.about)
    if what is not None:
        _confirm(tree, dotted + what)
    if one.about == "amounts":
        _confirm(tree, f"{dotted}.net_minor")
    if one.about == "column":
        given = tree["systems"][dotted.partition(".")[0]]["streams"][dotted.partition(".")[2]]
        gone = [name for name in tree.get("unconfirmed") or [] if str(name).startswith(f"{dotted}.")]
        header = chosen_column(one)[0]
        read = {column for column, source in given["fields"].items() if not _reads(source, header)}
        for name in gone:
            column = str(name)[len(dotted) + 1 :]
            if column not in read and column not in {"key", "statuses"}:
                _confirm(tree, str(name))


def _confirm(tree: Any, name: str, *, whole: bool = False) -> None:
    """Take a name off the list of what nobody has confirmed; with ``whole`` also what lies below it."""
    noted = [str(one) for one in tree.get("unconfirmed") or []]
    left = [one for one in noted if one != name and not (whole and one.startswith(f"{name}."))]
    if left != noted:
        tree["unconfirmed"] = left


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(one) for one in value or []]
