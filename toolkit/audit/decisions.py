"""Decisions in and out: a reviewed workbook read back, decisions carried to another engagement."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.clusters import cluster_of, matched_identity
from toolkit.audit.engagement import Engagement
from toolkit.audit.rulings import obeyed_findings
from toolkit.audit.stages.match import kept_identity
from toolkit.errors import SnapshotMissingError, UnknownNameError
from toolkit.files.decision_words import FOUND, FOUND_AS, shown
from toolkit.files.decisions import place_text, reviewed_decisions
from toolkit.files.write import write_csv
from toolkit.match.identity.lasting_ids import Identity
from toolkit.tables import is_record_key
from toolkit.tables.rulings import DIFFERENCE, EXTRA, MISSING, WRONG

_ABOUT = {DIFFERENCE: "column", MISSING: "target", EXTRA: "source", WRONG: "entered in"}
_EXPORTED = ("key_l", "key_r", "decision", "reviewer", "note", *_ABOUT.values(), "value_l", "value_r")


@dataclass(frozen=True, slots=True)
class ImportedDecisions:
    """How many decisions a file held, how many of them are new, what was wrong with the others, what to look at again."""

    read_count: int
    new_count: int
    problems: tuple[str, ...]
    doubts: tuple[str, ...] = ()


def import_decisions(engagement: Engagement, file: Path) -> ImportedDecisions:
    """Read a reviewed workbook or CSV; the next audit obeys it.

    Decisions about records that no snapshot holds, about clusters that never were, about documents that nobody knows, or
    about values that are others by now, are named with their sheet and cell, and left out.

    Raises
    ------
    InputError
        The file is no such workbook; the message says which columns it needs.
    BusyError
        Another run is writing.
    """
    read = reviewed_decisions(file)
    tables = engagement.store.records(["record_key"]).values()
    identity = kept_identity(engagement.store)
    known = {key for table in tables for key in table["record_key"].to_pylist()}
    # What is not there at present may come back: its decision waits.
    known.update(identity.members["record_key"].to_pylist())
    known_words = _excluded_already(engagement)
    good = []
    problems = [f"{place_text(one)}: {one.message}" for one in read.problems]
    for one, place in zip(read.decisions.to_pylist(), read.places, strict=True):
        unknown = [key for key in (one["key_l"], one["key_r"]) if is_record_key(key) and key not in known]
        if unknown:
            message = f"There is no record {unknown[0]!r} in any snapshot; its decision was left out."
            problems.append(f"{place_text(place)}: {message}")
            continue
        if (one["key_l"], one["key_r"], one["decision"]) in known_words:
            continue
        try:
            good.append(_with_cluster(one, identity))
        except UnknownNameError as error:
            problems.append(f"{place_text(place)}: {error} Its decision was left out.")
    obeyed = obeyed_findings(engagement, read.findings, frozenset(known))
    with engagement.store.writing("import of decisions"):
        new_count = engagement.store.add_decisions([*good, *obeyed.pairs]) if good or obeyed.pairs else 0
        new_count += engagement.store.add_rulings(obeyed.rulings) if obeyed.rulings else 0
    read_count = read.decisions.num_rows + len(read.findings)
    return ImportedDecisions(read_count, new_count, (*problems, *obeyed.problems), obeyed.doubts)


def _excluded_already(engagement: Engagement) -> set[tuple[str, str, str]]:
    """Return the words "left is another" and "right is another" that the latest audit obeyed: read again they are no news.

    The group that a record was kept out of may have another id since, so that the words cannot be known by what is kept.
    """
    kept = {(row["key_l"], row["key_r"]): row["decision"] for row in engagement.store.decisions().to_pylist()}
    excluded = {record for (record, _), decision in kept.items() if decision == "exclude"}
    if not excluded:
        return set()
    try:
        pair = engagement.store.run().table("pair")
    except (SnapshotMissingError, UnknownNameError):
        return set()
    pair = pair.filter(pc.and_(pc.equal(pair["decided_by"], "person"), pc.not_equal(pair["decision"], "same")))
    pairs = set(zip(pair["key_l"].to_pylist(), pair["key_r"].to_pylist(), strict=True)) - kept.keys()
    words = ("exclude_l", "exclude_r")
    return {(*keys, word) for keys in pairs for word, record in zip(words, keys, strict=True) if record in excluded}


def exclude(engagement: Engagement, record_key: str, cluster_id: str, *, reviewer: str, note: str = "") -> int:
    """Note that a record must not be in a cluster, whoever else is in it; return 0 when that was known already.

    Parameters
    ----------
    record_key
        ``system/stream/id``.
    cluster_id
        A cluster id, also one that no longer holds, or the key of any record in the cluster.
    reviewer, note
        Who decides it and why, as the decision keeps them; empty is unknown.

    Raises
    ------
    SnapshotMissingError
        Nothing has been matched yet.
    UnknownNameError
        There never was such a record or cluster; the message offers the nearest.
    BusyError
        Another run is writing.
    """
    identity = matched_identity(engagement)
    if not is_record_key(record_key):
        raise UnknownNameError("record", record_key, identity.members["record_key"].slice(0, 3).to_pylist())
    cluster_of(identity, record_key)
    decision = {
        "key_l": record_key,
        "key_r": cluster_of(identity, cluster_id),
        "decision": "exclude",
        "reviewer": reviewer or None,
        "note": note or None,
    }
    with engagement.store.writing("decision"):
        return engagement.store.add_decisions([decision])


def _with_cluster(decision: dict[str, Any], identity: Identity) -> dict[str, Any]:
    """Return a decision as it is kept: the exclusion of one side of a pair names the cluster of the other."""
    sides = {"exclude_l": ("key_l", "key_r"), "exclude_r": ("key_r", "key_l")}.get(decision["decision"])
    if sides is not None:
        record, other = (decision[side] for side in sides)
        return {**decision, "key_l": record, "key_r": cluster_of(identity, other), "decision": "exclude"}
    if not is_record_key(decision["key_r"]):
        return {**decision, "key_r": cluster_of(identity, decision["key_r"])}
    return decision


def export_decisions(engagement: Engagement, file: Path) -> int:
    """Write the decisions that hold, the last one of each pair and of each finding, to a CSV file; return how many."""
    last = {(row["key_l"], row["key_r"]): row for row in engagement.store.decisions().to_pylist()}
    pairs = sorted(last.values(), key=lambda row: int(row["sequence"]))
    findings = [_written(row) for row in engagement.store.rulings().to_pylist()]
    rows = [{name: row.get(name) for name in _EXPORTED} for row in (*pairs, *findings)]
    write_csv(file, pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in _EXPORTED])))
    return len(rows)


def _written(ruling: dict[str, Any]) -> dict[str, Any]:
    """Return a ruling as an exported file holds it: what it is about stands in a column of its own."""
    about = {_ABOUT[ruling["subject"]]: ruling["part"]}
    if ruling["subject"] == DIFFERENCE:
        return {**ruling, **about}
    decision = ruling["decision"]
    said = f"{FOUND_AS} {ruling['key_r']}" if decision == FOUND else shown(ruling["subject"], decision) or decision
    return {**ruling, **about, "key_r": ruling["key_r"] if ruling["subject"] == WRONG else None, "decision": said}
