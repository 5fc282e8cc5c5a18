"""Patterns to start from: what each is, which of its flows are carried already, and which are possible here."""

from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.held_patterns import held_patterns
from toolkit.audit.register import Register, RegisterAnswer, register_answer
from toolkit.landscape.pattern import minutes_words, patterns
from toolkit.landscape.pattern_matches import FlowMatch, PatternMatch, pattern_matches
from toolkit.tables.registers import PATTERN
from toolkit.values.counted import counted

_SHOWN = {
    "pattern": "pattern", "standing": "here", "flow_label": "flow", "handoffs": "carried as", "ends": "can go",
    "lacks": "lacks",
}  # fmt: skip
_MAX_ENDS = 3
_SAME_LISTS = "A handoff between the same lists counts as carried; whether it is the same work, those who do it can say."
_MINUTES = "Minutes of a template are examples with their source; what it takes here is to be asked."


def read(engagement: Engagement) -> RegisterAnswer:
    """Return the patterns as they stand at the client, what is carried first."""
    found = pattern_matches(patterns(), held_patterns(engagement))
    count = {kind: sum(one.standing == kind for one in found) for kind in ("there", "partly", "possible", "lacking")}
    loops = [
        f"{one.pattern.label}: {one.linked} of {len(one.flows)} flows are linked."
        + ("" if one.linked == len(one.flows) else " The circle is open.")
        for one in found
        if one.linked is not None and one.standing != "lacking"
    ]
    return register_answer(
        f"{counted(len(found), 'pattern')}: {count['there']} carried here already, {count['partly']} in part, "
        f"{count['possible']} possible; for {count['lacking']} a system or its records are lacking.",
        PATTERN,
        (_row(one, flow) for one in found for flow in one.flows),
        _SHOWN,
        notes=[*loops, _SAME_LISTS, _MINUTES],
        next_step="integration-audit landscape add-pattern NAME writes a pattern's handoffs into engagement.yaml.",
    )


def _row(one: PatternMatch, flow: FlowMatch) -> dict[str, Any]:
    ends = [f"{end.from_} > {end.to}" for end in flow.ends]
    more = [f"and {len(ends) - _MAX_ENDS} more"] if len(ends) > _MAX_ENDS else []
    return {
        "pattern": one.name,
        "label": one.pattern.label,
        "standing": one.standing,
        "flow": flow.flow.name,
        "flow_label": flow.flow.label,
        "handoffs": list(flow.handoffs),
        "ends": [*ends[:_MAX_ENDS], *more],
        "lacks": list(flow.lacks),
        "trigger": flow.flow.trigger,
        "starts": one.pattern.starts,
        "steps": list(one.pattern.steps),
        "kpi": one.pattern.kpi,
        "minutes_before": minutes_words(one.pattern.minutes_before),
        "minutes_after": minutes_words(one.pattern.minutes_after),
        "linked": one.linked,
    }


REGISTER = Register("patterns to start from, and which are possible here", read)
