"""Which document of the target stands for which document of the source, and which have none.

Each source document once, and a target for one source or, where one payment settles several invoices, for those together.
Who is whose is read from DOCUMENT_LINK; here each item gets its fate, its delay and its errors.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.match.comparison import Floats, Ints
from toolkit.match.documents.amounts import NAMES
from toolkit.reconcile.accounts import accounts_in
from toolkit.reconcile.coded import Flags, array_of, firsts, flags, known_numbers, positions
from toolkit.reconcile.covered_days import Covered, target_covered_days
from toolkit.reconcile.decided_errors import decided_errors
from toolkit.reconcile.decided_items import decided_counterparts, decided_links
from toolkit.reconcile.disagreements import Pairs, disagreements
from toolkit.reconcile.events import NO_DAY, absences, as_dates, as_instants
from toolkit.reconcile.link_kinds import AMBIGUOUS, CONTESTED, CREDITED, ONE, REPEATED, RETURNED, TOGETHER
from toolkit.reconcile.outcome_words import SECOND_ENTRY
from toolkit.reconcile.party_counterparts import party_counterparts
from toolkit.reconcile.sides import Side, Streams, awaits_payment, handoff_sides, lag_days, lag_minutes
from toolkit.reconcile.written_names import with_one_account
from toolkit.tables import COUNTERPART, CROSSWALK, DOCUMENT_LINK, PARTY_ENTITIES, RULING, checked

_SENT_BACK = "its payment came and was sent back"
_OPEN = "not paid yet, as its own list says"
_UNEXPLAINED = "no document of the source explains it"


class Carried(NamedTuple):
    """What became of the source's documents of one handoff, and both sides; parties have no sides of documents."""

    handoff: Handoff
    counterparts: pa.Table
    sides: tuple[Side, Side] | None


def carried_documents(
    handoffs: Sequence[Handoff],
    streams: Streams,
    crosswalk: pa.Table,
    links: pa.Table,
    *,
    as_of: date,
    time_zone: str,
    rulings: pa.Table | None = None,
) -> Iterator[Carried]:
    """Give handoff by handoff what became of its documents or parties: its COUNTERPART rows.

    Parameters
    ----------
    handoffs
        The handoffs.
    streams
        Their documents and parties.
    crosswalk, links
        Tables CROSSWALK and DOCUMENT_LINK.
    as_of
        Local day up to which the targets are complete.
    time_zone
        The client's, for days and months.
    rulings
        Table RULING: what persons said of items without a counterpart.
    """
    said = RULING.empty() if rulings is None else rulings
    accounts = accounts_in(checked(crosswalk, CROSSWALK), "account_id")
    for handoff in handoffs:
        if handoff.entity_l in PARTY_ENTITIES:
            both = streams.both(handoff)
            found = party_counterparts(handoff, *both, crosswalk, as_of=as_of, time_zone=time_zone)
            yield Carried(handoff, _decided(handoff, found, said), None)
            continue
        sides = handoff_sides(handoff, *streams.both(handoff), accounts, time_zone=time_zone)
        left, right = with_one_account(*sides, accounts.told)
        into = links.filter(pc.is_in(links["handoff_id"], value_set=_into_target_of(handoff, handoffs)))
        found = counterparts(handoff, left, right, decided_links(handoff, left, right, into, said), as_of=as_of)
        yield Carried(handoff, _decided(handoff, found, said), (left, right))


def _decided(handoff: Handoff, found: pa.Table, said: pa.Table) -> pa.Table:
    return decided_errors(handoff, decided_counterparts(handoff, found, said), said)


def _into_target_of(handoff: Handoff, handoffs: Sequence[Handoff]) -> pa.StringArray:
    """Return the ids of all handoffs into the target stream of one."""
    target = (handoff.system_r, handoff.stream_r)
    return pa.array([one.handoff_id for one in handoffs if (one.system_r, one.stream_r) == target], pa.string())


class _Found(NamedTuple):
    """Source rows with their counterpart: the first target row, and where the link stands in DOCUMENT_LINK."""

    rows_l: Ints
    rows_r: Ints
    link: Ints


