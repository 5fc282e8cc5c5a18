"""Items without a counterpart, without a source, and those that arrived wrong, as the work-through workbook lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.files.decision_words import FOUND_AS, OPEN_WORD, decided
from toolkit.files.decisions import ReviewedFinding
from toolkit.files.filled_sheets import Problem
from toolkit.report import RunTables
from toolkit.report.finding_sheets import item_sheets
from toolkit.report.sheets import Sheet
from toolkit.report.wrong_items import wrong_sheet
from toolkit.tables.rulings import EXTRA, MISSING, WRONG
from toolkit.values.written import day_text, number_text

_ALL = 1_000_000
_PARTS = {MISSING: "target", EXTRA: "source", WRONG: "entered in"}
_DECIDED = ("decision", "reviewer", "note")
LISTS = ("missing", "unclear", "extra", "wrong")
"""The lists, in the order in which they are worked through."""
TITLES = {"missing": "Missing", "unclear": "Several fit", "extra": "Without a source", "wrong": "Arrived wrong"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ItemList:
    """One list of items: what it is for, its columns, the words that may be said, and its rows."""

    name: str
    subject: str
    purpose: str
    headers: tuple[str, ...]
    words: tuple[str, ...]
    rows: tuple[Row, ...]


def item_lists(run: RunTables) -> dict[str, ItemList]:
    """Return the lists by name.

    Parameters
    ----------
    run
        The tables of a run.
    """
    missing, unclear, extra = item_sheets(run, _ALL)
    sheets = {"missing": missing, "unclear": unclear, "extra": extra, "wrong": wrong_sheet(run, _ALL)}
    subjects = {"missing": MISSING, "unclear": MISSING, "extra": EXTRA, "wrong": WRONG}
    return {name: _item_list(name, subjects[name], sheets[name]) for name in LISTS}


def _item_list(name: str, subject: str, sheet: Sheet) -> ItemList:
    part = _PARTS[subject]
    headers = tuple(one for one in sheet.table.column_names if one not in {*_DECIDED, *sheet.ids})
    rows = []
    for one in sheet.table.to_pylist():
        keys = {"key_l": one["key_l"], "key_r": one.get("key_r") or "", "part": one[part]}
        shown = [_shown(header, one) for header in headers]
        rows.append({**keys, "cells": shown, "word": one["decision"] or ""})
    purpose = sheet.purpose.replace("Write ", "Say ", 1)
    return ItemList(name, subject, purpose, headers, tuple(word for word in sheet.choices if word != OPEN_WORD), tuple(rows))


def _shown(header: str, row: Row) -> str:
    value = row[header]
    if value is None:
        return ""
    if isinstance(value, float):
        return number_text(f"{value:,.2f}")
    return day_text(value, is_short=True) if hasattr(value, "isoformat") else str(value)


def reviewed_item(subject: str, row: Row, word: str, *, reviewer: str, note: str | None) -> ReviewedFinding | None:
    """Return what a person said of an item, as a reviewed workbook would hold it; nothing where it is not understood.

    Parameters
    ----------
    subject
        What the item is: missing, extra or wrong.
    row
        Of an `ItemList`.
    word
        One of its words; ``found as`` is followed by a number.
    reviewer, note
        Who says it, and a remark.
    """
    said = decided(subject, word)
    if said is None or (word.strip() == FOUND_AS):
        return None
    decision, found_as = said
    return ReviewedFinding(
        subject, row["part"], row["key_l"], row["key_r"], decision, found_as, None, None, reviewer, note,
        Problem("", 0, "decision", word, ""),
    )  # fmt: skip


def count_open(rows: Sequence[Row]) -> int:
    """Return of how many items nobody has said anything."""
    return sum(not row["word"] for row in rows)
