"""Groups of records that are held to be one party: which there are, and one of them opened."""

from functools import cached_property
from typing import Any

import numpy as np
import pyarrow.compute as pc

from toolkit.audit.desks.review_pairs.kept import Kept
from toolkit.audit.desks.review_pairs.pairs import Pairs
from toolkit.audit.desks.review_pairs.parties import FIELDS, Parties, label_of
from toolkit.errors import InputError
from toolkit.match.comparison import Ints

MAX_SHOWN = 60
"""Records of one group that are shown; of more it is said how many there are."""
_OFFERED = 8


class GroupList:
    """The groups of at least two records, those first whose weakest link is weakest."""

    def __init__(self, pairs: Pairs, parties: Parties, kept: Kept) -> None:
        self._pairs, self._parties, self._kept = pairs, parties, kept

    @cached_property
    def _ids(self) -> list[str]:
        return sorted(name for name, size in self._pairs.group_sizes.items() if size > 1)

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, name in self._pairs.group_of.items():
            found.setdefault(name, []).append(key)
        return found

    @cached_property
    def _weakest(self) -> dict[str, float]:
        """Probability of the least sure pair that is held within each group."""
        pairs, group_of = self._pairs, self._pairs.group_of
        rows = np.flatnonzero(pairs.is_held)
        least: dict[str, float] = {}
        for key, probability in zip(
            pairs.table["key_l"].take(rows).to_pylist(), pairs.probability[rows].tolist(), strict=True
        ):
            name = group_of.get(key, "")
            least[name] = min(least.get(name, 1.0), probability)
        return least

    @cached_property
    def _worst_first(self) -> list[str]:
        return sorted(self._ids, key=lambda name: (self._weakest.get(name, 1.0), -self._pairs.group_sizes[name], name))

    def chosen(self, text: str, system: str) -> list[str]:
        """Return the ids of groups that hold a text and a system, in order."""
        if not text and not system:
            return self._worst_first
        table = self._parties.table
        is_fit = self._parties.found(text) if text else np.ones(table.num_rows, dtype=bool)
        wanted = self._group_names(np.flatnonzero(is_fit))
        if system:
            wanted &= self._group_names(np.flatnonzero(np.asarray(pc.equal(table["system"], system))))
        return [one for one in self._worst_first if one in wanted]

    def _group_names(self, rows: Ints) -> set[str]:
        keys = self._parties.table["record_key"].take(rows).to_pylist()
        return {self._pairs.group_of.get(key, "") for key in keys}

    def summaries(self, names: list[str]) -> list[list[Any]]:
        """Return a line for each group: id, what it is called, how many records, in how many systems, its weakest link."""
        first = [self._members[name][0] for name in names]
        called = self._parties.names(first)
        return [
            [
                name,
                words,
                len(self._members[name]),
                len({key.split("/", 1)[0] for key in self._members[name]}),
                round(self._weakest.get(name, 1.0), 4),
            ]
            for name, words in zip(names, called, strict=True)
        ]

    def opened(self, name: str) -> dict[str, Any]:
        """Return a group: its records field by field, what holds them together, and what was said of them.

        Raises
        ------
        InputError
            The run has no such group.
        """
        keys = self.members(name)[:MAX_SHOWN]
        fields = self._parties.fields(keys)
        columns = [one for one in FIELDS if any(one in row for row in fields)]
        if "name" in columns and all("name" in row for row in fields):
            columns = [one for one in columns if one not in {"given_name", "family_name"}]
        about = self._parties.about(keys)
        names = self._parties.names(keys)
        members = [
            {
                "key": key,
                "name": names[at],
                "system": self._parties.system(key),
                "fields": {one: fields[at].get(one, "") for one in columns},
                "about": about[at],
                "said": self._kept.on(key, name),
            }
            for at, key in enumerate(keys)
        ]
        return {
            "group": name,
            "count": len(self.members(name)),
            "columns": [[one, label_of(one)] for one in columns],
            "members": members,
            "links": self._links(keys),
            "said": self._said(keys),
        }

    def members(self, name: object) -> list[str]:
        """Return the keys of the records of a group.

        Raises
        ------
        InputError
            The run has no such group.
        """
        if not isinstance(name, str) or name not in self._members:
            raise InputError("The latest run has no such group. Run the cell again.")
        return self._members[name]

    def _links(self, keys: list[str]) -> list[dict[str, Any]]:
        """Return which pairs of some records were compared and are held to be one, the least sure first."""
        place = {key: at for at, key in enumerate(keys)}
        found = []
        for left in range(len(keys)):
            for right in range(left + 1, len(keys)):
                row = self._pairs.place(*sorted((keys[left], keys[right])))
                if row >= 0:
                    probability = round(float(self._pairs.probability[row]), 4)
                    found.append({"l": place[keys[left]], "r": place[keys[right]], "pair": row, "p": probability})
        return sorted(found, key=lambda one: one["p"])

    def _said(self, keys: list[str]) -> list[dict[str, Any]]:
        own = set(keys)
        rows = [row for pair, row in list(self._kept.last.items()) if own.issuperset(pair) and row["decision"] != "open"]
        names = dict(zip(keys, self._parties.names(keys), strict=True))
        return [{**self._kept.told(row), "name_l": names[row["key_l"]], "name_r": names[row["key_r"]]} for row in rows]

    def offered(self, text: str, beside: str) -> list[dict[str, Any]]:
        """Return groups, single records among them, that a group could be joined with: those that hold a text."""
        if not text.strip():
            return []
        rows = np.flatnonzero(self._parties.found(text))[:200]
        keys = self._parties.table["record_key"].take(rows).to_pylist()
        names = list(dict.fromkeys(self._pairs.group_of[key] for key in keys if key in self._pairs.group_of))
        wanted = [one for one in names if one != beside][:_OFFERED]
        first = [next(key for key in keys if self._pairs.group_of.get(key) == one) for one in wanted]
        called = self._parties.names(first)
        return [
            {"group": one, "name": words, "system": self._parties.system(key), "count": len(self._members[one]), "key": key}
            for one, words, key in zip(wanted, called, first, strict=True)
        ]

    def likeliest_link(self, one: list[str], other: list[str]) -> tuple[str, str]:
        """Return the two records of two groups by which they are joined: those most likely to be one."""
        best, chosen = -1.0, (one[0], other[0])
        for left in one[:MAX_SHOWN]:
            for right in other[:MAX_SHOWN]:
                row = self._pairs.place(*sorted((left, right)))
                if row >= 0 and self._pairs.probability[row] > best:
                    best, chosen = float(self._pairs.probability[row]), (left, right)
        return chosen
