"""Documents that a handoff did not carry over: each is entered in the target, its customer or supplier before it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.changes import LINE_COLUMNS, Evidence, LeftOut, Operation, operation
from toolkit.plan.cell_texts import Row, cell_texts, day_only_columns, rows_by_key
from toolkit.plan.document_fields import CARRIED, date_refusal, dated, document_values, line_values, noun, refusal
from toolkit.plan.groups import share_text
from toolkit.plan.named_parties import named_parties
from toolkit.plan.planned import Planned
from toolkit.plan.same_events import same_events
from toolkit.plan.sync_rules import SyncHandoff, SyncRules
from toolkit.plan.sync_tables import SyncTables
from toolkit.plan.usual_terms import usual_terms
from toolkit.tables import ENTITY_COLUMNS, PARTY_ENTITIES

AMBIGUOUS = "several documents there may be its counterpart: say which one, or that it is to be entered"
UNKNOWN = "whether it is there could not be told: say that it is to be entered, or what it was entered as"
INCOMPLETE = "not everything of the target's list could be read: what looks missing may be there"
ALREADY_THERE = "its event is there already, entered for another document of it"
ENTERED_ONCE = "its event is entered for another document of it, in this plan"
NO_SOURCE = "the document itself is no longer there"
NOT_RULED = {"ambiguous": AMBIGUOUS, "unknown": UNKNOWN}
_OPEN = ("missing", "waiting", "ambiguous", "unknown")


class _Missing(NamedTuple):
    """A document to be entered: its key, its day, and whether a person said so."""

    key: str
    happened_on: date | None
    is_ruled: bool


def missing_documents(system: str, tables: SyncTables, rules: SyncRules, as_of: date) -> Planned:
    """Return the documents to be entered in a system, and those that are not, with the reason.

    Entered is what a handoff found missing, and what a person ruled to be entered. What is not due, still inside its time,
    or was taken back by a credit note is nobody's work and not mentioned.

    Parameters
    ----------
    system
        The target.
    tables
        COUNTERPART and the records.
    rules
        Its handoffs into the system count.
    as_of
        Today, as far as the plan knows.
    """
    operations: dict[str, Operation] = {}
    left_out: list[LeftOut] = []
    events = same_events(tables.counterparts)
    entered: dict[tuple[str, str], tuple[str, str]] = {}
    for handoff in rules.handoffs:
        if handoff.system_r != system or handoff.entity_l in PARTY_ENTITIES or not handoff.creates:
            continue
        wanted, unclear = _wanted(tables, handoff)
        left_out += unclear
        wanted, twice = _once_each(wanted, handoff, events, entered)
        left_out += twice
        for made in _entered(handoff, tables, rules, wanted, as_of):
            if isinstance(made, LeftOut):
                left_out.append(made)
            else:
                operations[made.op_id] = made
    return Planned(tuple(operations.values()), tuple(left_out))


def subject_of(handoff: SyncHandoff) -> str:
    """Return what is left out of a handoff, in words: ``invoice for a deal``."""
    left = noun(handoff.entity_l)
    return f"{noun(handoff.entity_r)} for {'an' if left[0] in 'aeiou' else 'a'} {left}"


def _wanted(tables: SyncTables, handoff: SyncHandoff) -> tuple[list[_Missing], list[LeftOut]]:
    """Return what a handoff misses, in order of keys, and what nobody can say."""
    counterparts = tables.counterparts
    own = counterparts.filter(pc.equal(counterparts["handoff_id"], handoff.handoff_id))
    rows = own.filter(pc.is_in(own["status"], value_set=pa.array(_OPEN))).sort_by("key_l")
    wanted, unclear = [], []
    for row in rows.select(["key_l", "status", "decision", "event_on"]).to_pylist():
        is_ruled = row["decision"] == "enter"
        if is_ruled or row["status"] == "missing":
            wanted.append(_Missing(row["key_l"], row["event_on"], is_ruled))
        elif row["status"] in NOT_RULED:
            unclear.append(LeftOut(subject_of(handoff), (row["key_l"],), NOT_RULED[row["status"]]))
    if wanted and (handoff.system_r, handoff.stream_r) in tables.incomplete:
        # A person who looked knows more than a list that is cut short.
        unclear += [LeftOut(subject_of(handoff), (one.key,), INCOMPLETE) for one in wanted if not one.is_ruled]
        wanted = [one for one in wanted if one.is_ruled]
    return wanted, unclear


def _once_each(
    wanted: list[_Missing], handoff: SyncHandoff, events: Mapping[str, str], entered: dict[tuple[str, str], tuple[str, str]]
) -> tuple[list[_Missing], list[LeftOut]]:
    """Return what no other document of the same event has in the target's list, and note it in ``entered``."""
    there = {event for key, event in events.items() if key.startswith(f"{handoff.system_r}/{handoff.stream_r}/")}
    kept, twice = [], []
    for one in wanted:
        event, own = events.get(one.key, one.key), (handoff.handoff_id, one.key)
        if event in there:
            twice.append(LeftOut(subject_of(handoff), (one.key,), ALREADY_THERE))
            continue
        first = entered.setdefault((handoff.stream_r, event), own)
        if first == own:
            kept.append(one)
        else:
            twice.append(LeftOut(subject_of(handoff), tuple(sorted({one.key, first[1]})), ENTERED_ONCE))
    return kept, twice


