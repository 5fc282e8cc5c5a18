"""Of each record the newest version: what came more than once stands in a snapshot once."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from toolkit.connector import Reading
from toolkit.rest.moments import moment_of
from toolkit.rest.pages import KeptPage, PageLog
from toolkit.rest.places import text_at
from toolkit.rest.records import Records, page_records
from toolkit.rest.walk import page_keys, record_key


def kept_records(page: KeptPage, readings: Sequence[Reading], key: Sequence[str]) -> Records:
    """Return the records of a kept page, as they are written and as JSON; those without a name were said and are out.

    Parameters
    ----------
    page
        The page.
    readings
        The lists of its stream.
    key
        Paths of what names a record.
    """
    reading = readings[page.reading]
    texts, rows = page_records(page.body, reading, "The page")
    names = page_keys(rows, reading.key or key)
    if "" not in names:
        return texts, rows
    kept = [place for place, name in enumerate(names) if name]
    return [texts[place] for place in kept], [rows[place] for place in kept]


def superseded(
    log: PageLog, readings: Sequence[Reading], key: Sequence[str], repeated: Collection[str]
) -> frozenset[tuple[int, int]]:
    """Return the places (page, record) of versions that another one of the same record replaces.

    The newer stamp counts; where two are equal, or one has none, the one that came later.

    Parameters
    ----------
    log
        The pages.
    readings
        The lists of their stream.
    key
        Paths of what names a record.
    repeated
        Keys that came more than once.
    """
    best: dict[str, tuple[datetime | None, tuple[int, int]]] = {}
    old: set[tuple[int, int]] = set()
    if not repeated:
        return frozenset()
    for number, place, one, stamp, _ in _versions(log, readings, key, repeated):
        at = moment_of(stamp)
        held = best.get(one)
        if held is not None and at is not None and held[0] is not None and at < held[0]:
            old.add((number, place))
            continue
        if held is not None:
            old.add(held[1])
        best[one] = (at, (number, place))
    return frozenset(old)


def differing(log: PageLog, readings: Sequence[Reading], key: Sequence[str], repeated: Collection[str]) -> list[str]:
    """Return the keys that came more than once in one reading of a list, with other content each time.

    Where a stamp says which is newer, the record was changed meanwhile; without, two records may have one key.

    Parameters
    ----------
    log, readings, key, repeated
        As `superseded` takes them.
    """
    if not repeated:
        return []
    first: dict[tuple[object, ...], tuple[datetime | None, int]] = {}
    found: set[str] = set()
    for _, _, one, stamp, (page, row) in _versions(log, readings, key, repeated):
        if readings[page.reading].is_keys_only:
            continue
        at, content = moment_of(stamp), hash(json.dumps(row, sort_keys=True))
        # Another list of the stream, or the same one read once more, may well say something else.
        held = first.setdefault((one, page.reading, bool(page.facts["is_again"])), (at, content))
        if content != held[1] and (at is None or held[0] is None or at == held[0]):
            found.add(one)
    return sorted(found)


def _versions(
    log: PageLog, readings: Sequence[Reading], key: Sequence[str], repeated: Collection[str]
) -> Iterator[tuple[int, int, str, str, tuple[KeptPage, Mapping[str, Any]]]]:
    """Yield of records that came more than once: page, place in it, key, stamp, and the record with its page."""
    for number, page in enumerate(log.pages()):
        reading = readings[page.reading]
        if reading.is_parents or reading.is_lines:
            continue
        paths = reading.key or key
        stamps = reading.changed.field if reading.changed is not None else ""
        for place, row in enumerate(kept_records(page, readings, key)[1]):
            one = record_key(row, paths)
            if one in repeated:
                yield number, place, one, text_at(row, stamps) if stamps else "", (page, row)
