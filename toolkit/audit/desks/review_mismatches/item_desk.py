"""What is decided about items: missing, unclear, without a source, arrived wrong; held against what is there."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Any

import pyarrow as pa

from toolkit.audit.desks.review_mismatches.found_parties import FoundParties
from toolkit.audit.desks.review_mismatches.given_words import PAGE_ROWS, given_note, given_numbers, given_rows
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
from toolkit.errors import InputError, OvertakenError
from toolkit.files.decision_words import FOUND, offered, shown
from toolkit.files.decisions import place_text
from toolkit.report import run_tables
from toolkit.store import Run
from toolkit.tables import PARTY_ENTITIES
from toolkit.tables.rulings import DIFFERENCE, MISSING
from toolkit.values.written import written_for
from toolkit.widgets.desk import Answer

Words = Sequence[Mapping[str, Any]]
Save = Callable[[Words, Sequence[int], Words], None]
"""Stores words with the numbers that are believed to be the last ones, and decisions on two records; and hears them."""
ItemName = tuple[str, str, str]
"""What a word is about: missing, extra or wrong, the stream, and the key."""

_ENTER = {True: "enter it", False: "invoice it"}
"""The word that does not fit, by whether what is to be entered is an invoice."""


class ItemDesk:
    """The lists of items beside the differences; asked with the lock of the whole desk held."""

    def __init__(
        self,
        engagement: Engagement,
        run: Run,
        reviewer: str,
        *,
        lock: AbstractContextManager[Any],
        look: Callable[[], None],
        save: Save,
    ) -> None:
        self._engagement, self._run, self._reviewer = engagement, run, reviewer
        # ``look`` lets the whole desk hear what is new, this list too.
        self._lock, self._look, self._save = lock, look, save
        self._words: dict[ItemName, Row] = {}
        # Which parties are missing is known when the lists are read: reading documents is put off until somebody asks.
        self._parties = FoundParties(())

    def questions(self) -> Mapping[str, Answer]:
        """Return what the page may ask of items."""
        return {"items": self._items, "item_rows": self._rows, "decide_item": self._decide}

    def hear(self, rulings: pa.Table) -> list[ItemName]:
        """Take words of persons (table RULING) and decisions on missing parties; return the items that news is about."""
        news = []
        for row in rulings.to_pylist():
            name = (row["subject"], row["part"], row["key_l"])
            if row["subject"] != DIFFERENCE and self._words.get(name, {"sequence": 0})["sequence"] < row["sequence"]:
                self._words[name] = row
                news.append(name)
        return [*news, *((MISSING, *party) for party in self._parties.hear(self._engagement.store))]

    def told(self, name: object, news: Collection[ItemName]) -> dict[str, Any] | None:
        """Return the rows of a list that news is about, and how many of the list are open; nothing where there is no news.

        Parameters
        ----------
        name
            Of the list that the page holds; any other text for none.
        news
            What was heard since the page was last told.
        """
        if name not in LISTS or not news:
            return None
        one = self._list(name)
        rows = [self._row(one, row) for row in one.rows if (one.subject, row["part"], row["key_l"]) in news]
        return {"name": one.name, "open": self._count_open(one), "rows": rows} if rows else None

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
            self._look()
            return {
                "name": one.name, "title": TITLES[one.name], "purpose": one.purpose, "headers": list(one.headers),
                "total": len(one.rows), "open": self._count_open(one),
                "rows": [self._row(one, row) for row in one.rows[:PAGE_ROWS]], "words": offered(one.subject),
            }  # fmt: skip

    def _rows(self, name: object = "", start: object = 0, count: object = PAGE_ROWS) -> list[Row]:
        with self._lock:
            one = self._list(name)
            return [self._row(one, row) for row in one.rows[given_rows(start, count, len(one.rows))]]

    def _decide(
        self, name: object = "", item: object = None, word: object = "", believed: object = None, note: object = ""
    ) -> dict[str, Any]:
        with self._lock:
            one = self._list(name)
            row = self._found(one, item)
            of_ruling, of_pair = given_numbers(believed)
            self._look()
            rulings, found_as, doubts = self._obeyed(one, row, str(word), given_note(note))
            pairs: Words = ()
            if one.subject == MISSING:
                party = (row["part"], row["key_l"])
                if self._parties.number(party) != of_pair:
                    who = self._parties.last_person(party)
                    raise OvertakenError(f"{who} decided this in the meantime. Nothing was saved.")
                said = {"reviewer": self._reviewer, "note": rulings[0]["note"]}
                pairs = [{**pair, **said} for pair in self._parties.decisions(party, found_as)]
            self._save(rulings, [of_ruling], pairs)
            return {"row": self._row(one, row), "doubts": doubts}

    def _obeyed(self, one: ItemList, row: Row, word: str, note: str | None) -> tuple[Words, str | None, list[str]]:
        """Return the ruling that a word comes to, as which party it finds the item, and what speaks against it."""
        said = reviewed_item(one.subject, row, word, reviewer=self._reviewer, note=note)
        if said is None:
            raise InputError(f"{word[:60]!r} is not understood. Say {offered(one.subject)}.")
        obeyed = obeyed_findings(self._engagement, [said], self._known, self._current)
        before = f"{place_text(said.problem)}: "
        if obeyed.problems:
            raise InputError(obeyed.problems[0].removeprefix(before))
        doubts = [doubt.removeprefix(before) for doubt in obeyed.doubts]
        if not obeyed.pairs:
            return obeyed.rulings, None, doubts
        # Which party it is, is a decision on two records: no other word on the item holds beside it.
        [pair] = obeyed.pairs
        return [{**pair, "key_r": None, "decision": "open"}], str(pair["key_r"]), doubts

    def _row(self, one: ItemList, row: Row) -> Row:
        party = (row["part"], row["key_l"])
        said = self._words.get((one.subject, *party))
        found = self._parties.found(party) if one.subject == MISSING else None
        is_invoice = self._entities.get(row["part"]) == "invoice"
        word, last = row["word"], said
        if said is not None:
            word = shown(one.subject, said["decision"], is_invoice=is_invoice, found_as=said["key_r"] or "")
        if found is not None and (not word or said is None or found[1]["decided_at"] >= said["decided_at"]):
            word, last = shown(MISSING, FOUND, found_as=found[0]), found[1]
        words = [name for name in one.words if one.subject != MISSING or name != _ENTER[is_invoice]]
        of_pair = self._parties.number(party) if one.subject == MISSING else 0
        return {
            **row, "word": word, "words": words, "sequence": [said["sequence"] if said else 0, of_pair],
            "by": last["reviewer"] if last and word else None, "note": last["note"] if last and word else None,
        }  # fmt: skip

    def _count_open(self, one: ItemList) -> int:
        return count_open([self._row(one, row) for row in one.rows])

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
            lists = item_lists(tables)
        looked_for = [(row["part"], row["key_l"]) for one in lists.values() if one.subject == MISSING for row in one.rows]
        self._parties = FoundParties(one for one in looked_for if self._entities.get(one[0]) in PARTY_ENTITIES)
        self._parties.hear(self._engagement.store)
        return lists

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