def _entered(
    handoff: SyncHandoff, tables: SyncTables, rules: SyncRules, wanted: list[_Missing], as_of: date
) -> Iterator[Operation | LeftOut]:
    """Give the change for each document, and that of a party that it needs; or why there is none."""
    sources = rows_by_key(tables.documents, [one.key for one in wanted], CARRIED)
    sound = []
    for one in wanted:
        source = sources.get(one.key)
        day = dated(handoff.entity_l, handoff.entity_r, handoff.dated, one.happened_on, as_of)
        reason = NO_SOURCE if source is None else refusal(source, handoff.entity_r)
        reason = reason or date_refusal(handoff.entity_r, day, rules.closed_until)
        if source is None or reason:
            yield LeftOut(subject_of(handoff), (one.key,), reason or NO_SOURCE)
        else:
            sound.append((one, source, day))
    there = tables.list_of(handoff.system_r, handoff.stream_r)
    kept = tables.kept_in(handoff.system_r, handoff.stream_r, ENTITY_COLUMNS[handoff.entity_r])
    day_only = day_only_columns(there)
    terms = usual_terms(_counterparts_of(handoff, tables))
    parties = named_parties(handoff, tables, [source for _, source, _ in sound], rules.min_probability)
    yield from parties.made
    lines = _lines(tables, [one.key for one, _, _ in sound])
    for one, source, day in sound:
        party = parties.of(source)
        if isinstance(party, LeftOut):
            yield LeftOut(subject_of(handoff), (one.key, *party.record_keys), party.reason)
            continue
        days = terms.of(party.record_key) if handoff.payment_days is None else handoff.payment_days
        values = document_values(source, handoff.entity_r, day, days, kept, day_only)
        own = lines.get(one.key, [])
        line_cells = line_values(source, own, kept) if own else {}
        likely = None if party.probability is None else share_text(party.probability)
        yield operation(
            "create", handoff.system_r, handoff.stream_r, natural_key=one.key,
            after={**values, **party.values, **(line_cells or {}), **handoff.values},
            reversibility="R1", depends_on=party.depends_on,
            evidence=Evidence(tuple(_reasons(handoff, one, day, line_cells)), party.party_id, likely, one.key),
        )  # fmt: skip


def _counterparts_of(handoff: SyncHandoff, tables: SyncTables) -> pa.Table:
    """Return the target's documents that stand for documents of the source."""
    table = tables.counterparts
    own = table.filter(pc.and_(pc.equal(table["handoff_id"], handoff.handoff_id), pc.equal(table["status"], "found")))
    return tables.documents.filter(pc.is_in(tables.documents["record_key"], value_set=own["key_r"].combine_chunks()))


def _reasons(handoff: SyncHandoff, one: _Missing, day: date | None, line_cells: Row | None) -> Iterator[str]:
    left, right = noun(handoff.entity_l), noun(handoff.entity_r)
    if one.is_ruled:
        yield f"a person said that the {right} for this {left} is to be entered"
    else:
        yield f"{handoff.system_r} has no {right} for this {left}"
    if day is not None and day != one.happened_on:
        yield "dated as of this plan: it was not issued when it was due"
    if line_cells is None:
        yield f"the lines of the {left} do not add up to what is entered (tax, discount, delivery): entered as one amount"


def _lines(tables: SyncTables, keys: list[str]) -> dict[str, list[Row]]:
    """Return the lines of documents as texts, in their order."""
    lines = tables.lines
    own = lines.filter(pc.is_in(lines["record_key"], value_set=pa.array(keys, pa.string())))
    own = own.sort_by([("record_key", "ascending"), ("line_no", "ascending")])
    cells = {name: cell_texts(own[name]).to_pylist() for name in ("record_key", *LINE_COLUMNS)}
    found: dict[str, list[Row]] = {}
    for place, key in enumerate(cells["record_key"]):
        found.setdefault(key, []).append({name: cells[name][place] for name in LINE_COLUMNS})
    return found
