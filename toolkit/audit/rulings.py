"""What a reviewed workbook says of findings, held against what is there: what cannot be obeyed is named, never guessed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.found_documents import found_doubts
from toolkit.audit.told_errors import told_errors
from toolkit.errors import SnapshotMissingError
from toolkit.files.decision_words import FOUND
from toolkit.files.decisions import ReviewedFinding, place_text
from toolkit.reconcile.decided_differences import present_values
from toolkit.reconcile.fields import COMPARED_COLUMNS
from toolkit.reconcile.outcome_words import DECIDED, IN_ORDER, NOT_DUE
from toolkit.report.row_xml import legal_text
from toolkit.store import Run
from toolkit.tables import PARTY_ENTITIES
from toolkit.tables.rulings import DIFFERENCE, EXTRA, MISSING, WRONG

_OPEN_STATUSES = {
    MISSING: frozenset({"missing", "waiting", "ambiguous", "unknown", NOT_DUE}),
    EXTRA: frozenset({"extra", IN_ORDER}),
}
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Obeyed:
    """What the next audit obeys: rows of RULING, and decisions about two records; and what was left out, in sentences.

    ``doubts`` are obeyed, and something speaks against them.
    """

    rulings: tuple[Mapping[str, Any], ...]
    pairs: tuple[Mapping[str, Any], ...]
    problems: tuple[str, ...]
    doubts: tuple[str, ...] = ()


def waiting_rulings(engagement: Engagement) -> list[dict[str, Any]]:
    """Return the decisions on findings that name a record which is not there at present (rows of RULING): they wait."""
    held = [row for row in engagement.store.rulings().to_pylist() if row["decision"] != "open"]
    if not held:
        return []
    tables = engagement.store.records(["record_key", "state"]).values()
    there = {key for table in tables for key in table["record_key"].to_pylist()}
    named = [{**row, "key_r": row["key_r"] or row["part"]} for row in held]
    return [
        waiting
        for row, waiting in zip(held, named, strict=True)
        if not there.issuperset(key for key in (row["key_l"], row["key_r"]) if key)
    ]


class _Refused(Exception):  # noqa: N818 - a sentence on its way to a person
    pass


def obeyed_findings(
    engagement: Engagement,
    findings: Sequence[ReviewedFinding],
    known: frozenset[str],
    current: "CurrentFindings | None" = None,
) -> Obeyed:
    """Return what of the decisions on findings can be obeyed.

    Parameters
    ----------
    engagement
        Its newest records and its latest audit are what decisions are held against.
    findings
        As they were read.
    known
        Keys of all records that are or were there.
    current
        The same as it was read before, as long as nothing was read or computed anew since.
    """
    if not findings:
        return Obeyed((), (), ())
    current = CurrentFindings(engagement) if current is None else current
    current.prepare(findings)
    rulings: list[Mapping[str, Any]] = []
    pairs: list[Mapping[str, Any]] = []
    problems = []
    found: list[tuple[ReviewedFinding, Mapping[str, Any]]] = []
    for one in findings:
        try:
            ruling = current.ruling(one, known)
        except _Refused as refused:
            problems.append(f"{place_text(one.problem)}: {refused}")
            continue
        # That a party stands in the other system under another name is what matching has to know.
        is_pair = ruling["decision"] == FOUND and current.is_party(one.part)
        (pairs if is_pair else rulings).append({**ruling, "decision": "same"} if is_pair else ruling)
        if ruling["decision"] == FOUND and not is_pair:
            found.append((one, ruling))
    said = found_doubts(engagement, current.run, [ruling for _, ruling in found])
    doubts = tuple(
        f"{place_text(one.problem)}: It is obeyed, but look again: {doubt}."
        for (one, _), doubt in zip(found, said, strict=True)
        if doubt
    )
    return Obeyed(tuple(rulings), tuple(pairs), tuple(problems), doubts)


class CurrentFindings:
    """What decisions on findings are held against: the newest records and the latest audit, read when first needed."""

    def __init__(self, engagement: Engagement) -> None:
        self._engagement = engagement
        self._store = engagement.store
        self._entities = {
            f"{row['system']}.{row['stream']}": row["entity"] for row in engagement.store.snapshots().to_pylist()
        }
        self.run = _latest_run(engagement)
        self._values: dict[str, dict[str, str | None]] = {}
        self._documents: dict[str, list[dict[str, Any]]] = {}

    @cached_property
    def _differences(self) -> set[tuple[str, str, str]] | None:
        return None if self.run is None else _differences(self.run)

    @cached_property
    def _fates(self) -> dict[tuple[str, str, str], set[str]] | None:
        return None if self.run is None else _fates(self.run)

    @cached_property
    def _errors(self) -> dict[tuple[str, str, str], tuple[str, str, str]]:
        return {} if self.run is None else told_errors(self._engagement, self.run)

    @cached_property
    def _held(self) -> set[tuple[str, str, str, str]]:
        held = self._store.rulings().to_pylist()
        return {(row["subject"], row["part"], row["key_l"], row["decision"]) for row in held}

    @cached_property
    def _parties(self) -> pa.Table | None:
        columns = ["record_key", "state", *COMPARED_COLUMNS]
        tables = [table.select(columns) for table in self._store.records(columns, entities=PARTY_ENTITIES).values()]
        return pa.concat_tables(tables) if tables else None

    def prepare(self, findings: Iterable[ReviewedFinding]) -> None:
        """Look up at once what the records say that some findings are about."""
        keys = {key for one in findings if one.subject == DIFFERENCE for key in (one.key_l, one.key_r)}
        if keys and self._parties is not None:
            self._values |= present_values(self._parties, keys, COMPARED_COLUMNS)

    def is_party(self, part: str) -> bool:
        """Whether a stream holds parties."""
        return self._entities.get(part) in PARTY_ENTITIES

    def ruling(self, one: ReviewedFinding, known: frozenset[str]) -> dict[str, Any]:
        """Return a row of RULING, or refuse with a sentence."""
        for key in (one.key_l, one.key_r):
            if key and key not in known:
                raise _Refused(f"There is no record {key!r} in any snapshot; its decision was left out.")
        said = {name: getattr(one, name) for name in ("subject", "part", "key_l", "decision", "reviewer", "note")}
        if one.subject == DIFFERENCE:
            return {**said, "key_r": one.key_r, **self._decided_values(one)}
        if one.part not in self._entities:
            raise _Refused(f"There is no stream {one.part!r} to look in; its decision was left out.")
        if one.subject == WRONG:
            return {**said, "key_r": one.key_r, "value_l": None, "value_r": self._told_difference(one)}
        self._refuse_settled(one)
        found = self._found_key(one) if one.decision == FOUND else None
        return {**said, "key_r": found, "value_l": None, "value_r": None}

    def _decided_values(self, one: ReviewedFinding) -> dict[str, str | None]:
        if one.part not in COMPARED_COLUMNS:
            raise _Refused(f"There is no field {one.part!r} that is compared. Copy the grey cells from the original.")
        if one.decision == "open":
            return {"value_l": None, "value_r": None}
        values: dict[str, str | None] = {}
        for side, key in (("value_l", one.key_l), ("value_r", one.key_r)):
            if key not in self._values:
                raise _Refused(f"{key} is not in its system's newest export, so nothing can be said of it now.")
            values[side], seen = self._values[key][one.part], getattr(one, side)
            if seen is not None and _plain(seen) != _plain(values[side] or ""):
                raise _Refused(f"{key} says {values[side]!r} by now, not {seen!r}. Decide again in a new workbook.")
        if self._differences is not None and (one.part, one.key_l, one.key_r) not in self._differences:
            raise _Refused("The two records do not differ in this any more, or are no longer held to be one.")
        return values

    def _told_difference(self, one: ReviewedFinding) -> str | None:
        """Return how the two differ, as the latest audit told it; in a file of exported decisions that is written."""
        told = self._errors.get((one.part, one.key_l, one.key_r))
        if one.decision == "open":
            return None
        if told is None and self._fates is None and one.value_r:
            return one.value_r
        if told is None:
            raise _Refused(f"The latest audit finds nothing wrong between {one.key_l} and {one.key_r} in {one.part}.")
        difference, *shown = told
        for seen, now in zip((one.value_l, one.value_r), shown, strict=True):
            if seen is not None and seen != difference and _plain(seen) != _plain(now):
                raise _Refused(f"{now!r} stands there by now, not {seen!r}. Decide again in a new workbook.")
        return difference

    def _refuse_settled(self, one: ReviewedFinding) -> None:
        """Refuse a word on what is not open: by the latest audit the document has its counterpart, or nobody awaits one."""
        if self._fates is None or one.decision in {FOUND, "open"}:
            return
        if (one.subject, one.part, one.key_l, one.decision) in self._held:
            return
        fates = self._fates.get((one.subject, one.part, one.key_l))
        if fates is None:
            raise _Refused(f"The latest audit looks for nothing of {one.key_l} in {one.part}.")
        if not fates & _OPEN_STATUSES[one.subject]:
            raise _Refused(f"{one.key_l} has its counterpart in {one.part} by now, so there is nothing to decide.")

    def _found_key(self, one: ReviewedFinding) -> str:
        rows = self._stream(one.part)
        wanted = _number(one.found_as)
        for name in ("record_key", "record_id", "number"):
            found = [row["record_key"] for row in rows if row.get(name) and _number(row[name]) == wanted]
            if len(found) == 1:
                return str(found[0])
            if found:
                named = ", ".join(found[:_MOST_NAMED])
                raise _Refused(f"{len(found)} documents in {one.part} have the number {one.found_as!r}. Write one: {named}.")
        raise _Refused(f"There is no document {one.found_as!r} in {one.part}.")

    def _stream(self, part: str) -> list[dict[str, Any]]:
        """Return key, id and number of the records of a stream."""
        if part not in self._documents:
            system, _, stream = part.partition(".")
            names = ["record_key", "record_id", *([] if self.is_party(part) else ["number"])]
            held = self._store.records([*names, "state"], entities=(self._entities[part],))
            self._documents[part] = held[system, stream].select(names).to_pylist() if (system, stream) in held else []
        return self._documents[part]


def _latest_run(engagement: Engagement) -> Run | None:
    try:
        return engagement.store.run()
    except SnapshotMissingError:
        return None


def _differences(run: Run) -> set[tuple[str, str, str]] | None:
    if not run.has("mismatch"):
        return None
    names = ("column", "key_l", "key_r")
    rows = zip(*(run.table("mismatch")[name].to_pylist() for name in names), strict=True)
    return {(column, min(keys), max(keys)) for column, *keys in rows}


def _fates(run: Run) -> dict[tuple[str, str, str], set[str]] | None:
    """Return how each document stands: by what it is (missing, extra), the stream looked in, and its key."""
    if not run.has("counterpart"):
        return None
    sides = {
        row["handoff_id"]: (f"{row['system_l']}.{row['stream_l']}", f"{row['system_r']}.{row['stream_r']}")
        for row in run.table("handoff").to_pylist()
    }
    table = run.table("counterpart")
    # What a person found stays open to another word of a person.
    status = pc.if_else(pc.fill_null(pc.starts_with(table["basis"], DECIDED), False), "missing", table["status"])
    found: dict[tuple[str, str, str], set[str]] = {}
    columns = (table[name].to_pylist() for name in ("handoff_id", "key_l", "key_r"))
    for handoff_id, key_l, key_r, own in zip(*columns, status.to_pylist(), strict=True):
        source, target = sides[handoff_id]
        name = (MISSING, target, key_l) if key_l is not None else (EXTRA, source, key_r)
        found.setdefault(name, set()).add(own)
    return found


def _plain(text: str) -> str:
    """Return a value as a cell gives it back."""
    return " ".join(legal_text(text).split())


def _number(text: str) -> str:
    return "".join(text.split()).lstrip("#").casefold()
