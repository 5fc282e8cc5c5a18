"""What became of every record that came over an interface: rows of INTAKE and QUARANTINE, beside those of the files."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.files.canonical import CanonicalStream
from toolkit.report.row_counts import DATABASE, INTERFACE
from toolkit.tables import INTAKE, QUARANTINE

_PARTS = pa.array([INTERFACE, DATABASE])


@dataclass(slots=True)
class AskedCounts:
    """What became of the records of one stream, batch by batch; ``repeated`` are versions that a newer one replaces.

    ``part`` says whether they came over an interface or from a database.
    """

    system: str
    stream: str
    connector: str
    part: str = INTERFACE
    repeated: int = 0
    rows: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("read", "kept", "folded", "repeated", "aside"), 0))
    sums: list[int | None] = field(default_factory=list)
    currencies: set[str | None] = field(default_factory=set)
    quarantine: list[pa.Table] = field(default_factory=list)
    said: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    def add(self, found: CanonicalStream) -> None:
        """Count a batch."""
        for count in found.counts:
            for name, rows in (
                ("read", count.rows_read), ("kept", count.rows_kept), ("folded", count.rows_folded),
                ("repeated", count.rows_repeated), ("aside", count.rows_quarantined),
            ):  # fmt: skip
                self.rows[name] += rows
            if count.rows_kept:
                self.sums.append(count.sum_minor)
                self.currencies.add(count.currency)
        if found.quarantine.num_rows:
            self.quarantine.append(found.quarantine)
        for note in found.notes:
            text, before = self.said.get((note.code, note.column), (note.text, 0))
            self.said[note.code, note.column] = (text, before + note.count)

    @property
    def quarantine_reasons(self) -> list[str]:
        """Why rows were put aside, once for each row."""
        return [reason for table in self.quarantine for reason in table["reason"].to_pylist()]

    @property
    def notes(self) -> list[str]:
        """What is said of the cells; one sentence for all batches."""
        return [f"{self.system}/{self.stream}: {text}" for text, _ in self.said.values()]

    @property
    def row(self) -> dict[str, Any]:
        """The row of INTAKE."""
        is_one = len(self.currencies) == 1 and None not in self.sums
        return {
            "file": f"{self.system}/{self.stream}",
            "part": self.part,
            "status": "read",
            "system": self.system,
            "stream": self.stream,
            "connector": self.connector,
            "rows_read": self.rows["read"] + self.repeated,
            "rows_kept": self.rows["kept"],
            "rows_folded": self.rows["folded"],
            "rows_repeated": self.rows["repeated"] + self.repeated,
            "rows_quarantined": self.rows["aside"],
            "sum_minor": sum(one for one in self.sums if one is not None) if is_one and self.sums else None,
            "currency": next(iter(self.currencies)) if is_one else None,
            "control": "none",
        }


def keep_asked_intake(engagement: Engagement, counts: Sequence[AskedCounts], quarantine: Iterable[pa.Table]) -> None:
    """Keep what became of the records of these streams, in the place of what was kept of them before.

    Parameters
    ----------
    engagement
        The engagement; its right to write is held.
    counts
        Of each stream that was pulled.
    quarantine
        Rows of them that were put aside.
    """
    if not counts:
        return
    store = engagement.store
    names = [f"{one.system}/{one.stream}" for one in counts]
    intake, aside = store.intake() if store.is_intake_whole() else (INTAKE.empty(), QUARANTINE.empty())
    intake, aside = (table.filter(pc.invert(_is_asked(table, names))) for table in (intake, aside))
    rows = sorted([*intake.to_pylist(), *(one.row for one in counts)], key=lambda row: (row["file"], row["part"]))
    store.keep_intake(INTAKE.from_rows(rows), pa.concat_tables([aside, *quarantine]))
    store.keep_pull({**store.last_pull(), "intake": store.intake_sha256()})


def asked_part(intake: pa.Table, quarantine: pa.Table, systems: Collection[str]) -> tuple[pa.Table, pa.Table]:
    """Return the rows of what came over interfaces, which a reading of files leaves as they are.

    Parameters
    ----------
    intake, quarantine
        What is kept.
    systems
        That are still asked.
    """
    kept = []
    for table in (intake, quarantine):
        is_ours = pc.and_(pc.is_in(table["part"], _PARTS), pc.is_in(table["system"], pa.array(list(systems), pa.string())))
        kept.append(table.filter(pc.fill_null(is_ours, False)))
    return kept[0], kept[1]


def _is_asked(table: pa.Table, names: Sequence[str]) -> pa.ChunkedArray:
    is_named = pc.is_in(table["file"], pa.array(names, pa.string()))
    return pc.fill_null(pc.and_(is_named, pc.is_in(table["part"], _PARTS)), False)
