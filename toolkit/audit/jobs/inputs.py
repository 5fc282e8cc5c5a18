"""What a plan rests on: the snapshots and rules of now, so that a plan made from others is refused."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from toolkit.audit.engagement import Engagement
from toolkit.audit.jobs.write_target import environment_of
from toolkit.audit.pull.asked import is_asked
from toolkit.audit.pull.asked_memory import kept_account
from toolkit.changes import JobKind, Target
from toolkit.errors import UnknownNameError
from toolkit.settings import HANDOFF_FACTS
from toolkit.store import Run
from toolkit.tables.rulings import FINDINGS, MERGES
from toolkit.version import __version__

_SECTIONS: Mapping[JobKind, frozenset[str]] = {
    "cleanup": frozenset({"cleanup", "sources_of_truth", "country", "currency", "time_zone", "systems"}),
    "sync": frozenset({"sync", "sources_of_truth", "country", "currency", "time_zone", "systems"}),
    "undo": frozenset(),
}
_TABLES = ("crosswalk", "golden", "mismatch", "counterpart", "pair", "finding", "reference")


@dataclass(frozen=True, slots=True)
class JobInputs:
    """Of a system: its target, the snapshots looked at, a hash over the rules, its records by stream, what is incomplete.

    ``incomplete`` says of streams whose newest snapshot is not the whole list why it is not.
    """

    target: Target
    snapshot_ids: Mapping[str, str]
    rules_hash: str
    record_counts: Mapping[str, int]
    incomplete: Mapping[str, str]


def job_inputs(engagement: Engagement, run: Run, kind: JobKind, system: str) -> JobInputs:
    """Return what a plan for a system rests on now.

    Parameters
    ----------
    engagement, run
        A run of the newest snapshots, with every stage that a plan reads.
    kind
        Of the job: its own section of the settings counts.
    system
        The client's name of the system.

    Raises
    ------
    UnknownNameError
        There is no such system.
    """
    rows = engagement.store.snapshots().to_pylist()
    own = [row for row in rows if row["system"] == system]
    if not own:
        raise UnknownNameError("system", system, {row["system"] for row in rows})
    return JobInputs(
        Target(
            system,
            own[0]["connector"],
            kept_account(engagement.folder, system).get("id", ""),
            environment_of(engagement.settings, system) if is_asked(system, engagement.settings) else "",
        ),
        {f"{row['system']}/{row['stream']}": row["sha256"] for row in rows},
        _rules_hash(engagement, run, kind),
        {row["stream"]: row["rows"] - row["rows_absent"] for row in own},
        {row["stream"]: _reasons(row["reasons"]) for row in own if not row["is_complete"]},
    )


def _reasons(reasons: object) -> str:
    return "; ".join(map(str, reasons)) if isinstance(reasons, list) else str(reasons)


def _rules_hash(engagement: Engagement, run: Run, kind: JobKind) -> str:
    """Return a hash over all that decides but the records: settings, what people decided, and what was found by them."""
    settings = engagement.settings.model_dump(mode="json", include=set(_SECTIONS[kind]))
    # How a system is reached and signed in to changes no plan.
    for one in settings.get("systems", {}).values():
        for name in ("sign_in", "sign_in_to_write", "api", "database", "database_to_write"):
            one.pop(name, None)
    handoffs = engagement.settings.handoffs
    decisions = engagement.store.decisions().select(["key_l", "key_r", "decision"]).to_pylist()
    subjects = (*FINDINGS, *(MERGES if kind == "cleanup" else ()))
    said = engagement.store.rulings(subjects)
    rulings = said.drop_columns(["sequence", "decided_at", "reviewer", "note"]).to_pylist()
    content = [
        __version__,
        kind,
        settings,
        {name: one.model_dump(mode="json", include=set(HANDOFF_FACTS)) for name, one in handoffs.items()},
        decisions,
        rulings,
        str(engagement.as_of()),
        {name: run.facts["tables"].get(name) for name in _TABLES},
    ]
    return sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
