"""What one row of a table stands for: a record, a line of a document, or nothing that may be counted."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.interpret.header_words import HeaderWords, header_words
from toolkit.interpret.interpretation import FORM, LINE, RECORD, REPORT, TOTAL
from toolkit.interpret.observed import Observed
from toolkit.values.months import usual_months

OF_LINES = frozenset(
    {"quote", "order", "invoice", "credit_note", "bill", "payment", "expense", "journal_line", "other", "deal", "project"}
)
"""Entities that a file may list line by line."""

_BY_REFERENCE = frozenset({"payment", "bill", "invoice", "order", "quote"})
_MERELY = frozenset({"reference", "internal", "transaction", "document", "number", "id"})
_FIRST = _MERELY | {"payment"}
"""In front of a list of payments the reference of a payment is its own."""
_MIN_REPEATED = 0.12
_MIN_TOGETHER = 0.7
_LABELS = 0.6
_LINE_WORDS = frozenset({"line", "position"})
_DOCUMENT_WORDS = frozenset({"total", "invoice", "bill", "order", "quote", "document"})
_PERIODS = frozenset({"month", "year", "period"})


@dataclass(frozen=True, slots=True)
class RowKind:
    """What a row is, why, and how sure that is (0 to 1); of lines, how the document states its total."""

    row_is: str
    reason: str
    probability: float
    total: str = ""


def row_kind(
    entity: str,
    meanings: Sequence[str],
    headers: Sequence[HeaderWords],
    columns: Sequence[Observed],
    cells: Sequence[pa.ChunkedArray],
) -> RowKind:
    """Return what one row of a table is.

    Parameters
    ----------
    entity, meanings
        What the table lists and its columns mean.
    headers, columns
        Words of the headers and facts of the values.
    cells
        The columns' text, rows in the order of the file.
    """
    odd = _no_list(headers, columns)
    if odd is not None:
        return odd
    number = number_column(meanings, columns, headers, entity)
    if number is None or entity not in OF_LINES:
        return RowKind(RECORD, "every row stands for itself", 0.95)
    repeated, together = _repeats(cells[number])
    if repeated >= _MIN_REPEATED and together >= _MIN_TOGETHER:
        total = stated_total(meanings, headers, cells, number)
        return RowKind(LINE, "the number repeats from row to row", 0.97, total)
    if repeated >= 2 * _MIN_REPEATED and entity != "other":
        return RowKind(LINE, "the number repeats", 0.8, stated_total(meanings, headers, cells, number))
    return RowKind(RECORD, "the number differs from row to row", 0.98 if repeated == 0 else 0.85)


def number_column(
    meanings: Sequence[str], columns: Sequence[Observed], headers: Sequence[HeaderWords], entity: str
) -> int | None:
    """Return the column that holds the number of the document or record.

    Where none does, a reference that is called nothing else ("Reference", "Internal ref") stands for it in lists of
    documents.

    Parameters
    ----------
    meanings, columns, headers
        Of each column: its meaning, what was observed, and its header.
    entity
        What the table lists.
    """
    for wanted in ("number", "record_id", "code", "employee_ref"):
        places = [place for place, meaning in enumerate(meanings) if meaning == wanted and columns[place].filled]
        if places:
            return max(places, key=lambda place: (columns[place].fill > 0.9, -place))
    if entity in _BY_REFERENCE:
        for place, meaning in enumerate(meanings):
            if (
                meaning == "reference"
                and columns[place].fill > 0.98
                and headers[place].concepts <= (_FIRST if place == 0 else _MERELY)
            ):
                return place
    return None


def _repeats(cells: pa.ChunkedArray) -> tuple[float, float]:
    """Return the share of filled rows whose value an earlier row has, and the share of those that stand next to it."""
    codes = pc.dictionary_encode(cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells).indices
    filled = pc.drop_null(codes).to_numpy(zero_copy_only=False)
    if len(filled) < 2:
        return 0.0, 0.0
    _, first = np.unique(filled, return_index=True)
    is_again = np.ones(len(filled), np.bool_)
    is_again[first] = False
    is_next = np.concatenate([[False], filled[1:] == filled[:-1]])
    again = int(is_again.sum())
    return again / len(filled), int((is_again & is_next).sum()) / again if again else 0.0


def stated_total(
    meanings: Sequence[str], headers: Sequence[HeaderWords], cells: Sequence[pa.ChunkedArray], number: int
) -> str:
    """Return how the lines of a document state its total: ``repeats``, ``first_line`` or ``adds_up``.

    An amount that is called a line's adds up, whatever stands there. One and the same amount in every row of the list tells
    nothing: it is a document's total only where its header says so.

    Parameters
    ----------
    meanings, headers, cells
        Of each column: its meaning, its header, and the cells.
    number
        Place of the column with the number of the document.
    """
    amounts = [place for place, meaning in enumerate(meanings) if meaning in {"amount_gross", "amount_net"}]
    if not amounts:
        return "adds_up"
    main = min(amounts, key=lambda place: meanings[place] != "amount_gross")
    words = headers[main].concepts
    if words & _LINE_WORDS:
        return "adds_up"
    numbers = pc.dictionary_encode(cells[number].combine_chunks()).indices.to_pylist()
    amount = cells[main].to_pylist()
    groups: dict[int, list[str | None]] = {}
    for code, text in zip(numbers, amount, strict=True):
        if code is not None:
            groups.setdefault(code, []).append(text)
    several = [texts for texts in groups.values() if len(texts) > 1]
    if not several:
        return "adds_up"
    repeats = sum(1 for texts in several if texts[0] is not None and len(set(texts)) == 1)
    first_only = sum(1 for texts in several if texts[0] is not None and not any(texts[1:]))
    if first_only > 0.9 * len(several):
        return "first_line"
    is_told = len(set(amount)) > 1 or bool(words & _DOCUMENT_WORDS)
    return "repeats" if is_told and repeats > 0.9 * len(several) else "adds_up"


def _no_list(headers: Sequence[HeaderWords], columns: Sequence[Observed]) -> RowKind | None:
    periods = sum(1 for words in headers if _is_period(words))
    if periods >= 3 and periods >= 0.4 * len(headers):
        return RowKind(REPORT, "months or years stand side by side as columns", 0.9)
    labels = next((seen for seen in columns if seen.filled), None)
    if labels is None or not labels.values:
        return None
    words = header_words(labels.values[:60])
    totals = sum(1 for one in words if "total" in one.concepts or "subtotal" in one.concepts)
    if totals > _LABELS * len(words):
        return RowKind(TOTAL, "nearly every row is labelled a total", 0.9)
    # Labels differ in their words: codes such as "INV-1" and "INV-2" are one word, numbered.
    known = len({tuple(word.text for word in one.readings[0]) for one in words if _is_label(one)})
    is_narrow = sum(1 for seen in columns if seen.filled) <= 3
    if (
        is_narrow
        and len(words) >= 4
        and known > _LABELS * len(words)
        and labels.distinct_share > 0.9
        and _is_varied(columns)
    ):
        return RowKind(FORM, "the first column holds labels, the next their answers", 0.85)
    return None


def _is_label(words: HeaderWords) -> bool:
    """Return whether a text is a label and no code: "c3" is one letter, whatever a column called "c" may mean."""
    reading = words.readings[0]
    return any(len(word.text) > 1 for word in reading) and all(word.concepts for word in reading)


def _is_period(words: HeaderWords) -> bool:
    """Return whether a header is a month or another period and nothing else: "Jan 2026", "März", "Month 3"."""
    reading = words.readings[0]
    return bool(reading) and all(word.concepts & _PERIODS or word.text in usual_months() for word in reading)


def _is_varied(columns: Sequence[Observed]) -> bool:
    """Return whether the values beside the labels are of several kinds."""
    beside = [seen for seen in columns if seen.filled][1:2]
    return bool(beside) and max(beside[0].share(look) for look in ("date", "number", "words", "email")) < 0.8
