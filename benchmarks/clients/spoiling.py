"""Twelve ways to spoil one input of a client, each as a file or a mapping goes wrong in an office.

A spoilt input makes figures alarming that are not: each way says which handoffs it touches, which figures of those turn
false, and by which words a report names the reason.

Three ways take away or falsify one kind of evidence and leave the truth within reach: numbers given anew so that each quoted
one is another document's, references that were not exported, and a list that was sent twice. Whoever pairs by number alone,
or counts rows, shows hundreds of missing items or twice the volume; whoever weighs party, amount and day as well, and knows
a list again under other headers, shows what is true. So they may be harmless: then every figure of the touched handoffs was
shown and held to the truth, and that is what they test.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from benchmarks.clients.client import Client, HandoffTruth
from benchmarks.clients.plain import NET
from benchmarks.clients.written import Table

Stream = tuple[str, str]


@dataclass(slots=True)
class Spoilt:
    """A client with one input spoilt: which kind, which stream, the handoffs it touches, and words that name the reason."""

    kind: str
    client: Client
    stream: Stream
    words: re.Pattern[str]
    touched: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Way:
    """A way to spoil: which streams it can be done to, what it does, and words of which one must stand in the reason."""

    fits: Callable[[Client, Stream, dict[str, Any]], bool]
    spoil: Callable[[Client, Stream, Table, dict[str, Any]], None]
    words: str


def spoilt(client: Client, kind: str, rng: np.random.Generator) -> Spoilt | None:
    """Return a client with one input spoilt, or nothing where it has none of the kind.

    Parameters
    ----------
    client
        A clean one; it is changed.
    kind
        One of ``WAYS``.
    rng
        Picks the stream.
    """
    way = WAYS[kind]
    fitting = [
        stream
        for stream, described in _mapped(client).items()
        if _touched(client, stream, kind) and way.fits(client, stream, described)
    ]
    if not fitting:
        return None
    stream = fitting[int(rng.integers(len(fitting)))]
    described = _mapped(client)[stream]
    at = next(n for n, one in enumerate(client.tables) if _is_file_of(one, stream, described))
    table = replace(
        client.tables[at], header=list(client.tables[at].header), rows=[list(row) for row in client.tables[at].rows]
    )
    client.tables[at] = table
    touched = _touched(client, stream, kind)
    way.spoil(client, stream, table, described)
    return Spoilt(kind, client, stream, re.compile(way.words, re.IGNORECASE), touched)


def _mapped(client: Client) -> dict[Stream, dict[str, Any]]:
    """Return the streams that the settings describe, by system and name."""
    return {
        (system, stream): described
        for system, settings in client.settings["systems"].items()
        for stream, described in settings.get("streams", {}).items()
        if described["entity"] != "party"
    }


def _is_file_of(table: Table, stream: Stream, described: dict[str, Any]) -> bool:
    return table.path.startswith(f"{stream[0]}/") and table.path.endswith(f"/{described['file'][0]}")


def _touched(client: Client, stream: Stream, kind: str) -> set[str]:
    found = [one for one in client.handoffs if stream in _sides(one, kind)]
    # Where both sides state the gross amount, nobody misses the tax.
    return {one.plan.handoff_id for one in found if kind != "tax unmapped" or one.plan.source in NET}


def _sides(one: HandoffTruth, kind: str) -> set[Stream]:
    left, right = (one.system_l, one.stream_l), (one.system_r, one.stream_r)
    return {left} if kind in _SOURCE_ONLY else {right} if kind in _TARGET_ONLY else {left, right}


_SOURCE_ONLY = frozenset({"status unknown", "ids renumbered"})
_TARGET_ONLY = frozenset({"tax unmapped", "references missing", "half a period", "only one month"})


def _column(table: Table, described: dict[str, Any], name: str) -> int:
    return table.header.index(described["fields"][name])


def _has(*names: str) -> Callable[[Client, Stream, dict[str, Any]], bool]:
    return lambda _client, _stream, described: all(isinstance(described["fields"].get(name), str) for name in names)


def _dates(table: Table, described: dict[str, Any]) -> list[int]:
    """Return the places of the columns that hold dates."""
    named = [one for name, one in described["fields"].items() if name.endswith(("_at", "_on"))]
    return [table.header.index(header) for one in named for header in (one if isinstance(one, list) else [one])]


def _unmap_tax(_client: Client, _stream: Stream, _table: Table, described: dict[str, Any]) -> None:
    del described["fields"]["tax_minor"]


def _break_dates(_client: Client, _stream: Stream, table: Table, described: dict[str, Any]) -> None:
    for at in _dates(table, described):
        for n, row in enumerate(table.rows):
            row[at] = f"wk {n // 5 % 52 + 1}" if row[at] else ""


def _forget_statuses(_client: Client, _stream: Stream, table: Table, described: dict[str, Any]) -> None:
    at = _column(table, described, "status")
    words = {value: f"P{n + 3}" for n, value in enumerate(described["statuses"])}
    for row in table.rows:
        row[at] = words.get(row[at], row[at])


def _mistake_currency(client: Client, _stream: Stream, _table: Table, described: dict[str, Any]) -> None:
    described["fields"].pop("currency", None)
    described["currency"] = "USD" if client.plan.place.currency != "USD" else "EUR"


def _halve(_client: Client, _stream: Stream, table: Table, _described: dict[str, Any]) -> None:
    del table.rows[: len(table.rows) // 2]


def _keep_a_month(_client: Client, _stream: Stream, table: Table, _described: dict[str, Any]) -> None:
    del table.rows[: len(table.rows) - max(len(table.rows) // 12, 3)]


def _renumber(_client: Client, _stream: Stream, table: Table, described: dict[str, Any]) -> None:
    """Give the numbers anew, as to a list that was sorted the other way when it was imported: a quoted one is another's."""
    at = _column(table, described, "number")
    for row, number in zip(table.rows, [row[at] for row in reversed(table.rows)], strict=True):
        row[at] = number


