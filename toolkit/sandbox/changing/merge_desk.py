"""Merges as the vendor does them: what it says beforehand, which of the two stays, what blocks it, and how far it is."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.connector import Stream, asked_stream
from toolkit.rest.places import text_at, value_at
from toolkit.sandbox.changing.asked_changes import AskedFor
from toolkit.sandbox.changing.held_records import HeldRecords
from toolkit.sandbox.changing.merging import merge_records, move_references
from toolkit.sandbox.exchange import Asked, Given
from toolkit.sandbox.lists import SystemLists
from toolkit.sandbox.places import put
from toolkit.sandbox.stand_in import Problem, Record, Row, StandIn

_Pair = tuple[tuple[Row, Record], tuple[Row, Record]]


@dataclass(slots=True)
class MergeDesk:
    """Answers whatever merges records of one system, or asks about it; ``work`` is what is done behind its answers."""

    lists: SystemLists
    stand_in: StandIn
    held: HeldRecords
    refused: Callable[[Problem, Asked], Given]
    work: dict[str, list[Any]] = field(default_factory=dict)

    def merged(self, asked: Asked, meant: AskedFor, said: Callable[[Record], Given]) -> Given:
        """Merge a record into another, as the vendor does; all that refers to it moves along.

        Parameters
        ----------
        asked, meant
            The request, and what it asks for.
        said
            What answers one that was done, where the vendor shows the record.
        """
        stream, own = meant.route.stream, self.stand_in.merging
        pair = self._pair(meant)
        if pair is None or pair[0][1] is pair[1][1]:
            why: Problem = "not_there" if pair is None else "bad_request"
            return Given(own.refused(why.replace("_", " "))) if own is not None else self.refused(why, asked)
        goes, stays = pair
        blocked = self._blocked(stream, pair)
        if own is not None and blocked:
            return Given(own.refused(blocked))
        if own is not None and not own.is_as_asked(asked.json, goes[1], stays[1]):
            goes, stays = stays, goes
        ids = {text_at(one[1], stream.path_key[0]) for one in (goes, stays)}
        gone = text_at(goes[1], stream.path_key[0])
        record = merge_records(self.held, stream, meant.route.writing, goes, stays)
        moved = self._move(stream, ids, record, goes[1])
        if own is None:
            return said(record)
        kept = text_at(record, stream.path_key[0])
        name = hashlib.sha256(f"{stream.name} {gone} {kept}".encode()).hexdigest()[:32]
        self.work[name] = [kept, 0]
        return Given(own.answered(kept, gone, moved, name))

    def previewed(self, asked: Asked, meant: AskedFor) -> Given:
        """Return what the vendor says of a merge before it is sent.

        Parameters
        ----------
        asked, meant
            The request, and what it asks for.
        """
        own, pair = self.stand_in.merging, self._pair(meant)
        if own is None or own.previewed is None or pair is None:
            return self.refused("not_there", asked)
        goes, stays = pair
        kept = stays if own.is_as_asked(asked.json, goes[1], stays[1]) else goes
        blocked = self._blocked(meant.route.stream, pair)
        kept_id = text_at(kept[1], meant.route.stream.path_key[0])
        return Given(own.previewed(goes[1], stays[1], kept_id, blocked, self._others))

    def state(self, asked: Asked, meant: AskedFor) -> Given:
        """Return how far a merge is that is carried out behind its answer.

        Parameters
        ----------
        asked, meant
            The request, and what it asks for.
        """
        own = self.stand_in.merging
        name = (meant.record_id or "").rpartition("/")[2]
        if own is None or own.state is None or name not in self.work:
            return self.refused("not_there", asked)
        self.work[name][1] += 1
        return Given(own.state(name, *self.work[name]))

    def where(self, meant: AskedFor) -> Given:
        """Return into which record one went; nothing of one that was not merged.

        Parameters
        ----------
        meant
            What a request asks for.
        """
        merge = meant.route.writing.merge
        found = self.held.found(meant.route.stream, meant.record_id or "")
        body: Any = {"totalSize": int(found is not None), "done": True, "records": []}
        if merge is not None and found is not None:
            into = str(found[0].get("merged_into") or "").rpartition("/")[2]
            put(body, merge.where_at, into or None)
        return Given(body)

    def _pair(self, meant: AskedFor) -> _Pair | None:
        stream = meant.route.stream
        goes, stays = (self.held.found(stream, one) for one in (meant.record_id or "", meant.into))
        if goes is None or stays is None or goes[0].get("is_gone") or stays[0].get("is_gone"):
            return None
        return goes, stays

    def _blocked(self, stream: Stream, pair: _Pair) -> str:
        own = self.stand_in.merging
        return own.blocked(stream.name, pair[0][1], pair[1][1], self._others) if own is not None else ""

    def _others(self, name: str) -> Sequence[tuple[Row, Record]]:
        found = self.held.named(name)
        return [] if found is None else [*self.held.every(found)]

    def _move(self, stream: Stream, ids: Collection[str], record: Record, goes: Record) -> list[str]:
        """Let all that referred to one of these records refer to that which they are now; return what was moved."""
        now, own = value_at(record, stream.path_key[0]), self.stand_in.merging
        moved = []
        for other in self.lists.streams():
            for _, one in self.held.every(other):
                if own is not None and own.belongs(other.name, one, goes):
                    put(one, asked_stream(other).fields["party_ref"].headers[0].partition("|")[0], now)
                    moved.append(text_at(one, other.path_key[0]))
                elif move_references(other, one, ids, now):
                    moved.append(text_at(one, other.path_key[0]))
        return moved