def counterparts(handoff: Handoff, left: Side, right: Side, links: pa.Table, *, as_of: date) -> pa.Table:
    """Return the COUNTERPART rows of one handoff: each source document once, but those that a credit note takes back.

    Without a single target document nothing is known of the handoff, and the table is empty.

    Parameters
    ----------
    handoff
        Which stream hands over to which, and how long the target may take.
    left, right
        Both sides, as ``sides.handoff_sides`` gives them.
    links
        Table DOCUMENT_LINK; what other handoffs into the target have found there is not extra here.
    as_of
        Local day up to which the target is complete.
    """
    every_link = checked(links, DOCUMENT_LINK)
    is_own = pc.equal(every_link["handoff_id"], handoff.handoff_id)
    links, others = (every_link.filter(one).combine_chunks() for one in (is_own, pc.invert(is_own)))
    if len(right) == 0 or len(left) == 0:
        return COUNTERPART.empty()
    rows_l, rows_r = positions(links["key_l"], left.keys), positions(links["key_r"], right.keys)
    single, together = (np.flatnonzero(_is_kind(links, kind)) for kind in (ONE, TOGETHER))
    ones = _Found(rows_l[single], rows_r[single], single)
    groups, further, sums = _grouped(right, links, together, rows_l, rows_r)
    has_link = np.zeros(len(left), dtype=bool)
    has_link[ones.rows_l], has_link[groups.rows_l] = True, True
    # An invoice that is credited as a whole awaits nothing, and neither does its credit note.
    alone = np.flatnonzero(~has_link & ~_rows_of(links, CREDITED, rows_l, len(left)))
    covered = target_covered_days(right.day, left.whole_days, as_of)
    parts = [
        _found_rows(handoff, left, right, links, ones, _shown(right.amount, right.is_net)[ones.rows_r], None),
        _found_rows(handoff, left, right, links, groups, sums, further),
        _lonely_rows(
            left,
            alone,
            handoff,
            as_of,
            covered,
            is_ambiguous=_rows_of(links, AMBIGUOUS, rows_l, len(left)),
            is_sent_back=_rows_of(links, RETURNED, rows_l, len(left)),
            is_open=awaits_payment(handoff, left, has_link, as_of),
        ),
        _extra_rows(handoff, left, right, links, rows_r, others),
    ]
    table = pa.concat_tables(parts)
    return checked(table.set_column(0, "handoff_id", pa.repeat(handoff.handoff_id, table.num_rows)), COUNTERPART)


def _is_kind(links: pa.Table, kind: str) -> Flags:
    return np.asarray(pc.equal(array_of(links["kind"]), kind))


def _rows_of(links: pa.Table, kind: str, rows: Ints, count: int) -> Flags:
    """Return which rows of a side stand in links of one kind."""
    result = np.zeros(count, dtype=bool)
    own = rows[_is_kind(links, kind)]
    result[own[own >= 0]] = True
    return result


def _grouped(
    right: Side, links: pa.Table, together: Ints, rows_l: Ints, rows_r: Ints
) -> tuple[_Found, pa.ListArray, Floats]:
    """Return each source document of a group with its first target, the keys of the further ones, and the sum of all."""
    group = np.asarray(array_of(links["group"]).take(pa.array(together)), dtype=np.int64)
    own_l, own_r = rows_l[together], rows_r[together]
    start = firsts(group, own_l)
    owner = np.repeat(np.arange(len(start)), np.diff(np.append(start, len(together))))
    # The first of several is the earliest, of one day the smaller key.
    order = np.lexsort((own_r, right.day[own_r], owner))
    first = order[start]
    total = np.bincount(owner, weights=_shown(right.amount, right.is_net)[own_r], minlength=len(start)).astype(np.float64)
    others: list[list[int]] = [[] for _ in start]
    is_first = np.zeros(len(together), dtype=bool)
    is_first[first] = True
    for place, row in zip(owner[~is_first].tolist(), own_r[~is_first].tolist(), strict=True):
        others[place].append(row)
    keys = right.keys
    further = [keys.take(pa.array(rows, pa.int64())).to_pylist() or None for rows in others]
    return _Found(own_l[start], own_r[first], together[first]), pa.array(further, pa.list_(pa.string())), total


def _found_rows(  # noqa: PLR0917 - parallel columns
    handoff: Handoff, left: Side, right: Side, links: pa.Table, found: _Found, amount_r: Floats, further: pa.ListArray | None
) -> pa.Table:
    """Return the rows of source documents with their counterpart."""
    rows_l, rows_r = found.rows_l, found.rows_r
    link = pa.array(found.link)
    relation = positions(array_of(links["amount_relation"]).take(link), pa.array(NAMES))
    named_share = known_numbers(array_of(links["named_share"]).take(link))
    basis = array_of(links["basis"]).take(link)
    pairs = Pairs(rows_l, rows_r, relation, named_share, flags(pc.match_substring(basis, "number")))
    wrong = disagreements(left, right, pairs, entity_l=handoff.entity_l, entity_r=handoff.entity_r)
    currency_l, currency_r = (
        side.texts("currency").take(pa.array(rows)) for side, rows in ((left, rows_l), (right, rows_r))
    )
    has_currency = pc.fill_null(pc.not_equal(currency_r, ""), False)
    return _rows(
        len(rows_l),
        **_source_columns(left, rows_l),
        key_r=right.keys.take(pa.array(rows_r)), more_keys_r=further, status=pa.repeat("found", len(rows_l)),
        basis=basis, probability=array_of(links["match_probability"]).take(link),
        event_r_at=as_instants(right.at[rows_r]), amount_r_minor=_minor(amount_r),
        lag_minutes=_numbers(lag_minutes(left, right, rows_l, rows_r)),
        lag_days=_numbers(lag_days(left, right, rows_l, rows_r)),
        currency=pc.if_else(has_currency, currency_r, currency_l),
        is_error=wrong.kind.is_valid(), error_kind=wrong.kind, error_columns=wrong.columns,
    )  # fmt: skip


