"""Documents of a target that quote the number of another handoff's source: they are that one's, and nobody else's.

Where orders and service calls both become invoices, each quoting its own number, an invoice that quotes an order is no
counterpart of a call that merely has the same customer. Where one becomes the other (deals become jobs, jobs invoices), an
invoice belongs to both, and nothing is taken away.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.reconcile.coded import Flags, array_of, coded, flags
from toolkit.reconcile.document_links import CONTESTED, ONE
from toolkit.tables import DOCUMENT_LINK, checked

_FEWEST_QUOTED = 20
_MOST_SHARED, _MOST_TAKEN = 0.02, 0.2
_TELLING = ("equal", "tax", "fee", "ratio", "factor", "transposed")
_BY_NUMBER = "number"


def without_claimed(links: pa.Table) -> pa.Table:
    """Return DOCUMENT_LINK, without links to a document that quotes a number of another handoff's source.

    Such a target is contested from then on: it is no second entry, and nobody's counterpart here. Taken away is only what
    rests on neither a number nor an amount, and only between two handoffs whose targets are apart: each is quoted often,
    hardly a target quotes both, and few links go.

    Parameters
    ----------
    links
        Table DOCUMENT_LINK of all handoffs.
    """
    links = checked(links, DOCUMENT_LINK).combine_chunks()
    handoff, target = coded(links["handoff_id"]), coded(links["key_r"])
    is_one = flags(pc.equal(array_of(links["kind"]), ONE)) & (target.code >= 0)
    is_quoted = is_one & flags(pc.match_substring(array_of(links["basis"]), _BY_NUMBER))
    is_weak = is_one & ~is_quoted & ~flags(pc.is_in(array_of(links["amount_relation"]), value_set=pa.array(_TELLING)))
    quoted = np.zeros((len(handoff.texts), len(target.texts)), dtype=bool)
    quoted[handoff.code[is_quoted], target.code[is_quoted]] = True
    is_taken = np.zeros(links.num_rows, dtype=bool)
    for own in range(len(handoff.texts)):
        its = is_one & (handoff.code == own)
        for other in range(len(handoff.texts)):
            if other == own or not _are_apart(quoted[own], quoted[other]):
                continue
            claimed = its & quoted[other][target.code]
            if claimed.sum() <= _MOST_TAKEN * its.sum():
                is_taken |= claimed & is_weak
    return _contested(links, is_taken) if is_taken.any() else links


def _are_apart(one: Flags, other: Flags) -> bool:
    """Return whether two handoffs' targets are quoted often, and hardly one of them by both."""
    fewer = min(int(one.sum()), int(other.sum()))
    return fewer >= _FEWEST_QUOTED and int((one & other).sum()) <= _MOST_SHARED * fewer


def _contested(links: pa.Table, is_taken: Flags) -> pa.Table:
    """Return links, some of them in the form of a target that nobody's counterpart here is known for."""
    taken = links.filter(pa.array(is_taken))
    kept = {"handoff_id": taken["handoff_id"], "key_r": taken["key_r"], "kind": pa.repeat(CONTESTED, taken.num_rows)}
    arrays = [kept.get(one.name, pa.nulls(taken.num_rows, one.type)) for one in DOCUMENT_LINK.columns]
    rows = pa.table(dict(zip(DOCUMENT_LINK.arrow.names, arrays, strict=True)), schema=DOCUMENT_LINK.arrow)
    return pa.concat_tables([links.filter(pa.array(~is_taken)), rows])
