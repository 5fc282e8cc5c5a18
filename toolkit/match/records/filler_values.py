"""Values that somebody typed to get past a form, told by how often they occur: they count as missing.

What is a filler by itself ("n/a", 99999) is told by ``values``. Which frequent values are fillers is part of a saved model,
so that an old record means the same when new ones come.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.cores import results
from toolkit.match.hashing import Hashes, is_among, tagged, text_hashes
from toolkit.match.records.columns import ByKind
from toolkit.values.placeholder import frequent_fillers

_IS_NUMBER = {"email": True, "phone": True, "tax_id": True, "postcode": False, "street": False}
"""Kinds that fillers are looked for in, and whether few different digits give one away: 60606 is a real place."""


def filler_hashes(chosen: ByKind) -> Hashes:
    """Return the hashes, in order, of the values of each kind that are fillers by their frequency."""

    def found(one: tuple[str, pa.StringArray]) -> Hashes:
        kind, values = one
        fillers = values.filter(frequent_fillers(values, is_number=_IS_NUMBER[kind]))
        return tagged(kind, text_hashes(pc.unique(fillers).drop_null()))

    columns = [(kind, values) for kind in _IS_NUMBER for values in chosen.get(kind, {}).values()]
    return np.unique(np.concatenate([np.zeros(0, dtype=np.uint64), *results(found, columns)]))


def without_fillers(chosen: ByKind, fillers: Hashes) -> ByKind:
    """Return the columns with the fillers among their cells missing.

    Examples
    --------
    >>> chosen = {"phone": {"Phone": pa.array(["123456789"] * 12 + ["312 644 2671"])}}
    >>> without_fillers(chosen, filler_hashes(chosen))["phone"]["Phone"].drop_null().to_pylist()
    ['312 644 2671']
    """
    if not len(fillers):
        return chosen
    looked_at = [(kind, name) for kind, columns in chosen.items() if kind in _IS_NUMBER for name in columns]
    left = results(lambda one: _without(chosen[one[0]][one[1]], one[0], fillers), looked_at)
    kept = dict(zip(looked_at, left, strict=True))
    return {
        kind: {name: kept.get((kind, name), values) for name, values in columns.items()} for kind, columns in chosen.items()
    }


def _without(values: pa.StringArray, kind: str, fillers: Hashes) -> pa.StringArray:
    encoded = values.dictionary_encode()
    is_filler = pa.array(is_among(tagged(kind, text_hashes(encoded.dictionary)), fillers))
    return pc.if_else(is_filler.take(encoded.indices), None, values)
