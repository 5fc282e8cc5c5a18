"""Both sides of a handoff as records: the source, the target, and which record stands for which."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.scope.carried_values import column_texts
from toolkit.connector import Connector
from toolkit.settings import Settings
from toolkit.store import Run
from toolkit.tables import DOCUMENT_ENTITIES, ENTITY_COLUMNS, PARTY_ENTITIES

Reader = Callable[[str, str, Sequence[str]], pa.Table]
"""Reads some columns of a stream of documents."""
Writer = Callable[[str, str, Sequence[str]], Mapping[str, Mapping[str, str]]]
"""Reads rows of a stream as its file wrote them, by record key."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What field maps are made from: a run, the settings, the connector of each system, documents and parties.

    The run has HANDOFF, COLUMN_PROFILE, COUNTERPART, REFERENCE and CROSSWALK.
    """

    run: Run
    settings: Settings
    connectors: Mapping[str, Connector | None]
    documents_of: Reader
    parties: pa.Table
    written: Writer

    def headers(self, side: "Side") -> tuple[str, ...]:
        """Return the headers of the file that a side's records came in; none where they came otherwise."""
        keys = side.table["record_key"].slice(0, 1).to_pylist()
        rows = self.written(side.system, side.stream, keys) if keys else {}
        return tuple(next(iter(rows.values()), {}))


@dataclass(slots=True)
class Side:
    """The records of one side; texts of a column are made once."""

    system: str
    stream: str
    entity: str
    table: pa.Table
    time_zone: str
    filled: frozenset[str]
    _texts: dict[str, list[str]] = field(default_factory=dict)
    _rows: dict[str, int] = field(default_factory=dict)

    def texts(self, column: str) -> list[str]:
        """Return a column as it is carried."""
        if column not in self._texts:
            self._texts[column] = column_texts(self.table, column, self.time_zone)
        return self._texts[column]

    def row(self, key: str) -> int | None:
        """Return where a record stands; null where it is not there."""
        if not self._rows:
            self._rows.update({key: place for place, key in enumerate(self.table["record_key"].to_pylist())})
        return self._rows.get(key)


@dataclass(frozen=True, slots=True)
class TwoSides:
    """Source and target of a handoff, and the places of records that stand for each other."""

    source: Side
    target: Side
    pairs: tuple[tuple[int, int], ...]


def two_sides(basis: Basis, handoff: Mapping[str, Any]) -> TwoSides | None:
    """Return both sides of a handoff; null where nobody knows what one side's records are.

    Parameters
    ----------
    basis
        What they are read from.
    handoff
        A row of HANDOFF.
    """
    if handoff["entity_l"] is None or handoff["entity_r"] is None:
        return None
    source, target = _side(basis, handoff, "l"), _side(basis, handoff, "r")
    return TwoSides(source, target, tuple(_pairs(basis.run, handoff["handoff_id"], source, target)))


def _side(basis: Basis, handoff: Mapping[str, Any], side: str) -> Side:
    system, stream, entity = (handoff[f"{name}_{side}"] for name in ("system", "stream", "entity"))
    profile = basis.run.table("column_profile")
    is_own = pc.and_(pc.equal(profile["system"], system), pc.equal(profile["stream"], stream))
    filled = frozenset(profile.filter(pc.and_(is_own, pc.greater(profile["filled"], 0)))["column"].to_pylist())
    wanted = ["record_key", "date_only", *(one for one in ENTITY_COLUMNS.get(entity, ()) if one in filled)]
    if entity in DOCUMENT_ENTITIES:
        table = basis.documents_of(system, stream, wanted)
    elif entity in PARTY_ENTITIES:
        parties = basis.parties
        own = pc.and_(pc.equal(parties["system"], system), pc.equal(parties["stream"], stream))
        table = parties.filter(own).select(wanted)
    else:
        table = pa.table({"record_key": pa.array([], pa.string())})
    return Side(system, stream, entity, table, basis.settings.time_zone, filled)


