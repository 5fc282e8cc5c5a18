"""What is decided about items: missing, unclear, without a source, arrived wrong; held against what is there."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Any

import pyarrow as pa

from toolkit.audit.desks.review_mismatches.items import (
    LISTS,
    TITLES,
    ItemList,
    Row,
    count_open,
    item_lists,
    reviewed_item,
)
from toolkit.audit.engagement import Engagement
from toolkit.audit.rulings import CurrentFindings, obeyed_findings
from toolkit.audit.stages.match import kept_identity
from toolkit.errors import InputError
from toolkit.files.decision_words import offered, shown
from toolkit.files.decisions import place_text
from toolkit.report import run_tables
from toolkit.store import Run
from toolkit.tables.rulings import DIFFERENCE, MISSING
from toolkit.values.written import written_for
from toolkit.widgets.desk import Answer

Save = Callable[[Sequence[Mapping[str, Any]], Sequence[int]], None]
"""Stores words with the numbers that are believed to be the last ones, and hears them."""

_PAGE = 100
_ENTER = {True: "enter it", False: "invoice it"}
"""The word that does not fit, by whether what is to be entered is an invoice."""


class ItemDesk:
    """The lists of items beside the differences; asked with the lock of the whole desk held."""

    def __init__(
        self, engagement: Engagement, run: Run, reviewer: str, *, lock: AbstractContextManager[Any], save: Save
    ) -> None:
        self._engagement, self._run, self._reviewer, self._lock, self._save = engagement, run, reviewer, lock, save
        self._words: dict[tuple[str, str, str], Row] = {}

    def questions(self) -> Mapping[str, Answer]:
        """Return what the page may ask of items."""
        return {"items": self._items, "item_rows": self._rows, "decide_item": self._decide}

    def hear(self, rulings: pa.Table) -> None:
        """Take words of persons (table RULING)."""
        for row in rulings.to_pylist():
            name = (row["subject"], row["part"], row["key_l"])
            if row["subject"] != DIFFERENCE and self._words.get(name, {"sequence": 0})["sequence"] < row["sequence"]:
                self._words[name] = row

    def counts(self) -> dict[str, int]:
        """Return how many items the results hold of each list, without reading a document."""
        counterpart = self._run.table("counterpart")
        status = counterpart["status"].to_pylist()
        wrong = sum(bool(one) for one in counterpart["is_error"].to_pylist())
        return {
            "missing": status.count("missing"), "unclear": status.count("ambiguous"), "extra": status.count("extra"),
            "wrong": wrong,
        }  # fmt: skip

    def _items(self, name: object = "") -> dict[str, Any]:
        with self._lock:
            one = self._list(name)
            rows = [self._row(one, row) for row in one.rows]
            return {
                "name": one.name, "title": TITLES[one.name], "purpose": one.purpose, "headers": list(one.headers),
                "total": len(rows), "open": count_open(rows), "rows": rows[:_PAGE],
                "words": offered(one.subject),
            }  # fmt: skip

    def _rows(self, name: object = "", start: object = 0, count: object = _PAGE) -> list[Row]:
        with self._lock:
            one = self._list(name)
            first = start if isinstance(start, int) and start >= 0 else 0
            size = min(count, _PAGE) if isinstance(count, int) and count > 0 else _PAGE
            return [self._row(one, row) for row in one.rows[first : first + size]]

    def _decide(
        self, name: object = "", item: object = None, word: object = "", believed: object = 0, note: object = ""
    ) -> dict[str, Any]:
        with self._lock:
            one = self._list(name)
            row = self._found(one, item)
            said = reviewed_item(
                one.subject, row, str(word)[:200], reviewer=self._reviewer, note=str(note or "").strip()[:1000] or None
            )
            if said is None:
                raise InputError(f"{str(word)[:60]!r} is not understood. Say {offered(one.subject)}.")
            obeyed = obeyed_findings(self._engagement, [said], self._known, self._current)
            before = f"{place_text(said.problem)}: "
            if obeyed.problems:
                raise InputError(obeyed.problems[0].removeprefix(before))
            if obeyed.pairs:
                self._engagement.store.add_decisions(obeyed.pairs)
            else:
                self._save(obeyed.rulings, [believed if isinstance(believed, int) else -1])
            told = self._row(one, row)
            doubts = [doubt.removeprefix(before) for doubt in obeyed.doubts]
            return {"row": {**told, "word": str(word)} if obeyed.pairs else told, "doubts": doubts}

    def _row(self, one: ItemList, row: Row) -> Row:
        said = self._words.get((one.subject, row["part"], row["key_l"]))
        word = row["word"]
        is_invoice = self._entities.get(row["part"]) == "invoice"
        if said is not None:
            found = said["key_r"] or ""
            word = shown(one.subject, said["decision"], is_invoice=is_invoice, found_as=found)
        words = [name for name in one.words if one.subject != MISSING or name != _ENTER[is_invoice]]
        return {
            **row, "word": word, "words": words, "sequence": said["sequence"] if said else 0,
            "by": said["reviewer"] if said and word else None, "note": said["note"] if said and word else None,
        }  # fmt: skip

    def _list(self, name: object) -> ItemList:
        if name not in LISTS:
            raise InputError(f"There is no list {name!r}. There are: {', '.join(LISTS)}.")
        return self._lists[str(name)]

    def _found(self, one: ItemList, item: object) -> Row:
        if isinstance(item, list) and len(item) == 3:
            for row in one.rows:
                if [row["part"], row["key_l"], row["key_r"]] == item:
                    return row
        raise InputError("There is no such item in this audit.")

    @cached_property
    def _lists(self) -> dict[str, ItemList]:
        tables = run_tables(self._engagement.folder, self._run.run_id)
        with written_for(tables.country):
            return item_lists(tables)

    @cached_property
    def _current(self) -> CurrentFindings:
        return CurrentFindings(self._engagement)

    @cached_property
    def _entities(self) -> dict[str, str]:
        rows = self._engagement.store.snapshots().to_pylist()
        return {f"{row['system']}.{row['stream']}": row["entity"] for row in rows}

    @cached_property
    def _known(self) -> frozenset[str]:
        """Keys of all records that are or were there."""
        tables = self._engagement.store.records(["record_key"]).values()
        known = {key for table in tables for key in table["record_key"].to_pylist()}
        return frozenset(known.union(kept_identity(self._engagement.store).members["record_key"].to_pylist()))
