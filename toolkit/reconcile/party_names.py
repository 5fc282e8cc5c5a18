"""The parties of each system by everything that may name them, and which of them a reference means.

A reference is looked up step by step, all references at once; the first step that leads to one party decides, and a step
that leads to several as good says so and leaves it to the next.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.match.comparison import Ints
from toolkit.match.texts.words import rows_of
from toolkit.values import company_name
from toolkit.values.cells import each_text, of_distinct
from toolkit.values.placeholder import placeholders

NOBODY, SEVERAL = -1, -2
FOUND_BY = ("id", "name", "name part", "standardised name", "ambiguous", "nothing")
_ID, _NAME, _PART, _STANDARD, _AMBIGUOUS, _NOTHING = range(len(FOUND_BY))

_SUPPLIER_ROLES = ("vendor", "supplier")
_CUSTOMER_ROLES = ("customer", "lead")
# In order of preference where nothing else tells.
_KINDS = ("company", "unknown", "person")
_UNKNOWN, _PERSON = 1, 2
_WORST_RANK = 8
_PRIMARY = "(Primary)"

Ranks = npt.NDArray[np.int64]
Role = str
SUPPLIER: Role = "supplier"
CUSTOMER: Role = "customer"
PARENT: Role = "parent"


class References(NamedTuple):
    """What is written of parties, one row per reference: code of the system, id or name, name.

    ``own_row`` is the row of the party that refers, -1 for a document: no party is its own parent.
    """

    system: Ints
    ref: pa.StringArray
    name: pa.StringArray
    own_row: Ints

    def take(self, rows: Ints) -> "References":
        """Return some of the references."""
        at = pa.array(rows)
        return References(self.system[rows], self.ref.take(at), self.name.take(at), self.own_row[rows])


class Answers(NamedTuple):
    """For each reference the position of the party found in ``PartyNames.keys`` (-1: none), and by what (``FOUND_BY``)."""

    party: Ints
    found_by: Ints


class _Entries(NamedTuple):
    """The parties of all systems by one sort of name: entries in order of ``key``, a number for system and name."""

    names: pa.StringArray
    key: Ints
    row: Ints

    def keys_of(self, system: Ints, names: pa.StringArray) -> Ints:
        """Return the keys of names; -1 for one that no party has, and for a system without parties."""
        # System and name as one number: a name of another system is another name.
        code = np.asarray(pc.fill_null(pc.index_in(names, value_set=self.names), -1), dtype=np.int64)
        return np.where((code < 0) | (system < 0), NOBODY, system * len(self.names) + code)


@dataclass(frozen=True, slots=True)
class _Best:
    """For every key of one sort of name, in order, the party that fits best: NOBODY's key is not there."""

    key: Ints
    party: Ints

    def of(self, keys: Ints) -> Ints:
        """Return the best party of each key, NOBODY or SEVERAL."""
        if not len(self.key):
            return np.full(len(keys), NOBODY, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.key, keys), len(self.key) - 1)
        return np.where(self.key[at] == keys, self.party[at], NOBODY)


