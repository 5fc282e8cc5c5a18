"""Of each record the newest version: what came more than once stands in a snapshot once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from toolkit.connector import Reading
from toolkit.rest.moments import moment_of
from toolkit.rest.pages import KeptPage, PageLog
from toolkit.rest.places import text_at
from toolkit.rest.records import Records, page_records
from toolkit.rest.walk import record_key


def kept_records(page: KeptPage, readings: Sequence[Reading]) -> Records:
    """Return the records of a kept page, as they are written and as JSON.

    Parameters
    ----------
    page
        The page.
    readings
        The lists of its stream.
    """
    return page_records(page.body, readings[page.reading], "The page")


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
    for number, page in enumerate(log.pages()):
        reading = readings[page.reading]
        if reading.is_parents or reading.is_lines:
            continue
        paths = reading.key or key
        stamps = reading.changed.field if reading.changed is not None else ""
        for place, row in enumerate(kept_records(page, readings)[1]):
            one = record_key(row, paths)
            if one not in repeated:
                continue
            at = moment_of(text_at(row, stamps)) if stamps else None
            held = best.get(one)
            if held is not None and at is not None and held[0] is not None and at < held[0]:
                old.add((number, place))
                continue
            if held is not None:
                old.add(held[1])
            best[one] = (at, (number, place))
    return frozenset(old)
