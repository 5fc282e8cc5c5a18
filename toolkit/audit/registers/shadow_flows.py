"""Shadow flows: sheets and e-mails that stand in for an interface, as somebody told in passing."""

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import Register, RegisterAnswer, client_systems, register_answer, settings_now
from toolkit.landscape.shadow_flows import Told, shadow_flows, told_of
from toolkit.tables.registers import SHADOW_FLOW
from toolkit.values.counted import counted

_SHOWN = {
    "shadow_id": "name",
    "system_l": "from",
    "system_r": "to",
    "carrier": "by",
    "found_in": "told in",
    "words": "words",
}


def read(engagement: Engagement) -> RegisterAnswer:
    """Return the flows that no list of handoffs has, with the words they were found in."""
    settings = settings_now(engagement)
    systems = client_systems(engagement)
    moved = {name: one.moved_by for name, one in settings.systems.items()}
    told = [*told_of(systems, moved), *(Told(f"answers.{name}", one.answer) for name, one in settings.answers.items())]
    handoffs = [(one.from_.partition(".")[0], one.to.partition(".")[0]) for one in settings.handoffs.values()]
    known = {*handoffs, *((one.from_, one.to) for one in settings.automations.values())}
    found = shadow_flows(systems, told, known)
    rows = [
        {
            "shadow_id": one.shadow_id, "system_l": one.system_l, "system_r": one.system_r, "trigger": "manual",
            "carrier": one.carrier, "found_in": one.found_in, "words": one.words,
        }
        for one in found
    ]  # fmt: skip
    said = (
        f"{counted(len(rows), 'flow')} that no handoff stands for" if rows else "No flow was told that no handoff stands for"
    )
    return register_answer(
        f"{said}; {counted(len(told), 'sentence')} looked at.",
        SHADOW_FLOW,
        rows,
        _SHOWN,
        notes=["Found by words: ask those who said it whether it is so."] if rows else [],
        next_step="integration-audit landscape add-shadow NAME writes one as a handoff." if rows else "",
        gaps=() if told else ("Nobody said what goes in and out: systems.NAME.data_in and data_out.",),
    )


REGISTER = Register("sheets and e-mails that stand in for an interface", read)
