"""Parties of chosen roles that a system lacks: each is entered there once, unless it may be there under another name."""

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.changes import LeftOut, Operation
from toolkit.plan.named_parties import CUT_SHORT
from toolkit.plan.new_parties import NEW_PARTY, new_parties
from toolkit.plan.planned import Planned
from toolkit.plan.sync_rules import PartyRule, SyncRules
from toolkit.plan.sync_tables import NAMES, SyncTables
from toolkit.plan.target_parties import ARCHIVED, UNDECIDED, UNRESOLVED, party_answers
from toolkit.tables import PARTY_ENTITIES


def missing_parties(system: str, tables: SyncTables, rules: SyncRules) -> Planned:
    """Return the parties to be entered in a system, and those that are not, with the reason.

    Entered are parties that a rule names by their role, and those that a handoff of parties found missing. One that has an
    open pair with a record there, or an archived record, waits for a person.

    Parameters
    ----------
    system
        The target.
    tables
        Parties, CROSSWALK, GOLDEN and PAIR.
    rules
        Which roles of which system.
    """
    parts = [
        _missing(rule, tables, rules, _keys_with_role(rule, tables)) for rule in rules.parties if rule.system_r == system
    ]
    for one in rules.handoffs:
        if one.system_r == system and one.entity_l in PARTY_ENTITIES and one.creates:
            rule = PartyRule(one.system_l, system, one.stream_r, (), "party")
            parts.append(_missing(rule, tables, rules, _keys_found_missing(one.handoff_id, tables)))
    operations = {one.op_id: one for part in parts for one in part.operations}
    left_out = dict.fromkeys(one for part in parts for one in part.left_out)
    return Planned(tuple(operations.values()), tuple(left_out))


def _missing(rule: PartyRule, tables: SyncTables, rules: SyncRules, keys: list[str]) -> Planned:
    answers = party_answers(
        tables, keys, rule.system_r, (rule.stream_r,), min_probability=rules.min_probability, level=rule.level
    )
    waiting: dict[str, LeftOut] = {}
    lacking: dict[str, str] = {}
    for key, one in answers.items():
        if one.status == "missing" and one.party_id is not None:
            lacking.setdefault(one.party_id, key)
        elif one.reason in {ARCHIVED, UNDECIDED, UNRESOLVED}:
            waiting.setdefault(one.party_id or key, LeftOut(NEW_PARTY, (key, *one.others), one.reason))
    if (rule.system_r, rule.stream_r) in tables.incomplete:
        cut = [LeftOut(NEW_PARTY, (key,), CUT_SHORT) for key in lacking.values()]
        return Planned((), (*waiting.values(), *cut))
    found = new_parties(tables, lacking, rule.system_r, rule.stream_r).values()
    refused = [one for one in found if isinstance(one, LeftOut)]
    return Planned(tuple(one for one in found if isinstance(one, Operation)), (*waiting.values(), *refused))


def _keys_with_role(rule: PartyRule, tables: SyncTables) -> list[str]:
    """Return the active records of a system's lists that have one of the roles."""
    parties = tables.parties
    is_own = pc.and_(pc.equal(parties["system"], rule.system_l), pc.not_equal(parties["stream"], NAMES))
    own = parties.filter(pc.and_(is_own, pc.equal(parties["state"], "active")))
    roles = own["roles"].combine_chunks()
    has_role = pc.is_in(pc.list_flatten(roles), value_set=pa.array(sorted(rule.roles), pa.string()))
    rows = pc.unique(pc.list_parent_indices(roles).filter(has_role))
    return sorted(own["record_key"].take(rows).to_pylist())


def _keys_found_missing(handoff_id: str, tables: SyncTables) -> list[str]:
    """Return the parties that a handoff of parties found missing, or that a person wants entered."""
    table = tables.counterparts
    own = table.filter(pc.equal(table["handoff_id"], handoff_id))
    is_open = pc.is_in(own["status"], value_set=pa.array(["missing", "waiting", "ambiguous", "unknown"]))
    is_wanted = pc.or_(
        pc.equal(own["status"], "missing"), pc.and_(is_open, pc.fill_null(pc.equal(own["decision"], "enter"), False))
    )
    return sorted(own["key_l"].filter(is_wanted).to_pylist())
