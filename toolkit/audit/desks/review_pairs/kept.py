"""What persons decided, as a screen knows it: entered before it is shown as saved, and others' words as they come in."""

import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from toolkit.audit.desks.review_pairs.pairs import STATES, UNSAID, Pairs
from toolkit.errors import InputError
from toolkit.store.decisions import LOOK_BACK, enter_decisions, kept_decisions
from toolkit.store.store import Store
from toolkit.tables import decision_keys, is_record_key

MAX_AT_ONCE = 20_000
_MAX_NOTE = 2_000
_MAX_TOLD = 500

Row = dict[str, Any]


class Kept:
    """The decisions on the pairs and groups of a run; asked and added to from any thread."""

    def __init__(self, store: Store, pairs: Pairs, reviewer: str) -> None:
        """Read what is decided already.

        Parameters
        ----------
        store, pairs, reviewer
            Where decisions are kept, the pairs of the run, and who decides at this screen.
        """
        self._store, self._pairs, self.reviewer = store, pairs, reviewer
        self.lock = threading.RLock()
        self.last: dict[tuple[str, str], Row] = {}
        self._newest = 0
        self._since: list[Row] = []
        self._heard_at: dict[tuple[str, str], int] = {}
        # SQLite writes its journal back whenever the last connection closes, and waits for the disk: one stays open.
        self._open = store.noting()
        self.refresh()
        self._since.clear()
        self._heard_at.clear()

    @property
    def heard(self) -> int:
        """How many words were heard since the screen was opened: what a page has seen of them, it says by this."""
        return len(self._since)

    def refresh(self) -> None:
        """Take in what was entered since, by whomever."""
        with self.lock:
            with self._store.reading() as connection:
                new = kept_decisions(connection, max(0, self._newest - LOOK_BACK))
            for row in new.to_pylist():
                self._take(row)
                self._newest = max(self._newest, row["sequence"])

    def _take(self, row: Row) -> None:
        pair = (row["key_l"], row["key_r"])
        held = self.last.get(pair)
        if held is not None and held["sequence"] >= row["sequence"]:
            return
        self.last[pair] = row
        self._since.append(row)
        self._heard_at[pair] = self.heard
        at = self._pairs.place(*pair)
        if at >= 0:
            self._pairs.state[at] = STATES.get(row["decision"], UNSAID)
            self._pairs.number[at] = row["sequence"]
            self._pairs.is_mine[at] = row["reviewer"] == self.reviewer

    def enter(self, given: object, *, together: bool = False) -> Row:
        """Enter decisions that a page sends; return what became of them.

        ``rows`` were entered, each with what held ``before``; ``already`` held before, whoever said so; ``overtaken`` is
        what somebody else had said otherwise meanwhile.

        Parameters
        ----------
        given
            Rows with ``l``, ``r`` (keys), ``decision``, ``seen`` (number of the decision that the page shows, 0 for none)
            and perhaps ``note``.
        together
            Whether none is entered where one of them is overtaken.

        Raises
        ------
        InputError
            One of them names what is not there.
        """
        if not isinstance(given, list) or not given or len(given) > MAX_AT_ONCE:
            raise InputError(f"Between 1 and {MAX_AT_ONCE:,} decisions are entered at once.")
        rows = [self._checked(one) for one in given]
        with self._store.changing() as connection:
            entered = enter_decisions(connection, rows, datetime.now(UTC), together=together)
        told = []
        with self.lock:
            # What others entered meanwhile comes in when it is next asked for.
            for row in entered.rows:
                before = self.last.get((row["key_l"], row["key_r"]))
                self._take(row)
                told.append({**self.told(row), "before": self.told(before) if before else None})
            for row in (*entered.already, *entered.overtaken):
                self._take(row)
        return {
            "rows": told,
            "already": [self.told(row) for row in entered.already],
            "overtaken": [self.told(row) for row in entered.overtaken],
        }

    def _checked(self, one: object) -> Row:
        if not isinstance(one, Mapping):
            raise InputError("A decision names two records and what is decided.")
        key_l, key_r, word, seen, note = (one.get(name) for name in ("l", "r", "decision", "seen", "note"))
        if not isinstance(key_l, str) or not isinstance(key_r, str) or key_l == key_r:
            raise InputError("A decision names two records. Run the cell again.")
        if not isinstance(seen, int) or isinstance(seen, bool) or word not in {"same", "not_same", "exclude", "open"}:
            raise InputError("A decision is same, not the same, or left open. Run the cell again.")
        if note is not None and (not isinstance(note, str) or len(note) > _MAX_NOTE):
            raise InputError(f"A note is text of at most {_MAX_NOTE:,} characters.")
        key_l, key_r = decision_keys(key_l, key_r)
        groups = self._pairs.group_of
        is_about_group = not is_record_key(key_r)
        known = key_r in self._pairs.group_sizes if is_about_group else key_r in groups
        if key_l not in groups or not known or (is_about_group and word not in {"exclude", "open"}):
            raise InputError("The latest run has no such record or group. Run the cell again.")
        if word == "exclude" and not is_about_group:
            raise InputError("A record is excluded from a group, not from another record.")
        return {
            "key_l": key_l,
            "key_r": key_r,
            "decision": word,
            "reviewer": self.reviewer,
            "note": (note or "").strip() or None,
            "seen": seen,
        }

    def told(self, row: Mapping[str, Any]) -> Row:
        """Return a decision as a page keeps it."""
        return {
            "l": row["key_l"],
            "r": row["key_r"],
            "pair": self._pairs.place(row["key_l"], row["key_r"]),
            "decision": row["decision"],
            "number": row["sequence"],
            "who": row["reviewer"] or "",
            "when": f"{row['decided_at']:%Y-%m-%d %H:%M}" if row["decided_at"] else "",
            "note": row["note"] or "",
        }

    def after(self, heard: int) -> tuple[list[Row], int]:
        """Return the words behind those that a page has heard, the oldest first, and how many it has heard with them."""
        with self.lock:
            found = self._since[heard : heard + _MAX_TOLD]
        # A late word may have a smaller number than one that was told before it.
        told = [self.told(row) for row in sorted(found, key=lambda row: row["sequence"])]
        return told, min(heard, self.heard) + len(found)

    def seen(self, key_l: str, key_r: str, heard: int) -> int:
        """Return the number of the word on two records that a page has seen; 0 where it has seen none.

        What was said on them since makes it another number than that of the word in force: the store refuses it.

        Parameters
        ----------
        key_l, key_r
            The records, in either order.
        heard
            How many words the page has heard.
        """
        pair = decision_keys(key_l, key_r)
        with self.lock:
            row = self.last.get(pair)
            return int(row["sequence"]) if row is not None and self._heard_at.get(pair, 0) <= heard else 0

    def on(self, key_l: str, key_r: str) -> Row | None:
        """Return what holds of two records, or of a record and a group; nothing where nobody said anything."""
        row = self.last.get(decision_keys(key_l, key_r))
        return self.told(row) if row else None

    def apart(self, one: Sequence[str], other: Sequence[str]) -> list[tuple[str, str]]:
        """Return the pairs between two lists of records that somebody held to be two."""
        both = (decision_keys(left, right) for left in one for right in other)
        return [pair for pair in both if (row := self.last.get(pair)) is not None and row["decision"] == "not_same"]
