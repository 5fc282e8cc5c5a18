"""Empty fields of the target filled from the golden record of the same party, as other systems hold it."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.plan.bonds import Bonds
from toolkit.plan.cleanup_rules import FIELD_GROUPS, CleanupRules
from toolkit.plan.duplicates import golden_values
from toolkit.plan.field_rules import GoldenValue, fits
from toolkit.plan.groups import share_text
from toolkit.plan.same_values import SameValues, stands_in
from toolkit.plan.target_records import NONE, Change, Flags, TargetRecords, positions

FILLED = "It was empty, and the golden record of the same party has it from another system."


def filled(
    records: TargetRecords,
    *,
    parties: pa.Table,
    golden: pa.Table,
    known: Bonds,
    rules: CleanupRules,
    skipped: Flags,
    used: Mapping[str, frozenset[str]],
) -> list[Change]:
    """Return empty fields with the golden value, where its record surely is the same party.

    A field that no record of a stream fills is none of that stream's. An address of mail that stands in the stream already
    is not entered twice.

    Parameters
    ----------
    records
        Parties of the target.
    parties
        Table PARTY of all systems.
    golden
        Table GOLDEN.
    known
        What is known of records being one.
    rules
        Of the cleanup.
    skipped
        Rows that are left alone: duplicates, and what the rules exclude.
    used
        The columns that each stream fills anywhere, as the system stands.
    """
    # Of a fact that is filled in part the rest is looked at too.
    looked_at = [column for group in FIELD_GROUPS if rules.fill.intersection(group) for column in group]
    said = {column: records.said(column) for column in looked_at}
    cluster = known.cluster_of(records.keys)
    is_wanting = np.zeros(len(records), dtype=bool)
    for column in rules.fill:
        is_wanting |= np.asarray(said[column].is_null())
    rows = np.flatnonzero(is_wanting & (cluster != NONE) & ~skipped)
    cluster_ids = known.cluster_ids.take(pa.array(cluster[rows])).to_pylist()
    own = golden.filter(pc.is_in(golden["column"], value_set=pa.array(looked_at, pa.string())))
    values = golden_values(own, cluster_ids)
    systems, kinds = _systems_and_kinds(parties, values)
    cells = {column: texts.take(pa.array(rows)).to_pylist() for column, texts in said.items()}
    own_kinds = records.texts("kind").take(pa.array(rows)).to_pylist()
    same = SameValues(rules.home_country)
    offered: list[tuple[int, str, GoldenValue, str]] = []
    for place, (row, cluster_id) in enumerate(zip(rows.tolist(), cluster_ids, strict=True)):
        stream = records.streams[row]
        able = {
            column: one
            for column, one in values.get(cluster_id, {}).items()
            if one.is_settled
            and systems[one.from_key] != records.system
            and not {own_kinds[place], kinds[one.from_key]} >= {"company", "person"}
            and column in used[stream]
        }
        stood = {column: texts[place] for column, texts in cells.items()}
        offered += [
            (row, column, able[column], cluster_id) for column in _wanting(stood, able, same) if column in rules.fill
        ]
    return _sure(records, offered, known, rules)


def _wanting(stood: Mapping[str, str | None], able: Mapping[str, GoldenValue], same: SameValues) -> list[str]:
    """Return the columns that are filled; a part of an address only where the rest of it is the same.

    A street without a town may be a whole address in one cell, which other lists keep in parts: it is not taken.
    """
    found = []
    for group in FIELD_GROUPS:
        empty = [column for column in group if column in able and stood[column] is None]
        if "street" in able and "street" in group and not {"city", "postcode"} & able.keys():
            continue
        if "street" in group and any(stands_in(stood.get("street"), able[column].value) for column in empty):
            continue
        if empty and fits(stood, {column: able[column].value for column in group if column in able}, group, same):
            found += empty
    return found


def _sure(
    records: TargetRecords, offered: Sequence[tuple[int, str, GoldenValue, str]], known: Bonds, rules: CleanupRules
) -> list[Change]:
    """Return what comes from a record that surely is the same party."""
    if not offered:
        return []
    own = positions(records.keys.take(pa.array([row for row, *_ in offered])), known.keys)
    source = positions(pa.array([one.from_key for *_, one, _ in offered], pa.string()), known.keys)
    likely = known.likelihood(own, source)
    taken = _addresses(records)
    found = []
    for (row, column, one, cluster_id), sure, cluster in zip(
        offered, likely.tolist(), known.cluster[own].tolist(), strict=True
    ):
        if sure < rules.min_probability or cluster in known.doubt:
            continue
        if column == "email":
            address = (records.streams[row], one.value.strip().lower())
            if address in taken:
                continue
            taken.add(address)
        found.append(Change(row, column, one.value, (FILLED,), one.from_key, cluster_id, share_text(sure)))
    return found


def _addresses(records: TargetRecords) -> set[tuple[str, str]]:
    given = zip(records.streams, records.texts("email").to_pylist(), strict=True)
    return {(stream, address.strip().lower()) for stream, address in given if address}


def _systems_and_kinds(
    parties: pa.Table, values: Mapping[str, Mapping[str, GoldenValue]]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the systems and kinds of the records that golden values come from, by their keys."""
    wanted = sorted({one.from_key for columns in values.values() for one in columns.values()})
    at = positions(pa.array(wanted, pa.string()), parties["record_key"].combine_chunks())
    own = parties.select(["system", "kind"]).take(pa.array(at, mask=at == NONE))
    systems, kinds = (dict(zip(wanted, own[name].to_pylist(), strict=True)) for name in ("system", "kind"))
    return systems, kinds
