"""The pairs of a run as columns: which are chosen, in which order, and what was said of each.

Nothing is built for a pair before it is shown: a hundred thousand pairs are columns of numbers until then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.desks.review_pairs.parties import FIELDS, Parties
from toolkit.errors import InputError
from toolkit.match.comparison import Floats, Ints
from toolkit.match.review.decision_worth import decision_worth
from toolkit.store import Run
from toolkit.tables.pair_texts import pair_texts

Flags = npt.NDArray[np.bool_]

UNSAID, SAME, NOT_SAME, TAKEN_BACK = range(4)
STATES = {"same": SAME, "not_same": NOT_SAME, "open": TAKEN_BACK}
SHOWN = ("to_decide", "decided", "mine", "held", "apart", "all")
ORDERS = ("worth", "surest", "least_sure")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which pairs are shown, and in which order."""

    show: str = "to_decide"
    low: float = 0.0
    high: float = 1.0
    system: str = ""
    kind: str = ""
    differs: str = ""
    text: str = ""
    order: str = "worth"

    @classmethod
    def of(cls, given: object) -> "Filter":
        """Return the filter that a page asks for.

        Raises
        ------
        InputError
            It is none.
        """
        if not isinstance(given, Mapping):
            raise InputError("A filter names what is shown. Run the cell again.")
        texts = {name: given.get(name, "") for name in ("system", "kind", "differs", "text")}
        show, order = given.get("show", "to_decide"), given.get("order", "worth")
        low, high = given.get("low", 0.0), given.get("high", 1.0)
        is_text = all(isinstance(one, str) and len(one) <= 200 for one in texts.values())
        is_band = all(isinstance(one, int | float) and not isinstance(one, bool) and 0 <= one <= 1 for one in (low, high))
        if not is_text or not is_band or show not in SHOWN or order not in ORDERS:
            raise InputError("This page asks for pairs in a way that is not known here. Run the cell again.")
        if texts["differs"] and texts["differs"] not in FIELDS:
            raise InputError(f"There is no field {texts['differs']!r} to filter by.")
        return cls(show=show, low=float(low), high=float(high), order=order, **texts)


