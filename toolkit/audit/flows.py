"""The verb ``infer_flows``: how records really arrive, and what it answers with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from toolkit.audit.cell_work import cell_work
from toolkit.audit.engagement import Engagement
from toolkit.audit.progress import Progress
from toolkit.audit.run_gaps import measured_gaps
from toolkit.audit.runs import run_stages
from toolkit.audit.verb_answers import frame_of
from toolkit.audit.verb_result import UNKNOWN, VerbResult, number_text, share_text
from toolkit.reconcile.arrivals.said import AGREES, CONTRADICTS, KIND_WORDS, NOBODY_SAID, OPEN
from toolkit.store import Run
from toolkit.values.counted import counted

Row = Mapping[str, Any]

HEAD = ("flow", "arrives", "probability", "said", "", "items found", "because")
"""The columns of what is shown."""
_MARKS = {AGREES: "✓ as said", CONTRADICTS: "✗ not as said", NOBODY_SAID: "nobody said", OPEN: "open"}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class FlowAnswer(VerbResult):
    """How records arrive, to be read.

    ``table`` is schema INFERRED_FLOW, ``evidence`` INFERRED_FLOW_EVIDENCE: every measure that the probabilities are made of.
    ``questions`` are what to ask whom, contradictions first.
    """

    table: pa.Table = field(kw_only=True)
    evidence: pa.Table = field(kw_only=True)
    questions: tuple[str, ...] = ()


def infer_flows(engagement: Engagement, *, progress: Progress | None = None) -> FlowAnswer:
    """Return how records really arrive in each next system, with probability and reasons; ``frame``: table INFERRED_FLOW.

    Parameters
    ----------
    engagement
        What its handoffs say of how they are carried is held against the records.
    progress
        What long work reports to; in a notebook a bar without.

    Raises
    ------
    SnapshotMissingError
        Nothing has been pulled yet.
    UnknownNameError
        A handoff names a stream that there is not.
    """
    with cell_work(progress) as told:
        run = run_stages(engagement, "flows", told)
    return flow_answer(run)


def flow_answer(run: Run) -> FlowAnswer:
    """Return the answer to the tables of a run that has the stage."""
    table, evidence = run.table("inferred_flow"), run.table("inferred_flow_evidence")
    rows = shown_flows(table.to_pylist())
    questions = flow_questions(rows)
    return FlowAnswer(
        flow_sentence(table.to_pylist()),
        HEAD,
        tuple(flow_cells(row) for row in rows),
        frame_of(table),
        questions,
        gaps=measured_gaps(run),
        next_step="ask what is named below, write the answers into engagement.yaml, then infer_flows(here) again."
        if questions
        else "",
        table=table,
        evidence=evidence,
        questions=questions,
    )


def shown_flows(rows: Sequence[Row]) -> list[Row]:
    """Return the flows worth a look: every handoff, and of lists that no handoff joins those that records seem to pass."""
    places = {CONTRADICTS: 0, OPEN: 2, NOBODY_SAID: 1, AGREES: 3}
    shown = [row for row in rows if row["handoff_id"] is not None or row["kind"] not in {None, "not_at_all"}]
    return sorted(shown, key=lambda row: (places[row["agreement"]], row["flow_id"]))


def flow_questions(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return what to ask, a sentence for each flow."""
    return tuple(f"{row['label']}: {row['ask']}" for row in rows if row["ask"])


def flow_sentence(rows: Sequence[Row]) -> str:
    """Return how many flows the records tell of, and how many contradict what was said."""
    if not rows:
        return (
            "There is nothing to tell yet: name the handoffs in engagement.yaml, or pull lists of customers of two systems."
        )
    named = [row for row in rows if row["handoff_id"] is not None]
    told = [row for row in named if row["kind"] is not None]
    against = sum(row["agreement"] == CONTRADICTS for row in named)
    unnamed = sum(row["handoff_id"] is None and row["kind"] not in {None, "not_at_all"} for row in rows)
    further = f"; records seem to pass between {counted(unnamed, 'further pair')} of lists" if unnamed else ""
    return (
        f"The records tell how {len(told)} of {counted(len(named), 'handoff')} arrive; {against or 'none'} "
        f"{'contradicts' if against in {0, 1} else 'contradict'} what was said{further}."
    )


def flow_cells(row: Row) -> tuple[str, ...]:
    """Return one flow as cells of text."""
    likely = row["likely"]
    how = UNKNOWN if likely is None else KIND_WORDS[likely] if row["kind"] else f"open, perhaps {KIND_WORDS[likely]}"
    return (
        row["label"],
        how,
        share_text(row["probability"]) if likely else UNKNOWN,
        row["said"] or UNKNOWN,
        _MARKS[row["agreement"]],
        f"{number_text(row['found'])} of {number_text(row['due'])}",
        "; ".join((row["reasons"] or [])[:2]) or UNKNOWN,
    )
