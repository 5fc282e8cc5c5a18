"""Links that run by themselves already: who answers for each, whether it still runs, what it reaches, which are orphans."""

from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.listed_automations import listed_automations
from toolkit.audit.register import Register, RegisterAnswer, client_systems, register_answer, settings_now
from toolkit.landscape.automations import REVIEW_AFTER_DAYS
from toolkit.tables.registers import AUTOMATION
from toolkit.values.counted import counted, listed

_SHOWN = {
    "automation": "link", "tool": "tool", "system_l": "from", "system_r": "to", "owner": "owner",
    "last_success": "last ran well", "orphaned": "orphan because", "missing": "not known", "reaches": "reaches",
    "reviewed_on": "reviewed",
}  # fmt: skip


def read(engagement: Engagement) -> RegisterAnswer:
    """Return the links, orphans first."""
    rows = _rows(engagement)
    orphans = [row["automation"] for row in rows if row["orphaned"]]
    due = [row["automation"] for row in rows if row["is_review_due"]]
    twice = [row for row in rows if row["handoffs"]]
    notes = [
        f"{row['automation']} runs where {listed(row['handoffs'])} is carried: what is still done by hand?" for row in twice
    ]
    notes += [f"What it reaches was not looked at for more than {REVIEW_AFTER_DAYS} days: {listed(due)}."] if due else []
    return register_answer(
        f"{counted(len(rows), 'automation')}, {counted(len(orphans), 'orphan')}." if rows else "No link is listed yet.",
        AUTOMATION,
        rows,
        _SHOWN,
        notes=notes,
        gaps=[f"Not all is known of {listed([row['automation'] for row in rows if row['missing']])}."]
        if any(row["missing"] for row in rows)
        else (),
        next_step="" if rows else "list what runs already under automations in engagement.yaml.",
    )


def _rows(engagement: Engagement) -> list[dict[str, Any]]:
    today, systems = engagement.as_of(), {one.name for one in client_systems(engagement)}
    sides = {
        name: (one.from_.partition(".")[0], one.to.partition(".")[0])
        for name, one in settings_now(engagement).handoffs.items()
    }
    rows = [
        {
            "automation": one.name, "tool": one.tool or None, "system_l": one.system_l, "system_r": one.system_r,
            "trigger": one.trigger or None, "owner": one.owner or None, "last_success": one.last_success,
            "days_since": one.days_since(today), "failure_mode": one.failure_mode or None,
            "handoffs": [name for name, ends in sides.items() if ends == (one.system_l, one.system_r)],
            "reaches": list(one.reaches), "reviewed_on": one.reviewed_on, "review_age_days": one.review_age_days(today),
            "is_review_due": one.is_review_due(today), "orphaned": list(one.orphaned(systems, today)),
            "missing": list(one.missing),
        }
        for one in listed_automations(engagement)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (not row["orphaned"], row["automation"]))


REGISTER = Register("links that run by themselves already, orphans, and what each reaches", read)
