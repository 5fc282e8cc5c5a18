"""One flow as rows of INFERRED_FLOW and INFERRED_FLOW_EVIDENCE: kind, probabilities, reasons, and what is asked."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from toolkit.landscape.handoffs import Handoff
from toolkit.reconcile.arrivals.contents import contents
from toolkit.reconcile.arrivals.evidence import Evidence, kept, sentence
from toolkit.reconcile.arrivals.model import KINDS, learned_weights, probabilities, spoken
from toolkit.reconcile.arrivals.pairs import Arrivals, texts
from toolkit.reconcile.arrivals.said import CONTRADICTS, KIND_WORDS, NOBODY_SAID, Said, agreement, said_of
from toolkit.reconcile.arrivals.timing import timing

TOLD_FROM = 0.8
"""A kind is told from this probability; below, the data do not tell."""
_ENOUGH = 20
_MOST_REASONS, _MOST_DOUBTS = 5, 2
_LEAST_SPOKEN = 0.1

Row = dict[str, Any]


class FlowRows(NamedTuple):
    """A row of INFERRED_FLOW, and its rows of INFERRED_FLOW_EVIDENCE."""

    flow: Row
    evidence: list[Row]


def flow_evidence(arrivals: Arrivals) -> list[Evidence]:
    """Return all that can be measured of how the items of a flow arrive."""
    return kept(contents(arrivals) | timing(arrivals))


def flow_rows(handoff: Handoff, arrivals: Arrivals, *, is_named: bool, is_entry_dated: bool) -> FlowRows:
    """Return what is told of one flow.

    Parameters
    ----------
    handoff
        Its two lists, and what was said of it.
    arrivals
        Its items side by side.
    is_named
        Whether the handoff is one of the engagement, not just a pair of lists.
    is_entry_dated
        Whether the target says when records were entered.
    """
    evidence = flow_evidence(arrivals)
    odds = {one.name: spoken(one, learned_weights()) for one in evidence}
    found = probabilities(evidence)
    likely = max(KINDS, key=lambda kind: found[kind]) if evidence else None
    kind = likely if likely is not None and found[likely] >= TOLD_FROM else None
    said = said_of(handoff)
    held = agreement(said, kind, found)
    missing = _missing(handoff, arrivals, is_entry_dated=is_entry_dated)
    reasons, doubts = _spoken(evidence, odds, likely) if likely else ([], [])
    row = {
        "flow_id": handoff.handoff_id, "handoff_id": handoff.handoff_id if is_named else None, "label": handoff.label,
        **{name: getattr(handoff, name) for name in _SIDES},
        "kind": kind, "likely": likely, "probability": found[likely] if likely else None,
        **{f"p_{one}": found[one] if likely else None for one in KINDS},
        "due": arrivals.due_count, "found": arrivals.found_count, "is_entry_dated": is_entry_dated,
        "said": said.words or None, "agreement": held, "reasons": reasons, "doubts": doubts, "missing": missing,
        "ask": _ask(handoff, kind, held, said, found, missing, is_named=is_named),
    }  # fmt: skip
    return FlowRows(row, [_evidence_row(handoff.handoff_id, one, odds[one.name]) for one in evidence])


_SIDES = ("system_l", "stream_l", "entity_l", "system_r", "stream_r", "entity_r")


def _evidence_row(flow_id: str, one: Evidence, odds: Mapping[str, float]) -> Row:
    return {
        "flow_id": flow_id, "evidence": one.name, "words": sentence(one), "value": one.value, "n": one.n, "level": one.level,
        **{f"for_{kind}": odds[kind] for kind in KINDS},
    }  # fmt: skip


def _spoken(
    evidence: Sequence[Evidence], odds: Mapping[str, Mapping[str, float]], likely: str
) -> tuple[list[str], list[str]]:
    """Return what speaks for and against a kind, rather than the next likely one, each the strongest first."""
    sums = {kind: sum(one[kind] for one in odds.values()) for kind in KINDS if kind != likely}
    other = max(sums, key=lambda kind: sums[kind])
    margin = {one.name: odds[one.name][likely] - odds[one.name][other] for one in evidence}
    speaking = [(sentence(one), margin[one.name]) for one in sorted(evidence, key=lambda one: -margin[one.name])]
    reasons = [words for words, weight in speaking if weight >= _LEAST_SPOKEN]
    doubts = [words for words, weight in reversed(speaking) if weight <= -_LEAST_SPOKEN]
    return reasons[:_MOST_REASONS], doubts[:_MOST_DOUBTS]


def _missing(handoff: Handoff, arrivals: Arrivals, *, is_entry_dated: bool) -> list[str]:
    source, target = f"{handoff.system_l}.{handoff.stream_l}", f"{handoff.system_r}.{handoff.stream_r}"
    found = []
    if not arrivals.due_count:
        found.append(f"items of {source} from the time that {target} covers")
    elif arrivals.found_count < _ENOUGH:
        found.append(f"more items: {arrivals.found_count:,} of {arrivals.due_count:,} have a counterpart")
    if not is_entry_dated:
        found.append(f"when records were entered in {target} (created_at); their own date stands for it")
    elif len(arrivals) and not arrivals.entered.is_timed:
        found.append(f"the time of day at which records were entered in {target}")
    if len(arrivals) and not arrivals.began.is_timed:
        found.append(f"the time of day at which items began in {source}")
    if texts(arrivals.target, "created_by").null_count * 2 >= max(len(arrivals), 1):
        found.append(f"who entered records in {target} (created_by)")
    return found


def _ask(  # noqa: PLR0917 - what a question is made of
    handoff: Handoff,
    kind: str | None,
    held: str,
    said: Said,
    found: Mapping[str, float],
    missing: Sequence[str],
    *,
    is_named: bool,
) -> str | None:
    who = handoff.by or "who works with both"
    if held == CONTRADICTS and kind is not None:
        return (
            f"It is carried {said.words}, engagement.yaml says; the records look carried {KIND_WORDS[kind]} "
            f"({found[kind]:.0%} probable). Ask {who}, and mend handoffs.{handoff.handoff_id}."
        ).replace("%", " %")
    if kind is None:
        lacking = f" The data lack {'; '.join(missing)}." if missing else ""
        return f"The records do not tell how they arrive. Ask {who}.{lacking}"
    if not is_named and kind != "not_at_all":
        return (
            f"No handoff from {handoff.system_l}.{handoff.stream_l} to {handoff.system_r}.{handoff.stream_r} is named, but "
            f"records seem to be carried {KIND_WORDS[kind]}. Ask who does it, and write it under handoffs."
        )
    if held == NOBODY_SAID and is_named:
        return (
            f"Nobody said how it is carried; the records look carried {KIND_WORDS[kind]}. Ask {who}, and write "
            f"handoffs.{handoff.handoff_id}.carrier."
        )
    return None
