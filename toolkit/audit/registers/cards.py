"""A card for each handoff: trigger, data, destination and format, its steps with minutes, and whether it is ready."""

from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import Register, RegisterAnswer, register_answer, settings_now
from toolkit.landscape.cards import TRIGGER_EVENTS, CardStep, HandoffCard
from toolkit.settings import HandoffSettings
from toolkit.tables.registers import HANDOFF_CARD
from toolkit.values.counted import counted

_SHOWN = {
    "handoff_id": "handoff", "trigger_words": "starts when", "data": "data", "destination": "goes to", "format": "format",
    "step_minutes": "minutes", "is_ready": "ready", "missing": "lacks",
}  # fmt: skip


def read(engagement: Engagement) -> RegisterAnswer:
    """Return the cards, in the order of the settings."""
    given = settings_now(engagement).handoffs
    rows = [_row(_card(name, one), one) for name, one in given.items()]
    ready = sum(row["is_ready"] for row in rows)
    return register_answer(
        f"{ready} of {counted(len(rows), 'card')} are ready to be built from." if rows else "No handoff is named yet.",
        HANDOFF_CARD,
        rows,
        _SHOWN,
        notes=[f"{row['label']}: {row['doubt']}." for row in rows if row["doubt"]],
        gaps=[
            f"{counted(len(rows) - ready, 'card')} cannot be ready before trigger, data, destination and format are known."
        ]
        if ready < len(rows)
        else (),
        next_step="write handoffs.NAME.data, format and steps into engagement.yaml." if ready < len(rows) else "",
    )


def _card(name: str, one: HandoffSettings) -> HandoffCard:
    minutes = one.minutes_per_item.estimate("minutes").likely if one.minutes_per_item is not None else None
    steps = tuple(CardStep(step.does, step.where, step.minutes) for step in one.steps)
    return HandoffCard(name, one.to, one.trigger, one.data, one.format, steps, minutes)


def _row(card: HandoffCard, one: HandoffSettings) -> dict[str, Any]:
    return {
        "handoff_id": card.handoff_id,
        "label": one.label or card.handoff_id.replace("_", " ").capitalize(),
        "trigger": card.trigger,
        "trigger_words": TRIGGER_EVENTS[card.trigger] if card.trigger else None,
        "data": card.data or None,
        "destination": card.destination,
        "format": card.format or None,
        "carrier": one.carrier,
        "steps": [step.words for step in card.steps],
        "step_minutes": card.step_minutes,
        "minutes_per_item": card.minutes_per_item,
        "is_ready": card.is_ready,
        "missing": list(card.missing),
        "doubt": card.doubt or None,
    }


REGISTER = Register("trigger, data, destination, format and steps of each handoff; ready or not", read)
