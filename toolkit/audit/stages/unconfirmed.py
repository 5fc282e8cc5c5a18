"""Which figures rest on what nobody has confirmed: a guessed column, a guessed currency, an inferred handoff."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from toolkit.landscape.handoffs import Handoff

_HANDOFF_STAGES = frozenset({"reconcile", "roi"})
_ROWS_ONLY = frozenset({"", ".key", ".row", ".entity"})
_DELAYS = frozenset({"reconcile.delay_days", "reconcile.lag_days"})


def with_unconfirmed(
    figures: Iterable[Mapping[str, Any]],
    unconfirmed: Sequence[str],
    handoffs: Sequence[Handoff],
    entities: Mapping[tuple[str, str], str],
) -> list[dict[str, Any]]:
    """Return rows of the figure table, each with the names of what it rests on and nobody has confirmed.

    Parameters
    ----------
    figures
        Rows of table FIGURE.
    unconfirmed
        Names as the settings list them: ``currency``, ``office.invoices``, ``office.invoices.amount_minor``.
    handoffs
        What is carried between which streams.
    entities
        System and stream to entity, of everything that was read.
    """
    rows = [dict(row) for row in figures]
    by_id = {one.handoff_id: one for one in handoffs}
    for row in rows:
        names = dict.fromkeys(_rested_on(row, unconfirmed, by_id, entities))
        row["unconfirmed"] = list(names) or None
    known = {row["figure_id"]: row for row in rows}
    for row in rows:
        # What a figure is computed from is what it rests on; inputs of inputs stand in the table before it.
        names = dict.fromkeys(row["unconfirmed"] or ())
        for name in _inputs(row["figure_id"], known, set()):
            names |= dict.fromkeys(known[name]["unconfirmed"] or ())
        row["unconfirmed"] = list(names) or None
    return rows


def _inputs(figure_id: str, known: Mapping[str, Mapping[str, Any]], seen: set[str]) -> Iterator[str]:
    for name in known[figure_id]["inputs"] or ():
        if name in known and name not in seen:
            seen.add(name)
            yield name
            yield from _inputs(name, known, seen)


def _rested_on(
    row: Mapping[str, Any],
    unconfirmed: Sequence[str],
    handoffs: Mapping[str, Handoff],
    entities: Mapping[tuple[str, str], str],
) -> Iterator[str]:
    if (row["unit"] or "").startswith("currency") and "currency" in unconfirmed:
        yield "currency"
    stage, _, rest = row["figure_id"].partition(".")
    if f"{stage}.{rest.partition('.')[0]}" in _DELAYS and "time_zone" in unconfirmed:
        yield "time_zone"
    named = rest.split(".")
    if row["figure_id"] == "intake.rows_kept":
        # Whether a table's rows are counted at all; how records are named changes nothing in it.
        yield from (f"{system}.{stream}" for system, stream in entities if f"{system}.{stream}" in unconfirmed)
    elif stage == "snapshot":
        yield from _of_streams(unconfirmed, [key for key in entities if key[0] == named[-1]], rows_only=True)
    elif stage == "match":
        systems = {named[1]} if len(named) > 1 else {system for system, _ in entities}
        lists = [key for key, entity in entities.items() if key[0] in systems and entity in {"party", "employee"}]
        own = {key[0] for key in lists if key[1] != "names"}
        # Where no list of parties was read, the names stand in documents.
        others = [key for key in entities if key[0] in {key[0] for key in lists} - own]
        yield from _of_streams(unconfirmed, [*lists, *others])
    elif stage == "quality":
        systems = (
            {named[1]} if len(named) > 1 and any(key[0] == named[1] for key in entities) else {key[0] for key in entities}
        )
        yield from _of_streams(unconfirmed, [key for key in entities if key[0] in systems])
    elif stage in _HANDOFF_STAGES:
        yield from _of_handoffs(rest, unconfirmed, handoffs, entities)


def _of_handoffs(
    rest: str, unconfirmed: Sequence[str], handoffs: Mapping[str, Handoff], entities: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    named = rest.split(".")
    if named[-1] in handoffs:
        chosen = [handoffs[named[-1]]]
    elif named[-1] in {"total", "recommended"}:
        chosen = list(handoffs.values())
    else:
        systems = set(named) & {key[0] for key in entities}
        yield from _of_streams(unconfirmed, [key for key in entities if key[0] in systems])
        return
    for one in chosen:
        if one.is_proposed:
            yield f"handoffs.{one.handoff_id}"
        yield from _of_streams(unconfirmed, [(one.system_l, one.stream_l), (one.system_r, one.stream_r)])


def _of_streams(unconfirmed: Sequence[str], streams: Iterable[tuple[str, str]], *, rows_only: bool = False) -> Iterator[str]:
    for system, stream in streams:
        dotted = f"{system}.{stream}"
        for name in unconfirmed:
            is_below = name == dotted or name.startswith(f"{dotted}.")
            if is_below and (not rows_only or name.removeprefix(dotted) in _ROWS_ONLY):
                yield name
