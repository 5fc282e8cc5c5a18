"""Records that are right but unusual: what a connection must be tried on before it goes live.

Refunds, several currencies, partial payments, negative and zero amounts, very long names, text in other scripts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.documents import minor_text
from toolkit.quality.streams import Rows, Stream, is_filled, rows_where
from toolkit.tables import DOCUMENT_ENTITIES, EDGE_CASE
from toolkit.values.cell_bytes import is_ascii

MAX_USUAL_NAME = 60
"""Characters of a name; what is longer gets cut by some system sooner or later."""

_REFUND = r"(?i)\b(refund|refunded|charge ?back|credit note|credit memo|reversal|money back)"
_OTHER_SCRIPT = (
    r"[\p{Greek}\p{Cyrillic}\p{Hebrew}\p{Arabic}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Devanagari}"
    r"\p{Armenian}\p{Georgian}]"
)
_TEXTS = ("name", "company_name", "party_name", "given_name", "family_name")
_SIGNED = ("bank_line", "journal_line")

_Case = tuple[str, str, Rows, str]


def edge_cases(streams: Sequence[Stream], *, currency: str | None = None) -> pa.Table:
    """Return one EDGE_CASE row per record and kind.

    Parameters
    ----------
    streams
        Live records.
    currency
        The client's own currency; null: the one that most documents carry.
    """
    own = currency or _most_common_currency(streams)
    parts = [EDGE_CASE.empty()]
    for stream in streams:
        for kind, column, rows, reason in _cases(stream, own):
            if len(rows):
                parts.append(_rows(stream, kind, column, rows, reason))
    return pa.concat_tables(parts)


def _cases(stream: Stream, own: str | None) -> Iterator[_Case]:
    table = stream.table
    for column in _TEXTS:
        if column in table.column_names:
            yield (
                "long_name",
                column,
                rows_where(pc.greater(pc.utf8_length(table[column]), MAX_USUAL_NAME)),
                (f"The name is longer than {MAX_USUAL_NAME} characters."),
            )
            yield (
                "other_script",
                column,
                _in_other_script(table[column]),
                ("The name has letters of another script."),
            )
    if stream.entity not in DOCUMENT_ENTITIES:
        return
    amount, paid = table["amount_minor"], table["paid_minor"]
    yield "refund", "amount_minor", _refunds(stream), "It gives money back."
    if stream.entity not in _SIGNED:
        yield "negative", "amount_minor", rows_where(pc.less(amount, 0)), "The amount is negative."
    yield "zero", "amount_minor", rows_where(pc.equal(amount, 0)), "The amount is zero."
    is_part = pc.and_(pc.greater(paid, 0), pc.less(paid, amount))
    yield "partial_payment", "paid_minor", rows_where(is_part), "Only a part of the amount is paid."
    if own is not None:
        is_foreign = pc.and_(pa.array(is_filled(table["currency"])), pc.not_equal(table["currency"], own))
        yield "other_currency", "currency", rows_where(is_foreign), f"The document is not in {own}."


def _refunds(stream: Stream) -> Rows:
    if stream.entity == "credit_note":
        return np.arange(stream.table.num_rows)
    says_so = np.zeros(stream.table.num_rows, dtype=bool)
    for column in ("description", "status", "method", "name"):
        says_so[rows_where(pc.match_substring_regex(stream.table[column], _REFUND))] = True
    if stream.entity == "payment":
        says_so[rows_where(pc.less(stream.table["amount_minor"], 0))] = True
    return np.flatnonzero(says_so)


def _most_common_currency(streams: Sequence[Stream]) -> str | None:
    counts: Counter[str] = Counter()
    for stream in streams:
        if stream.entity in DOCUMENT_ENTITIES:
            for entry in stream.table["currency"].drop_null().value_counts().to_pylist():
                counts[entry["values"]] += entry["counts"]
    return max(sorted(counts), key=counts.__getitem__, default=None)


def _in_other_script(texts: pa.ChunkedArray) -> Rows:
    """Return the rows with letters of another script; a pattern of them takes long to make, and most columns are ASCII."""
    return rows_where(pc.match_substring_regex(texts, _OTHER_SCRIPT)) if not is_ascii(texts) else np.array([], np.int64)


def _rows(stream: Stream, kind: str, column: str, rows: Rows, reason: str) -> pa.Table:
    taken = stream.table.take(pa.array(rows))
    values = taken[column].to_pylist()
    if column.endswith("_minor"):
        values = [
            None if value is None else minor_text(value, code)
            for value, code in zip(values, taken["currency"].to_pylist(), strict=True)
        ]
    constants = {"kind": kind, "system": stream.system, "stream": stream.name, "entity": stream.entity, "column": column}
    columns = {name: [text] * len(rows) for name, text in constants.items()}
    columns |= {"record_key": taken["record_key"].to_pylist(), "value": values, "reason": [reason] * len(rows)}
    return pa.table({name: columns[name] for name in EDGE_CASE.names}, schema=EDGE_CASE.arrow)
