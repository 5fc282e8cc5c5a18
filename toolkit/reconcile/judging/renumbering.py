"""Whether the numbers that the target quotes are still those of the source's documents.

Ids that were given anew leave the old numbers on the other side: they look like numbers of the source, and name no document
of it, or one of another party and amount.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.match.documents import amounts
from toolkit.match.documents.mentions import Mentions, mentions
from toolkit.match.texts.words import rows_of
from toolkit.reconcile.coded import Flags, coded, flags
from toolkit.reconcile.judging.compared import Compared
from toolkit.reconcile.judging.split import MIN_DOUBTED_SHARE
from toolkit.reconcile.judging.verdict import LOSS, MISSING, PARTLY, Verdict, counts_text

_FEWEST = 20
_SHORT_LENGTH = 4
_LONG_QUOTED, _SHORT_QUOTED, _HARDLY_MET = 0.2, 0.4, 0.1
_MANY, _MORE = 20_000, 1.2
_YEAR = r"^(19|20)[0-9]{2}$"
_OWN = ("record_id", "number", "alt_ids")
_QUOTING = ("deal_ref", "invoice_ref", "reference", "description", "name")


def renumbered(compared: Compared) -> Verdict | None:
    """Return that the target quotes numbers of the source's form, and hardly any names a document that fits.

    Parameters
    ----------
    compared
        Both sides.
    """
    # What fits in a part of both lists fits in the whole: of many documents those that were linked mostly say enough.
    if len(compared.right) >= _MANY:
        part = _linked_by_number(compared, int(_MORE * _HARDLY_MET * len(compared.right)))
        if _quotes(compared, *part).fitting >= _HARDLY_MET * len(compared.right):
            return None
    like, long, met, fitting = _quotes(compared, np.arange(compared.stream_l.num_rows), np.arange(len(compared.right)))
    # Short numbers look alike by chance, so more of the documents must quote one.
    enough = long >= _LONG_QUOTED * len(compared.right) or like >= _SHORT_QUOTED * len(compared.right)
    if like < _FEWEST or not enough or fitting >= _HARDLY_MET * like:
        return None
    reason = (
        f"{counts_text(like, len(compared.right))} {compared.target} quote a number that looks like one of "
        f"{compared.label_l}, but only {met:,} of these numbers exist there, and {fitting:,} fit in party or amount."
    )
    to_do = f"Find out whether the {compared.source} were numbered anew; ask for an export that has the old numbers too."
    held = (LOSS, MISSING) if compared.missing_share >= MIN_DOUBTED_SHARE else ()
    return Verdict("references", PARTLY, reason, to_do, held)


class _Quotes(NamedTuple):
    """How many documents of the target quote a number like the source's, a long one, one that is there, one that fits."""

    like: int
    long: int
    met: int
    fitting: int


def _linked_by_number(compared: Compared, most: int) -> tuple[Ints, Ints]:
    """Return some pairs of documents of which a number says that they belong together, as rows of both lists."""
    pairs = np.flatnonzero(compared.linked.has_number)[:most]
    return compared.left.rows[compared.linked.rows_l[pairs]], compared.linked.rows_r[pairs]


def _quotes(compared: Compared, rows_l: Ints, rows_r: Ints) -> _Quotes:
    """Return what some documents of the target quote of some of the source."""
    own = _numbers(compared.stream_l, rows_l, _OWN)
    quoted = _numbers(compared.right.table, rows_r, _QUOTING)
    numbers = own.texts.take(pa.array(np.unique(own.number)))
    texts = quoted.texts.take(pa.array(quoted.number))
    length = np.asarray(pc.binary_length(texts), dtype=np.int64)
    is_like = flags(pc.is_in(_shapes(texts), value_set=pc.unique(_shapes(numbers)))) & (length >= _SHORT_LENGTH)
    # A year is no number of a document.
    is_like &= ~flags(pc.match_substring_regex(texts, _YEAR))
    is_own = is_like & flags(pc.is_in(texts, value_set=numbers))
    like, long, met = (len(np.unique(quoted.row[one])) for one in (is_like, is_like & (length > _SHORT_LENGTH), is_own))
    return _Quotes(like, long, met, _fitting(compared, own, quoted.take(np.flatnonzero(is_own))))


def _numbers(table: pa.Table, rows: Ints, columns: tuple[str, ...]) -> Mentions:
    """Return the numbers in some rows, in order, of a table."""
    read = table.select([name for name in columns if name in table.column_names])
    found = mentions(read if len(rows) == table.num_rows else read.take(pa.array(rows)).combine_chunks()).whole()
    return found._replace(row=rows[found.row])


def _shapes(texts: pa.StringArray) -> pa.StringArray:
    return pc.replace_substring_regex(texts, "[0-9]", "9")


def _fitting(compared: Compared, own: Mentions, quoted: Mentions) -> int:
    """Return how many documents of the target quote one of the source that fits, or of which nothing else is known."""
    order = np.argsort(own.number, kind="stable")
    place = np.asarray(pc.fill_null(pc.index_in(quoted.texts, value_set=own.texts), -1), dtype=np.int64)[quoted.number]
    number = own.number[order]
    start = np.searchsorted(number, place, "left")
    owner, at = rows_of(start, np.searchsorted(number, place, "right") - start)
    row_of = np.full(compared.stream_l.num_rows, -1, dtype=np.int64)
    row_of[compared.left.rows] = np.arange(len(compared.left))
    rows_l, rows_r = row_of[own.row[order][at]], quoted.row[owner]
    # What takes no part (a lost deal) is no reason for doubt.
    is_out = rows_l < 0
    fits = is_out.copy()
    fits[~is_out] = _agree(compared, rows_l[~is_out], rows_r[~is_out])
    return len(np.unique(rows_r[fits]))


def _agree(compared: Compared, rows_l: Ints, rows_r: Ints) -> Flags:
    left, right = compared.left, compared.right
    relation = amounts.amount_relations(
        left.amount[rows_l], right.amount[rows_r], tax_l=left.tax[rows_l], tax_r=right.tax[rows_r],
        fee_l=left.fee[rows_l], fee_r=right.fee[rows_r],
    )  # fmt: skip
    party = coded(pa.concat_arrays([left.account, right.account])).code
    one, other = party[: len(left)][rows_l], party[len(left) :][rows_r]
    has_party = (one >= 0) & (other >= 0)
    is_unknown = (relation == amounts.UNKNOWN) & ~has_party
    is_same_amount = (relation != amounts.UNKNOWN) & (relation != amounts.DIFFERENT)
    return np.asarray(is_unknown | is_same_amount | (has_party & (one == other)), dtype=bool)
