"""What some tables would be read as under other settings: tried on a copy of ``engagement.yaml``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.pull.described import Described, described_tables
from toolkit.audit.pull.memory import remembered_meanings
from toolkit.audit.pull.read_as import canonical_settings
from toolkit.audit.pull.unchanged import stream_groups
from toolkit.files.canonical import CanonicalStream, canonical_stream, major_units
from toolkit.files.raw import RawTable
from toolkit.settings import FILE_NAME, load_settings
from toolkit.tables import EVENT_COLUMNS

_DAY = 10


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of tables: rows read, counted and put aside; sums by currency; the first and the last day; the streams.

    ``why`` says of tables that are not counted why they are not.
    """

    rows: int
    kept: int
    aside: int
    sums: tuple[str, ...]
    days: tuple[str, str] | None
    streams: tuple[str, ...]
    why: tuple[str, ...]

    def shown(self) -> dict[str, Any]:
        """Return the same as a page takes it."""
        return {
            "rows": self.rows,
            "kept": self.kept,
            "aside": self.aside,
            "sums": list(self.sums),
            "days": list(self.days or ()),
            "streams": list(self.streams),
            "why": list(self.why),
        }


def tried(engagement: Engagement, raws: Sequence[RawTable], text: str) -> Tried:
    """Return what would come of some tables.

    Parameters
    ----------
    engagement
        Whose tables they are.
    raws
        The tables, with as many rows as are to be tried.
    text
        An ``engagement.yaml``; it need not be the one that is there.

    Raises
    ------
    InputError
        The text is not valid, or an answer in it cannot be used.
    """
    with TemporaryDirectory(prefix="integration-audit-") as folder:
        path = Path(folder) / FILE_NAME
        path.write_text(text, encoding="utf-8")
        overrides = [f"{dotted}={value}" for dotted, value in engagement.loaded.overrides.items()]
        trial = replace(engagement, folder=Path(folder), loaded=load_settings(path, overrides))
        found = described_tables(trial, raws, meanings=remembered_meanings())
        return _summed(found, raws)


def _summed(found: Described, raws: Sequence[RawTable]) -> Tried:
    read = [*_read(found)]
    counts = [count for stream in read for count in stream.counts]
    sums: dict[str, int] = {}
    for count in counts:
        if count.sum_minor is not None:
            sums[count.currency or ""] = sums.get(count.currency or "", 0) + count.sum_minor
    days = [day for stream in read for day in _days(stream)]
    return Tried(
        rows=sum(raw.rows.num_rows for raw in raws),
        kept=sum(count.rows_kept for count in counts),
        aside=sum(count.rows_quarantined for count in counts),
        sums=tuple(f"{major_units(total, code):,} {code}".strip() for code, total in sums.items()),
        days=(min(days), max(days)) if days else None,
        streams=tuple(f"{one.system}/{one.stream.name}" for one in read),
        why=tuple(dict.fromkeys(one.refusal for one in found.refused if one.refusal)),
    )


def _read(found: Described) -> Iterator[CanonicalStream]:
    for (system, _), group in stream_groups(found.sources).items():
        stream = group[0].stream
        if stream is not None:
            how = canonical_settings(found.engagement, system, group[0].own)
            yield canonical_stream([one.raw for one in group], stream, system=system, **how)


def _days(stream: CanonicalStream) -> Iterator[str]:
    """Yield the first and the last day on which something of a stream happened."""
    for file in stream.files:
        columns = file.typed.columns
        name = next((one for one in EVENT_COLUMNS.get(stream.stream.entity, ()) if one in columns), None)
        if name is not None:
            ends = pc.min_max(columns[name]).as_py()
            yield from (str(ends[side])[:_DAY] for side in ("min", "max") if ends[side] is not None)