class PartyNames:
    """Everything that may name the parties of a table."""

    def __init__(self, parties: pa.Table) -> None:
        gone = pc.is_in(parties["state"], pa.array(["deleted", "absent"]))
        merged = _filled_texts(parties["merged_into"])
        rows = np.flatnonzero(~np.asarray(pc.and_(gone, pc.is_null(merged))))
        self.systems = pc.unique(_array(parties["system"]))
        self._system = self.system_codes(parties["system"])
        survivor = pc.coalesce(merged, _array(parties["record_key"])).dictionary_encode()
        self.keys: pa.StringArray = survivor.dictionary
        self._survivor = np.asarray(survivor.indices, dtype=np.int64)
        kind = np.asarray(pc.index_in(parties["kind"], value_set=pa.array(_KINDS)).combine_chunks().fill_null(_UNKNOWN))
        self._kind = kind.astype(np.int64)
        self._is_supplier, self._is_customer = (
            _has_role(parties["roles"], roles) for roles in (_SUPPLIER_ROLES, _CUSTOMER_ROLES)
        )
        names = _array(parties["name"])
        folded = folded_names(names)
        self._by_id = self._entries(*_identities(parties, rows))
        self._by_name = self._entries(rows, folded.take(pa.array(rows)))
        self._by_part = self._entries(rows, folded_names(last_parts(names)).take(pa.array(rows)))
        self._by_company = self._entries(rows, folded_names(_array(parties["company_name"])).take(pa.array(rows)))
        self._by_standard = self._entries(rows, _filled_texts(company_name.standardised(names)).take(pa.array(rows)))

    def system_codes(self, systems: pa.ChunkedArray) -> Ints:
        """Return the number of each system; -1 for one without parties."""
        return np.asarray(
            pc.fill_null(pc.index_in(systems, value_set=self.systems), NOBODY).combine_chunks(), dtype=np.int64
        )

    def found(self, references: References, role: Role) -> Answers:
        """Return the party that each reference means.

        Parameters
        ----------
        references
            What is written.
        role
            Whom it names: of several that fit, a ``supplier`` or a ``customer`` is taken before others; a ``parent`` is no
            person.
        """
        party = np.full(len(references.system), NOBODY, dtype=np.int64)
        found_by = np.full(len(party), _NOTHING, dtype=np.int64)
        known = {id(one): self._best(one, role) for one in self._sorts}
        open_rows = np.arange(len(party))
        # Only a party that may be a parent itself can meet itself: its entries are looked at one by one.
        may_meet_itself = np.zeros(len(party), dtype=bool)
        refers = np.flatnonzero(references.own_row >= 0)
        may_meet_itself[refers] = self._kind[references.own_row[refers]] != _PERSON
        for step in range(len(_STEPS)):
            left = references.take(open_rows)
            for label, entries, names in self._looked_up(step, left):
                keys = entries.keys_of(left.system, names)
                best = known[id(entries)].of(keys)
                own = np.flatnonzero(may_meet_itself[open_rows] & (best != NOBODY))
                if len(own):
                    best[own] = self._best_but_itself(entries, keys[own], left.own_row[own], role)
                is_open = party[open_rows] < 0
                party[open_rows[is_open & (best >= 0)]] = best[is_open & (best >= 0)]
                found_by[open_rows[is_open & (best >= 0)]] = label
                found_by[open_rows[is_open & (best == SEVERAL)]] = _AMBIGUOUS
            open_rows = open_rows[party[open_rows] < 0]
        return Answers(party, found_by)

    @property
    def _sorts(self) -> tuple[_Entries, ...]:
        return self._by_id, self._by_name, self._by_company, self._by_part, self._by_standard

    def _looked_up(self, step: int, references: References) -> Iterator[tuple[int, _Entries, pa.StringArray]]:
        """Return what is looked up in one step, in order: the words for it, where, and each reference's key."""
        ref, name = _filled_texts(references.ref), _filled_texts(references.name)
        kind = _STEPS[step]
        if kind == "id":
            yield _ID, self._by_id, _stripped(ref)
            yield from ((_ID, self._by_id, one) for one in _pieces(ref))
        elif kind == "name":
            folded = [folded_names(one) for one in (ref, name)]
            yield from ((_NAME, self._by_name, one) for one in folded)
            yield from ((_NAME, self._by_company, one) for one in folded)
        elif kind == "part":
            for one in (ref, name):
                yield _PART, self._by_part, folded_names(one)
                yield _PART, self._by_name, folded_names(last_parts(one))
        else:
            yield from ((_STANDARD, self._by_standard, _filled_texts(company_name.standardised(one))) for one in (ref, name))

    def _entries(self, rows: Ints, names: pa.StringArray) -> _Entries:
        """Return entries from the rows of parties and the name of each; a null names nobody."""
        encoded = names.dictionary_encode()
        code = np.asarray(pc.fill_null(encoded.indices, NOBODY), dtype=np.int64)
        named = np.flatnonzero(code >= 0)
        key = self._system[rows[named]] * len(encoded.dictionary) + code[named]
        order = np.argsort(key, kind="stable")
        return _Entries(encoded.dictionary, key[order], rows[named][order])

    def _ranks(self, rows: Ints, role: Role) -> Ranks:
        """Return how well parties fit, 0 best: those of the role first, companies before people."""
        if role == PARENT:
            return np.where(self._kind[rows] == _PERSON, _WORST_RANK, self._kind[rows])
        has_role = self._is_supplier if role == SUPPLIER else self._is_customer
        return np.where(has_role[rows], 0, len(_KINDS)) + self._kind[rows]

    def _best(self, entries: _Entries, role: Role) -> _Best:
        rank = self._ranks(entries.row, role)
        able = np.flatnonzero(rank < _WORST_RANK)
        return _Best(*_best_of_each(entries.key[able], rank[able], self._survivor[entries.row[able]]))

    def _best_but_itself(self, entries: _Entries, keys: Ints, own_rows: Ints, role: Role) -> Ints:
        """Return the best party of each key that is not the one that refers."""
        start = np.searchsorted(entries.key, keys, "left")
        owner, at = rows_of(start, np.searchsorted(entries.key, keys, "right") - start)
        row = entries.row[at]
        rank = self._ranks(row, role)
        able = (row != own_rows[owner]) & (rank < _WORST_RANK)
        own, best = _best_of_each(owner[able], rank[able], self._survivor[row[able]])
        result = np.full(len(keys), NOBODY, dtype=np.int64)
        result[own] = best
        return result


