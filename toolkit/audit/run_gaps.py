"""What an answer from a run leaves out, in sentences: what could not be read, compared or priced."""

from toolkit.report.judgements import held_back_sentences
from toolkit.report.systems import system_labels
from toolkit.store import Run
from toolkit.values.counted import listed


def read_gaps(run: Run) -> tuple[str, ...]:
    """Return what was offered and could not be used, and systems of which nothing was read."""
    unread = run.facts.get("without_files") or ()
    labels = labels_of(run)
    named = listed([labels.get(one, one) for one in unread])
    return (*run.facts.get("reasons", ()), *([f"Nothing has been read of {named}."] if unread else []))


def measured_gaps(run: Run) -> tuple[str, ...]:
    """Return what could not be read, and the handoffs that could not be measured or are told in part only."""
    held = held_back_sentences(run.table("handoff"), run.table("handoff_judgement"))
    return (*read_gaps(run), *run.facts.get("unmeasured", ()), *held)


def labels_of(run: Run) -> dict[str, str]:
    """Return what a client calls each system of a run."""
    snapshot = run.table("snapshot")
    connectors = dict(zip(snapshot["system"].to_pylist(), snapshot["connector"].to_pylist(), strict=True))
    described = run.facts.get("systems") or {}
    given = {name: one["label"] for name, one in described.items() if one.get("label")}
    return system_labels(connectors, {**given, **(run.facts.get("labels") or {})})