def _mistake_amount(_client: Client, _stream: Stream, table: Table, described: dict[str, Any]) -> None:
    table.header.append("Pos 7")
    for n, row in enumerate(table.rows):
        row.append(str(3 + n * 7 % 89))
    described["fields"]["amount_minor"] = "Pos 7"


def _drop_references(_client: Client, _stream: Stream, table: Table, described: dict[str, Any]) -> None:
    at = _column(table, described, "reference")
    for row in table.rows:
        row[at] = ""


def _mistake_party(_client: Client, _stream: Stream, table: Table, described: dict[str, Any]) -> None:
    table.header.append("Clerk")
    for n, row in enumerate(table.rows):
        row.append(("Bennett Ltd", "Aldous & Co", "Creek GmbH", "Farnham BV")[n % 4])
    described["fields"]["party_name"] = "Clerk"


def _swap_days(_client: Client, _stream: Stream, table: Table, described: dict[str, Any]) -> None:
    """Write the days of a system as a spreadsheet of another country does: day and month change places wherever they can."""
    for at in _dates(table, described):
        for row in table.rows:
            parts = re.match(r"(\d{1,2})([./-])(\d{1,2})([./-]\d{4}.*)", row[at])
            if parts and int(parts[1]) <= 12 and int(parts[3]) <= 12:
                row[at] = f"{parts[3]}{parts[2]}{parts[1]}{parts[4]}"


def _send_twice(client: Client, _stream: Stream, table: Table, described: dict[str, Any]) -> None:
    """Add the same list under another name and with other headers, as a second person exports it."""
    again = {header: f"{header} 2" for header in table.header}
    other = replace(table, path=re.sub(r"(\.\w+)$", r" (2)\1", table.path), header=[again[one] for one in table.header])
    client.tables.append(other)
    described["file"] = [*described["file"], other.path.rsplit("/", 1)[1]]
    described["fields"] = {
        name: [*headers, *(again[one] for one in headers)]
        for name, given in described["fields"].items()
        for headers in (given if isinstance(given, list) else [given],)
    }
    key = described.get("key", [])
    if key:
        described["key"] = [f"{key[0]}|{again[key[0]]}"]


def _has_date(_client: Client, _stream: Stream, described: dict[str, Any]) -> bool:
    return any(name.endswith(("_at", "_on")) for name in described["fields"])


def _has_outcome(_client: Client, _stream: Stream, described: dict[str, Any]) -> bool:
    return "statuses" in described and described["entity"] == "deal"


WAYS: dict[str, Way] = {
    "tax unmapped": Way(_has("tax_minor", "amount_minor"), _unmap_tax, r"\btax|VAT|factor|net|gross"),
    "dates unreadable": Way(_has_date, _break_dates, r"\bdate|\bday"),
    "status unknown": Way(_has_outcome, _forget_statuses, r"status|stage|won|filter"),
    "wrong currency": Way(_has("amount_minor"), _mistake_currency, r"currenc"),
    "half a period": Way(_has("amount_minor"), _halve, r"period|month|begins|starts|cover|overlap|before|since"),
    "ids renumbered": Way(_has("number"), _renumber, r"reference|number|quote"),
    "amount column wrong": Way(_has("amount_minor"), _mistake_amount, r"amount"),
    "references missing": Way(_has("reference"), _drop_references, r"reference|number|quote"),
    "other party's column": Way(_has("party_name"), _mistake_party, r"part(?:y|ies)|customer|supplier|name|payer"),
    "day and month swapped": Way(_has_date, _swap_days, r"\bdate|\bday|month"),
    "only one month": Way(_has("amount_minor"), _keep_a_month, r"period|month|begins|starts|cover|overlap|before|since"),
    "file sent twice": Way(_has("amount_minor", "number"), _send_twice, r"twice|second|repeat|again|same"),
}
"""Every way by its name."""

FALSE_FIGURES: dict[str, frozenset[str]] = {
    "tax unmapped": frozenset({"error"}), "dates unreadable": frozenset({"volume", "lag", "missing"}),
    "status unknown": frozenset({"volume", "missing", "error"}), "wrong currency": frozenset({"error"}),
    "half a period": frozenset({"missing"}), "ids renumbered": frozenset({"missing", "error"}),
    "amount column wrong": frozenset({"error"}), "references missing": frozenset({"missing", "error"}),
    "other party's column": frozenset({"error", "missing"}), "day and month swapped": frozenset({"lag", "volume"}),
    "only one month": frozenset({"missing"}), "file sent twice": frozenset({"volume", "missing"}),
}  # fmt: skip
"""Which figures each way makes false; others of a touched handoff may be shown."""
