"""What persons said of duplicates, as a screen hears it: who let which record stay, chose which value, took whom out."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa

from toolkit.store.decisions import LOOK_BACK
from toolkit.tables import decision_keys
from toolkit.tables.rulings import STAYS, VALUE

Row = dict[str, Any]

_RECENT = 1_000
"""Of so many words the rows are told to a page that looks for news; of more it learns when it lists anew."""


class Heard:
    """The last word on each record and fact, and on each two records, or a record and its cluster.

    Words are counted as they are heard: what a page has seen of some duplicates it says by the
    count of the last word on them.
    """

    def __init__(self, is_own: Callable[[str, str], bool]) -> None:
        """Hear nothing yet.

        Parameters
        ----------
        is_own
            Whether a decision about two keys is about duplicates that are shown.
        """
        self._is_own = is_own
        self._stays: dict[str, Row] = {}
        self._values: dict[tuple[str, str], Row] = {}
        self._decided: dict[tuple[str, str], Row] = {}
        self._last: dict[str, tuple[int, Row]] = {}
        self._recent: deque[str] = deque(maxlen=_RECENT)
        self._newest_merge = self._newest_decision = 0
        self.count = 0

    def opened(self) -> None:
        """Count from now on: all that was heard until now is shown as the screen opens."""
        self.count = 0
        self._recent.clear()
        self._last = {key: (0, row) for key, (_, row) in self._last.items()}

    @property
    def merges_since(self) -> int:
        """After which word on a merge there may be news."""
        return max(0, self._newest_merge - LOOK_BACK)

    @property
    def decisions_since(self) -> int:
        """After which decision there may be news."""
        return max(0, self._newest_decision - LOOK_BACK)

    @property
    def apart(self) -> dict[str, str]:
        """By record the cluster that it must not be in."""
        return {key: other for (key, other), row in self._decided.items() if row["decision"] == "exclude"}

    def merges(self, rulings: pa.Table) -> list[str]:
        """Take words on merges (table RULING); return the records that news is about."""
        news = []
        for row in rulings.to_pylist():
            key = row["key_l"]
            held = self._stays.get(key) if row["subject"] == STAYS else self._values.get((key, row["part"]))
            if held is not None and held["sequence"] >= row["sequence"]:
                continue
            if row["subject"] == STAYS:
                self._stays[key] = row
            else:
                self._values[key, row["part"]] = row
            self._newest_merge = max(self._newest_merge, row["sequence"])
            self._note([key], row)
            news.append(key)
        return news

    def decisions(self, decisions: pa.Table) -> list[str]:
        """Take what was said of records and clusters (table DECISION); return the keys that news of our own is about."""
        news: list[str] = []
        for row in decisions.to_pylist():
            pair = (row["key_l"], row["key_r"])
            held = self._decided.get(pair)
            if held is not None and held["sequence"] >= row["sequence"]:
                continue
            self._decided[pair] = row
            self._newest_decision = max(self._newest_decision, row["sequence"])
            own = pair if self._is_own(*pair) else ()
            self._note(own, row)
            news += own
        return news

    def _note(self, keys: Sequence[str], row: Row) -> None:
        self.count += 1
        self._last |= dict.fromkeys(keys, (self.count, row))
        self._recent.extend(keys)

    def recent(self) -> list[str]:
        """Return the records and clusters that the newest words are about."""
        return [*self._recent]

    def last(self, keys: Sequence[str]) -> int:
        """Return how many words had been heard with the last one on some records; 0 for none since the screen opened."""
        return max((self._last[key][0] for key in keys if key in self._last), default=0)

    def last_person(self, keys: Sequence[str]) -> str:
        """Return who said the last word on some records."""
        said = [self._last[key] for key in keys if key in self._last]
        newest = max(said, key=lambda one: one[0], default=None)
        return (newest[1]["reviewer"] if newest else None) or "Somebody"

    def is_about(self, key: str) -> bool:
        """Whether a choice about a record is in force."""
        own = [self._stays.get(key), *(row for (name, _), row in self._values.items() if name == key)]
        return any(row is not None and row["decision"] != "open" for row in own)

    def who_stays(self, keys: Sequence[str]) -> Row | None:
        """Return who let one of some records stay, and when."""
        rows = [self._stays[key] for key in keys if key in self._stays and self._stays[key]["decision"] == STAYS]
        return _who(rows[0]) if rows else None

    def who_chose(self, fact: str, keys: Sequence[str]) -> Row:
        """Return who chose the value of a fact of some records, and when; nothing where nobody did."""
        rows = self.values_of(fact, keys)
        return _who(rows[-1]) if rows else {}

    def values_of(self, fact: str, keys: Sequence[str]) -> list[Row]:
        """Return the choices in force of a fact of some records."""
        held = (self._values.get((key, fact)) for key in keys)
        return [row for row in held if row is not None and row["decision"] == VALUE]

    def stays_of(self, key: str) -> Row | None:
        """Return the last word on whether a record stays."""
        return self._stays.get(key)

    def number(self, key: str, fact: str) -> int:
        """Return the number of the last word on the value of a fact; 0 for none."""
        return int(self._values[key, fact]["sequence"]) if (key, fact) in self._values else 0

    def decided(self, one: str, other: str) -> int:
        """Return the number of the last decision on two keys; 0 for none."""
        row = self._decided.get(decision_keys(one, other))
        return int(row["sequence"]) if row is not None else 0

    def apart_from(self, cluster_id: str, stream: str, system: str) -> list[Row]:
        """Return the records of a list that somebody took out of a cluster.

        Parameters
        ----------
        cluster_id
            The cluster.
        stream, system
            The list.
        """
        start = f"{system}/{stream}/"
        return [
            {"key": key, "id": key.removeprefix(start), **_who(row)}
            for (key, other), row in self._decided.items()
            if other == cluster_id and row["decision"] == "exclude" and key.startswith(start)
        ]


def _who(row: Row) -> Row:
    return {"by": row["reviewer"], "at": row["decided_at"].isoformat()}
