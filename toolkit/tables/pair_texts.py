"""Both keys of a pair as one text, by which a pair is looked up among others."""

import pyarrow as pa
import pyarrow.compute as pc

_BETWEEN = "\x00"


def pair_texts(pairs: pa.Table) -> pa.StringArray:
    r"""Return ``key_l`` and ``key_r`` of each row as one text.

    Examples
    --------
    >>> pair_texts(pa.table({"key_l": ["a", "b"], "key_r": ["c", "d"]})).to_pylist()
    ['a\x00c', 'b\x00d']
    """
    return pc.binary_join_element_wise(pairs["key_l"], pairs["key_r"], _BETWEEN).combine_chunks()
