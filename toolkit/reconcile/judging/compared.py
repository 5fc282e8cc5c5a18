"""One comparison as it is judged: both sides, what was linked, and what became of each document of the source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.match.comparison import Ints
from toolkit.match.documents import amounts
from toolkit.reconcile.coded import Flags, array_of, positions
from toolkit.reconcile.covered_days import Covered
from toolkit.reconcile.events import is_time_up
from toolkit.reconcile.judging.unread import Unread
from toolkit.reconcile.nouns import NOUNS
from toolkit.reconcile.sides import Side

ONE, TOGETHER = "one", "together"
EXPLAINED = (amounts.EQUAL, amounts.TAX, amounts.FEE)
"""How amounts may relate without anything being wrong."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Documents that were found to be one event: their rows, how their amounts relate, whether a number says so."""

    rows_l: Ints
    rows_r: Ints
    relation: Ints
    has_number: Flags

    def __len__(self) -> int:
        return len(self.rows_l)


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison.

    Attributes
    ----------
    handoff, as_of
        Which stream hands over to which, and the day up to which was looked.
    label_l, label_r
        What the client calls the two systems.
    stream_l, stream_r
        All documents of both streams.
    left, right
        Those that take part.
    covered_l, covered_r
        The days that both lists cover.
    linked
        Who is whose, one to one.
    is_grouped
        Which of the source stand together with others.
    is_found, is_missing
        What became of those of the source that can be judged.
    is_claimed_r
        Which of the target are the counterpart of something, in any handoff.
    error_kinds
        Of the pairs that disagree, how many do so in which way.
    unread_l, unread_r
        Days that should date source and target and could not be read.
    """

    handoff: Handoff
    as_of: date
    label_l: str
    label_r: str
    stream_l: pa.Table
    stream_r: pa.Table
    left: Side
    right: Side
    covered_l: Covered
    covered_r: Covered
    linked: Linked
    is_grouped: Flags
    is_found: Flags
    is_missing: Flags
    is_claimed_r: Flags
    error_kinds: Mapping[str, int]
    unread_l: Unread | None = None
    unread_r: Unread | None = None

    @property
    def noun_l(self) -> str:
        """What the client calls the source's documents."""
        return NOUNS.get(self.handoff.entity_l, f"{self.handoff.entity_l} records")

    @property
    def noun_r(self) -> str:
        """What the client calls the target's documents."""
        return NOUNS.get(self.handoff.entity_r, f"{self.handoff.entity_r} records")

    @property
    def source(self) -> str:
        """What is handed over, and from where, in a client's words."""
        return f"{self.noun_l} in {self.label_l}"

    @property
    def target(self) -> str:
        """What it becomes, and where, in a client's words."""
        return f"{self.noun_r} in {self.label_r}"

    @property
    def judged(self) -> int:
        """How many documents of the source could be found or missing."""
        return int((self.is_found | self.is_missing).sum())

    @property
    def due(self) -> int:
        """How many of these had all the time that the target may take: one that is young can only be found."""
        is_due = is_time_up(self.left.day, self.handoff.grace_days, self.as_of)
        return int(((self.is_found & is_due) | self.is_missing).sum())

    @property
    def missing_share(self) -> float:
        """The share of these that is missing; 0 without any."""
        return float(self.is_missing.sum() / self.judged) if self.judged else 0.0

    @property
    def stray_count(self) -> int:
        """How many documents of the target nothing explains, of the days that the source covers."""
        day = self.right.day
        is_inside = self.covered_l.holds(day, day)
        return int((~self.is_claimed_r & is_inside).sum())


def linked_rows(links: pa.Table, rows_l: Ints, rows_r: Ints, count_l: int) -> tuple[Linked, Flags]:
    """Return the links of one handoff by their rows, and which of the source stand in a group.

    Parameters
    ----------
    links
        DOCUMENT_LINK of this handoff.
    rows_l, rows_r
        Where the documents of each link stand among those of both sides; -1 where there is none.
    count_l
        How many documents the source has.
    """
    is_one = np.asarray(pc.equal(array_of(links["kind"]), ONE)) & (rows_l >= 0) & (rows_r >= 0)
    is_together = np.asarray(pc.equal(array_of(links["kind"]), TOGETHER)) & (rows_l >= 0)
    relation = positions(array_of(links["amount_relation"]), pa.array(amounts.NAMES))
    basis = pc.fill_null(array_of(links["basis"]), "")
    has_number = np.asarray(pc.match_substring(basis, "number"), dtype=bool)
    is_grouped = np.zeros(count_l, dtype=bool)
    is_grouped[rows_l[is_together]] = True
    at = np.flatnonzero(is_one)
    return Linked(rows_l[at], rows_r[at], relation[at], has_number[at]), is_grouped