class Pairs:
    """The pairs of a run, and what was said of each since."""

    def __init__(self, run: Run, parties: Parties) -> None:
        """Read the pairs of a run.

        Parameters
        ----------
        run
            Which.
        parties
            Their records.
        """
        self._run, self._parties = run, parties
        self.table = run.table("pair")
        self.clusters = run.table("cluster")
        self.count = self.table.num_rows
        self.probability: Floats = np.asarray(self.table["match_probability"], dtype=np.float64)
        decision = self.table["decision"]
        self.is_doubtful: Flags = np.asarray(pc.equal(decision, "review"))
        self.is_held: Flags = np.asarray(pc.equal(decision, "same"))
        self.state = np.zeros(self.count, dtype=np.int8)
        self.number = np.zeros(self.count, dtype=np.int64)
        """Number of the decision on each pair; 0 for none."""
        self.is_mine: Flags = np.zeros(self.count, dtype=bool)
        known = pa.chunked_array([*self.table["key_l"].chunks, *self.table["key_r"].chunks], pa.string())
        self._keys = pc.unique(known)
        self.left, self.right = (
            np.asarray(pc.index_in(self.table[key], value_set=self._keys), dtype=np.int64) for key in ("key_l", "key_r")
        )

    @cached_property
    def _at(self) -> Mapping[str, int]:
        return {key: at for at, key in enumerate(self._keys.to_pylist())}

    @cached_property
    def _coded(self) -> tuple[Ints, Ints]:
        """Each pair as one number, in order, and which pair it is."""
        code = self.left * len(self._keys) + self.right
        order = np.argsort(code, kind="stable")
        return code[order], order

    def place(self, key_l: str, key_r: str) -> int:
        """Return the row of a pair; -1 where the run has none."""
        one, other = self._at.get(key_l, -1), self._at.get(key_r, -1)
        if one < 0 or other < 0:
            return -1
        codes, order = self._coded
        wanted = one * len(self._keys) + other
        at = int(np.searchsorted(codes, wanted))
        return int(order[at]) if at < len(codes) and codes[at] == wanted else -1

    @cached_property
    def _rows(self) -> tuple[Ints, Ints]:
        """Row of each side in the party records."""
        rows = self._parties.rows(pa.chunked_array([self._keys]))
        return rows[self.left], rows[self.right]

    @cached_property
    def worth(self) -> Floats:
        """How much a decision on each pair is expected to change; of two pairs between two groups only one has any."""
        return decision_worth(self.table, self.clusters)

    def to_decide(self) -> Flags:
        """Return which pairs wait for a person."""
        waits: Flags = (self.is_doubtful & (self.state == UNSAID)) | (self.state == TAKEN_BACK)
        return waits

    def chosen(self, wanted: Filter) -> Ints:
        """Return the rows that a filter chooses, in its order."""
        is_chosen = self._shown(wanted.show)
        if (wanted.low, wanted.high) != (0.0, 1.0):
            is_chosen = is_chosen & (self.probability >= wanted.low) & (self.probability <= wanted.high)
        found = np.flatnonzero(is_chosen)
        for is_fit in self._conditions(wanted, found):
            found = found[is_fit(found)]
        return self._ordered(found, wanted.order)

    def _shown(self, show: str) -> Flags:
        is_decided: Flags = (self.state == SAME) | (self.state == NOT_SAME)
        if show == "to_decide":
            return self.to_decide()
        if show in {"decided", "mine"}:
            return is_decided & self.is_mine if show == "mine" else is_decided
        if show == "held":
            return self.is_held
        return ~self.is_held & ~self.is_doubtful if show == "apart" else np.ones(self.count, dtype=bool)

    def _conditions(self, wanted: Filter, found: Ints) -> list[Any]:
        conditions = []
        rows_l, rows_r = self._rows if wanted.system or wanted.kind or wanted.differs or wanted.text else (found, found)
        for column, value in (("system", wanted.system), ("kind", wanted.kind)):
            if value:
                conditions.append(_either(np.asarray(pc.equal(self._parties.table[column], value)), rows_l, rows_r))
        if wanted.text:
            conditions.append(_either(self._parties.found(wanted.text), rows_l, rows_r))
        if wanted.differs:
            column = self._parties.table[wanted.differs]

            def is_different(rows: Ints) -> Flags:
                one, other = (_normal(column, side[rows]) for side in (rows_l, rows_r))
                return np.asarray(pc.fill_null(pc.not_equal(one, other), False))

            conditions.append(is_different)
        return conditions

    def _ordered(self, found: Ints, order: str) -> Ints:
        probability = self.probability[found]
        if order == "surest":
            return found[np.lexsort((found, -probability))]
        if order == "least_sure":
            return found[np.lexsort((found, np.abs(probability - 0.5)))]
        return found[np.lexsort((found, -probability, -self.worth[found]))]

    @cached_property
    def _levels(self) -> tuple[pa.Table, Ints]:
        """What was compared of each pair, in order of pairs, and where each begins."""
        levels = self._run.table("pair_level")
        place = pc.index_in(pair_texts(levels), value_set=pair_texts(self.table))
        at = np.asarray(pc.fill_null(place, self.count), dtype=np.int64)
        order = np.argsort(at, kind="stable")
        return levels.take(pa.array(order)), np.searchsorted(at[order], np.arange(self.count + 1))

    def levels(self, row: int) -> list[dict[str, Any]]:
        """Return the rows of PAIR_LEVEL of a pair."""
        table, starts = self._levels
        low, high = int(starts[row]), int(starts[row + 1])
        rows: list[dict[str, Any]] = table.slice(low, high - low).to_pylist()
        return rows

    @cached_property
    def group_sizes(self) -> Mapping[str, int]:
        """How many records each group has, by its id."""
        counts = pc.value_counts(self.clusters["cluster_id"].combine_chunks())
        return dict(zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True))

    @cached_property
    def group_of(self) -> Mapping[str, str]:
        """The group of each record, by its key."""
        return dict(zip(self.clusters["record_key"].to_pylist(), self.clusters["cluster_id"].to_pylist(), strict=True))


def _either(is_fit: Flags, rows_l: Ints, rows_r: Ints) -> Any:
    """Return a condition: either side of a pair is a record that fits."""
    known = np.append(is_fit, False)

    def fits(rows: Ints) -> Flags:
        is_fit_there: Flags = known[rows_l[rows]] | known[rows_r[rows]]
        return is_fit_there

    return fits


def _normal(column: pa.ChunkedArray, rows: Ints) -> pa.ChunkedArray:
    texts = column.take(pa.array(np.where(rows < 0, 0, rows), mask=rows < 0))
    return pc.utf8_lower(pc.utf8_trim_whitespace(texts))
