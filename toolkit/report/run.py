"""One run as the report reads it: its tables, its figures, and the parties that examples name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.errors import DamagedError
from toolkit.reconcile.nouns import is_payment_on_terms
from toolkit.report.name_kinds import NameWords, name_words
from toolkit.report.systems import system_labels
from toolkit.store.results import Run, read_run, run_ids
from toolkit.store.said import words_of_persons
from toolkit.store.snapshots import found_records, read_snapshot, refuse_damaged_snapshot
from toolkit.tables import DOCUMENT, DOCUMENT_ENTITIES, PARTY, PARTY_ENTITIES, RESULTS, Schema

_TOLD_OF_DOCUMENTS = (
    "record_key", "number", "name", "party_ref", "party_name", "description", "amount_minor", "currency", "issued_on",
    "posted_on", "spent_on", "paid_at", "closed_at",
)  # fmt: skip
_SCHEMAS: Mapping[str, Schema] = {**RESULTS, PARTY.name: PARTY, DOCUMENT.name: DOCUMENT}
_DOCUMENT_WORDS = ("record_key", "number", "name", "party_name")


def _no_documents(record_keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:  # noqa: ARG001 - a run without snapshots
    return {}


@dataclass(frozen=True, slots=True)
class RunTables:
    """The tables of one run and what stands on the report's cover.

    ``tables`` holds results tables by name, ``party`` with the records that examples name, and ``document`` with numbers and
    names of documents; a table that is absent is empty.
    ``reasons`` says why the run is not complete, ``unmeasured`` which handoffs could not be measured, ``without_files``
    which systems sent nothing, ``unconfirmed`` what of the settings nobody has confirmed, and ``questions`` what only a
    person can say. ``labels`` are a client's words for the systems, ``systems`` what somebody said of each.
    ``audit_log_head`` is the hash that all entries of the audit log until this run lead to. ``country`` (ISO 3166) and
    ``time_zone`` are the client's. ``earlier`` are the figures of the audit before, of exports of an earlier day, by id, and
    ``earlier_on`` is its day. ``documents_of`` returns documents by their record keys. ``decisions`` and ``rulings`` are
    what persons said until now of pairs (rows of DECISION) and of findings (rows of RULING).
    """

    tables: Mapping[str, pa.Table]
    client: str
    currency: str
    as_of: date
    run_id: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    systems: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    unmeasured: tuple[str, ...] = ()
    without_files: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    audit_log_head: str = ""
    country: str = ""
    time_zone: str = "UTC"
    earlier: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    earlier_on: date | None = None
    documents_of: Callable[[Sequence[str]], Mapping[str, Mapping[str, Any]]] = _no_documents
    decisions: Sequence[Mapping[str, Any]] = ()
    rulings: Sequence[Mapping[str, Any]] = ()
    name_words: NameWords = field(init=False)
    figures: Mapping[str, Mapping[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        rows = self.table("figure").to_pylist()
        object.__setattr__(self, "figures", {row["figure_id"]: row for row in rows})
        object.__setattr__(self, "name_words", name_words(self.table("party")))

    def table(self, name: str) -> pa.Table:
        """Return a table by name, empty where the run lacks it."""
        if name not in _SCHEMAS:
            raise ValueError(f"No run has a table {name!r}; known are {', '.join(_SCHEMAS)}.")
        found = self.tables.get(name)
        return _SCHEMAS[name].empty() if found is None else found

    def let_go(self, *names: str) -> None:
        """Hold tables that stand on the disk no longer; one that is asked for again is read again."""
        if isinstance(self.tables, _TablesOnDisk):
            self.tables.let_go(names)

    @property
    def handoff_count(self) -> int:
        """How many handoffs there are, those that could not be measured among them."""
        return len(self.handoff_labels()) + len(self.unmeasured)

    def figures_below(self, prefix: str) -> list[Mapping[str, Any]]:
        """Return the figures whose id begins with ``prefix``, in order of their ids."""
        return [self.figures[name] for name in sorted(self.figures) if name.startswith(prefix)]

    def parties(self, record_keys: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Return the party records of ``record_keys`` that the run holds, by key."""
        party = self.table("party")
        wanted = pa.array(list(record_keys), pa.string())
        rows = party.filter(pc.is_in(party["record_key"], value_set=wanted))
        return {row["record_key"]: row for row in rows.to_pylist()}

    def kinds(self, record_keys: Sequence[str]) -> dict[str, str]:
        """Return whether each party record is a ``company``, a ``person`` or ``unknown``, by key.

        What its own system does not say, the records that stand for the same one in other systems may; else the name.
        """
        rows = self.parties(record_keys)
        doubtful = [key for key, row in rows.items() if _own_kind(row) == "unknown"]
        elsewhere = self._kinds_elsewhere(doubtful)
        return {
            key: elsewhere.get(key) or self.name_words.kind(row["name"]) if key in doubtful else _own_kind(row)
            for key, row in rows.items()
        }

    def _kinds_elsewhere(self, record_keys: Sequence[str]) -> dict[str, str]:
        crosswalk = self.table("crosswalk").select(["record_key", "golden_id"])
        own = crosswalk.filter(pc.is_in(crosswalk["record_key"], value_set=pa.array(list(record_keys), pa.string())))
        golden = dict(zip(own["record_key"].to_pylist(), own["golden_id"].to_pylist(), strict=True))
        others = crosswalk.filter(pc.is_in(crosswalk["golden_id"], value_set=pc.unique(own["golden_id"])))
        found: dict[str, set[str]] = {}
        members = dict(zip(others["record_key"].to_pylist(), others["golden_id"].to_pylist(), strict=True))
        for key, row in self.parties(list(members)).items():
            found.setdefault(members[key], set()).add(_own_kind(row))
        told = {golden_id: kinds - {"unknown"} for golden_id, kinds in found.items()}
        # Records that disagree leave the question open; a person is the careful answer.
        return {
            key: "person" if "person" in told[golden_id] else "company"
            for key, golden_id in golden.items()
            if told.get(golden_id)
        }

    def label(self, system: str) -> str:
        """Return a client's word for a system."""
        return self.labels.get(system, system)

    def handoff_labels(self) -> dict[str, str]:
        """Return the label of each handoff by its id."""
        handoffs = self.table("handoff")
        return dict(zip(handoffs["handoff_id"].to_pylist(), handoffs["label"].to_pylist(), strict=True))

    def paid_on_terms(self) -> set[str]:
        """Return the handoffs that are the payment of documents on terms: their days are credit, and no delay."""
        rows = self.table("handoff").to_pylist()
        return {row["handoff_id"] for row in rows if is_payment_on_terms(row["entity_l"], row["entity_r"])}