def _lonely_rows(
    left: Side,
    rows: Ints,
    handoff: Handoff,
    as_of: date,
    covered: Covered,
    *,
    is_ambiguous: Flags,
    is_sent_back: Flags,
    is_open: Flags,
) -> pa.Table:
    """Return the rows of source documents without a counterpart; what the target does not cover is not known."""
    day = left.day[rows]
    status = absences(day, handoff.grace_days, as_of)
    is_told = (day == NO_DAY) | covered.holds(day, day + handoff.grace_days)
    is_unknown = pc.and_(pc.equal(status, "missing"), pa.array(~is_told))
    status = pc.if_else(is_unknown, "unknown", status)
    # What is not paid yet, as its own list says, did not get lost on its way.
    status = pc.if_else(pa.array(is_open[rows] & ~is_sent_back[rows]), "waiting", status)
    status = pc.if_else(pa.array(is_ambiguous[rows]), "ambiguous", status)
    open_basis = pc.if_else(pa.array(is_open[rows]), pa.scalar(_OPEN), pa.scalar(None, pa.string()))
    basis = pc.if_else(pa.array(is_sent_back[rows]), pa.scalar(_SENT_BACK), open_basis)
    return _rows(
        len(rows), **_source_columns(left, rows), status=status, basis=basis,
        currency=left.texts("currency").take(pa.array(rows)),
    )  # fmt: skip


def _source_columns(left: Side, rows: Ints) -> dict[str, pa.Array]:
    return {
        "key_l": left.keys.take(pa.array(rows)),
        "event_l_at": as_instants(left.at[rows]),
        "event_on": as_dates(left.day[rows]),
        "amount_l_minor": _minor(_shown(left.amount, left.is_net)[rows]),
    }


def _extra_rows(  # noqa: PLR0917 - parallel columns
    handoff: Handoff, left: Side, right: Side, links: pa.Table, rows_r: Ints, others: pa.Table
) -> pa.Table:
    """Return unlinked targets that repeat a linked source, or that must have a source and have none.

    What another handoff has found, or cannot tell apart, is neither.
    """
    elsewhere = positions(others["key_r"], right.keys)
    is_claimed = np.zeros(len(right), dtype=bool)
    for kind in (ONE, TOGETHER, CONTESTED, RETURNED):
        is_claimed |= _rows_of(others, kind, elsewhere, len(right))
    is_repeated = _rows_of(links, REPEATED, rows_r, len(right)) & ~is_claimed
    known = left.day[left.day != NO_DAY]
    # What is older than the source's first document may have its source outside of what was exported.
    is_unexplained = (right.day != NO_DAY) & (right.day >= (known.min() if len(known) else NO_DAY))
    if not handoff.is_source_required:
        is_unexplained[:] = False
    is_unexplained &= ~is_claimed & ~_rows_of(others, REPEATED, elsewhere, len(right))
    for kind in (ONE, TOGETHER, REPEATED, CONTESTED, RETURNED):
        is_unexplained &= ~_rows_of(links, kind, rows_r, len(right))
    rows = np.flatnonzero(is_repeated | is_unexplained)
    return _rows(
        len(rows), key_r=right.keys.take(pa.array(rows)), status=pa.repeat("extra", len(rows)),
        basis=pc.if_else(pa.array(is_repeated[rows]), SECOND_ENTRY, _UNEXPLAINED),
        event_r_at=as_instants(right.at[rows]), event_on=as_dates(right.day[rows]),
        amount_r_minor=_minor(_shown(right.amount, right.is_net)[rows]),
        currency=right.texts("currency").take(pa.array(rows)),
    )  # fmt: skip


def _rows(count: int, **columns: pa.Array | None) -> pa.Table:
    """Return rows of COUNTERPART; columns that are not given are null, and without a word on errors there is none."""
    given = {"is_error": pa.repeat(False, count), **{name: one for name, one in columns.items() if one is not None}}
    arrays = [given.get(one.name, pa.nulls(count, one.type)).cast(one.type) for one in COUNTERPART.columns]
    return pa.Table.from_arrays(arrays, schema=COUNTERPART.arrow)


def _shown(amount: Floats, is_net: Flags) -> Floats:
    """Return gross amounts; NaN where a document states none."""
    return np.where(is_net, np.nan, amount)


def _minor(amount: Floats) -> pa.Array:
    is_none = np.isnan(amount)
    return pa.array(np.rint(np.where(is_none, 0.0, amount)).astype(np.int64), mask=is_none)


def _numbers(values: Floats) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))
