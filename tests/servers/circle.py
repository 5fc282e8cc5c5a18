"""The circle of a job with a server that nobody here wrote: described as the page says, pulled, planned, agreed, sent."""

import json
import re
from pathlib import Path
from typing import Any

from tests.command_line import Called, call
from toolkit.audit.engagement import open_engagement
from toolkit.changes import Plan
from toolkit.store.plans import kept_plan, opened_plan

PAGE = Path(__file__).resolve().parents[2] / "docs" / "described-systems.md"


def described_on_page(folder: Path, title: str, url: str) -> Path:
    """Return the folder of an engagement with the settings of the page, its system at an address."""
    text = PAGE.read_text(encoding="utf-8").partition(f"## {title}\n")[2].partition("```yaml\n")[2].partition("```")[0]
    folder.mkdir(parents=True, exist_ok=True)
    settings = f"client: Harbor & Pine\n{re.sub(r'https://[a-z.]+example', url, text)}"
    (folder / "engagement.yaml").write_text(settings, encoding="utf-8")
    return folder


def planned(folder: Path, *what: str) -> Plan:
    """Pull, plan and agree; return the plan."""
    done(call("pull", folder))
    found = answered(call("plan", *what, folder, "--json"))
    agreed(folder, found["plan"])
    return opened(folder, found["plan"])


def opened(folder: Path, name: str) -> Plan:
    """Return a plan that was made."""
    engagement = open_engagement(folder)
    try:
        return opened_plan(engagement.store, kept_plan(engagement.store, name)).plan
    finally:
        engagement.close()


def agreed(folder: Path, name: str) -> None:
    """Agree to a plan, whatever it takes away."""
    plan = opened(folder, name)
    ceilings = [part for stream in sorted({one.stream for one in plan.operations}) for part in ("--ceiling", f"{stream}=99")]
    done(call("plan", "approve", name, folder, "--by", "Nora", *ceilings))


def done(called: Called) -> Called:
    """Return a call that did what it was to do."""
    assert called.code == 0, (called.code, called.out, called.err)
    return called


def answered(called: Called) -> dict[str, Any]:
    """Return what a call that came to an end said to a machine."""
    assert called.code in {0, 4, 6}, (called.code, called.out, called.err)
    found: dict[str, Any] = json.loads(called.out)
    return found


def taken_back(folder: Path, name: str) -> dict[str, Any]:
    """Plan what takes a job back, agree and send it; return how that ended."""
    found = answered(call("undo", name, folder, "--json"))
    agreed(folder, found["plan"])
    return answered(call("apply", found["plan"], folder, "--send", "--yes", "--json"))


def expected(plan: Plan, columns: dict[str, str], words: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return by stream and id what a plan leaves in the columns of a server's own tables."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in plan.operations:
        if one.target_id is not None:
            said = {columns.get(name, name): words.get(str(value), value) for name, value in one.after.items()}
            found.setdefault((one.stream, one.target_id), {}).update(said)
    return found
