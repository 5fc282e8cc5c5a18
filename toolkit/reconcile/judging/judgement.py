"""A comparison is judged before it is believed: every aspect of a handoff."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.match.comparison import Ints
from toolkit.reconcile.coded import Flags, flags, positions
from toolkit.reconcile.counterparts import Carried
from toolkit.reconcile.covered_days import covered_days, target_covered_days
from toolkit.reconcile.judging.amount_ratios import constant_factors
from toolkit.reconcile.judging.columns import amounts, currency, dates
from toolkit.reconcile.judging.compared import Compared, linked_rows
from toolkit.reconcile.judging.factor import factor
from toolkit.reconcile.judging.missing import missing
from toolkit.reconcile.judging.pairs import disagreement, references
from toolkit.reconcile.judging.party_lists import judged_parties
from toolkit.reconcile.judging.rows import period, row_filter
from toolkit.reconcile.judging.split import Hints, telling_split
from toolkit.reconcile.judging.unread import Unread
from toolkit.reconcile.judging.verdict import ERROR, MISSING, PARTLY, SOUND, Verdict
from toolkit.reconcile.sides import Side
from toolkit.tables import HANDOFF_JUDGEMENT

_HELD = "Held back, because of what is said of another aspect."
_RESTS_ON = {"missing": MISSING, "disagreement": ERROR}
ASPECTS = (row_filter, period, dates, amounts, currency, references, factor, disagreement, missing)


def judgement(
    carried: Carried,
    streams: tuple[pa.Table, pa.Table],
    links: pa.Table,
    *,
    as_of: date,
    labels: Mapping[str, str],
    unread: tuple[Unread | None, Unread | None] = (None, None),
) -> pa.Table:
    """Return the HANDOFF_JUDGEMENT rows of one handoff.

    Parameters
    ----------
    carried
        What became of its documents.
    streams
        All records of source and target, as ``sides.stream_documents`` gives them.
    links
        DOCUMENT_LINK of all handoffs.
    as_of
        Local day up to which was looked.
    labels
        What the client calls each system.
    unread
        Days that should date source and target and could not be read.
    """
    handoff = carried.handoff
    names = (labels.get(handoff.system_l, handoff.system_l), labels.get(handoff.system_r, handoff.system_r))
    if carried.sides is None:
        verdicts = judged_parties(carried.counterparts, streams, names)
    else:
        compared = _compared(carried, carried.sides, streams, links, as_of, names, unread)
        hints = Hints(telling_split(compared), constant_factors(compared))
        verdicts = consistent([aspect(compared, hints) for aspect in ASPECTS])
    return HANDOFF_JUDGEMENT.from_rows(_row(handoff, one) for one in verdicts)


def consistent(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return verdicts of which none calls sound what another holds back.

    Examples
    --------
    >>> dates = Verdict("dates", "failed", "No deal is dated.", None, ("missing",))
    >>> [one.reason for one in consistent([dates, Verdict("missing", "sound", "24 of 454 deals have no counterpart.")])]
    ['No deal is dated.', 'Held back, because of what is said of another aspect.']
    """
    held = {name for one in verdicts for name in one.held_back}
    return [
        Verdict(one.aspect, PARTLY, _HELD) if one.verdict == SOUND and _RESTS_ON.get(one.aspect) in held else one
        for one in verdicts
    ]


def _row(handoff: Handoff, verdict: Verdict) -> dict[str, object]:
    return {"handoff_id": handoff.handoff_id, **verdict._asdict(), "held_back": list(verdict.held_back)}


def _compared(  # noqa: PLR0917 - all that a comparison is judged by
    carried: Carried,
    sides: tuple[Side, Side],
    streams: tuple[pa.Table, pa.Table],
    links: pa.Table,
    as_of: date,
    names: tuple[str, str],
    unread: tuple[Unread | None, Unread | None],
) -> Compared:
    left, right = sides
    table = carried.counterparts
    is_own = flags(pc.equal(links["handoff_id"], carried.handoff.handoff_id))
    # Where the links of all handoffs lead is looked up once: of a million documents that takes a second.
    rows_r = positions(links["key_r"], right.keys)
    own = links.filter(pa.array(is_own)).combine_chunks()
    linked, is_grouped = linked_rows(own, positions(own["key_l"], left.keys), rows_r[is_own], len(left))
    rows_l = positions(table["key_l"], left.keys)
    is_found, is_missing = (_rows_with(table, status, rows_l, len(left)) for status in ("found", "missing"))
    is_claimed_r = np.zeros(len(right), dtype=bool)
    is_claimed_r[rows_r[rows_r >= 0]] = True
    covered_r = target_covered_days(right.day, left.whole_days, as_of)
    is_told = covered_r.holds(left.day, left.day + carried.handoff.grace_days)
    wrong = table.filter(table["is_error"])["error_kind"].to_pylist()
    return Compared(
        handoff=carried.handoff, as_of=as_of, label_l=names[0], label_r=names[1], stream_l=streams[0], stream_r=streams[1],
        left=left, right=right, covered_l=covered_days(left.whole_days, as_of), covered_r=covered_r,
        linked=linked, is_grouped=is_grouped, is_found=is_found, is_missing=is_missing & is_told,
        is_claimed_r=is_claimed_r, error_kinds=Counter(wrong), unread_l=unread[0], unread_r=unread[1],
    )  # fmt: skip


def _rows_with(table: pa.Table, status: str, rows: Ints, count: int) -> Flags:
    own = rows[flags(pc.equal(table["status"], status))]
    result = np.zeros(count, dtype=bool)
    result[own[own >= 0]] = True
    return result
