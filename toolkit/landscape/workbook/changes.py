"""What the answers in a workbook change in the settings: nothing is guessed, nothing is taken out."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from toolkit.landscape.workbook.answers import LandscapeAnswers
from toolkit.landscape.workbook.differences import Change, Changes, added, different_cells, joined, one_line, rows_by
from toolkit.landscape.workbook.handoff_changes import handoff_changes
from toolkit.landscape.workbook.known import KnownLandscape, Tree
from toolkit.landscape.workbook.setting_names import left_out_notes, setting_name

_SYSTEM_KEYS = (
    "category", "product", "is_informal", "process", "owner", "users", "cost_per_month", "tier", "data_in", "data_out",
    "moved_by", "note",
)  # fmt: skip
_PERSON_KEYS = ("role", "department", "systems", "note")


def landscape_changes(known: KnownLandscape, answers: LandscapeAnswers, vendors: Mapping[str, str]) -> Changes:
    """Return what the sheets Systems, Handoffs and People say beyond what is known.

    Parameters
    ----------
    known
        The landscape as it went out.
    answers
        The sheets as they came back.
    vendors
        The connector of a product, by the product's name as the client wrote it; of others there is none.
    """
    systems = _system_settings(known, answers.systems)
    return joined(
        [
            _system_changes(known, answers.systems, systems, vendors),
            handoff_changes(known, answers.handoffs, systems),
            _people_changes(known, answers.people),
        ]
    )


def question_changes(
    questions: Mapping[str, Tree], rows: Iterable[Mapping[str, Any]], chosen: Callable[[str, str], str | None]
) -> Changes:
    """Return what the sheet of questions answers, and the answers that are none.

    Parameters
    ----------
    questions
        The settings' questions.
    rows
        The sheet as it came back.
    chosen
        Returns the choice that a person means, of a question's name and what was typed; nothing where it is none.

    Examples
    --------
    >>> asked = {"tax": {"ask": "With tax?", "choices": {"gross": "with", "net": "without"}, "answer": ""}}
    >>> row = {"question_id": "tax", "answer": "net", "ask": "With tax?"}
    >>> question_changes(asked, [row], lambda name, typed: typed).changes
    (Change(keys=('questions', 'tax', 'answer'), before='', after='net'),)
    """
    changes: list[Change] = []
    problems: list[str] = []
    for row in rows:
        name, typed = row["question_id"] or "", row["answer"] or ""
        one = questions.get(name)
        if not typed:
            continue
        if one is None:
            problems.append(f"Questions: {typed!r} answers a question that is not open any more: {row['ask'] or name}")
            continue
        answer = chosen(name, typed)
        if answer is None:
            words = ", ".join(one["choices"].values())
            problems.append(f"Questions: {typed!r} is none of the choices of: {one['ask']} ({words})")
        elif answer != one["answer"]:
            changes.append(Change(("questions", name, "answer"), one["answer"], answer))
    return Changes(tuple(changes), tuple(problems))


def _known_systems(known: KnownLandscape) -> dict[str, Mapping[str, Any]]:
    """Return the systems by what a client may call them, in lower case."""
    return rows_by(known.systems, "name") | rows_by(known.systems, "setting")


def _by_name(rows: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return the rows that have a name, by it in one line and in lower case; the first of several counts."""
    return rows_by([row | {"name": one_line(row["name"])} for row in map(dict, rows) if one_line(row["name"])], "name")


def _system_settings(known: KnownLandscape, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the names in the settings, by what the client calls a system; one that nobody knows yet gets one."""
    found = {word: one["setting"] for word, one in _known_systems(known).items()}
    taken = {one["setting"] for one in known.systems}
    for word, row in _by_name(rows).items():
        if word not in found:
            found[word] = setting_name(row["name"], taken)
            taken.add(found[word])
    return found


def _system_changes(
    known: KnownLandscape, rows: Iterable[Mapping[str, Any]], systems: Mapping[str, str], vendors: Mapping[str, str]
) -> Changes:
    """Systems are told by their name; one that nobody knows yet is added."""
    given_by_word, written = _known_systems(known), known.settings["systems"]
    answered = _by_name(rows)
    changes: list[Change] = []
    for word, row in answered.items():
        setting, given = systems[word], given_by_word.get(word)
        place = ("systems", setting)
        said = different_cells(place, given or {}, row, _SYSTEM_KEYS)
        if setting not in written and (said or given is None):
            # What it was read with counts more than the product that somebody names.
            connector = known.pulled.connectors.get(setting) or vendors.get(row["product"] or "", "table")
            is_other_name = given is None and setting != row["name"]
            changes += added(place, {"connector": connector} | ({"label": row["name"]} if is_other_name else {}))
        changes += said
    gone = left_out_notes("System", known.systems, written, {systems[word] for word in answered})
    return Changes(tuple(changes), notes=gone)


def _people_changes(known: KnownLandscape, rows: Iterable[Mapping[str, Any]]) -> Changes:
    """People are told by their name; a second row of one that was new is compared with the first."""
    by_name = rows_by(known.people, "name")
    changes: list[Change] = []
    for row in rows:
        name = one_line(row["name"])
        if not name:
            continue
        given = by_name.get(name.casefold())
        place = ("people", given["setting"] if given else name)
        said = different_cells(place, given or {}, row, _PERSON_KEYS)
        changes += said if said or given else added(place, {"role": ""})
        by_name.setdefault(name.casefold(), {**row, "setting": name})
    return Changes(tuple(changes))
