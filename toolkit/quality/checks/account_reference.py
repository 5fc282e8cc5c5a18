"""Ledger accounts that are not in the chart, or no longer in use; the chart of the own system comes first."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.check import Check, Judged, keyed_rows
from toolkit.quality.evidence import Evidence
from toolkit.quality.reference_names import is_unknown_list
from toolkit.quality.streams import Records, Stream, coded, folded, is_filled
from toolkit.tables import ITEM_ENTITIES

_REASONS = {
    "inactive": "This ledger account is no longer in use.",
    "unknown": "The chart of accounts does not list this ledger account.",
}


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield the accounts of each stream and of its lines, where there is a chart of the system or only one of all."""
    charts = _charts(evidence.records)
    for stream in evidence.streams:
        if stream.entity in ITEM_ENTITIES or "gl_code" not in stream.table.column_names:
            continue
        # A shop without accounts of its own books into the only ledger there is.
        chart = charts.get(stream.system)
        if chart is None and len(charts) == 1:
            [chart] = charts.values()
        if chart is None:
            continue
        yield from _judged(stream, "gl_code", stream.table, chart)
        if evidence.lines is not None and evidence.lines.num_rows:
            yield from _judged(stream, "line_gl_code", _own_lines(evidence.lines, stream.table), chart)


def _own_lines(lines: pa.Table, documents: pa.Table) -> pa.Table:
    """Return the lines of some documents, but for those that repeat the account of their document: it is judged there."""
    places = pc.index_in(lines["record_key"], value_set=documents["record_key"])
    lines = lines.filter(pc.is_valid(places))
    of_document = documents["gl_code"].take(pc.drop_null(places))
    return lines.filter(pc.invert(pc.fill_null(pc.equal(lines["gl_code"], of_document), fill_value=False)))


def _charts(records: Records) -> dict[str, dict[str, bool]]:
    """Return by system every code and name of an account, and whether it may still be used."""
    charts: dict[str, dict[str, bool]] = {}
    for (system, _), table in sorted(records.items()):
        if "is_active" not in table.column_names:
            continue
        accounts = table.filter(pc.equal(table["entity"], "account"))
        is_current = pc.and_(
            pc.fill_null(accounts["is_active"], fill_value=True), pc.equal(accounts["state"], "active")
        ).to_pylist()
        for column in ("record_id", "name", "code"):
            for value, is_active in zip(folded(accounts[column]).to_pylist(), is_current, strict=True):
                if value is not None:
                    known = charts.setdefault(system, {})
                    known[value] = known.get(value, False) or is_active
    return charts


def _judged(stream: Stream, column: str, table: pa.Table, chart: dict[str, bool]) -> Iterator[Judged]:
    used = table.select(["record_key", "gl_code"]).filter(pa.array(is_filled(table["gl_code"])))
    if not used.num_rows:
        return
    different, codes = coded(used["gl_code"])
    standing = [_standing(value, chart) for value in folded(pa.chunked_array([different])).to_pylist()]
    failing = np.flatnonzero(np.array([one != "active" for one in standing])[codes])
    if "inactive" not in standing and is_unknown_list(failing, codes):
        return
    reasons = pa.array([_REASONS.get(one) for one in standing], pa.string())
    taken = pa.array(codes[failing])
    found = keyed_rows(used["record_key"].take(pa.array(failing)), different.take(taken), reasons.take(taken))
    yield Judged(stream, column, "booked to a ledger account that is inactive or unknown", "high", used.num_rows, found)


def _standing(value: str | None, chart: dict[str, bool]) -> str:
    """Say how an account stands in the chart; "4000 Sales" is found by its code, "Income:Sales" by its last part."""
    text = value or ""
    first, _, _ = text.partition(" ")
    spellings = [text, text.rsplit(":", 1)[-1].strip(), text.removesuffix(".0")]
    if first.isdigit():
        spellings.append(first)
    known = [chart[one] for one in spellings if one in chart]
    if not known:
        return "unknown"
    return "active" if known[0] else "inactive"


CHECK = Check(
    rule="reference",
    label="References to something that does not exist or is no longer in use",
    fails_when="a ledger account is unknown or no longer in use",
    severities=("high",),
    judged=judged,
    round=4,
    turn=7,
)
