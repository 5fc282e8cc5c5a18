"""As which party of the other system a missing one was found: decisions on two records, as the list of items shows them."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.errors import InputError
from toolkit.store.decisions import LOOK_BACK, kept_decisions
from toolkit.store.store import Store

Row = dict[str, Any]
Item = tuple[str, str]
"""The stream that is looked in (system.stream), and the key of the party that is missing there."""


class FoundParties:
    """The last decision on each missing party and a record of the system that it is looked for in."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._parts: dict[str, dict[str, str]] = {}
        for part, key in items:
            self._parts.setdefault(key, {})[f"{part.replace('.', '/', 1)}/"] = part
        self._said: dict[Item, dict[str, Row]] = {}
        self._last = 0

    def hear(self, store: Store) -> list[Item]:
        """Take what was decided since, by whomever; return the items that news is about."""
        if not self._parts:
            return []
        with store.reading() as connection:
            told = kept_decisions(connection, max(0, self._last - LOOK_BACK))
        self._last = max([self._last, *told["sequence"].to_pylist()])
        keys = pa.array(self._parts, pa.string())
        own = told.filter(pc.or_(*(pc.is_in(told[side], value_set=keys) for side in ("key_l", "key_r"))))
        return [item for row in own.to_pylist() for item in self._taken(row)]

    def _taken(self, row: Row) -> list[Item]:
        news = []
        for key, other in ((row["key_l"], row["key_r"]), (row["key_r"], row["key_l"])):
            for start, part in self._parts.get(key, {}).items():
                held = self._said.setdefault((part, key), {})
                if other.startswith(start) and held.get(other, {"sequence": 0})["sequence"] < row["sequence"]:
                    held[other] = row
                    news.append((part, key))
        return news

    def found(self, item: Item) -> tuple[str, Row] | None:
        """Return as which record a missing party was found, and the decision; nothing where nobody found it."""
        same = [one for one in self._said.get(item, {}).items() if one[1]["decision"] == "same"]
        return max(same, key=lambda one: int(one[1]["sequence"]), default=None)

    def number(self, item: Item) -> int:
        """Return the number of the last decision on an item; 0 for none."""
        last = self._last_row(item)
        return int(last["sequence"]) if last else 0

    def last_person(self, item: Item) -> str:
        """Return who took the last decision on an item."""
        last = self._last_row(item)
        return (last and last["reviewer"]) or "Somebody"

    def _last_row(self, item: Item) -> Row | None:
        return max(self._said.get(item, {}).values(), key=lambda row: int(row["sequence"]), default=None)

    def decisions(self, item: Item, found_as: str | None) -> list[Row]:
        """Return what has to be decided so that a missing party is found as one record and as no other.

        Parameters
        ----------
        item
            The missing party.
        found_as
            Key of the record; null where it is not found.

        Raises
        ------
        InputError
            Somebody decided that these two are not the same.
        """
        _, key = item
        said = self._said.get(item, {})
        taken_back = [
            {"key_l": key, "key_r": other, "decision": "open", "seen": row["sequence"]}
            for other, row in said.items()
            if row["decision"] == "same" and other != found_as
        ]
        if found_as is None:
            return taken_back
        held = said.get(found_as, {"sequence": 0, "decision": "open"})
        if held["decision"] == "not_same":
            who = held["reviewer"] or "Somebody"
            raise InputError(
                f"{who} decided that {key} and {found_as} are not the same. Nothing was saved; take that back first, in "
                "review_pairs."
            )
        return [*taken_back, {"key_l": key, "key_r": found_as, "decision": "same", "seen": held["sequence"]}]
