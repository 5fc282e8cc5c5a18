"""How a handoff is to be connected, in a client's words: what is possible, what would change it, and what is asked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toolkit.report.money_inputs import input_text
from toolkit.report.run import RunTables
from toolkit.report.shown import decimal_text
from toolkit.scoping.approach.words import APPROACH_WORDS, flip_words
from toolkit.values.counted import listed

Row = Mapping[str, Any]

_MAX_NAMED = 3
_QUESTIONS = {
    "purpose": "Is it for keeping both systems up to date, only for reading it in reports, or can one of them do it alone?",
    "exists": "Does one of both vendors offer a connection to the other?",
    "fields": "Which fields must arrive, and which of them does the vendors’ own connection carry?",
    "has_api": "Does this system have an interface that programs may use?",
    "has_files": "Can this system give out and take in files?",
    "has_platform_connector": "Do the usual platforms have a connector for this system?",
    "critical": "Does money or a deadline hang on every item?",
    "needed_within": "How soon must it arrive: within minutes, within the hour, or is a day soon enough?",
    "logic": "Does every item go the same way, or does it branch or follow rules of its own?",
    "requires": (
        "Must each step be on record, are there several companies or currencies, or must it show up in another program?"
    ),
    "volume_per_month": "How many items are carried a month?",
    "process_agreed": "Have those who take part agreed how it should go?",
    "in_house_developer": "Does somebody in the house build and keep connections?",
}
"""By the end of the key that takes the answer."""


def shown_approach(row: Row) -> str:
    """Return the approach of a row of APPROACH, or what is still possible."""
    if row["approach"] is not None:
        return str(row["approach_words"]).replace("'", "’")
    possible = [APPROACH_WORDS[one].replace("'", "’") for one in row["possible"]]
    named = "; or ".join(possible[:_MAX_NAMED])
    more = len(possible) - _MAX_NAMED
    return f"open: {named}{f'; or {more} other ways' if more > 1 else '; or another way' if more == 1 else ''}"


def shown_flip(flip: Row, currency: str) -> str:
    """Return from where on another approach is right, of a row of APPROACH_FLIP, as a client reads numbers."""
    words = flip_words(flip, lambda one, money: input_text(one, "currency", currency) if money else decimal_text(one, 0))
    return words.replace("'", "’")


def asked_lines(run: RunTables) -> list[str]:
    """Return what is asked, each question once with whom or what it is about; what an advice hangs on comes first."""
    rows, labels = run.table("approach").to_pylist(), run.handoff_labels()
    found: dict[tuple[str, bool], dict[str, None]] = {}
    for row, key, is_deciding in _keys(rows):
        question = _QUESTIONS.get(key.rpartition(".")[2], "")
        system = key.split(".")[1] if key.startswith("systems.") else ""
        of = "" if key.startswith("approach.") else run.label(system) if system else labels[row["handoff_id"]]
        if question:
            found.setdefault((question, is_deciding), {})[of] = None
    decided = {question for question, is_deciding in found if is_deciding}
    ordered = [one for one in found if one[1]] + [one for one in found if not one[1] and one[0] not in decided]
    return [
        _asked(question, [of for of in found[question, is_deciding] if of], [*labels.values()])
        for question, is_deciding in ordered
    ]


def _asked(question: str, of: Sequence[str], everything: Sequence[str]) -> str:
    if not of:
        return question
    is_all = len(of) == len(everything) > 1 and set(of) == set(everything)
    return f"{question} ({'all handoffs' if is_all else listed(list(of))})"


def _keys(rows: Sequence[Row]) -> Iterator[tuple[Row, str, bool]]:
    for row in rows:
        yield from ((row, key, True) for key in row["asked_keys"])
        yield from ((row, key, False) for key in row["asked_beside_keys"])
