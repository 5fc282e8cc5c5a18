"""Documents of two systems matched, as tables: the pairs that were weighed (DOCUMENT_PAIR), who is whose (DOCUMENT_LINK).

What tells whether two documents are one is asked of ``match.documents``; here its answer is written down by record keys.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.landscape.handoffs import Handoff
from toolkit.match.comparison import MISSING, Floats, Ints, Levels
from toolkit.match.documents import amounts
from toolkit.match.documents.claims import claimed_by_number
from toolkit.match.documents.evidence import AMOUNT, FACTS, basis
from toolkit.match.documents.matching import DocumentMatching, matched_documents
from toolkit.match.documents.mentions import Mentions, mentions
from toolkit.match.texts.words import rows_of
from toolkit.reconcile.accounts import Accounts, accounts_in
from toolkit.reconcile.coded import Flags
from toolkit.reconcile.events import as_dates
from toolkit.reconcile.link_kinds import AMBIGUOUS, CONTESTED, CREDITED, ONE, REPEATED, RETURNED, TOGETHER
from toolkit.reconcile.shared_targets import Rivals, is_mostly_found, is_one_business, rivals, settled_links
from toolkit.reconcile.sides import Side, Streams, handoff_sides
from toolkit.reconcile.written_names import with_one_account
from toolkit.tables import CROSSWALK, DOCUMENT_LINK, DOCUMENT_PAIR, PARTY_ENTITIES, checked, content_sha256

MIN_TOLD_PROBABILITY = 0.01
"""Pairs less likely than this are not written down: by far the most of those weighed."""

_FACT_COLUMNS = ("party", "party_name", "number", "amount", "words", "currency")


class DocumentTables(NamedTuple):
    """The tables DOCUMENT_PAIR and DOCUMENT_LINK of one handoff."""

    pairs: pa.Table
    links: pa.Table


class LinkedDocuments(NamedTuple):
    """The same of all handoffs of documents; ``keys`` says by handoff what its rows rest on, as a hash."""

    pairs: pa.Table
    links: pa.Table
    keys: Mapping[str, str]


Known = Callable[[str, str], DocumentTables | None]
"""Returns the tables of a handoff that were made from the same before, by its id and what they rest on; None without."""


def linked_documents(
    handoffs: Sequence[Handoff],
    streams: Streams,
    crosswalk: pa.Table,
    *,
    time_zone: str,
    known: Known = lambda _handoff_id, _key: None,
    return_memory: Callable[[], None] = lambda: None,
) -> LinkedDocuments:
    """Return which documents are one event, for all handoffs of documents.

    Parameters
    ----------
    handoffs
        The handoffs; those of parties are passed over, crosswalk and clusters tell of them.
    streams
        Their documents.
    crosswalk
        Table CROSSWALK: parties of all systems to accounts.
    time_zone
        The client's, for days.
    known
        What is known from before is not matched again.
    return_memory
        Gives back what one handoff has freed before the next begins.
    """
    wanted = [one for one in handoffs if one.entity_l not in PARTY_ENTITIES]
    against = rivals(wanted)
    desk = _Desk(streams, accounts_in(checked(crosswalk, CROSSWALK), "account_id"), time_zone)
    found: dict[str, DocumentTables] = {}
    keys: dict[str, str] = {}
    groups = _groups(wanted, against)
    for place, group in enumerate(groups):
        sides = {one.handoff_id: desk.sides(one) for one in group}
        own = {one.handoff_id: desk.key(one, *sides[one.handoff_id]) for one in group}
        own = {name: _joint_key(name, own) for name in own}
        before = {name: known(name, key) for name, key in own.items()}
        keys |= own
        told = {name: tables for name, tables in before.items() if tables is not None}
        found |= told if len(told) == len(group) else _settled(desk, group, sides, against)
        # What no later handoff asks for is let go: a million documents and their numbers take some hundred megabytes.
        desk.keep({key for later in groups[place + 1 :] for one in later for key in _streams_of(one)})
        del sides
        return_memory()
    parts = [found[one.handoff_id] for one in wanted]
    return LinkedDocuments(
        pa.concat_tables([DOCUMENT_PAIR.empty(), *(one.pairs for one in parts)]),
        pa.concat_tables([DOCUMENT_LINK.empty(), *(one.links for one in parts)]),
        keys,
    )


class _Desk:
    """The sides of handoffs, their numbers, and what they rest on, each stream read once."""

    def __init__(self, streams: Streams, accounts: Accounts, time_zone: str) -> None:
        self._streams = streams
        self._accounts = accounts
        self._time_zone = time_zone
        self._numbers: dict[tuple[str, str], Mentions] = {}
        self._hashes: dict[tuple[str, str], str] = {}

    def sides(self, handoff: Handoff) -> tuple[Side, Side]:
        sides = handoff_sides(handoff, *self._streams.both(handoff), self._accounts, time_zone=self._time_zone)
        return with_one_account(*sides, self._accounts.told)

    def key(self, handoff: Handoff, left: Side, right: Side) -> str:
        for stream, key in zip(self._streams.both(handoff), _streams_of(handoff), strict=True):
            if key not in self._hashes:
                self._hashes[key] = content_sha256(stream)
        said = [asdict(handoff), self._time_zone, *(self._hashes[key] for key in _streams_of(handoff))]
        return _key(said, left, right)

    def numbers(self, handoff: Handoff, left: Side, right: Side) -> tuple[Mentions, Mentions]:
        """Return the numbers in the documents of both sides, of which some may be left out."""
        own = []
        for side, stream, key in zip((left, right), self._streams.both(handoff), _streams_of(handoff), strict=True):
            if key not in self._numbers:
                self._numbers[key] = mentions(stream)
            own.append(self._numbers[key].of_rows(side.rows, stream.num_rows))
        return own[0], own[1]

    def keep(self, wanted: set[tuple[str, str]]) -> None:
        self._streams.keep(wanted)
        self._numbers = {key: found for key, found in self._numbers.items() if key in wanted}


def _groups(handoffs: Sequence[Handoff], against: Rivals) -> list[list[Handoff]]:
    """Return the handoffs in groups that are settled together: those into one target that have rivals, else each alone."""
    result: dict[tuple[str, ...], list[Handoff]] = {}
    for one in handoffs:
        alone = () if against[one.handoff_id] else (one.handoff_id,)
        result.setdefault((one.system_r, one.stream_r, *alone), []).append(one)
    return [*result.values()]


def _settled(
    desk: _Desk, group: Sequence[Handoff], sides: Mapping[str, tuple[Side, Side]], against: Rivals
) -> dict[str, DocumentTables]:
    """Return the links of handoffs into one target: what quotes a document of one source is left to that source."""
    claimed = {} if len(group) == 1 else {one.handoff_id: _claimed(desk, one, *sides[one.handoff_id]) for one in group}
    found = {}
    for one in group:
        left, right = sides[one.handoff_id]
        is_open = np.ones(len(right), dtype=bool)
        for other in against[one.handoff_id] if claimed else ():
            is_open &= ~claimed[other] | claimed[one.handoff_id]
        tables = _tables_of(desk, one, left, right if is_open.all() else right.take(np.flatnonzero(is_open)))
        if not is_open.all() and not is_mostly_found(tables.links, len(left)):
            whole = _tables_of(desk, one, left, right)
            tables = whole if is_one_business(tables.links, whole.links) else tables
        found[one.handoff_id] = tables
    links = settled_links({name: tables.links for name, tables in found.items()}, against)
    return {name: tables._replace(links=links[name]) for name, tables in found.items()}


def _claimed(desk: _Desk, handoff: Handoff, left: Side, right: Side) -> Flags:
    if len(left) == 0 or len(right) == 0:
        return np.zeros(len(right), dtype=bool)
    numbers = desk.numbers(handoff, left, right)
    return claimed_by_number(_document_table(left, right), _document_table(right, left), numbers)


def _tables_of(desk: _Desk, handoff: Handoff, left: Side, right: Side) -> DocumentTables:
    return document_tables(handoff.handoff_id, left, right, numbers=lambda: desk.numbers(handoff, left, right))


def _joint_key(name: str, keys: Mapping[str, str]) -> str:
    """Return what the links of one handoff rest on: where several are settled together, on what the others rest on, too."""
    others = sorted(key for other, key in keys.items() if other != name)
    return hashlib.sha256(json.dumps([keys[name], *others]).encode()).hexdigest() if others else keys[name]


def _key(said: Sequence[object], left: Side, right: Side) -> str:
    """Return a hash over all that the links of a handoff depend on.

    ``said`` is the handoff and its streams; of the crosswalk count the accounts of these very documents, and whether the
    other side, or any other system, knows them: a company more in some system changes no document's.
    """
    parts = []
    for side, other in ((left, right), (right, left)):
        columns = {
            "account": side.account,
            "is_known_there": pc.is_in(side.account, value_set=other.known_accounts),
            "is_linked": pc.is_in(side.account, value_set=side.linked_accounts),
        }
        parts.append(content_sha256(pa.table(columns)))
    return hashlib.sha256(json.dumps([*said, *parts], sort_keys=True, default=str).encode()).hexdigest()


def _streams_of(handoff: Handoff) -> tuple[tuple[str, str], tuple[str, str]]:
    return (handoff.system_l, handoff.stream_l), (handoff.system_r, handoff.stream_r)


def document_tables(
    handoff_id: str,
    left: Side,
    right: Side,
    *,
    numbers: Callable[[], tuple[Mentions, Mentions]] | None = None,
    min_probability: float = 0.9,
) -> DocumentTables:
    """Return which documents of two sides are one event.

    A wrong link is worse than a missing one: below ``min_probability`` there is no link, and between equally good ones none
    is guessed. Without a document on each side nothing can be told.

    Parameters
    ----------
    handoff_id
        The handoff that the rows are of.
    left, right
        Both sides.
    numbers
        Returns the numbers in both sides' documents, where they were read before.
    min_probability
        A link must be at least so likely, from 0.5 to 1.
    """
    if not 0.5 <= min_probability < 1:
        raise ValueError(f"min_probability must be at least 0.5 and below 1, not {min_probability}.")
    if len(left) == 0 or len(right) == 0:
        return DocumentTables(DOCUMENT_PAIR.empty(), DOCUMENT_LINK.empty())
    matching = matched_documents(
        _document_table(left, right), _document_table(right, left), numbers=numbers, min_match_probability=min_probability
    )
    return DocumentTables(_pair_table(handoff_id, left, right, matching), _link_table(handoff_id, left, right, matching))


def _document_table(side: Side, other: Side) -> pa.Table:
    """Return a side as matching reads it: dated and signed as the handoff has it, with its parties resolved."""
    added = {
        "day": as_dates(side.day),
        "party": side.account,
        "is_party_known_there": pc.is_in(side.account, value_set=other.known_accounts),
        "amount_minor": pa.array(side.amount, mask=np.isnan(side.amount)),
    }
    kept = [name for name in side.table.column_names if name not in added]
    return pa.table({**{name: side.table[name] for name in kept}, **added})


def _pair_table(handoff_id: str, left: Side, right: Side, matching: DocumentMatching) -> pa.Table:
    probability = matching.match_probability
    told = np.flatnonzero(probability >= MIN_TOLD_PROBABILITY)
    levels = matching.seen.levels[told]
    lags = matching.lag_days[told]
    table = {
        "handoff_id": _coded(np.zeros(len(told), dtype=np.int64), pa.array([handoff_id])),
        "key_l": _coded(matching.rows_l[told], left.keys),
        "key_r": _coded(matching.rows_r[told], right.keys),
        "match_weight": pa.array(matching.weight[told]),
        "match_probability": pa.array(probability[told]),
        "lag_days": pa.array(lags, mask=np.isnan(lags)),
    }
    for place, (column, fact) in enumerate(zip(_FACT_COLUMNS, FACTS, strict=True)):
        level = levels[:, place].astype(np.int64)
        table[column] = _coded(level - 1, pa.array(fact.levels), is_null=level == MISSING)
    return checked(pa.table(table), DOCUMENT_PAIR)


def _coded(code: Ints, texts: pa.StringArray, *, is_null: Flags | None = None) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(code.astype(np.int32), mask=is_null), texts)


def _link_table(handoff_id: str, left: Side, right: Side, matching: DocumentMatching) -> pa.Table:
    pairs = matching.linked_pairs
    rows_l, rows_r = matching.rows_l[pairs], matching.rows_r[pairs]
    levels = matching.seen.levels[pairs]
    grouped_l, grouped_r, group = _grouped_rows(matching)
    is_taken = np.zeros(len(right), dtype=bool)
    is_taken[rows_r], is_taken[grouped_r] = True, True
    # A target that an ambiguous source may own is no second entry: nobody knows whose it is.
    contested = matching.links.is_tied_r & ~is_taken
    is_back = matching.held.sent_back.rows(len(right))
    repeated = matching.links.is_repeated & ~is_taken & ~contested & ~is_back
    parts = [
        _links(
            ONE, left, right, rows_l, rows_r,
            basis=_bases(levels), match_probability=pa.array(matching.match_probability[pairs]),
            amount_relation=pa.array(amounts.NAMES).take(pa.array(levels[:, AMOUNT])),
            named_share=_shares(matching, rows_l, rows_r),
        ),
        _links(
            TOGETHER, left, right, grouped_l, grouped_r, group=pa.array(group),
            **{name: texts.take(pa.array(group)) for name, texts in _group_facts(matching).items()},
            named_share=_shares(matching, grouped_l, grouped_r),
        ),
        _links(AMBIGUOUS, left, right, np.flatnonzero(matching.is_ambiguous), None),
        _links(REPEATED, left, right, None, np.flatnonzero(repeated)),
        _links(CONTESTED, left, right, None, np.flatnonzero(contested)),
        *_taken_back(left, right, matching),
    ]  # fmt: skip
    table = pa.concat_tables(parts)
    return checked(table.append_column("handoff_id", pa.repeat(handoff_id, table.num_rows)), DOCUMENT_LINK)


def _taken_back(left: Side, right: Side, matching: DocumentMatching) -> Iterator[pa.Table]:
    """Yield the links of money that was sent back, and of documents that a credit note takes back as a whole."""
    sent_back, credited = matching.held.sent_back, matching.credited
    first = len(matching.groups)
    # The payment leads to what it was for, what took it back to nothing.
    paid = np.concatenate([matching.paid_back, np.full(len(sent_back), -1, dtype=np.int64)])
    rows_r = np.concatenate([sent_back.first, sent_back.back])
    group_r = first + np.tile(np.arange(len(sent_back)), 2)
    for is_told in (True, False):
        own = np.flatnonzero((paid >= 0) == is_told)
        yield _links(
            RETURNED, left, right, paid[own] if is_told else None, rows_r[own], group=pa.array(group_r[own]),
            basis=pa.repeat("money that was sent back", len(own)),
        )  # fmt: skip
    rows_l = np.concatenate([credited.first, credited.back])
    group_l = first + len(sent_back) + np.tile(np.arange(len(credited)), 2)
    yield _links(
        CREDITED, left, right, rows_l, None, group=pa.array(group_l), basis=pa.repeat("credited as a whole", len(rows_l))
    )


def _links(
    kind: str, left: Side, right: Side, rows_l: Ints | None, rows_r: Ints | None, **columns: pa.Array
) -> pa.Table:  # fmt: skip
    """Return links of one kind as a table without the handoff; columns that are not given are null."""
    count = len(rows_l if rows_l is not None else rows_r)  # type: ignore[arg-type]
    keys = {
        name: pa.nulls(count, pa.string()) if rows is None else side.keys.take(pa.array(rows))
        for name, side, rows in (("key_l", left, rows_l), ("key_r", right, rows_r))
    }
    given = {**keys, "kind": pa.repeat(kind, count), **columns}
    schema = [column for column in DOCUMENT_LINK.columns if column.name != "handoff_id"]
    return pa.table(
        {one.name: given[one.name] if one.name in given else pa.nulls(count, one.type) for one in schema},
        schema=pa.schema([(one.name, one.type) for one in schema]),
    )


def _grouped_rows(matching: DocumentMatching) -> tuple[Ints, Ints, Ints]:
    """Return each source and each target row of the groups beside each other, and the number of the group."""
    sizes_l, sizes_r = (
        np.array([len(rows) for rows in side], dtype=np.int64)
        for side in ([one.rows_l for one in matching.groups], [one.rows_r for one in matching.groups])
    )
    flat_l, flat_r = (
        np.array([row for rows in side for row in rows], dtype=np.int64)
        for side in ([one.rows_l for one in matching.groups], [one.rows_r for one in matching.groups])
    )
    group, at_l = rows_of(np.cumsum(sizes_l) - sizes_l, sizes_l)
    own, at_r = rows_of((np.cumsum(sizes_r) - sizes_r)[group], sizes_r[group])
    return flat_l[at_l[own]], flat_r[at_r], group[own]


def _group_facts(matching: DocumentMatching) -> dict[str, pa.Array]:
    """Return what is told of each group as a whole: what it was found by, how likely it is, how the sum relates."""
    groups = matching.groups
    bases = [
        ", ".join(
            ["number" if one.is_quoted else "party", "sum of amounts" if one.is_whole else "part of the amount", "date"]
        )
        for one in groups
    ]
    relations = [amounts.NAMES[amounts.EQUAL if one.is_whole else amounts.DIFFERENT] for one in groups]
    likely = [float(1 / (1 + 2.0**-one.bits)) for one in groups]
    return {
        "basis": pa.array(bases, pa.string()),
        "match_probability": pa.array(likely, pa.float64()),
        "amount_relation": pa.array(relations, pa.string()),
    }


def _bases(levels: Levels) -> pa.StringArray:
    """Return what each pair was found by; worked out once for pairs of the same levels."""
    base = max(len(fact.levels) for fact in FACTS) + 1
    code = levels.astype(np.int64) @ (base ** np.arange(levels.shape[1]))
    _, first, place = np.unique(code, return_index=True, return_inverse=True)
    words = [basis(levels[at].tolist()) for at in first.tolist()]
    return pa.array(words, pa.string()).take(pa.array(place.ravel()))


def _shares(matching: DocumentMatching, rows_l: Ints, rows_r: Ints) -> pa.Array:
    share: Floats = matching.held.words.named_shares(rows_l, rows_r)
    return pa.array(share, mask=np.isnan(share))
