"""What persons said of items without a counterpart: found as another document, not due, or agreed to be entered.

Their word stands above what was found by comparing. What it names that is not there at present waits for it.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.match.comparison import Ints
from toolkit.match.documents.amounts import EQUAL, NAMES, amount_relations
from toolkit.reconcile.coded import NONE, array_of, positions
from toolkit.reconcile.link_kinds import CONTESTED, ONE, REPEATED, TOGETHER
from toolkit.reconcile.sides import Side
from toolkit.tables import COUNTERPART, DOCUMENT_LINK, RULING, checked
from toolkit.tables.rulings import EXTRA, MISSING

DECIDED = "a person's decision"
"""What a link was found by that a person made."""

NOT_DUE, IN_ORDER = "not_due", "in_order"
"""What becomes of an item that a person calls not due, and of a target that needs no source."""


def decided_links(handoff: Handoff, left: Side, right: Side, links: pa.Table, rulings: pa.Table) -> pa.Table:
    """Return DOCUMENT_LINK in which each item that a person found as another document is linked to that one.

    Parameters
    ----------
    handoff
        Rulings and links of others stay as they are.
    left, right
        Both sides: what they do not hold at present waits.
    links
        Table DOCUMENT_LINK.
    rulings
        Table RULING.
    """
    own = _rulings_of(handoff, rulings, MISSING)
    own = own.filter(pc.equal(own["decision"], "found"))
    rows_l, rows_r = positions(own["key_l"], left.keys), positions(own["key_r"], right.keys)
    is_there = (rows_l != NONE) & (rows_r != NONE)
    if not is_there.any():
        return links
    rows_l, rows_r = rows_l[is_there], rows_r[is_there]
    keys_l, keys_r = left.keys.take(pa.array(rows_l)), right.keys.take(pa.array(rows_r))
    is_own = pc.equal(links["handoff_id"], handoff.handoff_id)
    is_unsure = pc.is_in(links["kind"], value_set=pa.array([REPEATED, CONTESTED]))
    is_settled = pc.or_(
        pc.is_in(links["key_l"], value_set=keys_l), pc.and_(is_unsure, pc.is_in(links["key_r"], value_set=keys_r))
    )
    others = links.filter(pc.invert(pc.and_(is_own, is_settled)))
    linked = others.filter(pc.equal(others["handoff_id"], handoff.handoff_id))
    linked = linked.filter(pc.is_in(linked["kind"], value_set=pa.array([ONE, TOGETHER])))
    added = {
        "handoff_id": pa.repeat(handoff.handoff_id, len(rows_l)),
        "key_l": keys_l,
        "key_r": keys_r,
        "kind": pa.repeat(ONE, len(rows_l)),
        "basis": pa.repeat(DECIDED, len(rows_l)),
        "match_probability": pa.repeat(1.0, len(rows_l)),
        "amount_relation": _relations(left, right, rows_l, rows_r, linked["key_r"]),
    }
    arrays = [added.get(one.name, pa.nulls(len(rows_l), one.type)) for one in DOCUMENT_LINK.columns]
    return pa.concat_tables([others, pa.Table.from_arrays(arrays, schema=DOCUMENT_LINK.arrow)])


def decided_counterparts(handoff: Handoff, counterparts: pa.Table, rulings: pa.Table) -> pa.Table:
    """Return the COUNTERPART rows of a handoff with what persons said of them in ``decision``.

    ``not_due`` and ``in_order`` become the status of what was missing or ambiguous, and of what was extra; ``enter`` and
    ``remove`` leave it open, as agreed work. What has its counterpart by now keeps it.

    Parameters
    ----------
    handoff
        The handoff of the rows.
    counterparts
        Table COUNTERPART.
    rulings
        Table RULING.
    """
    table = checked(counterparts, COUNTERPART)
    said, status = array_of(table["decision"]), array_of(table["status"])
    for subject, key, open_statuses, settled in (
        (MISSING, "key_l", ("missing", "waiting", "ambiguous", "unknown"), NOT_DUE),
        (EXTRA, "key_r", ("extra",), IN_ORDER),
    ):
        own = _rulings_of(handoff, rulings, subject)
        if not own.num_rows:
            continue
        words = array_of(own["decision"])
        at = positions(table[key], own["key_l"])
        decision = words.take(pa.array(at, mask=at == NONE))
        is_open = pc.is_in(status, value_set=pa.array(open_statuses))
        is_linked = pc.and_(pc.equal(table["basis"], DECIDED), pc.equal(decision, "found"))
        is_met = pc.or_(pc.and_(is_open, pc.is_in(decision, value_set=pa.array(_KEPT))), pc.fill_null(is_linked, False))
        said = pc.if_else(pc.fill_null(is_met, False), decision, said)
        status = pc.if_else(pc.fill_null(pc.and_(is_open, pc.equal(decision, settled)), False), settled, status)
    for name, values in (("decision", said), ("status", status)):
        table = table.set_column(table.column_names.index(name), name, values)
    return checked(table, COUNTERPART)


_KEPT = ("enter", "remove", NOT_DUE, IN_ORDER)


def _rulings_of(handoff: Handoff, rulings: pa.Table, subject: str) -> pa.Table:
    """Return the rulings on one kind of finding whose documents belong to the two streams of a handoff."""
    table = checked(rulings, RULING)
    source, target = f"{handoff.system_l}.{handoff.stream_l}", f"{handoff.system_r}.{handoff.stream_r}"
    here, there = (source, target) if subject == MISSING else (target, source)
    system, _, stream = here.partition(".")
    is_own = pc.and_(pc.equal(table["subject"], subject), pc.equal(table["part"], there))
    return table.filter(pc.and_(is_own, pc.starts_with(table["key_l"], f"{system}/{stream}/"))).combine_chunks()


def _relations(left: Side, right: Side, rows_l: Ints, rows_r: Ints, taken: pa.ChunkedArray) -> pa.Array:
    """Return how the amounts of each pair relate; a target that stands for several sources is compared with none."""
    found = amount_relations(
        left.amount[rows_l], right.amount[rows_r],
        tax_l=left.tax[rows_l], tax_r=right.tax[rows_r], fee_l=left.fee[rows_l], fee_r=right.fee[rows_r],
    )  # fmt: skip
    times = np.bincount(rows_r, minlength=len(right))[rows_r]
    is_shared = (times > 1) | np.asarray(pc.is_in(right.keys.take(pa.array(rows_r)), value_set=taken))
    return pa.array(NAMES).take(pa.array(np.where(is_shared, EQUAL, found).astype(np.int64)))
