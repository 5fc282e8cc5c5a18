"""The workbook of a parallel run: every day, every item, the control of counts and sums, and what was read, with hashes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from toolkit.files.canonical import major_units
from toolkit.golive.days import STATE_WORDS
from toolkit.golive.items import VERDICT_WORDS, Item
from toolkit.report.golive.shown_run import (
    ShownRun,
    became_text,
    differing_field,
    event_text,
    reason_text,
)
from toolkit.report.sheets import MAX_ROWS, Sheet, write_sheets
from toolkit.values.written import sentence_text, written_for

_ADVICE = (
    "Evidence of a parallel run: what people made by hand beside what the integration made. Nothing that is written here "
    "is read back. A discrepancy that is none is explained in engagement.yaml, under explained, by the id of a document. "
    "Whoever checks this compares the hashes of the sheet Read with the files of the snapshots, and the hash above with the "
    "evidence file."
)
_TEXT, _COUNT, _DAY, _NUMBER = pa.string(), pa.int64(), pa.date32(), pa.float64()


def write_parallel_workbook(path: Path, shown: ShownRun, sha256: str, country: str) -> Path:
    """Write the workbook.

    Parameters
    ----------
    path
        An ``.xlsx`` file; it appears whole or not at all.
    shown
        The parallel run.
    sha256
        Of the content of its evidence.
    country
        Of the reader, for numbers and days in texts.
    """
    with written_for(country):
        sheets = (
            _days(shown),
            _items(shown, is_wrong=True),
            _items(shown, is_wrong=False),
            _waiting(shown),
            _control(shown),
            _read(shown),
        )
        facts = f"{shown.client}. {shown.sentence} {shown.rate_sentence} Evidence (SHA-256): {sha256}"
        return write_sheets(path, f"Parallel run: {shown.label}", facts, sheets, advice=_ADVICE)


def _sheet(
    name: str,
    purpose: str,
    columns: Mapping[str, tuple[pa.DataType, int]],
    rows: Sequence[Mapping[str, Any]],
    ids: Sequence[str] = (),
) -> Sheet:
    shown = rows[:MAX_ROWS]
    table = pa.table({head: pa.array([row[head] for row in shown], kind) for head, (kind, _) in columns.items()})
    widths = tuple(width for _, width in columns.values())
    return Sheet(name, purpose, table, widths, len(rows), ids=frozenset(ids), frozen=1)


def _days(shown: ShownRun) -> Sheet:
    columns = {
        "day": (_DAY, 12), "the day is": (_TEXT, 22), "items": (_COUNT, 9), "agree": (_COUNT, 9),
        "discrepancies": (_COUNT, 14), "explained": (_COUNT, 11),
        **{VERDICT_WORDS[name]: (_COUNT, 16) for name in VERDICT_WORDS},
        "may still come": (_COUNT, 14), "put right since": (_COUNT, 14), "share that agrees": (_NUMBER, 16),
        "at least (95 %)": (_NUMBER, 16), "judged by lists of": (_TEXT, 22),
    }  # fmt: skip
    rows = [
        {
            "day": one.day, "the day is": STATE_WORDS[one.state], "items": one.count, "agree": one.agreeing,
            "discrepancies": one.discrepancies, "explained": one.explained, "may still come": one.waiting,
            **{VERDICT_WORDS[name]: one.counts.get(name, 0) for name in VERDICT_WORDS}, "put right since": one.put_right,
            "share that agrees": one.match_rate, "at least (95 %)": one.low if one.count else None,
            "judged by lists of": shown.moment(one.seen_at) if one.seen_at else "",
        }
        for one in shown.found.days
    ]  # fmt: skip
    return _sheet("Days", "One line for each working day, with the days off before it.", columns, rows)


_ITEM: Mapping[str, tuple[pa.DataType, int]] = {
    "day": (_DAY, 12), "item": (_TEXT, 42), "what was found": (_TEXT, 26), "why": (_TEXT, 60), "fields": (_TEXT, 24),
    "currency": (_TEXT, 9), "amount by hand": (_NUMBER, 15), "amount of integration": (_NUMBER, 20),
    "first seen": (_TEXT, 20), "since": (_TEXT, 36), "id by hand": (_TEXT, 34), "id of integration": (_TEXT, 34),
}  # fmt: skip
_IDS = ("id by hand", "id of integration")


def _items(shown: ShownRun, *, is_wrong: bool) -> Sheet:
    rows = []
    for one in shown.found.events:
        is_none = one.is_discrepancy or (bool(one.explained) and one.shown.verdict != "agrees")
        if is_none == is_wrong:
            rows.append({**_item_row(one.shown), "first seen": shown.moment(one.seen_at), "since": became_text(one)})
    if is_wrong:
        return _sheet(
            "Discrepancies", "Every item on which the two sides do not agree, or did not at first.", _ITEM, rows, _IDS
        )
    return _sheet("Agreeing", "Every item that both sides have and agree on.", _ITEM, rows, _IDS)


def _waiting(shown: ShownRun) -> Sheet:
    columns = {
        "missing after": (_DAY, 14),
        **{name: kind for name, kind in _ITEM.items() if name not in {"first seen", "since"}},
    }
    patience = shown.terms.patience
    rows = [{**_item_row(one), "missing after": patience.waits_until(one)} for one in shown.found.waiting]
    purpose = sentence_text(f"Items that one side has and the other may still get. By hand: {shown.lag}.")
    return _sheet("May still come", purpose, columns, rows, _IDS)


def _item_row(one: Item) -> dict[str, Any]:
    first = (*one.by_hand, *one.integrated)[0]
    return {
        "day": one.day,
        "item": event_text(one),
        "what was found": VERDICT_WORDS[one.verdict],
        "why": sentence_text(reason_text(one)) if one.differences else "",
        "fields": ", ".join(differing_field(each.field) for each in one.differences),
        "currency": first.currency,
        "amount by hand": _sum(one.by_hand),
        "amount of integration": _sum(one.integrated),
        "id by hand": ", ".join(each.key for each in one.by_hand),
        "id of integration": ", ".join(each.key for each in one.integrated),
    }


def _sum(entries: Sequence[Any]) -> float | None:
    known = [major_units(one.amount, one.currency) for one in entries if one.amount is not None]
    return float(sum(known)) if known else None


def _control(shown: ShownRun) -> Sheet:
    columns = {
        "day": (_DAY, 12), "currency": (_TEXT, 10), "by hand": (_COUNT, 10), "integration": (_COUNT, 12),
        "amount by hand": (_NUMBER, 18), "amount of integration": (_NUMBER, 20), "amount of difference": (_NUMBER, 20),
        "without an amount": (_COUNT, 16), "agrees": (_TEXT, 9),
    }  # fmt: skip
    rows = [
        {
            "day": one.day, "currency": one.currency, "by hand": one.count_by_hand, "integration": one.count_integrated,
            "amount by hand": float(major_units(one.minor_by_hand, one.currency)),
            "amount of integration": float(major_units(one.minor_integrated, one.currency)),
            "amount of difference": float(major_units(one.minor_integrated - one.minor_by_hand, one.currency)),
            "without an amount": one.without_amount, "agrees": "yes" if one.agrees else "no",
        }
        for one in shown.found.control
    ]  # fmt: skip
    return _sheet(
        "Counts and sums", "Every document of either list by its own day and currency, whatever was joined.", columns, rows
    )


def _read(shown: ShownRun) -> Sheet:
    columns = {
        "side": (_TEXT, 12), "list": (_TEXT, 24), "read on": (_TEXT, 22), "records": (_COUNT, 10), "counts": (_TEXT, 50),
        "file": (_TEXT, 56), "sha256": (_TEXT, 66),
    }  # fmt: skip
    rows = [
        {
            "side": one.side, "list": one.list, "read on": shown.moment(one.at), "records": one.records,
            "counts": f"no: {one.why}" if one.why else "yes", "file": one.path, "sha256": one.sha256,
        }
        for one in shown.compared
    ]  # fmt: skip
    purpose = "Each reading of both lists, with the hash of the snapshot (records and side tables) that holds it."
    return _sheet("Read", purpose, columns, rows, ("file", "sha256"))
