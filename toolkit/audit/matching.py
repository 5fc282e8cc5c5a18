"""What is to be said about a matching: its model, what changed in the clusters, and decisions that wait."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.audit.engagement import Engagement
from toolkit.audit.stages.match import SUBJECT, Refit, kept_identity, system_names
from toolkit.errors import InputError
from toolkit.match.clustering.decisions import waiting_decisions
from toolkit.settings import user_name
from toolkit.store import Run
from toolkit.values.counted import counted

EVENT_WORDS = {
    "new": "new clusters",
    "merged": "merged into another",
    "split": "split off another",
    "grown": "grew",
    "shrunk": "shrank",
    "retired": "without a record now",
    "returned": "came back",
}


def wanted_refit(reason: str, by: str = "") -> Refit:
    """Return the wish to fit the model anew.

    Raises
    ------
    InputError
        Nobody says why: a refit changes what is held to be one, and the record must say for what.
    """
    if not reason.strip():
        raise InputError(
            "Say why the model is fitted anew, e.g. --refit --why 'the shop came in'. It is kept with the model."
        )
    return Refit(by.strip() or user_name(), reason.strip())


def model_facts(engagement: Engagement) -> dict[str, Any] | None:
    """Return the model in force: who fitted it, when, why and on what, and whether it still fits; None before the first."""
    kept = engagement.store.matching(SUBJECT)
    if kept is None:
        return None
    model = kept.model
    # A model knows systems by their first names.
    now = {first: name for name, first in system_names(engagement.store).items()}
    return {
        "model_id": model.model_id,
        "fitted_at": model.fitted_at.isoformat(),
        "fitted_by": model.fitted_by,
        "reason": model.reason,
        "streams": sorted(_named_now(stream, now) for stream in model.streams),
        "models_before": len(engagement.store.match_models(SUBJECT)) - 1,
        "file": str(model.folder / "model.json"),
        "notes": list(kept.notes),
    }


def _named_now(stream: str, now: Mapping[str, str]) -> str:
    system, _, name = stream.partition(".")
    return f"{now.get(system, system)}.{name}"


def matching_facts(engagement: Engagement, run: Run) -> dict[str, Any]:
    """Return what a matching found, as ``--json`` prints it."""
    pairs = Counter(run.table("pair")["decision"].to_pylist())
    cluster = run.table("cluster")
    return {
        "run_id": run.run_id,
        "records": cluster.num_rows,
        "clusters": pc.count_distinct(cluster["cluster_id"]).as_py(),
        "pairs": dict(sorted(pairs.items())),
        "events": dict(sorted(Counter(run.table("cluster_event")["kind"].to_pylist()).items())),
        "model": model_facts(engagement),
        "waiting_decisions": decisions_waiting(engagement).to_pylist(),
    }


def matching_lines(found: dict[str, Any]) -> list[str]:
    """Return what a person reads of ``matching_facts``."""
    pairs, events = found["pairs"], found["events"]
    if not found["records"]:
        return ["There is nothing to match: no file names a customer, supplier or other party yet."]
    records = f"{counted(found['records'], 'record')} {'is' if found['records'] == 1 else 'are'}"
    parties = counted(found["clusters"], "party", "parties")
    happened = [f"{count:,} {EVENT_WORDS[kind]}" for kind, count in events.items()]
    return [
        f"{records} {parties}; {counted(pairs.get('review', 0), 'pair')} for a person.",
        f"Since the matching before: {', '.join(happened)}." if happened else "Nothing changed since the matching before.",
        *model_lines(found["model"]),
        *waiting_lines(found["waiting_decisions"]),
    ]


def model_lines(model: dict[str, Any] | None) -> list[str]:
    """Return what a person reads of ``model_facts``."""
    if model is None:
        return []
    by = f" by {model['fitted_by']}" if model["fitted_by"] else ""
    lines = [f"Model: fitted {model['fitted_at'][:16]}Z{by}: {model['reason']}."]
    if model["notes"]:
        lines += ["The model may not fit:", *(f"- {note}" for note in model["notes"])]
        lines.append("If that is no accident, fit it anew: integration-audit match FOLDER --refit --why TEXT")
    return lines


def waiting_lines(waiting: list[dict[str, Any]]) -> list[str]:
    """Return what a person reads of decisions that wait for their records."""
    if not waiting:
        return []
    named = ", ".join(f"{row['key_l']} and {row['key_r']}" for row in waiting[:2])
    wait = "decision waits" if len(waiting) == 1 else "decisions wait"
    return [f"{len(waiting):,} {wait} for records that are not there at present ({named}); they are kept."]


def decisions_waiting(engagement: Engagement) -> pa.Table:
    """Return the decisions in force that name a record or cluster which is not there at present (table DECISION)."""
    decisions = engagement.store.decisions()
    named = pa.array(sorted({*decisions["key_l"].to_pylist(), *decisions["key_r"].to_pylist()}), pa.string())
    if not len(named):
        return decisions
    records: set[str] = set()
    for table in engagement.store.records(["record_key", "state"]).values():
        records.update(table.filter(pc.is_in(table["record_key"], value_set=named))["record_key"].to_pylist())
    identity = kept_identity(engagement.store)
    names = identity.names.filter(pc.greater(identity.names["record_count"], 0))
    present = set(names["cluster_id"].to_pylist())
    clusters = {name for name in named.to_pylist() if identity.current_id(name) in present}
    return waiting_decisions(decisions, record_keys=frozenset(records), cluster_ids=frozenset(clusters))
