"""Statuses that follow the counterpart's: of a deal whose invoice is paid, of an order whose project is done."""

from collections.abc import Iterator, Mapping

from toolkit.changes import LeftOut
from toolkit.plan.cell_texts import rows_by_key
from toolkit.plan.matched_records import events_of
from toolkit.plan.sync_rules import StatusRule, SyncHandoff, SyncRules
from toolkit.plan.sync_tables import SyncTables
from toolkit.plan.updates import Update

STATUS = "status to be carried over"
UNSURE_LINK = "that the two documents are one event is not sure enough to write by"
SEVERAL_STATUSES = "its counterparts ask for different statuses"


def statuses(system: str, tables: SyncTables, rules: SyncRules) -> Iterator[Update | LeftOut]:
    """Give the statuses of a system's documents that follow those of their counterparts, by the rules' mapping.

    Where several documents stand for one, all of them must ask for the same status: a deal is paid when all its invoices
    are. A status that the mapping does not name asks for nothing.

    Parameters
    ----------
    system
        Whose documents are changed.
    tables
        COUNTERPART and the documents.
    rules
        Without a rule for a handoff no status is carried over.
    """
    handoffs = {one.handoff_id: one for one in rules.handoffs}
    for rule in rules.statuses:
        handoff = handoffs.get(rule.handoff_id)
        if rule.system == system and handoff is not None:
            yield from _statuses(rule, handoff, tables, rules.min_probability)


def _statuses(
    rule: StatusRule, handoff: SyncHandoff, tables: SyncTables, min_probability: float
) -> Iterator[Update | LeftOut]:
    links = _links(tables, handoff, is_left=rule.system == handoff.system_l)
    keys = (key for own, others in links.items() for key in (own, *others))
    held = rows_by_key(tables.documents, keys, ["status", "state"])
    values = {status.casefold(): value for status, value in rule.values.items()}
    only_from = {status.casefold() for status in rule.only_from}
    for own, others in sorted(links.items()):
        row = held.get(own)
        there = [held[key]["status"] if key in held else None for key in others]
        asked = {values.get((status or "").casefold()) for status in there}
        if row is None or row["state"] != "active" or None in asked:
            continue
        status = row["status"] or ""
        if status.casefold() in {(one or "").casefold() for one in asked} or (
            only_from and status.casefold() not in only_from
        ):
            continue
        keys_named = (own, *sorted(others))
        if len(asked) > 1:
            yield LeftOut(STATUS, keys_named, SEVERAL_STATUSES)
        elif min(others.values()) < min_probability:
            yield LeftOut(STATUS, keys_named, UNSURE_LINK)
        else:
            [value] = asked
            why = f"the status of its counterpart in the other system ({rule.handoff_id})"
            yield Update(own, {"status": row["status"]}, {"status": value}, why, min(others), None, min(others.values()))


def _links(tables: SyncTables, handoff: SyncHandoff, *, is_left: bool) -> Mapping[str, Mapping[str, float]]:
    """Return for each own document its counterparts, and how sure each is."""
    found: dict[str, dict[str, float]] = {}
    for left, (rights, probability) in events_of(tables, handoff.handoff_id).items():
        for right in rights:
            own, other = (left, right) if is_left else (right, left)
            found.setdefault(own, {})[other] = probability
    return found