def _own_kind(row: Mapping[str, Any]) -> str:
    kind = str(row["kind"] or "unknown")
    return "person" if kind == "unknown" and row["family_name"] else kind


class _TablesOnDisk(Mapping[str, pa.Table]):
    """The tables of a finished run, each read once, when it is first asked for: no document needs them all."""

    def __init__(self, run: Run, engagement: Path, read: Mapping[str, pa.Table]) -> None:
        self._run = run
        self._engagement = engagement
        self._read = dict(read)

    def __getitem__(self, name: str) -> pa.Table:
        if name not in self._read:
            if name not in {*RESULTS, DOCUMENT.name}:
                raise KeyError(name)
            self._read[name] = self._run.table(name) if name in RESULTS else self._documents()
        return self._read[name]

    def let_go(self, names: Sequence[str]) -> None:
        """Hold some tables no longer."""
        for name in names:
            self._read.pop(name, None)

    def _documents(self) -> pa.Table:
        """Return key, number, name and party of the documents that the run rests on."""
        parts = [
            read_snapshot(self._engagement / row["path"], row["entity"], _DOCUMENT_WORDS)
            for row in self._run.table("snapshot").to_pylist()
            if row["entity"] in DOCUMENT_ENTITIES
        ]
        return pa.concat_tables([DOCUMENT.empty().select(_DOCUMENT_WORDS), *parts])

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*RESULTS, *self._read)))

    def __len__(self) -> int:
        return len(set(RESULTS) | set(self._read))


