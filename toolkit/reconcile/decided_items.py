"""What persons said of items without a counterpart: found as another document, not due, or agreed to be entered.

Their word stands above what was found by comparing. What it names that is not there at present waits for it.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.match.comparison import Floats, Ints, Levels
from toolkit.match.documents.amounts import NAMES, UNKNOWN, amount_relations
from toolkit.reconcile.coded import NONE, array_of, flags, positions
from toolkit.reconcile.decided_doubts import EARLY_DAYS, doubt_words, shared_names
from toolkit.reconcile.link_kinds import CONTESTED, ONE, REPEATED, TOGETHER
from toolkit.reconcile.outcome_words import DECIDED, DOUBTED, IN_ORDER, NOT_DUE
from toolkit.reconcile.sides import Side, lag_days
from toolkit.tables import COUNTERPART, DOCUMENT_LINK, RULING, checked
from toolkit.tables.rulings import EXTRA, MISSING


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
    own = rulings_of(handoff, rulings, MISSING)
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
    relations = _relations(left, right, rows_l, rows_r, linked)
    both = _both(left, right, rows_l, rows_r)
    named = shared_names(*(side.texts("party_name").take(pa.array(rows)).to_pylist() for side, rows in both))
    added = {
        "handoff_id": pa.repeat(handoff.handoff_id, len(rows_l)),
        "key_l": keys_l,
        "key_r": keys_r,
        "kind": pa.repeat(ONE, len(rows_l)),
        "basis": _bases(left, right, rows_l, rows_r, relations=relations, named=named, linked=linked),
        "match_probability": pa.repeat(1.0, len(rows_l)),
        "named_share": pa.array(named, from_pandas=True),
        "amount_relation": pa.array(NAMES).take(pa.array(relations.astype(np.int64))),
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
        own = rulings_of(handoff, rulings, subject)
        if not own.num_rows:
            continue
        words = array_of(own["decision"])
        at = positions(table[key], own["key_l"])
        decision = words.take(pa.array(at, mask=at == NONE))
        is_open = pc.is_in(status, value_set=pa.array(open_statuses))
        is_linked = pc.and_(pc.starts_with(table["basis"], DECIDED), pc.equal(decision, "found"))
        is_met = pc.or_(pc.and_(is_open, pc.is_in(decision, value_set=pa.array(_KEPT))), pc.fill_null(is_linked, False))
        said = pc.if_else(pc.fill_null(is_met, False), decision, said)
        status = pc.if_else(pc.fill_null(pc.and_(is_open, pc.equal(decision, settled)), False), settled, status)
    # How long it took says nothing where a document of long before was named.
    is_early = pc.and_(pc.starts_with(table["basis"], DECIDED), pc.less(table["lag_days"], -EARLY_DAYS))
    lags = [
        (name, pc.if_else(pc.fill_null(is_early, False), pa.scalar(None, pa.float64()), table[name]))
        for name in ("lag_minutes", "lag_days")
    ]
    for name, values in (("decision", said), ("status", status), *lags):
        table = table.set_column(table.column_names.index(name), name, values)
    return checked(table, COUNTERPART)


_KEPT = ("enter", "remove", NOT_DUE, IN_ORDER)


def rulings_of(handoff: Handoff, rulings: pa.Table, subject: str) -> pa.Table:
    """Return the rulings on one kind of finding whose documents belong to the two streams of a handoff.

    Parameters
    ----------
    handoff
        Which stream hands over to which.
    rulings
        Table RULING.
    subject
        What they are about; what has no source is named by the target, all else by the source.
    """
    table = checked(rulings, RULING)
    source, target = f"{handoff.system_l}.{handoff.stream_l}", f"{handoff.system_r}.{handoff.stream_r}"
    here, there = (source, target) if subject != EXTRA else (target, source)
    system, _, stream = here.partition(".")
    is_own = pc.and_(pc.equal(table["subject"], subject), pc.equal(table["part"], there))
    return table.filter(pc.and_(is_own, pc.starts_with(table["key_l"], f"{system}/{stream}/"))).combine_chunks()


def _relations(left: Side, right: Side, rows_l: Ints, rows_r: Ints, linked: pa.Table) -> Levels:
    """Return how the amounts of each pair relate; of a target that stands for several sources, that of all of them."""
    others_l, others_r = positions(linked["key_l"], left.keys), positions(linked["key_r"], right.keys)
    is_there = (others_l != NONE) & (others_r != NONE)
    every_l, every_r = np.append(rows_l, others_l[is_there]), np.append(rows_r, others_r[is_there])

    def total(values: Floats) -> Floats:
        return np.bincount(every_r, weights=values[every_l], minlength=len(right)).astype(np.float64)[rows_r]

    return amount_relations(
        total(left.amount), right.amount[rows_r],
        tax_l=total(np.nan_to_num(left.tax)), tax_r=right.tax[rows_r],
        fee_l=total(np.nan_to_num(left.fee)), fee_r=right.fee[rows_r],
    )  # fmt: skip


def _bases(
    left: Side, right: Side, rows_l: Ints, rows_r: Ints, *, relations: Levels, named: Floats, linked: pa.Table
) -> pa.Array:
    """Return what each pair was found by: a person's decision, and what speaks against it."""
    accounts = (side.account.take(pa.array(rows)) for side, rows in _both(left, right, rows_l, rows_r))
    # Of two accounts that bear one name only the link may be lacking.
    is_other = flags(pc.not_equal(*accounts)) & (named != 1)
    is_net = left.is_net[rows_l] != right.is_net[rows_r]
    days = lag_days(left, right, rows_l, rows_r)
    keys_l = left.keys.take(pa.array(rows_l)).to_pylist()
    keys_r = right.keys.take(pa.array(rows_r)).to_pylist()
    sources: dict[str, list[str]] = {}
    for key_l, key_r in zip(linked["key_l"].to_pylist() + keys_l, linked["key_r"].to_pylist() + keys_r, strict=True):
        sources.setdefault(key_r, []).append(key_l)
    said = [
        doubt_words(
            is_other_party=bool(is_other[at]),
            relation=UNKNOWN if is_net[at] else int(relations[at]),
            days=float(days[at]),
            taken_by=[one for one in sources[keys_r[at]] if one != keys_l[at]],
        )
        for at in range(len(keys_l))
    ]
    return pa.array([f"{DOUBTED}{words}" if words else DECIDED for words in said], pa.string())


def _both(left: Side, right: Side, rows_l: Ints, rows_r: Ints) -> tuple[tuple[Side, Ints], tuple[Side, Ints]]:
    return (left, rows_l), (right, rows_r)
