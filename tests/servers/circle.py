"""The circle of a job with a server that nobody here wrote: described as the page says, pulled, planned, agreed, sent."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.command_line import Called, call
from tests.servers.between import Between
from toolkit.audit.engagement import open_engagement
from toolkit.changes import Operation, Plan
from toolkit.store.plans import kept_plan, opened_plan

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "described-systems.md"

NAMES = (
    "Almond Bakery", "Birch Tutoring", "Copper Kettle", "Dorset Pharmacy", "Elmwood Florist", "Foster Plumbing",
    "Granite Law", "Harbor Optics",
)  # fmt: skip
TWICE = 4
"""Of them, the first stand in the system twice, written otherwise."""


def written_otherwise() -> tuple[str, ...]:
    """Return the names of eight clients, and those of four once more."""
    return (*NAMES, *(f"{name}  Inc" for name in NAMES[:TWICE]))


def described_on_page(folder: Path, title: str, url: str) -> Path:
    """Return the folder of an engagement with the settings of the page, its system at an address.

    What a server of this machine answered, it has done: nothing is waited for.
    """
    text = PAGE.read_text(encoding="utf-8").partition(f"## {title}\n")[2].partition("```yaml\n")[2].partition("```")[0]
    folder.mkdir(parents=True, exist_ok=True)
    text = re.sub(r"https://[a-z.]+example", url, text).replace(
        "        write:\n", "        write:\n          settle_s: 0\n"
    )
    (folder / "engagement.yaml").write_text(f"client: Harbor & Pine\n{text}", encoding="utf-8")
    return folder


def with_crm(folder: Path, entity: str, rows: Sequence[str], target: str) -> None:
    """Add a CRM that sends its customers as a file, all of whom a list of the system must have."""
    settings = folder / "engagement.yaml"
    text = settings.read_text(encoding="utf-8")
    described = f"  crm:\n    connector: table\n    category: crm\n    streams:\n      customers: {{{entity}}}\n"
    sync = f"sync:\n  parties: [{{from: crm, to: {target}, level: party}}]\n"
    settings.write_text(text.replace("\ncleanup:", f"\n{described}{sync}cleanup:"), encoding="utf-8")
    (folder / "exports" / "crm").mkdir(parents=True)
    (folder / "exports" / "crm" / "customers.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")


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
    streams = sorted({one.stream for one in opened(folder, name).operations})
    ceilings = [part for stream in streams for part in ("--ceiling", f"{stream}=99")]
    done(call("plan", "approve", name, folder, "--by", "Nora", *ceilings))


def rehearsed(folder: Path, plan: Plan, between: Between) -> None:
    """Rehearse a plan: everything would be done, and nothing is sent."""
    found = answered(call("apply", plan.plan_id, folder, "--send", "--json"))
    assert found["counts"] == {"not_applied": len(plan.operations)}
    assert between.changes == []


def sent(folder: Path, plan: Plan) -> dict[str, Any]:
    """Send what is left of a plan; return how that ended."""
    return answered(call("apply", plan.plan_id, folder, "--send", "--yes", "--json"))


def killed_after(folder: Path, plan: Plan, between: Between, changes: int) -> None:
    """Send a plan, and kill the process once the server has made so many of its changes: the last answer is lost."""
    command = [sys.executable, "-m", "toolkit", "apply", plan.plan_id, str(folder), "--send", "--yes"]
    between.lost = len(between.changes) + changes
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        between.victim = process.pid
        assert process.wait(600) == -9
    between.victim = 0


def taken_back(folder: Path, plan: Plan) -> dict[str, Any]:
    """Plan what takes a job back, agree and send it; return how that ended."""
    found = answered(call("undo", plan.plan_id, folder, "--json"))
    agreed(folder, found["plan"])
    return sent(folder, opened(folder, found["plan"]))


def as_pulled(folder: Path) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Pull all anew; return every record, by stream and id."""
    done(call("pull", folder, "--full"))
    engagement = open_engagement(folder)
    try:
        tables = engagement.store.records()
        return {(stream, row["record_id"]): row for (_, stream), table in tables.items() for row in table.to_pylist()}
    finally:
        engagement.close()


def lacking(plan: Plan, records: Mapping[tuple[str, str], Mapping[str, Any]]) -> list[Operation]:
    """Return the changes of a plan that records do not show."""
    return [
        one
        for one in plan.operations
        if any(records[one.stream, str(one.target_id)][name] != value for name, value in one.after.items())
    ]


def done(called: Called) -> Called:
    """Return a call that did what it was to do."""
    assert called.code == 0, (called.code, called.out, called.err)
    return called


def answered(called: Called) -> dict[str, Any]:
    """Return what a call that came to an end said to a machine."""
    assert called.code in {0, 4, 6}, (called.code, called.out, called.err)
    found: dict[str, Any] = json.loads(called.out)
    return found