def run_tables(engagement: Path, run_id: str = "latest") -> RunTables:
    """Return a finished run of an engagement, with the party records of the snapshots it rests on.

    Raises
    ------
    SnapshotMissingError
        Nothing has been audited yet.
    UnknownNameError
        There is no such run.
    DamagedError
        A snapshot or a table of the run is gone, or no longer what was written.
    """
    run = read_run(engagement, run_id)
    for path, digest in dict(run.facts.get("snapshots") or {}).items():
        refuse_damaged_snapshot(engagement, path, digest)
    snapshots, facts = run.table("snapshot"), run.facts
    before = _run_before(engagement, run)
    columns = [name for name in PARTY.names if name != "raw"]
    parties = [
        read_snapshot(engagement / row["path"], row["entity"], columns)
        for row in snapshots.to_pylist()
        if row["entity"] in PARTY_ENTITIES
    ]
    tables = _TablesOnDisk(run, engagement, {"party": pa.concat_tables(parties)} if parties else {})
    systems = dict(facts.get("systems") or {})
    connectors = {name: str(one.get("connector") or "table") for name, one in systems.items()}
    connectors |= dict(zip(snapshots["system"].to_pylist(), snapshots["connector"].to_pylist(), strict=True))
    decisions, rulings = words_of_persons(engagement)
    return RunTables(
        tables=tables,
        client=str(facts.get("client") or engagement.resolve().name),
        currency=str(facts.get("currency") or ""),
        as_of=_day(run),
        run_id=run.run_id,
        versions={str(name): str(version) for name, version in dict(facts.get("versions") or {}).items()},
        reasons=_texts(facts.get("reasons")),
        labels=system_labels(connectors, facts.get("labels") or {}),
        systems=systems,
        unmeasured=_texts(facts.get("unmeasured")),
        without_files=_texts(facts.get("without_files")),
        unconfirmed=_texts(facts.get("unconfirmed")),
        questions=_texts(facts.get("questions")),
        audit_log_head=str(facts.get("audit_log_head") or ""),
        country=str(facts.get("country") or ""),
        time_zone=str(facts.get("time_zone") or "UTC"),
        earlier={} if before is None else {row["figure_id"]: row for row in before.table("figure").to_pylist()},
        earlier_on=None if before is None else _day(before),
        documents_of=partial(_documents, engagement, snapshots),
        decisions=decisions,
        rulings=rulings,
    )


def _day(run: Run) -> date:
    return date.fromisoformat(str(run.facts.get("as_of") or run.facts["started_at"])[:10])


def _run_before(engagement: Path, run: Run) -> Run | None:
    """Return the newest earlier audit of exports of an earlier day; None where there is none that is whole."""
    for name in run_ids(engagement):
        if name >= run.run_id:
            continue
        try:
            earlier = read_run(engagement, name)
            is_usable = not earlier.facts.get("trial") and "figures" in earlier.facts.get("stages", ())
            if is_usable and _day(earlier) < _day(run) and not earlier.damaged_tables():
                return earlier
        except DamagedError:
            continue
    return None


def _documents(engagement: Path, snapshots: pa.Table, record_keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return documents by key, from the snapshots that hold them and no other."""
    wanted = {tuple(key.split("/", 2)[:2]) for key in record_keys}
    found: dict[str, dict[str, Any]] = {}
    for row in snapshots.to_pylist():
        if row["entity"] in DOCUMENT_ENTITIES and (row["system"], row["stream"]) in wanted:
            table = found_records(engagement / row["path"], row["entity"], _TOLD_OF_DOCUMENTS, record_keys)
            found |= {one["record_key"]: one for one in table.to_pylist()}
    return found


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in value or ())
