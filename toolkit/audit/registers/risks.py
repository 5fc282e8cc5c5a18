"""Five usual causes of failure, each scored from what the client's data and answers say."""

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import Register, RegisterAnswer, register_answer, run_rows, settings_now
from toolkit.scoping.risks import Signal, risk_register
from toolkit.settings import Settings
from toolkit.tables.registers import RISK
from toolkit.values.counted import counted

Row = Mapping[str, Any]

_BAD_SHARE = 0.10
"""From this share on, bad data counts in full."""
_COSTS = frozenset(
    {
        "build_days", "build_cost", "training", "training_hours", "parallel_run_weeks", "parallel_run_hours_per_week",
        "contingency_rate", "platform_fee_per_month", "maintenance_share_per_year", "hosting_per_month",
        "monitoring_hours_per_month", "day_rate", "cleanup_minutes_per_duplicate", "cleanup_minutes_per_mismatch",
    }
)  # fmt: skip
_CODE = frozenset({"CUSTOM", "UNIFIED_API"})
_SHOWN = {"label": "cause", "score": "score, of 100", "level": "level", "seen": "what was seen", "to_do": "what to do"}


def read(engagement: Engagement) -> RegisterAnswer:
    """Return the five causes, the highest score first."""
    settings = settings_now(engagement)
    handoffs = run_rows(engagement, "handoff") or []
    found = risk_register(
        {
            "poor_data": [
                _bad(run_rows(engagement, "check"), "failing", "checked", "values fail a check"),
                _bad(run_rows(engagement, "compared_field"), "different", "compared", "compared values differ"),
            ],
            "misaligned_process": _process(settings, [row["handoff_id"] for row in handoffs]),
            "scope_creep": _scope(settings, [row["handoff_id"] for row in handoffs]),
            "hidden_cost": [_assumed(run_rows(engagement, "cost_input"))],
            "skills_gap": [_skills(settings, run_rows(engagement, "approach"))],
        }
    )
    high = sum(one.level == "high" for one in found)
    unknown = [one.label for one in found if one.score is None]
    rows = [
        {
            "risk_id": one.risk_id, "label": one.label, "score": one.score, "level": one.level, "seen": list(one.seen),
            "to_do": one.to_do,
        }
        for one in found
    ]  # fmt: skip
    return register_answer(
        f"{high} of the {len(found)} usual causes of failure {'is' if high == 1 else 'are'} high here.",
        RISK,
        rows,
        _SHOWN,
        gaps=[f"Nothing is known yet of: {', '.join(unknown)}."] if unknown else (),
    )


def _bad(rows: Sequence[Row] | None, bad: str, looked_at: str, words: str) -> Signal:
    count, of = (sum(row[name] for row in rows or ()) for name in (bad, looked_at))
    if not of:
        return Signal(None, f"Nothing was looked at, so nobody knows how many {words}.")
    return Signal(min(1.0, count / of / _BAD_SHARE), f"{count:,} of {of:,} {words}.")


def _process(settings: Settings, handoffs: Sequence[str]) -> list[Signal]:
    if not handoffs:
        return [Signal(None, "No handoff is known.")]
    agreed = 0
    for name in handoffs:
        one = settings.handoffs.get(name)
        agreed += bool(one and one.approach and one.approach.process_agreed)
    named = sum(bool((one := settings.handoffs.get(name)) and one.by and one.trigger) for name in handoffs)
    count = len(handoffs)
    return [
        Signal(1 - agreed / count, f"{agreed} of {counted(count, 'handoff')} run as its people have agreed."),
        Signal(1 - named / count, f"Of {named} it is known who carries them and what sets them off."),
    ]


def _scope(settings: Settings, handoffs: Sequence[str]) -> list[Signal]:
    scope = settings.scope
    flows = sum(name in scope.flows for name in handoffs)
    told = {
        "what is out": bool(scope.out),
        "what success is": bool(scope.success),
        "what happens with new wishes": bool(scope.change_rule),
    }
    missing = [words for words, is_said in told.items() if not is_said]
    said = (
        f"Nobody has said {', '.join(missing)}."
        if missing
        else "What is out, what success is and a rule for wishes are said."
    )
    signals = [Signal(len(missing) / len(told), said)]
    if handoffs:
        share = 1 - flows / len(handoffs)
        signals.append(Signal(share, f"{flows} of {counted(len(handoffs), 'handoff')} are described in the scope."))
    return signals


def _assumed(rows: Sequence[Row] | None) -> Signal:
    own = [row for row in rows or () if row["name"] in _COSTS]
    assumed = sum(row["evidence"] == "default" for row in own)
    if not own:
        return Signal(None, "What it costs is not known yet.")
    return Signal(assumed / len(own), f"{assumed} of {len(own)} figures of its cost are assumptions of ours.")


def _skills(settings: Settings, rows: Sequence[Row] | None) -> Signal:
    known = [row for row in rows or () if row["approach"] or row["if_usual"]]
    if not known:
        return Signal(None, "By which way anything is connected is not known yet.")
    code = sum((row["approach"] or row["if_usual"]) in _CODE for row in known)
    developer = settings.approach.in_house_developer
    weight = {True: 0.0, False: 1.0, None: 0.5}[developer]
    who = {True: "there is a developer", False: "there is no developer", None: "nobody said whether there is a developer"}
    return Signal(weight * code / len(known), f"{code} of {counted(len(known), 'handoff')} need code; {who[developer]}.")


REGISTER = Register("five usual causes of failure, scored from the evidence", read)