def _pairs(run: Run, handoff_id: str, source: Side, target: Side) -> list[tuple[int, int]]:
    if source.entity in PARTY_ENTITIES:
        return _same_parties(run.table("crosswalk"), source, target)
    found = run.table("counterpart")
    found = found.filter(pc.and_(pc.equal(found["handoff_id"], handoff_id), pc.equal(found["status"], "found")))
    pairs = []
    for left, right, more in zip(*(found[name].to_pylist() for name in ("key_l", "key_r", "more_keys_r")), strict=True):
        row_l, row_r = source.row(left), target.row(right)
        # Of several documents that together stand for one, none says what the one does.
        if row_l is not None and row_r is not None and not more:
            pairs.append((row_l, row_r))
    return pairs


def _same_parties(crosswalk: pa.Table, source: Side, target: Side) -> list[tuple[int, int]]:
    by_id: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for key, golden in zip(crosswalk["record_key"].to_pylist(), crosswalk["golden_id"].to_pylist(), strict=True):
        for place, side in enumerate((source, target)):
            row = side.row(key)
            if row is not None:
                by_id[golden][place].append(row)
    return [(left[0], right[0]) for left, right in by_id.values() if len(left) == len(right) == 1]


def carried_shares(
    sides: TwoSides, source_columns: Sequence[str], target_columns: Sequence[str]
) -> dict[tuple[str, str], float]:
    """Return, of two columns, in what share of matched records the target's text holds the source's as a word.

    Parameters
    ----------
    sides
        Both sides.
    source_columns, target_columns
        Those that are looked at; a text of fewer than three signs tells nothing.
    """
    found = {}
    for column in source_columns:
        texts = sides.source.texts(column)
        for other in target_columns:
            there = sides.target.texts(other)
            asked = [(texts[left].strip(), there[right]) for left, right in sides.pairs]
            asked = [(one, text) for one, text in asked if len(one) >= 3]
            if asked:
                found[column, other] = sum(one == text.strip() or one in text.split() for one, text in asked) / len(asked)
    return found


def joined_parties(basis: Basis, sides: TwoSides, source_column: str, target_column: str) -> dict[str, str]:
    """Return what the target has for whom the source names: where one single record there stands for the same party.

    Parameters
    ----------
    basis
        With REFERENCE and CROSSWALK of the run, and parties.
    sides
        Both sides.
    source_column, target_column
        ``party_ref`` or ``party_name``.
    """
    run, parties = basis.run, basis.parties
    walk = run.table("crosswalk")
    golden = dict(zip(walk["record_key"].to_pylist(), walk["golden_id"].to_pylist(), strict=True))
    there: dict[str, set[str]] = defaultdict(set)
    own = parties.filter(pc.equal(parties["system"], sides.target.system))
    named = own["name" if target_column == "party_name" else "record_id"].to_pylist()
    for key, text in zip(own["record_key"].to_pylist(), named, strict=True):
        if key in golden and text:
            there[golden[key]].add(text)
    meant: dict[str, Counter[str]] = defaultdict(Counter)
    for key, party in _referred(run, sides.source):
        row = sides.source.row(key)
        text = sides.source.texts(source_column)[row] if row is not None else ""
        if text and party in golden:
            meant[text][golden[party]] += 1
    return {
        text: next(iter(there[ids.most_common(1)[0][0]]))
        for text, ids in meant.items()
        if len(ids) == 1 and len(there.get(ids.most_common(1)[0][0], ())) == 1
    }


def _referred(run: Run, source: Side) -> list[tuple[str, str]]:
    """Return which party each record of the source names."""
    found = run.table("reference")
    is_own = pc.and_(pc.equal(found["system"], source.system), pc.equal(found["stream"], source.stream))
    own = found.filter(pc.and_(pc.and_(is_own, pc.equal(found["column"], "party_key")), pc.is_valid(found["found_key"])))
    return list(zip(own["record_key"].to_pylist(), own["found_key"].to_pylist(), strict=True))
