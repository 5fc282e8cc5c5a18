"""Text that was decoded wrongly on its way: two odd letters for one, signs that nobody types, HTML left in plain text."""

import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.quality.check import Check, Judged, failing_rows
from toolkit.quality.evidence import Evidence
from toolkit.quality.streams import is_filled, rows_where

_TEXT_COLUMNS = ("name", "company_name", "party_name", "street", "city", "description")

# UTF-8 read as Windows-1252, the replacement sign, control signs, and HTML left in plain text.
_DAMAGED = (
    "[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]|\u00e2\u20ac"
    "|\ufffd|[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]|&(?:amp|quot|apos|lt|gt|nbsp|#[0-9]{2,5});"
)


def judged(evidence: Evidence) -> Iterator[Judged]:
    """Yield every column of text of each stream that is filled somewhere."""
    for stream in evidence.streams:
        for column in _TEXT_COLUMNS:
            if column not in stream.table.column_names:
                continue
            filled = is_filled(stream.table[column])
            if not filled.any():
                continue
            rows = rows_where(pc.and_(pa.array(filled), pc.match_substring_regex(stream.table[column], _DAMAGED)))
            values = stream.values_at(column, rows).to_pylist()
            reason = "Some characters were damaged when the text was copied or exported."
            found = failing_rows(stream, rows, values, reason, [_mended(value) for value in values])
            words = f"with damaged characters in {column.replace('_', ' ')}"
            yield Judged(stream, column, words, "medium", int(filled.sum()), found)


def _mended(value: str) -> str | None:
    """Undo one wrong decoding; null where that does not give clean text."""
    text = unescape(value)
    with suppress(UnicodeError):
        text = text.encode("cp1252").decode("utf-8")
    return text if text != value and not re.search(_DAMAGED, text) else None


CHECK = Check(
    rule="format",
    label="Values that are not well formed",
    fails_when='a name, street, city or text has damaged characters ("CafÃ©")',
    severities=("medium",),
    judged=judged,
    round=1,
    turn=4,
)
