"""A count that an answer states beside a list that came in one answer: larger, it says that there are further pages."""

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.connector import OnePage, Reading
from toolkit.values.counted import counted

_NAMES = frozenset(
    {
        "total", "count", "totalcount", "totalresults", "totalrecords", "totalitems", "totalelements", "totalsize",
        "totalhits", "recordcount", "resultcount", "numfound",
    }
)  # fmt: skip


def count_beside(parsed: Any, reading: Reading, came: int) -> str:
    """Return what is to be asked where a number beside the list is larger than what came; empty where none is.

    Parameters
    ----------
    parsed
        The answer.
    reading
        The list; one whose pages or count are described tells by itself.
    came
        How many entries the answer held.

    Examples
    --------
    >>> count_beside({"total": 120, "items": [{"id": 1}]}, Reading("/items", "items"), 1)[:54]
    "the answer says 'total': 120, and 1 record came. Is it"
    >>> count_beside({"total": 1, "items": [{"id": 1}]}, Reading("/items", "items"), 1)
    ''
    """
    if not isinstance(reading.paging, OnePage) or reading.total or reading.at_most:
        return ""
    for name, value in _numbers(parsed, reading.records):
        if value > came:
            return (
                f"the answer says {name!r}: {value}, and {counted(came, 'record')} came. Is it one page of several? "
                "Describe 'paging' of the stream."
            )
    return ""


def _numbers(parsed: Any, records: str) -> Iterator[tuple[str, int]]:
    """Yield the counts in the objects around the list, and in those that stand beside it (``meta``, ``paging``)."""
    around = [parsed]
    for name in records.split(".")[:-1]:
        inner = around[-1].get(name) if isinstance(around[-1], Mapping) else None
        around.append(inner)
    objects = [one for one in around if isinstance(one, Mapping)]
    for one in objects:
        for told in (one, *(inner for inner in one.values() if isinstance(inner, Mapping) and inner not in objects)):
            for name, value in told.items():
                if name.casefold().replace("_", "").replace("-", "") in _NAMES and type(value) in {int, str}:
                    yield from [(name, int(value))] if str(value).isdecimal() and len(str(value)) < 19 else []