_STEPS = ("id", "name", "part", "standard")


def folded_names(names: pa.StringArray) -> pa.StringArray:
    """Return names in one case with single blanks; null for a filler.

    Examples
    --------
    >>> folded_names(pa.array(["ACME  Ltd", "n/a", None])).to_pylist()
    ['acme ltd', None, None]
    """

    def judge(distinct: pa.StringArray) -> pa.StringArray:
        folded = pa.array([" ".join(name.split()).casefold() for name in distinct.to_pylist()], pa.string())
        return pc.if_else(placeholders(distinct), pa.scalar(None, pa.string()), folded)

    return of_distinct(names, judge)


def last_parts(names: pa.StringArray) -> pa.StringArray:
    """Return what stands after the last colon of a name; null where there is none.

    Examples
    --------
    >>> last_parts(pa.array(["Acme:Annex", "Acme"])).to_pylist()
    ['Annex', None]
    """
    return each_text(names, lambda name: name.rsplit(":", 1)[1] if ":" in name else None)


def _best_of_each(keys: Ints, rank: Ranks, survivor: Ints) -> tuple[Ints, Ints]:
    """Return the distinct keys and the survivor of the best rank; SEVERAL where two share the best rank."""
    order = np.lexsort((rank, keys))
    keys, rank, survivor = keys[order], rank[order], survivor[order]
    is_first = np.ones(len(keys), dtype=bool)
    is_first[1:] = keys[1:] != keys[:-1]
    first = np.flatnonzero(is_first)
    group = np.cumsum(is_first) - 1
    best_rank, best = rank[first], survivor[first]
    # Two records of one merged party are no rivals: both lead to its survivor.
    rivals = np.flatnonzero((rank == best_rank[group]) & (survivor != best[group]))
    result = best.copy()
    result[group[rivals]] = SEVERAL
    return keys[first], result


def _identities(parties: pa.Table, rows: Ints) -> tuple[Ints, pa.StringArray]:
    """Return every id of parties with its row: the record's own, then the further ones."""
    own = parties["record_id"].take(pa.array(rows))
    further = parties["alt_ids"].combine_chunks().take(pa.array(rows))
    owner = np.asarray(pc.list_parent_indices(further), dtype=np.int64)
    texts = pa.concat_arrays([_array(own), pc.list_flatten(further).cast(pa.string())])
    return np.concatenate([rows, rows[owner]]), _stripped(texts)


def _pieces(refs: pa.StringArray) -> Iterator[pa.StringArray]:
    """Return the ids of cells that list several, the primary first: an array of the first ones, then of the second."""
    at = np.flatnonzero(np.asarray(pc.fill_null(pc.match_substring(refs, ";"), False)))
    if not len(at):
        return
    lists = [
        [one.replace(_PRIMARY, "").strip() for one in sorted(cell.split(";"), key=lambda piece: _PRIMARY not in piece)]
        for cell in refs.take(pa.array(at)).to_pylist()
    ]
    for place in range(max(map(len, lists))):
        cells: list[str | None] = [None] * len(refs)
        for row, its in zip(at.tolist(), lists, strict=True):
            cells[row] = its[place] if place < len(its) else None
        yield pa.array(cells, pa.string())


def _has_role(roles: pa.ChunkedArray, wanted: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    result = np.zeros(len(roles), dtype=bool)
    lists = roles.combine_chunks()
    is_wanted = pc.is_in(pc.list_flatten(lists), value_set=pa.array(wanted))
    result[np.asarray(pc.list_parent_indices(lists))[np.asarray(is_wanted)]] = True
    return result


def _stripped(texts: pa.StringArray) -> pa.StringArray:
    return each_text(texts, str.strip)


def _filled_texts(texts: pa.StringArray | pa.ChunkedArray) -> pa.StringArray:
    """Return texts with null in place of nothing."""
    cells = _array(texts)
    return pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells)


def _array(column: pa.StringArray | pa.ChunkedArray) -> pa.StringArray:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
