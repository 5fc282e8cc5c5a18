"""Handoffs from several sources into one target stream: an invoice stands for one order, or for one ticket, not for both.

A source that hands on to another source of the same target is no rival of it: a deal, the project that was set up for it
and the invoice of both are one piece of work.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.coded import array_of, flags, known_numbers
from toolkit.reconcile.link_kinds import AMBIGUOUS, CONTESTED, ONE, REPEATED, TOGETHER
from toolkit.tables import DOCUMENT_LINK

Rivals = Mapping[str, frozenset[str]]
"""By handoff the ids of those that may not have its targets."""

_Stream = tuple[str, str]
_FOUND = pa.array([ONE, TOGETHER])
_TIE_MARGIN_BITS = 0.5
_NUMBER_BITS, _MOST_BITS = 100.0, 60.0
# Two sources that were found as so many of the same targets are two stations of one piece of work, whatever was named.
_HABIT_SHARE, _ENOUGH = 0.5, 10


def rivals(handoffs: Sequence[Handoff]) -> Rivals:
    """Return for each handoff those into the same target stream from a source that is a matter of its own.

    Examples
    --------
    >>> def handoff(name, source, target):
    ...     return Handoff(name, name, source, source, "ticket", target, target, "invoice")
    >>> into = [handoff("deals", "crm", "books"), handoff("jobs", "work", "books"), handoff("calls", "desk", "books")]
    >>> {one: sorted(others) for one, others in rivals(into[1:]).items()}
    {'jobs': ['calls'], 'calls': ['jobs']}
    >>> {one: sorted(others) for one, others in rivals([handoff("set_up", "crm", "work"), *into]).items()}
    {'set_up': [], 'deals': ['calls'], 'jobs': ['calls'], 'calls': ['deals', 'jobs']}
    """
    onward: dict[_Stream, set[_Stream]] = {}
    for one in handoffs:
        onward.setdefault(_source(one), set()).add(_target(one))
    reached = {_source(one): _reached(_source(one), onward) for one in handoffs}
    return {
        one.handoff_id: frozenset(
            other.handoff_id
            for other in handoffs
            if _target(other) == _target(one)
            and _source(other) != _source(one)
            and _source(other) not in reached[_source(one)]
            and _source(one) not in reached[_source(other)]
        )
        for one in handoffs
    }


def settled_links(links: Mapping[str, pa.Table], against: Rivals) -> dict[str, pa.Table]:
    """Return the DOCUMENT_LINK rows of handoffs with each target left to the one that has most to say for it.

    A number that the target quotes counts before all else. Where two have as much to say nobody can tell whose it is: it
    is contested, and both sources are ambiguous. A second entry is told of by the first handoff that sees it.

    Parameters
    ----------
    links
        By handoff its rows of DOCUMENT_LINK.
    against
        What `rivals` returns.
    """
    lost: dict[str, set[str]] = {name: set() for name in links}
    tied: dict[str, set[str]] = {name: set() for name in links}
    told: dict[str, set[str]] = {name: set() for name in links}
    names = list(links)
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            if other not in against[one]:
                continue
            told[other] |= _shared(links[one], links[other], pa.array([REPEATED]))
            shared = _shared(links[one], links[other], _FOUND)
            least = min(_found_count(links[one]), _found_count(links[other]))
            if len(shared) >= max(_ENOUGH, _HABIT_SHARE * least):
                continue
            own, its = (_strengths(links[name], shared) for name in (one, other))
            for key in shared:
                if abs(own[key] - its[key]) < _TIE_MARGIN_BITS:
                    tied[one].add(key)
                    tied[other].add(key)
                else:
                    lost[other if own[key] > its[key] else one].add(key)
    return {name: _without(table, lost[name], tied[name] - lost[name], told[name]) for name, table in links.items()}


def is_mostly_found(links: pa.Table, count: int) -> bool:
    """Return whether at least half of so many documents were found."""
    return _found_count(links) >= _HABIT_SHARE * count


def is_one_business(reduced: pa.Table, whole: pa.Table) -> bool:
    """Return whether a source is found by and large only as targets that quote another source.

    Parameters
    ----------
    reduced, whole
        Its DOCUMENT_LINK rows without those targets and with them.
    """
    return _found_count(whole) >= max(_ENOUGH, 2 * _found_count(reduced))


def _source(handoff: Handoff) -> _Stream:
    return handoff.system_l, handoff.stream_l


def _target(handoff: Handoff) -> _Stream:
    return handoff.system_r, handoff.stream_r


def _reached(start: _Stream, onward: Mapping[_Stream, set[_Stream]]) -> set[_Stream]:
    """Return all streams that one hands on to, also by way of others."""
    result: set[_Stream] = set()
    ahead = [start]
    while ahead:
        new = onward.get(ahead.pop(), set()) - result
        result |= new
        ahead += new
    return result


def _keys_of(links: pa.Table, kinds: pa.Array) -> pa.StringArray:
    return array_of(links.filter(pc.is_in(links["kind"], value_set=kinds))["key_r"])


def _shared(one: pa.Table, other: pa.Table, kinds: pa.Array) -> set[str]:
    """Return the targets that stand in links of such kinds on both sides."""
    keys = _keys_of(one, kinds)
    return {*keys.filter(pc.is_in(keys, value_set=_keys_of(other, kinds))).to_pylist()}


def _found_count(links: pa.Table) -> int:
    return int(pc.count_distinct(_keys_of(links, _FOUND)).as_py())


def _strengths(links: pa.Table, keys: set[str]) -> dict[str, float]:
    """Return in bits how much speaks for the source of each target; a quoted number counts for more than all the rest."""
    own = links.filter(_is_found_as(links, keys))
    likely = known_numbers(own["match_probability"])
    bits = np.log2(np.maximum(likely, 2.0**-_MOST_BITS) / np.maximum(1 - likely, 2.0**-_MOST_BITS))
    quotes = flags(pc.starts_with(own["basis"], "number"))
    strength = np.minimum(np.nan_to_num(bits), _MOST_BITS) + np.where(quotes, _NUMBER_BITS, 0.0)
    result: dict[str, float] = {}
    for key, worth in zip(own["key_r"].to_pylist(), strength.tolist(), strict=True):
        result[key] = max(worth, result.get(key, worth))
    return result


def _is_found_as(links: pa.Table, keys: set[str]) -> pa.Array:
    is_found = pc.is_in(links["kind"], value_set=_FOUND)
    return pc.and_(is_found, pc.is_in(links["key_r"], value_set=pa.array(sorted(keys), pa.string())))


def _without(links: pa.Table, lost: set[str], tied: set[str], told: set[str]) -> pa.Table:
    """Return links without targets that another handoff has; of a group that loses one nothing is left."""
    if not lost and not tied and not told:
        return links
    links = links.combine_chunks()
    hit = flags(_is_found_as(links, lost | tied))
    broken = array_of(links["group"]).filter(pa.array(hit)).drop_null()
    is_together = flags(pc.equal(links["kind"], TOGETHER))
    hit |= is_together & flags(pc.is_in(links["group"], value_set=broken))
    is_told = pc.and_(
        pc.equal(links["kind"], REPEATED), pc.is_in(links["key_r"], value_set=pa.array(sorted(told), pa.string()))
    )
    unsure = links.filter(pa.array(hit & flags(_is_found_as(links, tied))))
    return pa.concat_tables(
        [
            links.filter(pa.array(~hit & ~flags(is_told))),
            _named(AMBIGUOUS, unsure, "key_l"),
            _named(CONTESTED, unsure, "key_r"),
        ]
    )


def _named(kind: str, links: pa.Table, side: str) -> pa.Table:
    """Return one link of a kind for each document that some links name on one side."""
    keys = pc.unique(array_of(links[side]))
    handoff_id = links["handoff_id"][0].as_py() if len(keys) else ""
    given = {"handoff_id": pa.repeat(handoff_id, len(keys)), "kind": pa.repeat(kind, len(keys)), side: keys}
    arrays = [given.get(one.name, pa.nulls(len(keys), one.type)) for one in DOCUMENT_LINK.columns]
    return pa.Table.from_arrays(arrays, schema=DOCUMENT_LINK.arrow)
