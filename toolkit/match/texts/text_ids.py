"""Texts as small integers, by which pairs are compared for equality at the speed of memory."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints

NONE = -1
"""The code of a text that is null or empty."""


class Coded(NamedTuple):
    """Distinct texts by first occurrence, and the position of each text among them; -1 where there is none."""

    distinct: pa.StringArray
    codes: Ints


def coded(texts: pa.StringArray) -> Coded:
    """Return texts as codes; null and the empty text have none.

    Examples
    --------
    >>> coded(pa.array(["a", "", "b", None, "a"])).codes.tolist()
    [0, -1, 1, -1, 0]
    """
    encoded = pc.if_else(pc.equal(texts, ""), None, texts).dictionary_encode()
    return Coded(encoded.dictionary, np.asarray(pc.fill_null(encoded.indices, NONE), dtype=np.int64))
