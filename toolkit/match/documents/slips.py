"""Numbers that one document quotes of another with two digits swapped."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents.amounts import have_swapped_digits
from toolkit.match.documents.mentions import NUMBER_COLUMNS, Mentions
from toolkit.match.documents.side import Flags
from toolkit.match.texts.words import rows_of

_DIGITS = "^[0-9]{4,15}$"


class Values(NamedTuple):
    """Numbers of digits alone, in order of the rows that hold them."""

    row: Ints
    value: Floats

    def of(self, rows: Ints) -> tuple[Ints, Floats]:
        """Return the numbers of some rows: which row each is of, by place, and the number."""
        start, stop = np.searchsorted(self.row, rows, "left"), np.searchsorted(self.row, rows, "right")
        owner, at = rows_of(start, stop - start)
        return owner, self.value[at]


class Slips(NamedTuple):
    """The source's own numbers and all that the target quotes."""

    own: Values
    quoted: Values

    def are_swapped(self, rows_l: Ints, rows_r: Ints, *, asked: Flags) -> Flags:
        """Return which pairs have numbers that differ by a swap of two neighbouring digits.

        Parameters
        ----------
        rows_l, rows_r
            Rows of both sides, pair by pair.
        asked
            Which pairs are looked at; the others are not swapped.
        """
        result = np.zeros(len(rows_l), dtype=bool)
        pairs = np.flatnonzero(asked)
        place, own = self.own.of(rows_l[pairs])
        again, quoted = self.quoted.of(rows_r[pairs][place])
        result[pairs[place[again][have_swapped_digits(own[again], quoted)]]] = True
        return result


_NONE = Values(np.zeros(0, dtype=np.int64), np.zeros(0))
NO_SLIPS = Slips(_NONE, _NONE)


def slips_of(on_left: Mentions, on_right: Mentions) -> Slips:
    """Return what two sides' numbers may be mistyped from.

    Parameters
    ----------
    on_left, on_right
        The numbers in both sides' documents.
    """
    number = NUMBER_COLUMNS.index("number")
    return Slips(_values(on_left, on_left.column == number), _values(on_right, on_right.column != number))


def _values(found: Mentions, is_kept: Flags) -> Values:
    is_digits = np.asarray(pc.match_substring_regex(found.texts, _DIGITS))
    kept = np.flatnonzero(is_kept & is_digits[found.number])
    kept = kept[np.argsort(found.row[kept], kind="stable")]
    values = pc.if_else(pa.array(is_digits), found.texts, pa.scalar(None, pa.string())).cast(pa.float64())
    return Values(found.row[kept].astype(np.int64), np.asarray(pc.fill_null(values, np.nan))[found.number[kept]])
