"""Which streams the newest pull did not bring, and which came back much smaller: said, and never counted silently.

A stream that was not sent counts by its last snapshot, which is said. One whose records came under another name, or whose
system is in no file and no setting any more, is left out, which is said too. What a person has retired stays out.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.files.parties_by_name import STREAM as NAMES
from toolkit.store.catalogue import LEFT_OUT, NOT_SENT, PRESENT, RENAMED, RETIRED, SHRUNK, Presence
from toolkit.store.snapshots import read_snapshot
from toolkit.tables import ENTITY_SCHEMAS
from toolkit.values.counted import counted

GUARD_RECORDS = 10
GUARD_SHARE = 0.10
"""A stream shrank when more records than both are gone."""

_SAME_SHARE = 0.5
"""Share of a stream's records that stand in another one when that is the same stream under a new name."""

_NOT_PULLED = re.compile(r"(?P<system>[^/\s]+)/(?P<stream>\S+) was not pulled\. (?P<why>.+)", re.DOTALL)
_PUT_TOGETHER = 3
"""From so many lists on, one reason is said once."""

_TELLING = ("name", "company_name", "email", "number", "amount_minor", "party_name")
"""Columns that tell whether two records of one id are one: ids alone are often just numbers from 1 on."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Brought:
    """What a pull brought of a stream: records there now, and those that the snapshot before had and this one lacks.

    ``files_gone`` are files of the snapshot before that were not sent again, where no other came in their place.
    """

    records: int
    lost: int
    files_gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Expected:
    """Systems that sent something, and those that the settings name."""

    alive: frozenset[str]
    in_settings: frozenset[str]


def stream_presences(
    folder: Path,
    known: Sequence[Mapping[str, Any]],
    held: Mapping[Key, Presence],
    brought: Mapping[Key, Brought],
    *,
    in_settings: Collection[str],
    before: Mapping[Key, Mapping[str, Any]],
) -> list[Presence]:
    """Return what became of every stream that was expected.

    Parameters
    ----------
    folder
        The engagement.
    known
        The newest snapshot of every stream that was expected, rows of SNAPSHOT, after the pull.
    held
        What became of streams until now.
    brought
        What the pull brought.
    in_settings
        Systems that the settings name.
    before
        The snapshots that counted before the pull, by system and stream.
    """
    expected = _Expected(frozenset(system for system, _ in brought), frozenset(in_settings))
    rows = {(row["system"], row["stream"]): row for row in known}
    found = []
    for key, row in rows.items():
        past = held.get(key, Presence(*key, PRESENT))
        if past.presence in {RETIRED, RENAMED}:
            continue
        if key in brought:
            found.append(_brought(key, past, brought[key], before.get(key)))
        else:
            others = {other: rows[other] for other in brought if other not in before and other in rows}
            found.append(_missed(folder, row, past, others, expected))
    return found


def taken_out(held: Mapping[Key, Presence], snapshots: Collection[Key], in_settings: Collection[str]) -> list[Presence]:
    """Return what becomes of streams that never came, of systems that the settings name no more: nobody waits for them.

    Parameters
    ----------
    held
        What became of streams until now.
    snapshots
        Streams of which there is a snapshot: that it counts or does not is said.
    in_settings
        Systems that the settings name.
    """
    return [
        Presence(*key, PRESENT)
        for key, one in held.items()
        if one.reason and key[0] not in in_settings and key not in snapshots
    ]


def said_of(found: Iterable[Presence]) -> tuple[str, ...]:
    """Return the sentences about streams that did not come as expected."""
    return put_together(one.reason for one in found if one.reason)


def put_together(sentences: Iterable[str]) -> tuple[str, ...]:
    """Return sentences, each once; one reason for three or more lists of a system is said once for all of them.

    Examples
    --------
    >>> put_together(f"crm/{name} was not pulled. Nobody is signed in." for name in ("people", "deals", "owners"))
    ('crm was not pulled (people, deals, owners). Nobody is signed in.',)
    >>> put_together(["crm/people was not pulled. No network.", "crm/deals was not pulled. The path is wrong."])
    ('crm/people was not pulled. No network.', 'crm/deals was not pulled. The path is wrong.')
    """
    told = list(dict.fromkeys(sentences))
    lists: dict[tuple[str, str], list[str]] = {}
    for match in filter(None, map(_NOT_PULLED.fullmatch, told)):
        lists.setdefault((match["system"], match["why"]), []).append(match["stream"])
    said = []
    for one in told:
        found = _NOT_PULLED.fullmatch(one)
        names = lists[found["system"], found["why"]] if found else []
        together = f"{found['system']} was not pulled ({', '.join(names)}). {found['why']}" if found else one
        said.append(together if len(names) >= _PUT_TOGETHER else one)
    return tuple(dict.fromkeys(said))


def _brought(key: Key, past: Presence, now: Brought, before: Mapping[str, Any] | None) -> Presence:
    """Return whether a stream came whole, or lost more than the guard lets pass."""
    if past.presence == SHRUNK and now.records < (1 - GUARD_SHARE) * past.records_before:
        # Sent again as small as it was: nobody has said yet that this is right.
        return past
    count = now.records + now.lost
    name = "/".join(key)
    if now.lost and now.files_gone:
        reason = (
            f"{name}: {', '.join(now.files_gone)} {'was' if len(now.files_gone) == 1 else 'were'} not sent again; "
            f"{counted(now.lost, 'record')} of it count no more. Send it again, or if that is right: integration-audit "
            f"engagement confirm {name}"
        )
        # However few they are, it is whole again only when all of them are back: the guard's share must not forgive them.
        return Presence(*key, SHRUNK, reason, int(count / (1 - GUARD_SHARE)))
    if now.lost > GUARD_RECORDS and now.lost > GUARD_SHARE * count and before is not None:
        reason = (
            f"{name}: {now.lost:,} of the {count:,} records of {_day(before['taken_at'])} are not in the newest file and "
            "count no more. If the export was cut short, send it whole; if they are gone: "
            f"integration-audit engagement confirm {name}"
        )
        return Presence(*key, SHRUNK, reason, count)
    return Presence(*key, PRESENT)


def _missed(
    folder: Path, row: Mapping[str, Any], past: Presence, others: Mapping[Key, Mapping[str, Any]], expected: _Expected
) -> Presence:
    """Return whether a stream that no file brought counts by its last snapshot, and what is said of that."""
    if past.presence == LEFT_OUT:
        # Until it is sent again or a person brings it back: what took its place is no news by then.
        return past
    key, name, day = (row["system"], row["stream"]), f"{row['system']}/{row['stream']}", _day(row["taken_at"])
    if row["stream"] == NAMES and row["system"] in expected.alive:
        # Made from the documents of a system without a list of parties; it has one now, or no names any more.
        return Presence(*key, LEFT_OUT)
    twin = next((other for other, one in others.items() if _is_same(folder, row, one)), None)
    if twin is not None:
        renamed = (
            f"If the system has a new name: integration-audit engagement rename {row['system']} {twin[0]}"
            if twin[0] != row["system"]
            else f"If that is right: integration-audit engagement retire {name}"
        )
        said = f"{name} is in no file; its records are those of {'/'.join(twin)} and are left out here. {renamed}"
        return Presence(*key, LEFT_OUT, said)
    if row["system"] in {*expected.alive, *expected.in_settings} or past.presence == NOT_SENT:
        return Presence(
            *key,
            NOT_SENT,
            f"{name} was not in this pull: its snapshot of {day} is used. Send it again, or take it out: "
            f"integration-audit engagement retire {name}",
        )
    return Presence(
        *key,
        LEFT_OUT,
        f"{name} is in no file and no setting any more: its {counted(row['rows'] - row['rows_absent'], 'record')} of {day} "
        f"are left out. Send it again, count it as it is (integration-audit engagement restore {row['system']}), or say "
        f"that this is right: integration-audit engagement retire {row['system']}",
    )


def _is_same(folder: Path, row: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether most records of a stream stand in another: the same ids, and the same in what tells records apart."""
    if row["entity"] != other["entity"]:
        return False
    one, two = (_told(folder, each) for each in (row, other))
    if not len(one):
        return False
    same = pc.sum(pc.is_in(one, value_set=two)).as_py() or 0
    return bool(same >= _SAME_SHARE * len(one))


def _told(folder: Path, row: Mapping[str, Any]) -> pa.Array:
    """Return a text per record that was there last: its id, and what tells it from others."""
    columns = ["record_id", *(name for name in _TELLING if name in ENTITY_SCHEMAS[row["entity"]].names)]
    table = read_snapshot(folder / row["path"], row["entity"], [*columns, "state"])
    table = table.filter(pc.not_equal(table["state"], "absent"))
    texts = [pc.fill_null(table[name].cast(pa.string()), "") for name in columns]
    return pc.binary_join_element_wise(*texts, "\x1f").combine_chunks()


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
