"""Party fields of a system that are brought to the value chosen for the party, by the source of truth or a person."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.changes import LeftOut
from toolkit.plan.cell_texts import rows_by_key
from toolkit.plan.matched_records import sure_records
from toolkit.plan.party_differences import FACTS, PARTS, Difference, fact_of, party_differences, taken_from
from toolkit.plan.sync_rules import StaleRule, SyncRules
from toolkit.plan.sync_tables import SyncTables
from toolkit.plan.target_parties import UNSURE
from toolkit.plan.updates import FAULTY, FIELD, Update
from toolkit.values.text import words

COMPARED = ("name", "email", "phone", "website", "street", "city", "region", "postcode", "country", "tax_id")
NEITHER = "a person said that neither value is right"
LESS = "the chosen name is only an abbreviation of the one that is there"
UNDECIDED = "which of the values is right is not settled"
_DECIDED = "a person's decision"
"""The reason of a golden value that a person chose."""


def stale_fields(system: str, tables: SyncTables, rules: SyncRules) -> Iterator[Update | LeftOut]:
    """Give what the fields of a system's parties become, and the fields of which nobody knows the right value.

    A record is changed where another record of its party holds the chosen value. Differences of formatting only are left
    as they are, unless the rule takes them in. An empty value never overwrites one.

    Parameters
    ----------
    system
        Whose records are changed.
    tables
        MISMATCH, GOLDEN, CROSSWALK and the parties.
    rules
        Fields that a rule for pairs of systems takes care of are left to that one.
    """
    for rule in rules.stale:
        if rule.system == system:
            yield from _stale(rule, tables, rules)


def _stale(rule: StaleRule, tables: SyncTables, rules: SyncRules) -> Iterator[Update | LeftOut]:
    paired = {
        (other, name)
        for one in rules.pairs
        if one.handoff_id is None and rule.system in {one.system_l, one.system_r}
        for other in {one.system_l, one.system_r} - {rule.system}
        for column in one.columns
        for name in fact_of(column)
    }
    every = [
        one
        for one in party_differences(tables, rule.system, rule.columns or COMPARED, ())
        if (one.kind != "formatting" or rule.formatting) and (one.other_key.split("/", 1)[0], one.column) not in paired
    ]
    active = _active(tables, every)
    rest = rows_by_key(tables.parties, (key for one in every for key in (one.own_key, one.other_key)), FACTS[0])
    chosen, reasons = _chosen(tables, every)
    sure = sure_records(tables, (key for one in every for key in (one.own_key, one.other_key)), rules.min_probability)
    facts: dict[tuple[str, tuple[str, ...]], list[Difference]] = {}
    for one in every:
        if one.own_key in active and one.other_key in rest:
            facts.setdefault((one.own_key, fact_of(one.column)), []).append(one)
    for (own_key, _), rows in facts.items():
        refused = _refusals(rows, reasons)
        yield from (LeftOut(FIELD, (own_key, *others), reason) for reason, others in sorted(refused.items()))
        taken = [
            one for one in rows if chosen.get((one.golden_id, one.column)) == one.other_key and one.proposed == one.other
        ]
        sources = sorted({one.other_key for one in taken})
        if not sources or refused:
            continue
        both = [one for one in rows if one.other_key == sources[0]]
        # What the chosen record leaves empty of the fact would stay as it was, beside what is taken from it.
        is_whole = len(sources) == 1 and all(one in taken or one.other is None for one in both)
        after = taken_from(both, rest[own_key], rest[sources[0]], blank=False) if is_whole else None
        if after is None:
            yield LeftOut(FIELD, (own_key, *sources), PARTS)
        elif is_abbreviation(after.get("name"), next((one.own for one in both if one.column == "name"), None)):
            yield LeftOut(FIELD, (own_key, *sources), LESS)
        elif any((sources[0], name) in tables.faulty for name in after):
            yield LeftOut(FIELD, (own_key, *sources), FAULTY)
        elif not {own_key, sources[0]} <= sure.keys():
            yield LeftOut(FIELD, (own_key, sources[0]), UNSURE)
        else:
            before = {**rest[own_key], **{one.column: one.own for one in both}}
            why = f"the value chosen for the party ({reasons[taken[0].golden_id, taken[0].column]})"
            held = {name: before[name] for name in after}
            likely = min(sure[own_key], sure[sources[0]])
            yield Update(own_key, held, after, why, sources[0], taken[0].golden_id, likely)


def is_abbreviation(new: str | None, old: str | None) -> bool:
    """Return whether a name says less than another: the same words, some of them cut to their beginning.

    Examples
    --------
    >>> is_abbreviation("I. Desrosiers", "Irene Desrosiers"), is_abbreviation("Irene Desrosiers", "I. Desrosiers")
    (True, False)
    """
    short, whole = words(new or ""), words(old or "")
    is_alike = len(short) == len(whole) and all(one.startswith(two) for one, two in zip(whole, short, strict=True))
    return is_alike and short != whole


def _refusals(rows: list[Difference], reasons: dict[tuple[str, str], str]) -> dict[str, tuple[str, ...]]:
    """Return why the fields of one fact wait for somebody, with the records to compare."""
    found: dict[str, set[str]] = {}
    for one in rows:
        is_chosen = reasons.get((one.golden_id, one.column)) == _DECIDED
        if one.right == "neither" and not is_chosen:
            found.setdefault(NEITHER, set()).add(one.other_key)
        elif one.proposed is None and one.right == "":
            found.setdefault(UNDECIDED, set()).add(one.other_key)
    return {reason: tuple(sorted(keys)) for reason, keys in found.items()}


def _chosen(tables: SyncTables, every: list[Difference]) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], str]]:
    """Return the record that each field of each party was chosen from, and why."""
    golden = tables.golden
    ids = pa.array(sorted({one.golden_id for one in every}), pa.string())
    own = golden.filter(pc.is_in(golden["golden_id"], value_set=ids))
    fields = list(zip(own["golden_id"].to_pylist(), own["column"].to_pylist(), strict=True))
    return (
        dict(zip(fields, own["record_key"].to_pylist(), strict=True)),
        dict(zip(fields, own["reason"].to_pylist(), strict=True)),
    )


def _active(tables: SyncTables, every: list[Difference]) -> frozenset[str]:
    known = rows_by_key(tables.parties, (one.own_key for one in every), ["state"])
    return frozenset(key for key, row in known.items() if row["state"] == "active")
