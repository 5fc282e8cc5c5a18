"""What persons said of items that arrived wrong: to be corrected, right as they are, or both wrong.

A word holds as long as the two differ as they did: of another amount or another field nothing was said.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.coded import NONE, array_of, positions
from toolkit.reconcile.decided_items import rulings_of
from toolkit.reconcile.outcome_words import TARGET_RIGHT
from toolkit.tables import COUNTERPART, checked
from toolkit.tables.rulings import WRONG


def decided_errors(handoff: Handoff, counterparts: pa.Table, rulings: pa.Table) -> pa.Table:
    """Return the COUNTERPART rows of a handoff with what persons said of wrong ones: one that is right is no error.

    Parameters
    ----------
    handoff
        The handoff of the rows.
    counterparts
        Table COUNTERPART.
    rulings
        Table RULING.
    """
    own = rulings_of(handoff, rulings, WRONG)
    if not own.num_rows or not counterparts.num_rows:
        return counterparts
    table = checked(counterparts, COUNTERPART)
    at = positions(own["key_l"], table["key_l"])
    own, at = own.filter(pa.array(at != NONE)), at[at != NONE]
    rows = table.take(pa.array(at)).to_pylist()
    words = {
        int(place): ruling["decision"]
        for place, row, ruling in zip(at, rows, own.to_pylist(), strict=True)
        if row["is_error"] and row["key_r"] == ruling["key_r"] and told_difference(row) == ruling["value_r"]
    }
    places = sorted(words)
    is_said, is_right = np.zeros(table.num_rows, dtype=bool), np.zeros(table.num_rows, dtype=bool)
    is_said[places] = True
    is_right[[place for place in places if words[place] == TARGET_RIGHT]] = True
    said = pa.array([words[place] for place in places], pa.string())
    changed = {
        "decision": pc.replace_with_mask(array_of(table["decision"]), pa.array(is_said), said),
        "is_error": pc.and_(table["is_error"], pa.array(~is_right)),
    }
    for name, values in changed.items():
        table = table.set_column(table.column_names.index(name), name, values)
    return checked(table, COUNTERPART)


def told_difference(row: Mapping[str, Any]) -> str:
    """Return what two documents differ in, as a ruling keeps it.

    Parameters
    ----------
    row
        Of COUNTERPART.

    Examples
    --------
    >>> wrong = {"error_kind": "factor", "error_columns": ["amount_minor"], "currency": "USD"}
    >>> told_difference({**wrong, "amount_l_minor": 500, "amount_r_minor": 5000})
    'factor amount_minor 500 5000 USD'
    """
    columns = ",".join(row["error_columns"] or ())
    parts = (row["error_kind"], columns, row["amount_l_minor"], row["amount_r_minor"], row["currency"])
    return " ".join("-" if one is None else str(one) for one in parts)
